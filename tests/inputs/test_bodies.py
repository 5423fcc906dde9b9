from __future__ import annotations

import gzip
import io
import zlib

import pytest
import zstandard
from fastwarc.stream_io import BrotliWriter
from hypothesis import given
from hypothesis import strategies as st

from copydesk.inputs.bodies import DECODERS, decoded

LIMIT = 1 << 20
PAGE = b"<p>a page</p>" * 50


def chunked(*parts: bytes, end: bytes = b"\r\n", last: bytes = b"0\r\n\r\n") -> bytes:
    """Return parts as chunks."""
    return b"".join(b"%x%b%b%b" % (len(part), end, part, end) for part in parts) + last


def _brotli(data: bytes) -> bytes:
    buffer = io.BytesIO()
    writer = BrotliWriter(buffer)
    writer.write(data)
    writer.close()
    return buffer.getvalue()


ENCODED = {
    "identity": PAGE,
    "chunked": chunked(PAGE[:100], PAGE[100:]),
    "gzip": gzip.compress(PAGE),
    "x-gzip": gzip.compress(PAGE[:9]) + bytes(3) + gzip.compress(PAGE[9:]) + bytes(9),
    "deflate": zlib.compress(PAGE),
    "br": _brotli(PAGE),
    "zstd": zstandard.compress(PAGE),
}


@pytest.mark.parametrize("coding", ENCODED)
def test_each_coding_is_undone(coding: str) -> None:
    """A body is as it was before, and an empty one stays empty."""
    assert PAGE == decoded(ENCODED[coding], [coding], LIMIT)
    assert b"" == decoded(b"", [coding], LIMIT)
    assert {*DECODERS} <= {*ENCODED}


@pytest.mark.parametrize("coding", [coding for coding in ENCODED if coding not in ("identity", "x-gzip")])
def test_law_a_body_that_breaks_off_is_told(coding: str) -> None:
    """Law: wherever a body is cut, nobody takes the rest for the whole; what ends it may lack its last line."""
    body = ENCODED[coding]
    for cut in range(1, len(body) - (2 if coding == "chunked" else 0)):
        with pytest.raises((ValueError, OSError)):
            decoded(body[:cut], [coding], LIMIT)


@pytest.mark.parametrize("coding", ENCODED)
def test_no_more_is_decoded_than_is_wanted(coding: str) -> None:
    """Of a body that is larger than the limit comes more than that, and not all."""
    limit = 10
    many = chunked(*[PAGE[:5]] * (len(PAGE) // 5)) if coding == "chunked" else ENCODED[coding]

    assert limit < len(decoded(many, [coding], limit)) < len(PAGE) or coding == "identity"


def test_codings_are_undone_from_the_last() -> None:
    """What was compressed and then cut into chunks is put together first."""
    assert PAGE == decoded(chunked(gzip.compress(PAGE)), ["gzip", "chunked"], LIMIT)


@pytest.mark.parametrize(
    "body",
    [
        chunked(PAGE, end=b"\n", last=b"0\n\n"),
        b"%X ; name=value\r\n%b\r\n0\r\nTrailer: x\r\n\r\n" % (len(PAGE), PAGE),
        b"000%x  \r\n%b\r\n000\r\n" % (len(PAGE), PAGE),
    ],
)
def test_chunks_as_servers_write_them(body: bytes) -> None:
    """Lengths can have zeros, spaces and more about them, and lines end in both ways."""
    assert PAGE == decoded(body, ["chunked"], LIMIT)


@pytest.mark.parametrize(
    ("body", "coding", "why"),
    [
        (PAGE, "chunked", "no chunk begins with b'<p>a page</p><p>a pa'"),
        (b"5\r\nabcdefgh\r\n0\r\n\r\n", "chunked", "a chunk of 5 bytes does not end where it should"),
        (PAGE, "gzip", "wrapper|header"),
        (gzip.compress(PAGE, mtime=0) + b"more", "gzip", "Error|breaks off"),
        (PAGE, "deflate", "Error"),
        (PAGE, "br", "Invalid"),
        (PAGE, "rot13", "rot13"),
    ],
)
def test_what_is_not_as_it_says_is_told(body: bytes, coding: str, why: str) -> None:
    """A body that is not encoded as its header says is no text of a page."""
    with pytest.raises((ValueError, OSError), match=why):
        decoded(body, [coding], LIMIT)


def test_deflate_without_its_header() -> None:
    """Some servers send the bare compressed data."""
    assert PAGE == decoded(zlib.compress(PAGE)[2:-4], ["deflate"], LIMIT)


@given(st.lists(st.binary(min_size=1), max_size=5))
def test_law_chunks_come_together(parts: list[bytes]) -> None:
    """Law: however a body is cut into chunks, it is whole again."""
    assert b"".join(parts) == decoded(chunked(*parts), ["chunked"], LIMIT)
