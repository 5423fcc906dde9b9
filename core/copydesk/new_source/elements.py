"""Elements of HTML samples, and the selectors that find the same ones in all of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from copydesk.contract.selectors import Index, Selector, words
from copydesk.new_source.lines import Line, line_of
from copydesk.new_source.samples import Sample

_NAME = re.compile(r"(?!.*\d{3})[A-Za-z_][\w-]*", re.ASCII)
"""Names with long numbers are those of one page, and not of its kind."""

PLAIN = ("article", "main", "h1", "h2", "body")
"""Tags that say by themselves what stands in them."""

AROUND = frozenset(("nav", "header", "footer", "aside", "form", "noscript"))


class Look:
    """An HTML sample: its elements, and the lines that they show."""

    def __init__(self, sample: Sample) -> None:
        assert sample.page.markup is not None
        self.page = sample.page
        self.markup = sample.page.markup
        self.index = Index(self.markup)
        self.blocks = self.page.blocks[: self.page.shown]
        self.lines: list[Line] = [line_of(self.page.text[block.start : block.end], block.line) for block in self.blocks]
        self._starts = [block.start for block in self.blocks]

    def within(self, node: int) -> list[int]:
        """Return the numbers of the blocks that stand whole within an element."""
        first, end = bisect_left(self._starts, self.markup.starts[node]), self.markup.ends[node]
        found = []
        for number in range(first, len(self.blocks)):
            if self.blocks[number].end > end:
                break
            found.append(number)
        return found

    def around(self, number: int) -> Iterator[int]:
        """Give the elements that hold one block and no other, also those within a line, from the outside in."""
        block, markup = self.blocks[number], self.markup
        for node, (start, end) in enumerate(zip(markup.starts, markup.ends, strict=True)):
            if start <= block.start and block.end <= end and self.within(node) == [number]:
                yield node

    def select(self, css: str) -> list[int]:
        """Return the elements that a selector finds."""
        return Selector(css).select(self.index)

    def one(self, css: str) -> int | None:
        """Return the block of the one element with text that a selector finds; None where it is not just one."""
        found = [blocks for node in self.select(css) if (blocks := self.within(node))]
        return found[0][0] if len(found) == 1 and len(found[0]) == 1 else None

    def is_around(self, node: int) -> bool:
        """Tell whether an element stands in a part of the page that holds no article."""
        return any(self.markup.tags[around] in AROUND for around in self.markup.ancestors(node))

    def said(self, key: str) -> list[str]:
        """Return what the head of the page says."""
        return [note.value for note in self.page.notes if note.key == key]


def simple(look: Look, node: int) -> Iterator[str]:
    """Give selectors of an element by what it is called: its id, its classes, and a tag that says enough."""
    tag, attribute = look.markup.tags[node], look.markup.attribute
    if _NAME.fullmatch(attribute(node, "id")):
        yield f"#{attribute(node, 'id')}"
    if _NAME.fullmatch(attribute(node, "itemprop")):
        yield f'{tag}[itemprop="{attribute(node, "itemprop")}"]'
    yield from (f"{tag}.{name}" for name in words(attribute(node, "class")) if _NAME.fullmatch(name))
    if tag in PLAIN:
        yield tag


def selectors(look: Look, node: int) -> Iterator[str]:
    """Give selectors of an element, those by itself first, then those by an element around it too."""
    own = list(simple(look, node))
    yield from own
    tag = look.markup.tags[node]
    for around in list(look.markup.ancestors(node))[1:]:
        yield from (f"{outer} {inner}" for outer in simple(look, around) for inner in dict.fromkeys((*own, tag)))


def first_of(looks: Sequence[Look], nodes: Iterator[int], fits: Callable[[Look, str], bool]) -> str:
    """Return the first selector of some elements of the first sample that fits all samples, or the empty string."""
    tried: set[str] = set()
    for node in nodes:
        for css in selectors(looks[0], node):
            if css not in tried:
                tried.add(css)
                if all(fits(look, css) for look in looks):
                    return css
    return ""
