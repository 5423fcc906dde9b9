"""Pages: decode a capture and cut it into blocks, in reading order."""

from __future__ import annotations

from copydesk.errors import Rejection
from copydesk.values.capture import Block, Capture, Page
from copydesk.values.findings import Flag

MAX_BYTES = 16 * 1024 * 1024
"""A capture larger than this, in bytes, is refused: an article is a thousandth of it."""


def paginate(capture: Capture) -> Page:
    """Return the page of a capture.

    Of a text capture each line that holds more than white space is a block, of an HTML page each block of its text.
    Which of the two it is, is seen from its bytes alone. Raises Rejection for what is neither: `empty`, `too-large`,
    `binary`, `encoding`, `too-deep`.
    """
    data = capture.data
    if len(data) > MAX_BYTES:
        raise Rejection("too-large", f"the capture has {len(data)} bytes; the limit is {MAX_BYTES}",
                        remedy="split it, or leave it out: an article is a few thousand bytes")
    text, encoding, flags, html = _decoded(data, capture.encoding)
    if not text or text.isspace():
        raise Rejection("empty", "the capture is empty" if not data else "the capture holds nothing but white space",
                        remedy="capture the page again")
    if html:
        from copydesk.html.page import page_of

        return page_of(text, encoding, flags)
    return _cut(text, encoding)._replace(flags=flags)


def _decoded(data: bytes, declared: str) -> tuple[str, str, tuple[Flag, ...], bool]:
    """Return text, character set, flags and whether it is HTML; plain text in UTF-8 takes the short way."""
    if not declared and data.lstrip()[:1] not in (b"<", b"\xef", b"\xff", b"\xfe", b"\0") and b"\0" not in data:
        try:
            return data.decode("utf-8"), "utf-8", (), False
        except UnicodeDecodeError:
            pass
    from copydesk.decoding import decode, is_html

    html = is_html(data)
    return (*decode(data, declared, html=html), html)


def _cut(text: str, encoding: str) -> Page:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    blocks: list[Block] = []
    at = 0
    for number, line in enumerate(text.split("\n"), 1):
        if said := line.strip():
            start = at if said == line else at + line.index(said[0])
            blocks.append(Block(start, start + len(said), number))
        at += len(line) + 1
    return Page(text, tuple(blocks), encoding)
