"""The paragraphs of a body, told from its Markdown alone: each with its number, its role and its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from copydesk.markdown.plain import plain

_DEEPEST = 60
"""Quotes and lists may lie so deep in each other; what lies deeper is text."""

_HEADING = re.compile(r" {0,3}#{1,6}(?= |$)")
_QUOTE = re.compile(r" {0,3}> ?")
_ITEM = re.compile(r" {0,3}(?:[-*+]|[0-9]{1,9}[.)])(?: +|$)")
_INTERRUPTS = re.compile(r" {0,3}(?:[-*+]|1[.)]) +[^ ]")
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}(?=[^`]*$)|~{3,})")
_INDENTED = re.compile(" {4,}[^ ]")
_RULE = re.compile(r" {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+) *$")
_ROW = re.compile(r" {0,3}\|")
_DELIMITERS = re.compile(r" {0,3}\|(?: *:?-+:? *\|)+ *$")
_BAR = re.compile(r"(?<!\\)\|")


class Paragraph(NamedTuple):
    """One paragraph of a body: its number from 1, its role, and its text without markup.

    The role is `paragraph`, `heading`, `list_item`, `quote`, `cell` or `code`.
    """

    number: int
    role: str
    text: str


Block = tuple[str, str]
"""The role and the text of a paragraph."""

_Read = tuple[int, list[Block]]
"""The line behind what was read, and its paragraphs."""


def paragraphs(body: str) -> list[Paragraph]:
    """Return the paragraphs of a body in order.

    A paragraph is what Markdown shows as one block of text: a paragraph, heading, list item, or paragraph of a quote,
    and each cell of a table that has text. What shows no text, such as an image alone, has no number. For what
    Copydesk wrote the texts are those of `Document.paragraphs`; only blocks that share a cell of a table are one here.
    """
    lines = [_without_tabs(line) for line in body.split("\n")]
    blocks = ((role, text) for role, text in _blocks(lines, "paragraph", 0) if text)
    return [Paragraph(number, role, text) for number, (role, text) in enumerate(blocks, 1)]


def _without_tabs(line: str) -> str:
    return line.expandtabs(4) if line.lstrip(" ")[:1] == "\t" else line.rstrip("\t\r")


def _blocks(lines: list[str], role: str, depth: int) -> Iterator[Block]:
    """Give the blocks of some lines; ``role`` is that of a plain paragraph among them."""
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line or line.isspace():
            at += 1
            continue
        reader = next(reader for pattern, reader in _READERS if pattern.match(line))
        if depth > _DEEPEST and reader in (_quote, _item):
            reader = _paragraph
        at, found = reader(lines, at, role, depth)
        yield from found


def _rule(lines: list[str], at: int, role: str, depth: int) -> _Read:  # noqa: ARG001 - all readers have one signature
    return at + 1, []


def _heading(lines: list[str], at: int, role: str, depth: int) -> _Read:  # noqa: ARG001
    said = lines[at].strip(" ").lstrip("#").strip(" ")
    open_ended = said.rstrip("#")
    if not open_ended or open_ended[-1] == " ":  # a closing run of signs
        said = open_ended
    return at + 1, [("heading", plain(said))]


def _fenced(lines: list[str], at: int, role: str, depth: int) -> _Read:  # noqa: ARG001
    match = _FENCE.match(lines[at])
    fence = match["fence"] if match else ""
    end = at + 1
    while end < len(lines) and not (lines[end].strip(" ").startswith(fence) and not lines[end].strip(f" {fence[0]}")):
        end += 1
    return end + 1, [("code", "\n".join(lines[at + 1 : end]))]


def _indented(lines: list[str], at: int, role: str, depth: int) -> _Read:  # noqa: ARG001
    end = at + 1
    while end < len(lines) and (not lines[end].strip(" ") or _INDENTED.match(lines[end])):
        end += 1
    return end, [("code", "\n".join(line[4:] for line in lines[at:end]).rstrip())]


def _quote(lines: list[str], at: int, role: str, depth: int) -> _Read:  # noqa: ARG001
    inner: list[str] = []
    while at < len(lines):
        line = lines[at]
        marker = _QUOTE.match(line)
        if not marker and not _is_lazy(line, inner):
            break
        inner.append(line[marker.end() :] if marker else line)
        at += 1
    return at, [*_blocks(inner, "quote", depth + 1)]


def _item(lines: list[str], at: int, role: str, depth: int) -> _Read:  # noqa: ARG001
    marker = _ITEM.match(lines[at])
    width = marker.end() if marker else 0
    inner = [lines[at][width:]]
    at += 1
    while at < len(lines):
        line = lines[at]
        blank = not line.strip(" ")
        if blank or len(line) - len(line.lstrip(" ")) >= width:
            inner.append(line[width:])
        elif _is_lazy(line, inner):
            inner.append(line.lstrip(" "))
        else:
            break
        at += 1
    return at, [*_blocks(inner, "list_item", depth + 1)]


def _is_lazy(line: str, inner: list[str]) -> bool:
    """Tell whether a line goes on with the paragraph of a quote or an item, though it does not stand in it."""
    if not inner or not inner[-1].strip(" ") or not line.strip(" "):
        return False
    return not any(pattern.match(line) for pattern in (_HEADING, _QUOTE, _ITEM, _FENCE, _RULE))


def _table(lines: list[str], at: int, role: str, depth: int) -> _Read:
    if at + 1 == len(lines) or not _DELIMITERS.match(lines[at + 1]):
        return _paragraph(lines, at, role, depth)
    end = at + 2
    while end < len(lines) and _ROW.match(lines[end]):
        end += 1
    rows = (lines[at], *lines[at + 2 : end])
    return end, [("cell", plain(cell)) for row in rows for cell in _cells(row)]


def _cells(row: str) -> list[str]:
    _, *cells = _BAR.split(row.strip(" "))
    return cells[:-1] if not cells[-1] else cells


def _paragraph(lines: list[str], at: int, role: str, depth: int) -> _Read:  # noqa: ARG001
    said = [lines[at]]
    at += 1
    while at < len(lines) and lines[at].strip(" "):
        if _UNDERLINE.match(lines[at]):
            return at + 1, [("heading", _joined(said))]
        if any(pattern.match(lines[at]) for pattern in (_HEADING, _QUOTE, _INTERRUPTS, _FENCE, _RULE)):
            break
        said.append(lines[at])
        at += 1
    return at, [(role, _joined(said))]


def _joined(lines: list[str]) -> str:
    """Return the text of the lines of a paragraph: their ends, and hard breaks, are spaces."""
    *others, last = (line.strip(" ") for line in lines)
    return plain(" ".join((*map(_without_break, others), last)))


def _without_break(line: str) -> str:
    backslashes = len(line) - len(line.rstrip("\\"))
    return line[:-1] if backslashes % 2 else line


_READERS: tuple[tuple[re.Pattern[str], Callable[[list[str], int, str, int], _Read]], ...] = (
    (_INDENTED, _indented),
    (_FENCE, _fenced),
    (_RULE, _rule),
    (_HEADING, _heading),
    (_QUOTE, _quote),
    (_ITEM, _item),
    (_ROW, _table),
    (re.compile(""), _paragraph),
)
"""What a line begins with and what reads on from there, the first that fits."""
