"""ZIP archives: found by their directory, or where that is lost by their local headers, and read one by one."""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Collection, Iterator
from functools import partial
from struct import Struct
from typing import IO, Any

from copydesk import files
from copydesk.inputs import directories
from copydesk.inputs.directories import Entry
from copydesk.inputs.members import Member, nothing, why_not
from copydesk.inputs.streams import CHUNK, MAKE_WHOLE
from copydesk.inputs.values import Damage

STORED, DEFLATED, BZIP2 = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2
ENCRYPTED, SIZES_BEHIND = 0x1, 0x8
"""Bits of the flags of a member."""

LOCAL = Struct("<4s2xHH4xIIIHH")
"""Signature, flags, method, CRC-32, compressed size, size, length of the name and of the extra field."""

SIGNATURE = b"PK\x03\x04"
SYMLINK = 0o120000


def members(
    path: str,
    _: str,
    suffixes: Collection[str],
    *,
    listing: bool,  # noqa: ARG001 - containers of all kinds are read by one call
) -> Iterator[Member]:
    """Give the members of an archive. Raises Damage behind the last whole one where the archive breaks off."""
    return (_member(path, entry, suffixes) for entry in _entries(path))


def fetch(path: str, where: tuple[int, ...], limit: int) -> bytes:
    """Return the bytes of a member, up to a limit and one more."""
    offset, size, method, crc = where
    with files.direct(path) as file:
        if _local(file, offset) is None:
            raise Damage("damaged", f"{path!r}: no member starts at byte {offset}; {MAKE_WHOLE}")
        data, ended = _inflated(file, size, method, limit)
    if len(data) <= limit and not (ended and zlib.crc32(data) == crc):
        raise Damage("damaged", f"{path!r}: the bytes of the member at {offset} are not those of its CRC; {MAKE_WHOLE}")
    return data


def _member(path: str, entry: Entry, suffixes: Collection[str]) -> Member:
    name = entry.name.removeprefix("./")
    where = (entry.offset, entry.size, entry.method, entry.crc)
    why = _kind(entry) or why_not(name, suffixes)
    member = Member(name, why, partial(fetch, path, where), where)
    if why is None and entry.flags & ENCRYPTED:
        return member._replace(load=nothing, fault="encrypted",
                               reason=f"{path!r}: {name!r} is encrypted; take it out of the archive")  # fmt: skip
    if why is None and entry.method not in (STORED, DEFLATED, BZIP2):
        reason = f"{path!r}: {name!r} is compressed by method {entry.method}; take it out of the archive"
        return member._replace(load=nothing, fault="unsupported", reason=reason)
    return member


def _kind(entry: Entry) -> str | None:
    if entry.name.endswith("/"):
        return "folder entry"
    return "link" if entry.mode & 0o170000 == SYMLINK else None


def _entries(path: str) -> Iterator[Entry]:
    """Give the members by the directory at the end; where it is not there, by their local headers, and raise Damage."""
    with files.opened(path) as file:
        is_archive = file.read(len(SIGNATURE)) == SIGNATURE
        directory = directories.found(file)
        # Where the first member is not at the start the directory is that of an archive inside, which breaks off.
        if directory is not None and not (is_archive and directories.first_offset(file, directory)):
            yield from directories.entries(file, directory)
            return
        yield from _local_entries(file)
    if is_archive:
        raise Damage("truncated", f"{path!r}: the archive breaks off before its directory; {MAKE_WHOLE}")
    raise Damage("damaged", f"{path!r}: this is no ZIP archive; {MAKE_WHOLE}")


def _local_entries(file: IO[bytes]) -> Iterator[Entry]:
    """Give the members by their local headers, up to the first that is not whole."""
    end, offset = file.seek(0, os.SEEK_END), 0
    while (found := _local(file, offset)) is not None:
        entry = found
        if entry.flags & SIZES_BEHIND:
            measured = _measured(file, entry)
            if measured is None:
                return
            entry, offset = measured
        else:
            offset = file.tell() + entry.size
        if offset > end:
            return
        yield entry


def _local(file: IO[bytes], offset: int) -> Entry | None:
    """Return what the local header at an offset says, with the file at the first byte behind it, or None."""
    file.seek(offset)
    header = file.read(LOCAL.size)
    if len(header) < LOCAL.size or not header.startswith(SIGNATURE):
        return None
    _, flags, method, crc, packed, _, name_length, extra_length = LOCAL.unpack(header)
    name, extra = file.read(name_length), file.read(extra_length)
    if len(name) + len(extra) < name_length + extra_length:
        return None
    return Entry(directories.decoded(name, flags), flags, method, offset, _real_size(packed, extra), crc)


def _real_size(packed: int, extra: bytes) -> int:
    """Return the compressed size, which stands in the extra field if it needs 64 bits."""
    while packed == 0xFFFFFFFF and len(extra) >= 4:
        length = int.from_bytes(extra[2:4], "little")
        if extra[:2] == b"\x01\x00" and length >= 16:
            return int.from_bytes(extra[12:20], "little")
        extra = extra[4 + length:]
    return packed


def _measured(file: IO[bytes], entry: Entry) -> tuple[Entry, int] | None:
    """Return a member whose size stands behind it, and where the next begins; None where that cannot be known."""
    start = file.tell()
    if entry.method != DEFLATED:
        return None
    decoder = zlib.decompressobj(-15)
    crc, tail, used = 0, b"", 0
    try:
        while not decoder.eof:
            tail = decoder.unconsumed_tail or file.read(CHUNK)
            if not tail:
                return None
            crc = zlib.crc32(decoder.decompress(tail, CHUNK), crc)
    except zlib.error:
        return None
    used = file.tell() - len(decoder.unused_data) - start
    file.seek(start + used)
    return _behind(file, entry._replace(size=used, crc=crc))


def _behind(file: IO[bytes], entry: Entry) -> tuple[Entry, int] | None:
    """Check what stands behind a member: perhaps a signature, its CRC, and its sizes of four or eight bytes each."""
    place = file.tell()
    said = file.read(24)
    signed = 4 if said.startswith(b"PK\x07\x08") else 0
    if int.from_bytes(said[signed: signed + 4], "little") != entry.crc:
        return None
    for width in (4, 8):
        length = signed + 4 + 2 * width
        sizes = said[signed + 4: length]
        if len(said) >= length and int.from_bytes(sizes[:width], "little") == entry.size:
            if width == 4 and said[length: length + 2] not in (b"PK", b"P", b"") and len(said) >= 24:
                continue
            return entry._replace(flags=entry.flags & ~SIZES_BEHIND), place + length
    return None


def _inflated(file: IO[bytes], size: int, method: int, limit: int) -> tuple[bytes, bool]:
    """Return what comes out of so many bytes, up to a limit and one more, and whether that is all of it."""
    if method == STORED:
        data = file.read(min(size, limit + 1))
        return data, len(data) == size
    decoder = _decoder(method)
    parts: list[bytes] = []
    room, left, waiting = limit + 1, size, b""
    while room and not decoder.eof:
        if not waiting and getattr(decoder, "needs_input", True):
            waiting = file.read(min(left, CHUNK))
            left -= len(waiting)
            if not waiting:
                break
        try:
            parts.append(decoder.decompress(waiting, room))
        except (OSError, zlib.error):
            break
        waiting = getattr(decoder, "unconsumed_tail", b"")
        room -= len(parts[-1])
    return b"".join(parts), decoder.eof


def _decoder(method: int) -> Any:
    if method == DEFLATED:
        return zlib.decompressobj(-15)
    import bz2

    return bz2.BZ2Decompressor()
