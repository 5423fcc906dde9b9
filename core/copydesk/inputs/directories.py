"""The directory at the end of a ZIP archive, read entry by entry: of a million members none stays in memory."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from struct import Struct
from typing import IO, NamedTuple

END = Struct("<4s4H2IH")
"""Signature, two numbers of disks, two counts, size and offset of the directory, length of the comment."""

END_64 = Struct("<4sQ2H2I4Q")
LOCATOR_64 = Struct("<4sIQI")
HEADER = Struct("<4s4x2H4x3I3H4x2I")
"""Signature, flags, method, CRC-32, compressed size, size, three lengths, attributes and offset of a member."""

END_SIGNATURE, SIGNATURE = b"PK\x05\x06", b"PK\x01\x02"
MOST_COMMENT = 0xFFFF
MOST_ENTRY = HEADER.size + 3 * 0xFFFF
CHUNK = 1 << 20
NONE_32 = 0xFFFFFFFF
"""What stands in a field whose value needs 64 bits, and stands in the extra field."""

UTF8 = 0x800
SIZES_64, UNICODE_PATH = 0x0001, 0x7075
"""Kinds of extra fields."""


class Entry(NamedTuple):
    """What is known of a member: its name, where its local header is, and what its bytes must be."""

    name: str
    flags: int
    method: int
    offset: int
    size: int
    crc: int
    mode: int = 0


class Directory(NamedTuple):
    """Where a directory stands, how long it is, and how many bytes stand before the archive in its file."""

    start: int
    size: int
    before: int


def found(file: IO[bytes]) -> Directory | None:
    """Return where the directory of an archive is, or None where there is none that is whole."""
    end = file.seek(0, os.SEEK_END)
    start = max(0, end - END.size - MOST_COMMENT)
    file.seek(start)
    tail = file.read(end - start)
    place = tail.rfind(END_SIGNATURE, 0, max(0, len(tail) - END.size + len(END_SIGNATURE)))
    if place < 0:
        return None
    _, _, _, _, _, size, offset, _ = END.unpack_from(tail, place)
    size, offset, behind = _large(file, start + place) or (size, offset, start + place)
    before = behind - size - offset
    return Directory(behind - size, size, before) if before >= 0 and _is_whole(file, behind - size, size) else None


def _large(file: IO[bytes], end: int) -> tuple[int, int, int] | None:
    """Return size and offset of a directory of 64 bits, and where it ends, if the archive has one."""
    file.seek(max(0, end - LOCATOR_64.size))
    locator = file.read(LOCATOR_64.size)
    place = end - LOCATOR_64.size - END_64.size
    if not locator.startswith(b"PK\x06\x07") or place < 0:
        return None
    file.seek(place)
    record = file.read(END_64.size)
    if not record.startswith(b"PK\x06\x06"):
        return None
    *_, size, offset = END_64.unpack(record)
    return size, offset, place


def _is_whole(file: IO[bytes], start: int, size: int) -> bool:
    """Tell whether a directory consists of entries from its start to its end."""
    return all(header is not None for header, _, _ in _headers(file, start, size))


def first_offset(file: IO[bytes], directory: Directory) -> int:
    """Return where the first member begins, or 0 in an archive that has none."""
    offsets = (_entry(header, buffer, at).offset for header, buffer, at in _headers(file, *directory[:2]) if header)
    return min(offsets, default=-directory.before) + directory.before


def entries(file: IO[bytes], directory: Directory) -> Iterator[Entry]:
    """Give the members of an archive, in the order of its directory."""
    for header, buffer, at in _headers(file, *directory[:2]):
        if header:
            entry = _entry(header, buffer, at)
            yield entry._replace(offset=entry.offset + directory.before)


def _headers(file: IO[bytes], start: int, size: int) -> Iterator[tuple[tuple[int, ...] | None, bytes, int]]:
    """Give each header, with the bytes in which its name begins and where; None, and nothing more, where none is."""
    buffer, at, place, end = b"", 0, start, start + size
    while place < end or at < len(buffer):
        if place < end and len(buffer) - at < MOST_ENTRY:
            file.seek(place)
            more = file.read(min(CHUNK, end - place))
            buffer, at, place = buffer[at:] + more, 0, place + len(more) if more else end
        header = HEADER.unpack_from(buffer, at) if len(buffer) - at >= HEADER.size else (b"",)
        behind = at + HEADER.size + sum(header[6:9])
        if header[0] != SIGNATURE or behind > len(buffer):
            yield None, b"", 0
            return
        yield header[1:], buffer, at + HEADER.size
        at = behind


def _entry(header: tuple[int, ...], buffer: bytes, at: int) -> Entry:
    flags, method, crc, packed, size, name_length, extra_length, _, attributes, offset = header
    raw = buffer[at: at + name_length]
    extra = dict(_extra(buffer[at + name_length: at + name_length + extra_length]))
    wide = extra.get(SIZES_64, b"")
    for number, value in enumerate((size, packed, offset)):
        if value == NONE_32 and len(wide) >= 8:
            large, wide = int.from_bytes(wide[:8], "little"), wide[8:]
            packed, offset = (large if number == 1 else packed), (large if number == 2 else offset)
    name = _said(extra.get(UNICODE_PATH, b""), raw) or decoded(raw, flags)
    return Entry(name.partition("\0")[0], flags, method, offset, packed, crc, attributes >> 16)


def _said(field: bytes, raw: bytes) -> str:
    """Return the name that an extra field says, if it is for the name that stands there."""
    is_meant = field[:1] == b"\x01" and int.from_bytes(field[1:5], "little") == zlib.crc32(raw)
    return field[5:].decode("utf-8", "backslashreplace") if is_meant else ""


def _extra(data: bytes) -> Iterator[tuple[int, bytes]]:
    while len(data) >= 4:
        kind, length = int.from_bytes(data[:2], "little"), int.from_bytes(data[2:4], "little")
        yield kind, data[4: 4 + length]
        data = data[4 + length:]


def decoded(name: bytes, flags: int) -> str:
    """Return a name as its flags say: in UTF-8, or in the code page of the first of these archives."""
    return name.decode("utf-8" if flags & UTF8 else "cp437", "backslashreplace")
