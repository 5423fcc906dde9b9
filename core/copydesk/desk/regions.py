"""Fitting an HTML layout: which blocks each of its entries takes, and how these are laid out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from copydesk.contract.layouts import Layout, Part
from copydesk.contract.patterns import Pattern
from copydesk.contract.regions import Attr, Css
from copydesk.contract.row import Gap, Row
from copydesk.desk.fit import Fitter, Miss, Way
from copydesk.desk.sheet import Sheet
from copydesk.values.roles import Role


class Region(NamedTuple):
    """What an entry takes: its elements, its blocks, and the way in which these fit; None where they do not."""

    entry: Css | Pattern
    nodes: Sequence[int]
    sheet: Sheet
    way: Way | None


class Regions(NamedTuple):
    """The way in which a page fits an HTML layout, and how many blocks of its regions that leaves unread."""

    regions: tuple[Region, ...]
    cost: int


class RegionFitter:
    """The attempt to fit one HTML layout to one sheet."""

    __slots__ = ("layout", "miss", "sheet", "starts", "taken")

    def __init__(self, layout: Layout, sheet: Sheet) -> None:
        self.layout = layout
        self.sheet = sheet
        self.starts = [block.start for block in sheet.blocks]
        self.taken: set[int] = set()
        self.miss = Miss(layout, _row_of(layout.parts[0]), 0, -1, name=layout.parts[0].entry.name)

    def fit(self) -> Regions | None:
        """Return the way in which the page fits, or None; then ``miss`` says what it lacks.

        An entry takes what no entry before it has taken. What stands in a region that a page may lack, and is not
        laid out as that says, is unread.
        """
        found: list[Region] = []
        for part in self.layout.parts:
            if isinstance(part.entry, Attr):
                _ = part.entry.selector.names  # a broken selector is said here, with the name of the layout
                continue
            region = self._region(part.entry)
            if region is None and not part.optional:
                self._lacks(part, len(found))
                return None
            if region is not None:
                found.append(self._fitted(region, len(found)))
                if not (found[-1].way or part.optional or _is_each(region)):
                    return None
        return Regions(tuple(found), sum(map(_cost, found)))

    def _region(self, entry: Css | Pattern) -> Region | None:
        nodes: Sequence[int] = ()
        if isinstance(entry, Pattern):
            numbers = self._landmark(entry)
        else:
            assert self.sheet.index is not None
            nodes = entry.selector.select(self.sheet.index)
            numbers = [number for number in self._blocks_in(nodes) if number not in self.taken]
        self.taken.update(numbers)
        return Region(entry, nodes, Sheet(self.sheet.page, numbers), None) if numbers else None

    def _landmark(self, entry: Pattern) -> list[int]:
        for number in self.sheet.candidates(entry, 0):
            if number not in self.taken and self.sheet.match(entry, number):
                return [number]
        return []

    def _blocks_in(self, nodes: Sequence[int]) -> Iterator[int]:
        """Give the blocks that stand whole within elements, in order; the elements are in document order."""
        markup, behind = self.sheet.page.markup, 0
        assert markup is not None
        for node in nodes:
            number = max(bisect_left(self.starts, markup.starts[node]), behind)
            while number < self.sheet.size and self.sheet.blocks[number].end <= markup.ends[node]:
                yield number
                number += 1
            behind = max(behind, number)

    def _fitted(self, region: Region, before: int) -> Region:
        if _is_each(region):
            return region
        fitter = Fitter(self.layout, region.sheet, _entries(region.entry))
        way = fitter.fit()
        if way is None:
            self.miss = fitter.miss
            self.miss.before = before
            numbers, at = region.sheet.numbers, min(self.miss.block, region.sheet.size)
            self.miss.block = numbers[at - 1] + 1 if at else numbers[0]
        return region._replace(way=way)

    def _lacks(self, part: Part, before: int) -> None:
        """Say that a region or a landmark is missing; what a region has to hold is its first gap."""
        row = _row_of(part)
        at = next((n for n, entry in enumerate(row) if isinstance(entry, Gap)), 0)
        self.miss = Miss(self.layout, row, at, -1, name=part.entry.name, before=before)


def _entries(entry: Css | Pattern) -> Row:
    return entry.entries if isinstance(entry, Css) else (entry,)


def _row_of(part: Part) -> Row:
    return _entries(part.entry) if isinstance(part.entry, Css | Pattern) else (Gap(Role.FURNITURE, many=True),)


def _is_each(region: Region) -> bool:
    return isinstance(region.entry, Css) and region.entry.each is not None


def _cost(region: Region) -> int:
    if _is_each(region):
        return 0
    return region.way.cost if region.way is not None else region.sheet.size
