"""Fitting: whether a page is laid out as a layout says, and where each of its entries stands.

A layout is a pattern over blocks, and fitting is its match: gaps are as short as the landmarks behind them
allow, and what is tried once at a place is not tried there again, so that time is linear in the page.
Of several ways to fit, the one that leaves the fewest blocks unread is taken, and of these the first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from copydesk.contract.layouts import Layout
from copydesk.contract.patterns import Pattern
from copydesk.contract.row import Gap, Items, Row, Skip, behind_of
from copydesk.desk.sheet import Sheet


class Step:
    """An entry of the layout and the blocks it takes: from ``first`` (at offset ``at``) to before ``last``.

    A list takes a step for each item, and one with no entry for a block that belongs to none.
    """

    __slots__ = ("at", "entry", "first", "last", "match")

    def __init__(
        self,
        entry: Pattern | Gap | Items | None,
        first: int,
        at: int,
        last: int,
        match: re.Match[str] | None = None,
    ) -> None:
        self.entry = entry
        self.first = first
        self.at = at
        self.last = last
        self.match = match


class Way:
    """A way to fit from some entry on: how many blocks it leaves unread, its step, and how it goes on."""

    __slots__ = ("cost", "rest", "step")

    def __init__(self, cost: int, step: Step | None = None, rest: Way | None = None) -> None:
        self.cost = cost
        self.step = step
        self.rest = rest


_End = tuple[int, Way]
"""The block before which a gap can end, and how the page goes on from there."""


class Miss:
    """Where a page stops to fit: at an entry of a row, behind so many blocks.

    ``name`` names what it misses where that is not the entry alone; ``before`` counts the landmarks and regions of
    the layout that were found before the row.
    """

    __slots__ = ("at", "before", "block", "layout", "name", "row")

    def __init__(self, layout: Layout, row: Row, at: int, block: int, *, name: str = "", before: int = 0) -> None:
        self.layout = layout
        self.row = row
        self.at = at
        self.block = block
        self.name = name or row[at].name
        self.before = before

    @property
    def gap(self) -> Gap | None:
        """The gap that finds no block, if it is one that the page misses."""
        entry = self.row[self.at]
        return entry if isinstance(entry, Gap) else None

    @property
    def found(self) -> int:
        """How many landmarks and regions stand on the page before what it misses."""
        return self.before + sum(isinstance(entry, Pattern) for entry in self.row[: self.at])


class Fitter:
    """The attempt to fit the entries of one layout, or of one of its regions, to one sheet."""

    __slots__ = ("_gaps", "_known", "_lists", "entries", "layout", "miss", "sheet")

    def __init__(self, layout: Layout, sheet: Sheet, entries: Row = ()) -> None:
        self.layout = layout
        self.sheet = sheet
        self.entries = entries or layout.entries
        self.miss = Miss(layout, self.entries, 0, 0)
        self._known: dict[tuple[int, int, int], Way | None] = {}
        self._lists: dict[tuple[int, int], Way | None] = {}
        self._gaps: dict[int, tuple[list[int], list[_End | None]] | None] = {}

    def fit(self) -> Way | None:
        """Return the best way in which the page fits, or None; then ``miss`` says how far it got."""
        way = self._from(0, 0, -1)
        if way is not None:
            for run in self.layout.without:
                if self._has(run):
                    self.miss = Miss(self.layout, self.entries, 0, 0, name=f"absence of the {run[0].name}")
                    return None
        return way

    def _has(self, run: tuple[Pattern | Items, ...]) -> bool:
        """Tell whether the entries of a run stand on the page, one right behind the other."""
        mark = run[0]
        assert isinstance(mark, Pattern)
        return any(
            self.sheet.match(mark, block) and all(self._stands(entry, block + n) for n, entry in enumerate(run[1:], 1))
            for block in self.sheet.candidates(mark, 0)
        )

    def _stands(self, entry: Pattern | Items, block: int) -> bool:
        if isinstance(entry, Items):
            return self._is_item(entry, block)
        return self.sheet.match(entry, block) is not None

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
        if (k, block) >= (self.miss.at, self.miss.block):
            self.miss = Miss(self.layout, self.entries, k, block)

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
        start, end, _, _ = self.sheet.blocks[block]
        behind = match.end()
        if self.sheet.text[behind:end].strip():
            rest, last = self._from(k + 1, block, behind), block
        else:
            rest, last = self._from(k + 1, block + 1, -1), block + 1
        return rest and Way(rest.cost, Step(entry, block, max(at, start), last, match), rest)

    def _gap(self, entry: Gap, k: int, block: int, at: int) -> Way | None:
        """Take the blocks up to where the rest of the page fits best.

        The first time that means looking from here on, which most pages need once. When a gap is asked for again,
        all its ends are weighed once and for all.
        """
        if block >= self.sheet.size or (not entry.many and self._is_landmark(k, block)):
            return None
        if not entry.many:
            return self._taken(entry, block, at, block + 1, self._from(k + 1, block + 1, -1))
        if k in self._gaps:
            return self._weighed(entry, k, block, at)
        self._gaps[k] = None
        best: Way | None = None
        for last in self._ends_of_gap(k, block):
            best = _better(best, self._taken(entry, block, at, last, self._from(k + 1, last, -1)))
            if best is not None and not best.cost:
                break
        return best

    def _taken(self, entry: Gap, block: int, at: int, last: int, rest: Way | None) -> Way | None:
        return rest and Way(rest.cost, Step(entry, block, at, last), rest)

    def _weighed(self, entry: Gap, k: int, block: int, at: int) -> Way | None:
        """Look the best end behind a block up in a table that holds, for each end, the best from there on."""
        table = self._gaps[k]
        if table is None:
            ends = list(self._ends_of_gap(k, -1))
            best: list[_End | None] = [None] * (len(ends) + 1)
            for n in range(len(ends) - 1, -1, -1):
                way, later = self._from(k + 1, ends[n], -1), best[n + 1]
                best[n] = (ends[n], way) if way and (later is None or way.cost <= later[1].cost) else later
            table = self._gaps[k] = (ends, best)
        ends, best = table
        found = best[bisect_right(ends, block)]
        return self._taken(entry, block, at, *found) if found else None

    def _ends_of_gap(self, k: int, block: int) -> Iterable[int]:
        """Give the blocks behind ``block`` before which a gap can end."""
        size, behind = self.sheet.size, tuple(behind_of(self.entries, k + 1))
        marks = [mark for mark in behind if isinstance(mark, Pattern)]
        if len(marks) < len([entry for entry in behind if entry is not None]):
            return range(block + 1, size + 1)
        if behind == (None,):
            return (size,)
        if len(behind) == 1:
            return self._before(marks[0], k, block)
        ends = {at for mark in marks for at in self.sheet.candidates(mark, block + 1) if self.sheet.match(mark, at)}
        return sorted(ends | ({size} if None in behind else set()))

    def _is_landmark(self, k: int, block: int) -> bool:
        """Tell whether a later landmark of the page stands here: then what should stand here is missing."""
        return any(isinstance(mark, Pattern) and self.sheet.match(mark, block) for mark in self.entries[k + 1 :])

    def _before(self, behind: Pattern, k: int, block: int) -> Iterator[int]:
        """Give the blocks behind ``block`` at which the next landmark stands; it is what misses if it is nowhere."""
        sheet, found = self.sheet, block >= 0 and bool(self.sheet.match(behind, block))
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
        if (k, at) not in self._lists:
            self._lists[k, at] = self._from(k + 1, at, -1)
        for at, length in reversed(trail):
            self._lists[k, at] = self._walked(entry, k, at, length)
        return self._lists[k, block]

    def _walked(self, entry: Items, k: int, at: int, length: int) -> Way | None:
        """Return the best of going on with the list and of ending it here; an item is a reason to go on."""
        on = self._lists[k, at + length]
        if length == len(entry.fields):
            on = on and Way(on.cost, Step(entry, at, -1, at + length), on)
            return on if on and not on.cost else _better(on, self._from(k + 1, at, -1))
        on = on and Way(on.cost + 1, Step(None, at, -1, at + 1), on)
        return _better(self._from(k + 1, at, -1), on)

    def _is_item(self, entry: Items, at: int) -> bool:
        if at + len(entry.fields) > self.sheet.size:
            return False
        start, end, _, _ = self.sheet.blocks[at + entry.date_at]
        if end - start > _LONGEST_DATE or entry.date(self.sheet.text[start:end]) is None:
            return False
        return all(self.sheet.alike(at + one, at + other) for one, other in entry.doubles)


_LONGEST_DATE = 60


def _better(one: Way | None, other: Way | None) -> Way | None:
    if one is None or other is None:
        return one or other
    return one if one.cost <= other.cost else other
