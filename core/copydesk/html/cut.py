"""Cut a parsed page into blocks, in reading order, with every element's place in the text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

from copydesk.errors import Rejection
from copydesk.html.tags import BLOCK, BREAK, HIDDEN, KINDS, MARKING, PREFORMATTED, SAYING
from copydesk.values.capture import Block
from copydesk.values.many import many
from copydesk.values.markup import Attributes, Markup

MAX_DEPTH = 250
"""A page whose elements are nested deeper than this is refused; real ones stay below 60."""

JSON_LD = "application/ld+json"

WHITE = " \t\n\f\r"
_NO_SPACES = WHITE.replace(" ", "")

Element = Any
"""An element of lxml, or a comment."""


class Run:
    """The text of a page so far, and of the block that is open.

    White space is folded as a browser does: runs of it are one space, and none stands at the start of a line. All
    else is kept. A line break is a line feed; two of them in a row end the block.
    """

    __slots__ = ("_broken", "_line", "_node", "_start", "blocks", "chunks", "open", "pos", "pre", "spaced")

    def __init__(self) -> None:
        self.blocks: list[tuple[int, int, int, int]] = []
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
            self.blocks.append((start, start + len(said), self._line, self._node))
        self.chunks.append(text)
        self.open = []
        self.pos += 1
        self.spaced, self._broken = True, False


def _folded(text: str) -> str:
    """Return a text with each run of white space as one space; of ASCII, control characters that part words too."""
    if not text.isascii():
        for white in _NO_SPACES:
            if white in text:
                text = text.replace(white, " ")
        while "  " in text:
            text = text.replace("  ", " ")
        return text
    words = " ".join(text.split())
    return f"{' ' * text[0].isspace()}{words}{' ' * (text[-1].isspace() and bool(words))}"


class Cut:
    """A page in blocks: its text, its elements, and what those say that are not shown.

    ``hidden`` has the texts of titles and JSON-LD by element, and ``lines`` the lines of all that is not shown.
    """

    __slots__ = ("blocks", "hidden", "lines", "markup", "text")

    def __init__(self, roots: Iterable[Element]) -> None:
        """Cut a page; raises Rejection `too-deep` with the line."""
        self.hidden: dict[int, str] = {}
        self.lines: dict[int, int] = {}
        run, elements = Run(), Elements()
        for root in roots:
            if root.tag.__class__ is str:
                self.lines[len(elements.tags)] = root.sourceline or 1
            _take(root, run, elements, self._hide)
            if root.tail:
                run.add(root.tail, root, -1)
        if run.open:
            run.end_block()
        self.text = "\n".join(run.chunks) + "\n" * bool(run.chunks)
        self.blocks = tuple(many(Block, run.blocks))
        self.markup = elements.markup()

    def _hide(self, element: Element, node: int) -> None:
        """Keep what an element says that is not shown."""
        self.lines[node] = element.sourceline or 0
        if element.tag == "title" or (element.tag == "script" and _is_data(element.get("type", ""))):
            self.hidden[node] = element.text or ""


class Elements:
    """The elements of a page so far: the columns of its `Markup`."""

    __slots__ = ("attributes", "ends", "inline", "parents", "starts", "tags")

    def __init__(self) -> None:
        self.tags: list[str] = []
        self.parents: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.attributes: list[Attributes] = []
        self.inline: list[int] = []

    def markup(self) -> Markup:
        """Return them as they are, for good."""
        return Markup(tuple(self.tags), tuple(self.parents), tuple(self.starts), tuple(self.ends),
                      tuple(self.attributes), tuple(self.inline))  # fmt: skip


class _Behind:
    """What stands behind the last element of a root."""

    tag = tail = None

    def getparent(self) -> None:
        """Stand in nothing."""


def _take(root: Element, run: Run, elements: Elements, hide: Callable[[Element, int], None]) -> None:
    """Take in a root with all it holds.

    It looks at every element of a page and does a third of all work on one, so it is one loop over local names.
    ``block`` is the nearest element around that makes a block; ``around`` has the elements around ``open``, each
    with what was known within it.
    """
    add, end_block, kind_of = run.add, run.end_block, KINDS.get
    tags, starts, ends, inline = elements.tags, elements.starts, elements.ends, elements.inline
    add_parent, add_attributes = elements.parents.append, elements.attributes.append
    around: list[tuple[Element, int, int, int, bool]] = []
    open: Element = None
    node, block, kind, shown = -1, -1, 0, True
    for element in chain(root.iter(), (_Behind(),)):
        parent = element.getparent()
        while open is not parent and around:  # it is over
            if kind == BLOCK or kind == PREFORMATTED:  # noqa: SIM109 - a tuple costs as much as all else here
                if run.open:
                    end_block()
                run.pre -= kind == PREFORMATTED
            ends[node] = run.pos
            over = open
            open, node, block, kind, shown = around.pop()
            if shown and around and (text := over.tail) and (not run.spaced or text.strip(WHITE)):
                add(text, over, block)
        tag = element.tag
        if tag.__class__ is not str:  # a comment or a processing instruction
            if shown and around and (text := element.tail) and (not run.spaced or text.strip(WHITE)):
                add(text, element, block)
            continue
        if len(around) >= MAX_DEPTH:
            raise _too_deep(element)
        around.append((open, node, block, kind, shown))
        add_parent(node)
        open, node = element, len(tags)
        tags.append(tag)
        add_attributes(tuple(element.items()))
        kind = kind_of(tag, 0) if shown else HIDDEN
        if kind == BLOCK or kind == PREFORMATTED:  # noqa: SIM109 - as above
            if run.open:
                end_block()
            block = node
            run.pre += kind == PREFORMATTED
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
        if shown and (text := element.text) and (not run.spaced or text.strip(WHITE)):
            add(text, element, block)


def _is_data(media_type: str) -> bool:
    return bool(media_type.partition(";")[0].strip().lower() == JSON_LD)


def _too_deep(element: Element) -> Rejection:
    return Rejection("too-deep", f"line {element.sourceline}: elements are nested deeper than {MAX_DEPTH}",
                     remedy="this is no page of an article; if it is, mend the tags that are never closed")
