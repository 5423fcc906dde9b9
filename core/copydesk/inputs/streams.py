"""Streams: a file read from some place to its end, and decompressed on the way, so that no end comes unseen.

The readers of the standard library and of others take the end of a file for the end of the data, some of them where
the compressed data breaks off. Here that is an error.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Any

from copydesk.inputs.values import Damage, InputError

CHUNK = 1 << 18
ZSTD_CHUNK = 1 << 8
"""Zstandard's decoder takes no limit for what comes out, and from four bytes can come 128 KiB."""

XZ_MEMORY = 1 << 28
"""What a dictionary may take, in bytes: four times that of the highest level."""

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
        self._decoder: Callable[[], Any] | None = decoder_of(compression) if compression else None
        self._working: Any = None
        self._chunk = ZSTD_CHUNK if compression == "zst" else CHUNK
        self._waiting = b""
        self._buffer = b""
        self._place = 0
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
        """Read over so many bytes, and return how many there were."""
        skipped = 0
        while skipped < size and (self._place < len(self._buffer) or self._fill()):
            step = min(size - skipped, len(self._buffer) - self._place)
            self._place += step
            self.at += step
            skipped += step
        return skipped

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

    def until(self, mark: bytes, limit: int) -> bytes:
        """Return the bytes up to and with the next mark, or fewer, without it, where the limit or the end comes first.

        The limit is not held to the byte: what has been decompressed is looked through.
        """
        end = self._buffer.find(mark, self._place)
        while end < 0 and len(self._buffer) - self._place < limit:
            rest = self._buffer[self._place:]
            if not self._fill():
                self._buffer, self._place = rest, 0
                return self.read(len(rest))
            self._buffer = rest + self._buffer
            end = self._buffer.find(mark)
        return self.read(end + len(mark) - self._place if end >= 0 else limit)

    def ended(self) -> bool:
        """Tell whether nothing follows."""
        return self._place == len(self._buffer) and not self._fill()

    def offset(self) -> int | None:
        """Return where in the file the next byte begins if one can begin to read there, or None; not at the end."""
        self.ended()
        if self._decoder is None:
            return self._file.tell() - len(self._buffer) + self._place
        return self._begun[1] if self._begun[0] == self.at else None

    def _gather(self, size: int) -> bytes:
        parts: list[bytes] = []
        while size and (self._place < len(self._buffer) or self._fill()):
            part = self._buffer[self._place:self._place + size]
            self._place += len(part)
            size -= len(part)
            self.at += len(part)
            parts.append(part)
        return b"".join(parts)

    def _fill(self) -> bool:
        """Put more bytes into the empty buffer, of one compressed stretch at most, and tell whether there are more."""
        self._buffer, self._place = b"", 0
        if self._decoder is None:
            self._buffer = self._file.read(CHUNK)
            return bool(self._buffer)
        while not self._buffer:
            if (self._working is None or self._working.eof) and not self._begin():
                return False
            self._decompress()
        return True

    def _begin(self) -> bool:
        """Begin the next compressed stretch, if there is one."""
        self._pad()
        if not self._waiting:
            return False
        assert self._decoder is not None
        self._working = self._decoder()
        self._begun = (self.at, self._file.tell() - len(self._waiting))
        return True

    def _pad(self) -> None:
        """Pass over the zeros that may stand behind a compressed stretch."""
        if self._working is not None and self._working.eof:
            self._waiting, self._working = self._working.unused_data or self._waiting, None
            self._waiting = self._waiting.lstrip(b"\0")
        while not self._waiting and (more := self._file.read(self._chunk)):
            self._waiting = more.lstrip(b"\0")

    def _decompress(self) -> None:
        """Decompress some of the file; of one that asks for no more some is waiting in the decoder itself."""
        if not self._waiting and getattr(self._working, "needs_input", True):
            self._waiting = self._file.read(self._chunk)
            if not self._waiting:
                raise Damage("truncated", f"{self.path!r}: the compressed data breaks off; {MAKE_WHOLE}")
        limit = () if self._chunk == ZSTD_CHUNK else (CHUNK,)
        try:
            self._buffer = self._working.decompress(self._waiting, *limit)
        except Exception as problem:  # each library has an error of its own
            raise Damage("damaged", f"{self.path!r}: it cannot be decompressed ({problem}); {MAKE_WHOLE}") from problem
        self._waiting = getattr(self._working, "unconsumed_tail", b"")


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
