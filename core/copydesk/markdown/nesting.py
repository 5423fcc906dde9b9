"""The lists and quotes around the elements of a body, as the tags of its page nest them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from copydesk.values.capture import Page
from copydesk.values.document import Element
from copydesk.values.markup import Markup
from copydesk.values.roles import Role

MAX_LEVELS = 4
"""Lists and quotes are nested no deeper than this: no article is, and some engines count levels in steps of four."""

MAX_NUMBER = 999
"""Items behind the first may have any number, since engines count on; wider ones would need more room than a step."""

QUOTE = "blockquote"
_OPENS = {Role.LIST_ITEM: "li", Role.QUOTE: QUOTE}


class Level(NamedTuple):
    """A quote, or an item in a list: `blockquote`, `ul` or `ol`; its element; the number of an item."""

    tag: str
    node: int
    number: int = 0


class Nearest:
    """Finds the nearest element around a node that has one of some tags, or -1."""

    __slots__ = ("_known", "_markup", "_tags")

    def __init__(self, markup: Markup, *tags: str) -> None:
        self._markup, self._tags = markup, tags
        self._known: dict[int, int] = {-1: -1}

    def __call__(self, node: int) -> int:
        """Return the nearest of the elements: the node itself or one around it."""
        way = []
        while node not in self._known:
            way.append(node)
            if self._markup.tags[node] in self._tags:
                self._known[node] = node
            else:
                node = self._markup.parents[node]
        self._known.update(dict.fromkeys(way, self._known[node]))
        return self._known[node]


class Nesting:
    """The levels of the elements of a body, from the outside in."""

    __slots__ = ("_items", "_known", "_markup", "_nearest", "_real")

    def __init__(self, markup: Markup) -> None:
        self._markup = markup
        self._nearest = {tag: Nearest(markup, tag) for tag in _OPENS.values()}
        self._nearest[""] = Nearest(markup, *_OPENS.values())
        self._items: dict[int, int] = {}
        self._known: dict[int, tuple[Level, ...]] = {-1: ()}
        self._real: set[int] = set()

    def levels(self, elements: Sequence[Element], page: Page) -> list[tuple[Level, ...]]:
        """Return the levels of each element; what is neither item nor quote may stand in fewer."""
        holders = [self._holder(element, page) for element in elements]
        seen: set[int] = set()
        for element, holder in zip(elements, holders, strict=True):
            self._find_real(holder, seen, opens=element.role in _OPENS)
        self._number_items()
        return [self._levels(element, holders[at], at) for at, element in enumerate(elements)]

    def _holder(self, element: Element, page: Page) -> int:
        alone = element.node if element.role is Role.IMAGE and page.markup else -1
        node = page.blocks[element.spans[0].block].node if element.spans else alone
        return self._nearest[_OPENS.get(element.role, "")](node)

    def _find_real(self, holder: int, seen: set[int], *, opens: bool) -> None:
        """Take items for such if text of their own comes before the lists within them, and quotes if one is told of."""
        if opens and holder >= 0 and (holder not in seen or self._markup.tags[holder] == QUOTE):
            self._real.add(holder)
        while holder >= 0 and holder not in seen:
            seen.add(holder)
            if opens and self._markup.tags[holder] == QUOTE:
                self._real.add(holder)
            holder = self._nearest[""](self._markup.parents[holder])

    def _number_items(self) -> None:
        counts: dict[int, int] = {}
        for node, (tag, parent) in enumerate(zip(self._markup.tags, self._markup.parents, strict=True)):
            if tag == "li":
                counts[parent] = counts.get(parent, 0) + 1
                self._items[node] = counts[parent]

    def _levels(self, element: Element, holder: int, at: int) -> tuple[Level, ...]:
        tag = _OPENS.get(element.role, "")
        if holder < 0:
            return (Level(QUOTE, -1),) if tag == QUOTE else (Level("ul", -1 - at),) if tag else ()
        levels = self._around(holder)
        if tag and holder not in self._real:  # an item whose text stands behind the list within it
            return _within(levels, self._level(holder))
        return levels

    def _around(self, node: int) -> tuple[Level, ...]:
        way = []
        while node not in self._known:
            way.append(node)
            node = self._nearest[""](self._markup.parents[node])
        levels = self._known[node]
        for inner in reversed(way):
            if inner in self._real:
                levels = _within(levels, self._level(inner))
            self._known[inner] = levels
        return levels

    def _level(self, node: int) -> Level:
        if self._markup.tags[node] == QUOTE:
            return Level(QUOTE, node)
        parent = self._markup.parents[node]
        if parent < 0 or self._markup.tags[parent] != "ol":
            return Level("ul", node)
        number = _start(self._markup.attribute(parent, "start")) + self._items[node] - 1
        return Level("ol", node, min(number, MAX_NUMBER))


def _within(levels: tuple[Level, ...], level: Level) -> tuple[Level, ...]:
    """Return levels with one more inside; a quote in a quote is the same quote, and what is too deep stands higher."""
    if level.tag == QUOTE and any(outer.tag == QUOTE for outer in levels):
        return levels
    return (*levels[: MAX_LEVELS - 1], level)


def _start(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) <= len(str(MAX_NUMBER)) else 1


def in_common(some: Sequence[Level], others: Sequence[Level]) -> int:
    """Return how many levels, from the outside, are the same."""
    same: Iterator[bool] = (one == other for one, other in zip(some, others, strict=False))
    return next((at for at, is_same in enumerate(same) if not is_same), min(len(some), len(others)))
