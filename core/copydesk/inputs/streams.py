"""Streams: a file read from some place to its end, and decompressed on the way, so that no end comes unseen.

The readers of the standard library and of others take the end of a file for the end of the data, some of them where
the compressed data breaks off. Here that is an error.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import cache
from typing import IO, Any

from copydesk.inputs.values import Damage, InputError

CHUNK = 1 << 18
"""So much is read of a file at once, and so much is decompressed at once, at most."""

FIRST, GROWTH = 1 << 10, 4
"""So much is read behind a leap, or decompressed of a new stretch, at first, and so many times more each time."""

FED = 1 << 16
"""So much of a file is given to a decoder at once at most, for it copies what it has no use for yet."""

ZSTD_CHUNK = 1 << 8
"""Zstandard's decoder takes no limit for what comes out, and from four bytes can come 128 KiB."""

XZ_MEMORY = 1 << 28
"""What a dictionary may take, in bytes: four times that of the highest level."""

GZIP = b"\x1f\x8b\x08"
"""How a stretch of gzip begins; it ends with its CRC and, in four bytes each, the size of what is in it."""

NEAR = 1 << 20
"""How far on the end of a stretch is looked for."""

MAKE_WHOLE = "get the whole file once more"


class Stream:
    """The bytes of a file, decompressed by its suffix, from where the file stands to its end.

    All methods raise Damage, code `truncated` or `damaged`, where compressed data breaks off or is none.
    """

    def __init__(self, file: IO[bytes], path: str, compression: str = "") -> None:
        self.path = path
        self.at = 0
        """How many decompressed bytes have been read."""
        self._file = file
        self._compression = compression
        self._decoder: Callable[[], Any] | None = decoder_of(compression) if compression else None
        self._working: Any = None
        self._buffer = b""
        self._place = 0
        self._waiting = b""
        """Compressed bytes that have been read of the file, of which `_used` have been decompressed."""
        self._used = 0
        self._reached = file.tell()
        """Up to where the file has been read."""
        self._step = CHUNK
        self._begun = (-1, 0)
        """Where the compressed stretch in hand begins: what `at` was, and where in the file."""

    def read(self, size: int) -> bytes:
        """Return so many bytes, or fewer at the end."""
        end = self._place + size
        if end > len(self._buffer):
            return self._gather(size)
        found = self._buffer[self._place:end]
        self._place = end
        self.at += size
        return found

    def skip(self, size: int) -> int:
        """Pass over so many bytes, and return how many there were."""
        start = self.at
        self._pass(size)
        while (left := start + size - self.at) and (self._leap(left) if self._decoder is None else self._fill()):
            self._pass(left)
        return self.at - start

    def leave(self, size: int) -> bool:
        """Pass over so many bytes without decompressing them, if that is all that is left of the stretch in hand.

        It is if a stretch of gzip begins somewhere near, and the size that stands in front of that is the right one.
        Their CRC is not checked.
        """
        if self._compression != "gz" or self._working is None or self._working.eof:
            return False
        place, whole = self._next_stretch(), (self.at + size - self._begun[0]) & 0xFFFFFFFF
        if place < 0 or self._waiting[place - 4:place] != whole.to_bytes(4, "little"):
            return False
        self.at += size
        self._used, self._working = place, None
        self._buffer, self._place = b"", 0
        return True

    def load(self, size: int, limit: int) -> None:
        """Read so many bytes of the file, which are a stretch of their own, and decompress no more than a limit."""
        self._waiting = self._file.read(min(size, limit))
        self._reached += len(self._waiting)
        if self._decoder is None:
            self._buffer, self._waiting = self._waiting, b""
        elif self._begin():
            self._decompress(len(self._waiting), limit)

    def line(self, limit: int) -> bytes:
        """Return the bytes up to and with the next line feed, or ``limit`` of them if it is not among these."""
        parts: list[bytes] = []
        size = 0
        while size < limit and (self._place < len(self._buffer) or self._fill()):
            end = self._buffer.find(b"\n", self._place, self._place + limit - size) + 1
            part = self._buffer[self._place: end or self._place + limit - size]
            self._place += len(part)
            self.at += len(part)
            size += len(part)
            parts.append(part)
            if end:
                break
        return b"".join(parts)

    def until(self, mark: re.Pattern[bytes], limit: int) -> bytes:
        """Return the bytes up to and with the next mark, or ``limit`` of them if it does not end among these."""
        found = mark.search(self._buffer, self._place, self._place + limit)
        while found is None and len(self._buffer) - self._place < limit and self._lengthen():
            found = mark.search(self._buffer, self._place, self._place + limit)
        return self.read(found.end() - self._place if found else min(limit, len(self._buffer) - self._place))

    def ended(self) -> bool:
        """Tell whether nothing follows."""
        return self._place == len(self._buffer) and not self._fill()

    def offset(self) -> int | None:
        """Return where in the file the next byte begins if one can begin to read there, or None; call `ended` first."""
        if self._decoder is None:
            return self._reached - len(self._buffer) + self._place
        return self._begun[1] if self._begun[0] == self.at else None

    def end(self) -> int | None:
        """Return where in the file the last byte ends, or None where that is within a compressed stretch."""
        if self._decoder is None:
            return self._reached - len(self._buffer) + self._place
        if self._place < len(self._buffer) or (self._working is not None and not self._working.eof):
            return None
        return self._reached - len(self._waiting) + self._used

    def _pass(self, size: int) -> None:
        """Pass over so many bytes of the buffer, or all."""
        step = min(size, len(self._buffer) - self._place)
        self._place += step
        self.at += step

    def _leap(self, size: int) -> bool:
        """Pass over so many bytes of a file that is not compressed, or all, behind the buffer; tell whether any."""
        end = self._file.seek(0, os.SEEK_END)
        step = max(0, min(size, end - self._reached))
        self._reached = self._file.seek(self._reached + step)
        self.at += step
        self._buffer, self._place, self._step = b"", 0, FIRST
        return step > 0

    def _gather(self, size: int) -> bytes:
        parts: list[bytes] = []
        while size and (self._place < len(self._buffer) or self._fill()):
            part = self._buffer[self._place:self._place + size]
            self._place += len(part)
            size -= len(part)
            self.at += len(part)
            parts.append(part)
        return b"".join(parts)

    def _lengthen(self) -> bool:
        """Put more bytes behind those in the buffer, and tell whether there are more."""
        rest = self._buffer[self._place:]
        more = self._fill()
        self._buffer = rest + self._buffer
        return more

    def _fill(self) -> bool:
        """Put more bytes into the empty buffer, of one compressed stretch at most, and tell whether there are more."""
        self._buffer, self._place = b"", 0
        if self._decoder is None:
            self._buffer = self._file.read(self._stride(CHUNK))
            self._reached += len(self._buffer)
            return bool(self._buffer)
        while not self._buffer:
            if (self._working is None or self._working.eof) and not self._begin():
                return False
            self._decompress(self._stride(FED), CHUNK)
        return True

    def _stride(self, most: int) -> int:
        """Return how much to take in hand: little at first, for it may be all that is wanted, and then more."""
        step = min(self._step, most)
        self._step = step * GROWTH
        return step

    def _begin(self) -> bool:
        """Begin the next compressed stretch, if there is one, behind the zeros that may stand before it."""
        while not self._waiting[self._used:self._used + 1].strip(b"\0"):
            self._waiting = self._waiting[self._used:].lstrip(b"\0")
            self._used = 0
            if not self._waiting and not self._await():
                return False
        assert self._decoder is not None
        self._working = self._decoder()
        self._begun = (self.at, self._reached - len(self._waiting) + self._used)
        self._step = FIRST
        return True

    def _await(self) -> bool:
        """Read more of the file, behind what waits to be decompressed, and tell whether there is more."""
        more = self._file.read(ZSTD_CHUNK if self._compression == "zst" else CHUNK)
        # What stands in front of the next stretch is looked at after it has been decompressed.
        self._waiting, self._used = self._waiting[max(0, self._used - 8):] + more, min(self._used, 8)
        self._reached += len(more)
        return bool(more)

    def _next_stretch(self) -> int:
        """Return where among what waits the next stretch of gzip may begin, or -1 where it does not near."""
        place = self._waiting.find(GZIP, self._used)
        while place < 0 and len(self._waiting) - self._used < NEAR and self._await():
            place = self._waiting.find(GZIP, self._used)
        return place

    def _decompress(self, size: int, limit: int) -> None:
        """Decompress so much of the file; of one that asks for no more some is waiting in the decoder itself."""
        working = self._working
        if self._used == len(self._waiting) and getattr(working, "needs_input", True) and not self._await():
            raise Damage("truncated", f"{self.path!r}: the compressed data breaks off; {MAKE_WHOLE}")
        given = memoryview(self._waiting)[self._used:self._used + size]
        try:
            self._buffer = working.decompress(given, *(() if self._compression == "zst" else (limit,)))
        except Exception as problem:  # each library has an error of its own
            raise Damage("damaged", f"{self.path!r}: it cannot be decompressed ({problem}); {MAKE_WHOLE}") from problem
        left = working.unused_data if working.eof else getattr(working, "unconsumed_tail", b"")
        self._used += len(given) - len(left)


def decoder_of(compression: str) -> Callable[[], Any]:
    """Return what makes a decoder: `gz`, `bz2`, `xz` or `zst`. Raises Damage where the library is missing."""
    if compression == "gz":
        zlib = _zlib()
        return lambda: zlib.decompressobj(31)
    if compression == "bz2":
        import bz2

        return bz2.BZ2Decompressor
    if compression == "xz":
        import lzma

        return lambda: lzma.LZMADecompressor(memlimit=XZ_MEMORY)
    return _zstandard()


@cache
def _zlib() -> Any:
    """Return the fastest there is: isal does the same as zlib in half the time, and comes with the extra `warc`."""
    try:
        from isal import isal_zlib
    except ImportError:
        import zlib

        return zlib
    return isal_zlib


def _zstandard() -> Callable[[], Any]:
    try:
        import zstandard
    except ImportError as problem:
        raise InputError("files that end in .zst need the library zstandard; pip install 'copydesk[zstd]'"
                         ) from problem  # fmt: skip
    return lambda: zstandard.ZstdDecompressor().decompressobj()
