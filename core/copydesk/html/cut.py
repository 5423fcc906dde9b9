"""Cut a parsed page into blocks, in reading order, with every element's place in the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from copydesk.errors import Rejection
from copydesk.html.tags import BLOCK, BREAK, HIDDEN, KINDS, MARKING, PREFORMATTED, SAYING
from copydesk.values.capture import Block
from copydesk.values.markup import Attributes, Markup

MAX_DEPTH = 250
"""A page whose elements are nested deeper than this is refused; real ones stay below 60."""

JSON_LD = "application/ld+json"

WHITE = " \t\n\f\r"
_SPACES = re.compile(f"[{WHITE}]+")

Element = Any
"""An element of lxml, or a comment."""


class Run:
    """The text of a page so far, and of the block that is open.

    White space is folded as a browser does: runs of it are one space, and none stands at the start of a line. All
    else is kept. A line break is a line feed; two of them in a row end the block.
    """

    __slots__ = ("_broken", "_line", "_node", "_start", "blocks", "chunks", "open", "pos", "pre", "spaced")

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.chunks: list[str] = []  # the text of the page up to the open block
        self.open: list[str] = []  # the text of the open block
        self.pos = 0  # where the next character will stand
        self.pre = 0  # how many elements around it keep their line ends
        self._start = self._line = 0
        self._node = -1
        self.spaced = True  # a space here would be folded into the one before
        self._broken = False  # nothing but spaces since the last line break

    def add(self, text: str, near: Element, block: int) -> None:
        """Add a text to the open block, or begin one with it, in the element ``block`` on the line of ``near``."""
        if self.pre:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        else:
            if not text.isprintable() or "  " in text:
                text = _folded(text)
            if self.spaced and text[0] == " ":
                text = text[1:]
                if not text:
                    return
        if not self.open:
            self._start, self._node, self._line = self.pos, block, near.sourceline or 0
        self.open.append(text)
        self.pos += len(text)
        self.spaced = text[-1] == " " and not self.pre
        if self._broken and not text.isspace():
            self._broken = False

    def line_break(self) -> None:
        """Break the line, or end the block at the second break in a row."""
        if self._broken:
            self.end_block()
        elif self.open:
            self.open.append("\n")
            self.pos += 1
            self.spaced = self._broken = True

    def end_block(self) -> None:
        """End the open block; what has no visible character is no block."""
        text = self.open[0] if len(self.open) == 1 else "".join(self.open)
        if said := text.strip():
            start = self._start if said[0] == text[0] else self._start + text.index(said[0])
            self.blocks.append(Block(start, start + len(said), self._line, self._node))
        self.chunks.append(text)
        self.open = []
        self.pos += 1
        self.spaced, self._broken = True, False


def _folded(text: str) -> str:
    """Return a text with each run of white space as one space; of ASCII, control characters that part words too."""
    if not text.isascii():
        return _SPACES.sub(" ", text)
    words = " ".join(text.split())
    return f"{' ' * text[0].isspace()}{words}{' ' * (text[-1].isspace() and bool(words))}"


class Cut:
    """A page in blocks: its text, its elements, and what those say that are not shown.

    ``hidden`` has the texts of titles and JSON-LD by element, and ``lines`` the lines of all that is not shown.
    """

    __slots__ = ("blocks", "hidden", "lines", "markup", "text")

    def __init__(self, roots: Iterable[Element]) -> None:
        """Cut a page; raises Rejection `too-deep` with the line."""
        run = Run()
        self.hidden: dict[int, str] = {}
        self.lines: dict[int, int] = {}
        gathered: tuple[list[str], list[int], list[int], list[int], list[Attributes], list[int]] = (
            [], [], [], [], [], [],
        )  # fmt: skip
        walk = _walker(run, gathered, self._hide)
        for root in roots:
            if root.tag.__class__ is str:
                self.lines[len(gathered[0])] = root.sourceline or 1
            walk(root, -1, -1, 1, True)
            if root.tail:
                run.add(root.tail, root, -1)
        if run.open:
            run.end_block()
        self.text = "\n".join(run.chunks) + "\n" * bool(run.chunks)
        self.blocks = tuple(run.blocks)
        self.markup = Markup(*map(tuple, gathered))  # type: ignore[arg-type]  # in the order of its fields

    def _hide(self, element: Element, node: int) -> None:
        """Keep what an element says that is not shown."""
        self.lines[node] = element.sourceline or 0
        if element.tag == "title" or (element.tag == "script" and _is_data(element.get("type", ""))):
            self.hidden[node] = element.text or ""


def _walker(run: Run, gathered: Any, hide: Callable[[Element, int], None]) -> Callable[..., None]:
    """Return the function that takes in an element with all it holds.

    It is called for every element of a page and does a third of all work on one, so it is one function over local
    names. ``block`` is the nearest element around that makes a block.
    """
    tags, parents, starts, ends, attributes, inline = gathered
    add, end_block, kinds = run.add, run.end_block, KINDS

    def walk(element: Element, parent: int, block: int, depth: int, shown: bool) -> None:
        tag = element.tag
        if tag.__class__ is not str:  # a comment or a processing instruction
            return
        if depth > MAX_DEPTH:
            raise _too_deep(element)
        node = len(tags)
        kind = kinds.get(tag, 0) if shown else HIDDEN
        if kind == BLOCK or kind == PREFORMATTED:  # noqa: SIM109 - a tuple costs as much as all else here
            if run.open:
                end_block()
            block = node
            run.pre += kind == PREFORMATTED
        tags.append(tag)
        parents.append(parent)
        attributes.append(tuple(element.items()))
        starts.append(run.pos)
        ends.append(run.pos)
        if kind > BLOCK:
            if kind == MARKING:
                inline.append(node)
                if tag == "img" and run.open:
                    run.spaced = False  # an image is no white space
            elif kind == BREAK:
                run.line_break()
            elif kind == HIDDEN or kind == SAYING:  # noqa: SIM109 - as above
                hide(element, node)
                shown = shown and kind == SAYING
        if shown:
            if (text := element.text) and (not run.spaced or text.strip(WHITE)):
                add(text, element, block)
            for child in element:
                walk(child, node, block, depth + 1, True)
                if (text := child.tail) and (not run.spaced or text.strip(WHITE)):
                    add(text, child, block)
        else:
            for child in element:
                walk(child, node, block, depth + 1, False)
        if kind == BLOCK or kind == PREFORMATTED:  # noqa: SIM109 - as above
            if run.open:
                end_block()
            run.pre -= kind == PREFORMATTED
        ends[node] = run.pos

    return walk


def _is_data(media_type: str) -> bool:
    return bool(media_type.partition(";")[0].strip().lower() == JSON_LD)


def _too_deep(element: Element) -> Rejection:
    return Rejection("too-deep", f"line {element.sourceline}: elements are nested deeper than {MAX_DEPTH}",
                     remedy="this is no page of an article; if it is, mend the tags that are never closed")
