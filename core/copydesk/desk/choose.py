"""Choosing: the one layout that fits a page, or the reasons why none does."""

from __future__ import annotations

from copydesk.contract.layouts import Gap, Layout
from copydesk.contract.patterns import Pattern
from copydesk.desk.fit import Fitter, Miss, Way
from copydesk.desk.routing import Desk
from copydesk.desk.sheet import Sheet
from copydesk.errors import Rejection, RuleError


def choose(desk: Desk, sheet: Sheet) -> tuple[Layout, Way]:
    """Return the layout that fits a page, leaving the fewest blocks unread, and the way in which it fits.

    Raises Rejection if none fits (`no-layout`, `no-body`), naming the nearest, or if two do (`two-layouts`), and
    RuleError if none fits and one cannot be tried.
    """
    misses: list[Miss] = []
    fits: list[tuple[Layout, Way]] = []
    broken: list[RuleError] = []
    for layout in desk.layouts_for(sheet):
        fitter = Fitter(layout, sheet)
        try:
            way = fitter.fit()
        except (Exception, SystemExit) as problem:  # what a plugin raises costs only its pages
            broken.append(RuleError(layout.id, f"cannot be tried: {problem}"))
            continue
        if way is None:
            misses.append(fitter.miss)
        else:
            fits.append((layout, way))
    if not fits:
        raise broken[0] if broken else _none_fits(desk, sheet, misses)
    least = min(way.cost for _, way in fits)
    best = [(layout, way) for layout, way in fits if way.cost == least]
    if len(best) > 1:
        raise Rejection("two-layouts", f"the page fits {best[0][0].id} and {best[1][0].id} equally well",
                        remedy="tell them apart by a landmark or by without= in one of them")
    return best[0]


def _none_fits(desk: Desk, sheet: Sheet, misses: list[Miss]) -> Rejection:
    nearest = max(misses, key=lambda miss: (_landmarks_found(miss), _landmarks_there(miss, sheet)), default=None)
    if nearest is None or not _landmarks_there(nearest, sheet):
        known = ", ".join(sorted(desk.layouts)) or "none: no plugin is loaded"
        return Rejection("no-layout", "this is no page of a known layout: not one of their landmarks was found",
                         remedy=f"the known layouts are {known}; a plugin can add another")
    layout = nearest.layout
    entry = layout.entries[nearest.found]
    if isinstance(entry, Gap) and entry.name == nearest.entry:
        missing = f"the page has no {entry.role.value} where {layout.id} has it{_behind(sheet, nearest)}"
        return Rejection("no-body" if entry.many else "no-layout", missing,
                         remedy="a list, a photo entry or half a page is no article; capture the article's own page",
                         nearest=layout.id)
    return Rejection("no-layout", "this is no page of a known layout",
                     remedy="is the capture whole? if the site has changed, the layout must learn it",
                     nearest=f"{layout.id} misses the {nearest.entry}{_behind(sheet, nearest)}")


def _landmarks_found(miss: Miss) -> int:
    """Return how many landmarks stand on the page before the entry that is missing."""
    return sum(isinstance(entry, Pattern) for entry in miss.layout.entries[: miss.found])


def _landmarks_there(miss: Miss, sheet: Sheet) -> int:
    """Return how many landmarks of a layout stand on the page, in whatever order."""
    return sum(sheet.has(mark) for mark in miss.layout.landmarks())


def _behind(sheet: Sheet, miss: Miss) -> str:
    before = min(miss.block, sheet.size) - 1
    return f" (behind line {sheet.blocks[before].line})" if before >= 0 else " (at the top)"


