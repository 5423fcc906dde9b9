"""Tar archives, plain and compressed: the headers by the standard library, the way from one to the next by our own.

`tarfile` ends quietly where an archive breaks off, and seeks backwards, which in a compressed file means to begin anew.
"""

from __future__ import annotations

import tarfile
from collections.abc import Collection, Iterator
from functools import partial
from typing import Any

from copydesk import files
from copydesk.inputs.members import Member, nothing, why_not
from copydesk.inputs.streams import MAKE_WHOLE, Stream
from copydesk.inputs.values import Damage
from copydesk.page import MAX_BYTES

BLOCK = tarfile.BLOCKSIZE
KINDS = {tarfile.DIRTYPE: "folder entry", tarfile.SYMTYPE: "link", tarfile.LNKTYPE: "link"}


class _Archive:
    """What `TarInfo` asks of an archive and its file to read a header, with no header larger than a capture."""

    encoding = "utf-8"
    errors = "backslashreplace"

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.fileobj = self
        self.offset = 0
        self.pax_headers: dict[str, str] = {}

    def read(self, size: int) -> bytes:
        if size > MAX_BYTES:
            raise Damage("damaged", f"{self.stream.path!r}: a header of {size} bytes; {MAKE_WHOLE}")
        return self.stream.read(size)

    def tell(self) -> int:
        return self.stream.at


def members(path: str, compression: str, suffixes: Collection[str], *, listing: bool) -> Iterator[Member]:
    """Give the members of an archive. Raises Damage behind the last whole one where the archive breaks off.

    In a listing the bytes of a member have gone by before it is given, so that it is known to be whole.
    """
    with files.opened(path) as file:
        stream = Stream(file, path, compression)
        archive = _Archive(stream)
        while (header := _header(archive)) is not None:
            # Some kinds have a size and no bytes; the archive knows where the next header is.
            size = min(header.size, archive.offset - stream.at)
            direct = () if compression else (stream.at, size)
            if listing:
                _go_to(stream, stream.at + size)
            yield _member(header, size, stream, suffixes)._replace(where=direct)
            _go_to(stream, archive.offset)


def fetch(path: str, where: tuple[int, ...], limit: int) -> bytes:
    """Return the bytes of a member of a plain archive, up to a limit and one more."""
    offset, size = where
    with files.direct(path) as file:
        file.seek(offset)
        return _whole(Stream(file, path), size, limit)


def _member(header: tarfile.TarInfo, size: int, stream: Stream, suffixes: Collection[str]) -> Member:
    name = header.name.removeprefix("./")
    if header.isreg() and not header.issparse():
        return Member(name, why_not(name, suffixes), partial(_whole, stream, size))
    kind = "sparse file" if header.issparse() else KINDS.get(header.type, "special file")
    return Member(name, kind, nothing)


def _header(archive: _Archive) -> tarfile.TarInfo | None:
    """Return the next header, or None behind the last; the end of an archive is two blocks of zeros."""
    stream: Any = archive.stream
    errors: Any = tarfile  # its errors are public by name, and have no types
    try:
        return tarfile.TarInfo.fromtarfile(archive)  # type: ignore[arg-type]  # it takes what it asks for
    except errors.EOFHeaderError:
        if stream.read(BLOCK) != bytes(BLOCK):
            raise _truncated(stream.path) from None
        while stream.skip(1 << 20):  # whether the compressed data is whole shows at its end
            pass
        return None
    except (errors.EmptyHeaderError, errors.TruncatedHeaderError):
        raise _truncated(stream.path) from None
    except tarfile.TarError as problem:
        if stream.ended():
            raise _truncated(stream.path) from problem
        raise Damage("damaged", f"{stream.path!r}: no tar header at byte {stream.at - BLOCK} ({problem}); {MAKE_WHOLE}"
                     ) from problem  # fmt: skip


def _go_to(stream: Stream, place: int) -> None:
    if stream.at < place and stream.skip(place - stream.at) is not None and stream.at < place:
        raise _truncated(stream.path)


def _whole(stream: Stream, size: int, limit: int) -> bytes:
    data = stream.read(min(size, limit + 1))
    if len(data) < min(size, limit + 1):
        raise _truncated(stream.path)
    return data


def _truncated(path: str) -> Damage:
    return Damage("truncated", f"{path!r}: the archive breaks off; {MAKE_WHOLE}")
