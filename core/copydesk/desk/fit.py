"""Fitting: whether a page is laid out as a layout says, and where each of its entries stands.

A layout is a pattern over blocks, and fitting is its match: gaps are as short as the landmarks behind them
allow, and what is tried once at a place is not tried there again, so that time is linear in the page.
Of several ways to fit, the one that leaves the fewest blocks unread is taken, and of these the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from copydesk.contract.layouts import Gap, Items, Layout, Skip
from copydesk.contract.patterns import Pattern
from copydesk.desk.sheet import Sheet


class Step:
    """An entry of the layout and the blocks it takes: from ``first`` (at offset ``at``) to before ``last``.

    ``places`` are the blocks at which the items of a list begin.
    """

    __slots__ = ("at", "entry", "first", "last", "match", "places")

    def __init__(
        self,
        entry: Pattern | Gap | Items,
        first: int,
        at: int,
        last: int,
        match: re.Match[str] | None = None,
        places: tuple[int, ...] = (),
    ) -> None:
        self.entry = entry
        self.first = first
        self.at = at
        self.last = last
        self.match = match
        self.places = places


class Way:
    """A way to fit from some entry on: how many blocks it leaves unread, its step, and how it goes on."""

    __slots__ = ("cost", "rest", "step")

    def __init__(self, cost: int, step: Step | None = None, rest: Way | None = None) -> None:
        self.cost = cost
        self.step = step
        self.rest = rest


class Miss:
    """Where a page stops to fit: after ``found`` entries, at ``entry``, behind block ``block``."""

    __slots__ = ("block", "entry", "found", "layout")

    def __init__(self, layout: Layout, found: int, entry: str, block: int) -> None:
        self.layout = layout
        self.found = found
        self.entry = entry
        self.block = block


class Fitter:
    """The attempt to fit one layout to one sheet."""

    __slots__ = ("_known", "_lists", "entries", "layout", "miss", "sheet")

    def __init__(self, layout: Layout, sheet: Sheet) -> None:
        self.layout = layout
        self.sheet = sheet
        self.entries: tuple[Pattern | Gap | Items | Skip, ...] = layout.entries
        self.miss = Miss(layout, 0, layout.page[0].name, 0)
        self._known: dict[tuple[int, int, int], Way | None] = {}
        self._lists: dict[tuple[int, int], tuple[int, Way | None, int]] = {}

    def fit(self) -> Way | None:
        """Return the best way in which the page fits, or None; then ``miss`` says how far it got."""
        for pattern in self.layout.without:
            if self.sheet.has(pattern):
                self.miss = Miss(self.layout, 0, f"absence of the {pattern.name}", 0)
                return None
        return self._from(0, 0, -1)

    def _from(self, k: int, block: int, at: int) -> Way | None:
        if k == len(self.entries):
            return Way(self.sheet.size - block)
        key = (k, block, at)
        if key not in self._known:
            way = self._try(self.entries[k], k, block, at)
            if way is None:
                self._missed(k, block)
            self._known[key] = way
        return self._known[key]

    def _missed(self, k: int, block: int) -> None:
        if (k, block) >= (self.miss.found, self.miss.block):
            self.miss = Miss(self.layout, k, self.entries[k].name, block)

    def _try(self, entry: Pattern | Gap | Items | Skip, k: int, block: int, at: int) -> Way | None:
        if isinstance(entry, Skip):
            way = self._from(k + 1, block, at)
            if way is not None and way.cost == 0:
                return way
            return _better(way, self._from(k + 1 + entry.count, block, at))
        if isinstance(entry, Pattern):
            return self._landmark(entry, k, block, at)
        if isinstance(entry, Gap):
            return self._gap(entry, k, block, at)
        return self._list(entry, k, block)

    def _landmark(self, entry: Pattern, k: int, block: int, at: int) -> Way | None:
        match = self.sheet.match(entry, block, at)
        if match is None:
            return None
        start, end, _ = self.sheet.blocks[block]
        behind = match.end()
        if self.sheet.text[behind:end].strip():
            rest, last = self._from(k + 1, block, behind), block
        else:
            rest, last = self._from(k + 1, block + 1, -1), block + 1
        step = Step(entry, block, max(at, start), last, match)
        return rest and Way(rest.cost, step, rest)

    def _gap(self, entry: Gap, k: int, block: int, at: int) -> Way | None:
        best: Way | None = None
        for last in self._ends_of_gap(entry, k, block):
            rest = self._from(k + 1, last, -1)
            if rest and (best is None or rest.cost < best.cost):
                best = Way(rest.cost, Step(entry, block, at, last), rest)
                if not rest.cost:
                    break
        return best

    def _ends_of_gap(self, entry: Gap, k: int, block: int) -> Iterable[int]:
        size = self.sheet.size
        if block >= size:
            return ()
        if not entry.many:
            return () if self._is_landmark(k, block) else (block + 1,)
        if k + 1 == len(self.entries):
            return (size,)
        behind = self.entries[k + 1]
        if isinstance(behind, Pattern):
            return self._before(behind, k, block)
        return range(block + 1, size + 1)

    def _is_landmark(self, k: int, block: int) -> bool:
        """Tell whether a later landmark of the page stands here: then what should stand here is missing."""
        return any(isinstance(mark, Pattern) and self.sheet.match(mark, block) for mark in self.entries[k + 1 :])

    def _before(self, behind: Pattern, k: int, block: int) -> Iterator[int]:
        """Give the blocks behind ``block`` at which the next landmark stands; it is what misses if it is nowhere."""
        sheet, found = self.sheet, bool(self.sheet.match(behind, block))
        for number in sheet.candidates(behind, block + 1):
            if sheet.match(behind, number):
                found = True
                yield number
        if not found:
            self._missed(k + 1, sheet.size)

    def _list(self, entry: Items, k: int, block: int) -> Way | None:
        """Walk a list: item by item, and over a block that begins none, until the rest of the page fits best.

        It begins with an item: a line `More From` is no landmark if anything else stands behind it.
        """
        if not self._is_item(entry, block):
            return None
        trail: list[tuple[int, int]] = []  # block, and where the walk goes on
        at = block
        while at < self.sheet.size and (k, at) not in self._lists:
            length = len(entry.fields) if self._is_item(entry, at) else 1
            trail.append((at, length))
            at += length
        if at >= self.sheet.size and (k, at) not in self._lists:
            end = self._from(k + 1, at, -1)
            self._lists[k, at] = (end.cost if end else _NEVER, end, at)
        for at, length in reversed(trail):
            self._lists[k, at] = self._walked(entry, k, at, length)
        return self._way_through(entry, k, block)

    def _walked(self, entry: Items, k: int, at: int, length: int) -> tuple[int, Way | None, int]:
        cost, _, _ = self._lists[k, at + length]
        whole = length == len(entry.fields)
        on = cost if whole else min(cost + 1, _NEVER)
        stop = self._from(k + 1, at, -1)
        if stop is not None and stop.cost < on + (not whole):
            return stop.cost, stop, at
        return on, None, at + length

    def _way_through(self, entry: Items, k: int, block: int) -> Way | None:
        cost, way, following = self._lists[k, block]
        if cost >= _NEVER:
            return None
        at, places = block, []
        while way is None:
            if following - at == len(entry.fields):
                places.append(at)
            at = following
            _, way, following = self._lists[k, at]
        return Way(cost, Step(entry, block, -1, at, None, tuple(places)), way)

    def _is_item(self, entry: Items, at: int) -> bool:
        if at + len(entry.fields) > self.sheet.size:
            return False
        start, end, _ = self.sheet.blocks[at + entry.date_at]
        if end - start > _LONGEST_DATE or entry.date(self.sheet.text[start:end]) is None:
            return False
        return all(self.sheet.alike(at + one, at + other) for one, other in entry.doubles)


_NEVER = 1 << 60
_LONGEST_DATE = 60


def _better(one: Way | None, other: Way | None) -> Way | None:
    if one is None or other is None:
        return one or other
    return one if one.cost <= other.cost else other
