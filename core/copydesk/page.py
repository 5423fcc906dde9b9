"""Pages: decode a capture and cut it into blocks, in reading order."""

from __future__ import annotations

import re

from copydesk.errors import Rejection
from copydesk.values.capture import Block, Capture, Page

MAX_BYTES = 16 * 1024 * 1024
"""A capture larger than this, in bytes, is refused: an article is a thousandth of it."""

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_MARKUP = re.compile(rb"\s*<(?:!doctype|!--|html|head|body|\?xml)", re.IGNORECASE)


def paginate(capture: Capture) -> Page:
    """Return the page of a text capture: each line that holds more than white space is a block.

    Raises Rejection for what is no text: `empty`, `too-large`, `binary`, `html`, `encoding`.
    """
    data = capture.data
    if len(data) > MAX_BYTES:
        raise Rejection("too-large", f"the capture has {len(data)} bytes; the limit is {MAX_BYTES}",
                        remedy="split it, or leave it out: an article is a few thousand bytes")
    text, encoding = _decode(data, capture.encoding)
    if not text or text.isspace():
        raise Rejection("empty", "the capture is empty" if not data else "the capture holds nothing but white space",
                        remedy="capture the page again")
    if _MARKUP.match(data):
        from copydesk.html.page import page_of

        return page_of(text, encoding, ())
    return _cut(text, encoding)


def _decode(data: bytes, declared: str) -> tuple[str, str]:
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), declared or "utf-8")
    if encoding != "utf-16" and b"\0" in data:
        raise Rejection("binary", f"the capture is no text: it has a NUL byte at offset {data.index(0)}",
                        remedy="give the page as text in UTF-8")
    try:
        return data.decode(encoding), encoding.removesuffix("-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise Rejection("encoding", f"line {line}: byte 0x{data[problem.start]:02x} at offset {problem.start} is not "
                        f"{encoding}", remedy="name the character set with --encoding, or save as UTF-8") from None
    except LookupError:
        raise Rejection("encoding", f"there is no character set {encoding!r}",
                        remedy="name one that Python knows, such as euc-kr") from None


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
