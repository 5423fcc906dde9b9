"""Cut a parsed page into blocks, in reading order, with every element's place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from copydesk.errors import Rejection
from copydesk.html.tags import BLOCK, BREAK, HIDDEN, KINDS, MARKING, PREFORMATTED, SAYING
from copydesk.values.capture import Block
from copydesk.values.markup import Attributes, Markup

MAX_DEPTH = 250
"""A page whose elements are nested deeper than this is refused; real ones stay below 60."""

JSON_LD = "application/ld+json"

_SPACES = re.compile("[ \t\n\f\r]+")


class Cutter:
    """The text of a page, its blocks and its elements, gathered in one walk over its tree.

    White space is folded as a browser does: runs of it are one space, and none stands at the start of a line. All
    else is kept. A line break is a line feed, two of them end the block, and so does a block's element.
    """

    __slots__ = ("_attributes", "_broken", "_chunks", "_ends", "_inline", "_line", "_node", "_parents", "_pos", "_pre",
                 "_run", "_spaced", "_start", "_starts", "_tags", "blocks", "hidden",
                 "lines")  # fmt: skip

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.hidden: dict[int, str] = {}
        self.lines: dict[int, int] = {}
        self._tags: list[str] = []
        self._parents: list[int] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._attributes: list[Attributes] = []
        self._inline: list[int] = []
        self._chunks: list[str] = []  # the text of the page so far, up to the open block
        self._run: list[str] = []  # the text of the open block
        self._start = 0  # where the open block begins
        self._pos = 0  # where the next character will stand
        self._spaced = True  # a space here would be folded into the one before
        self._broken = False  # nothing but line breaks since the last one
        self._pre = 0
        self._line = 0
        self._node = -1

    def cut(self, roots: Iterable[etree._Element]) -> tuple[str, tuple[Block, ...], Markup]:
        """Return text, blocks and elements of a page; ``hidden`` then has the texts of its titles and JSON-LD.

        ``lines`` has the lines of all elements that are not shown.
        Raises Rejection `too-deep` with the line.
        """
        for root in roots:
            self._walk(root, -1, -1, 1, shown=True)
            if root.tail:
                self._add(root.tail, root, -1)
        self._end_block()
        markup = Markup(tuple(self._tags), tuple(self._parents), tuple(self._starts), tuple(self._ends),
                        tuple(self._attributes), tuple(self._inline))  # fmt: skip
        return "".join(self._chunks), tuple(self.blocks), markup

    def _walk(self, element: etree._Element, parent: int, block: int, depth: int, *, shown: bool) -> None:
        """Take an element in; ``block`` is the nearest element around it that makes a block."""
        tag = element.tag
        if tag.__class__ is not str:  # a comment or a processing instruction
            return
        if depth > MAX_DEPTH:
            raise Rejection("too-deep", f"line {element.sourceline}: elements are nested deeper than {MAX_DEPTH}",
                            remedy="this is no page of an article; if it is, mend the tags that are never closed")
        node = len(self._tags)
        kind = KINDS.get(tag, 0) if shown else HIDDEN
        breaks = kind in (BLOCK, PREFORMATTED)
        if breaks:
            self._end_block()
            block = node
        self._tags.append(tag)
        self._parents.append(parent)
        self._attributes.append(tuple(element.items()))
        self._starts.append(self._pos)
        self._ends.append(self._pos)
        if kind:
            self._mean(element, node, kind)
        self._content(element, node, block, depth, kind)
        if breaks:
            self._end_block()
        self._ends[node] = self._pos

    def _mean(self, element: etree._Element, node: int, kind: int) -> None:
        if kind == MARKING:
            self._inline.append(node)
        elif kind == BREAK:
            self._break()
        elif kind in (HIDDEN, SAYING):
            self.lines[node] = element.sourceline or 0
            if element.tag == "title" or (element.tag == "script" and element.get("type") == JSON_LD):
                self.hidden[node] = element.text or ""

    def _content(self, element: etree._Element, node: int, block: int, depth: int, kind: int) -> None:
        shown = kind != HIDDEN
        self._pre += kind == PREFORMATTED
        if shown and (text := element.text):
            self._add(text, element, block)
        for child in element:
            self._walk(child, node, block, depth + 1, shown=shown)
            if shown and (tail := child.tail):
                self._add(tail, child, block)
        self._pre -= kind == PREFORMATTED

    def _add(self, text: str, near: etree._Element, block: int) -> None:
        """Add a text to the open block, or begin one with it."""
        if self._pre:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        elif not text.isprintable() or "  " in text:
            text = _SPACES.sub(" ", text)
        if self._spaced and text[0] == " " and not self._pre:
            text = text[1:]
        if not text:
            return
        if not self._run:
            self._start, self._node, self._line = self._pos, block, near.sourceline or 0
        self._run.append(text)
        self._pos += len(text)
        self._spaced = text[-1] == " "
        if self._broken and not text.isspace():
            self._broken = False

    def _break(self) -> None:
        if not self._run:
            return
        if self._broken:
            self._end_block()
            return
        self._run.append("\n")
        self._pos += 1
        self._spaced = self._broken = True

    def _end_block(self) -> None:
        """End the open block; what has no visible character is no block."""
        if not self._run:
            return
        text = "".join(self._run)
        if said := text.strip():
            start = self._start if said[0] == text[0] else self._start + text.index(said[0])
            self.blocks.append(Block(start, start + len(said), self._line, self._node))
        self._chunks += (text, "\n")
        self._run.clear()
        self._pos += 1
        self._spaced, self._broken = True, False
