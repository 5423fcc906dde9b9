"""Pages of HTML captures: parsed, cut, and with what their heads say behind what they show."""

from __future__ import annotations

from copydesk.errors import Rejection
from copydesk.html.cut import Cut
from copydesk.html.metadata import said
from copydesk.html.parse import parse
from copydesk.values.capture import Block, Page
from copydesk.values.findings import Flag, Note


def page_of(text: str, encoding: str, flags: tuple[Flag, ...]) -> Page:
    """Return the page of a decoded HTML capture.

    Its head has no place in what is shown, so each thing it says stands behind that as a block of its own, which no
    element holds. Raises Rejection: `too-large`, `too-deep`, `empty`.
    """
    cut = Cut(parse(text))
    if not cut.blocks:
        raise Rejection("empty", "the page shows no text", remedy="capture the page again, with scripts switched on")
    pieces, notes, told, at = [cut.text], [], [], len(cut.text)
    for node, key, value, name in said(cut.markup, cut.hidden, sorted(cut.lines)):
        end = at + len(value)
        notes.append(Note(key, value, at, end, f"head: {name}"))
        told.append(Block(at, end, cut.lines.get(node, 1), node))
        pieces += (value, "\n")
        at = end + 1
    return Page("".join(pieces), (*cut.blocks, *told), encoding, cut.markup, tuple(notes), flags)
