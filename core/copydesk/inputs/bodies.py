"""Bodies of HTTP responses, as they were before they were encoded for the way: what is cut off is told."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from copydesk.inputs.streams import decoder_of

CHUNK_LINE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\n]*?)?\r?\n")
"""The line in front of a chunk: its length, and what else may be said of it."""

LINE_END = re.compile(rb"\r?\n")


def decoded(body: bytes, codings: Iterable[str], limit: int) -> bytes:
    """Return a body without its codings, given in the order in which they were put on, up to a limit and one more.

    Raises ValueError or OSError where the body is not what they say, or breaks off.
    """
    for coding in reversed(tuple(codings)):
        body = DECODERS.get(coding, partial(_by_fastwarc, coding))(body, limit) if body else body
    return body


def _same(body: bytes, _: int) -> bytes:
    return body


def _joined(body: bytes, limit: int) -> bytes:
    """Put chunks together."""
    parts: list[bytes] = []
    place = size = 0
    while size <= limit and (chunk := _chunk(body, place)) is not None:
        place, part = chunk
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _chunk(body: bytes, place: int) -> tuple[int, bytes] | None:
    """Return where the next chunk begins and what is in this one, or None where it is the last."""
    line = CHUNK_LINE.match(body, place)
    if line is None:
        raise ValueError(f"no chunk begins with {body[place:place + 20]!r}")
    start, end = line.end(), line.end() + int(line[1], 16)
    if start == end:
        return None
    behind = LINE_END.match(body, end)
    if behind is None:
        raise ValueError(f"a chunk of {end - start} bytes does not end where it should")
    return behind.end(), body[start:end]


def _unzipped(body: bytes, limit: int) -> bytes:
    """Decompress gzip, which can be several stretches, with zeros behind each."""
    parts: list[bytes] = []
    size = 0
    make = decoder_of("gz")
    while body and size <= limit:
        decoder = make()
        parts.append(_whole(decoder, body, limit + 1 - size))
        size += len(parts[-1])
        body = decoder.unused_data.lstrip(b"\0")
    return b"".join(parts)


def _inflated(body: bytes, limit: int) -> bytes:
    """Decompress what is called deflate, which some servers send without the header that it should have."""
    has_header = body[0] & 15 == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    return _whole(zlib.decompressobj(15 if has_header else -15), body, limit + 1)


def _whole(decoder: Any, body: bytes, most: int) -> bytes:
    """Return what a decoder makes of a body, or the most that is wanted of it."""
    try:
        found: bytes = decoder.decompress(body, most)
    except Exception as problem:  # each library has an error of its own
        raise ValueError(str(problem)) from problem
    if not decoder.eof and len(found) < most:
        raise ValueError("the compressed data breaks off")
    return found


def _by_fastwarc(coding: str, body: bytes, limit: int) -> bytes:
    """Have fastwarc decode a body, or say that it cannot: it knows Brotli and Zstandard, too."""
    from fastwarc.warc import ArchiveIterator

    block = f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n\r\n".encode() + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n"
    for record in ArchiveIterator(io.BytesIO(head.encode() + block + b"\r\n\r\n"), auto_decode="all"):
        return bytes(record.reader.read(limit + 1))
    raise ValueError(f"fastwarc finds nothing in {coding!r}")


DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "identity": _same,
    "chunked": _joined,
    "gzip": _unzipped,
    "x-gzip": _unzipped,
    "deflate": _inflated,
}
