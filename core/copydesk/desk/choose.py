"""Choosing: the one layout that fits a page, or the reasons why none does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from copydesk.contract.layouts import Layout
from copydesk.contract.places import place_in, shown
from copydesk.desk.fit import Fitter, Miss, Way
from copydesk.desk.routing import Desk, at_hosts
from copydesk.desk.sheet import Sheet
from copydesk.errors import PluginError, Rejection, RuleError
from copydesk.values.capture import Capture
from copydesk.values.findings import Flag
from copydesk.values.roles import BODY

if TYPE_CHECKING:
    from copydesk.desk.regions import RegionFitter, Regions


class Choice:
    """The layout of a page, the way in which the page fits it, and what is to be said of the choice."""

    __slots__ = ("fit", "flags", "layout")

    def __init__(self, layout: Layout, fit: Way | Regions, flags: tuple[Flag, ...]) -> None:
        self.layout = layout
        self.fit = fit
        self.flags = flags


NOTHING_KNOWN = Capture(b"")


class Attempt(NamedTuple):
    """What came of trying a layout: the way in which the page fits, what it misses, or why it was not tried."""

    layout: Layout
    fit: Way | Regions | None = None
    miss: Miss | None = None
    broken: RuleError | None = None
    elsewhere: bool = False
    """The layout is one of other hosts than that of the page."""


def choose(desk: Desk, sheet: Sheet, capture: Capture = NOTHING_KNOWN) -> Choice:
    """Return the layout that fits a page, leaving the fewest blocks unread, and the way in which it fits.

    The layouts of other plugins are tried where none of Copydesk's own fits, and those without a landmark last.
    ``capture`` is what is known of the saving, which tells layouts apart that fit equally well. Raises Rejection if
    none fits (`no-layout`, `no-body`), naming the nearest, if one fits whose pages are no articles (`no-article`), or
    if two do (`two-layouts`), and RuleError if none fits and one cannot be tried.
    """
    tried = list(attempts(desk, sheet, capture))
    fits = [(attempt.layout, attempt.fit) for attempt in tried if attempt.fit is not None]
    if not fits:
        broken = next((attempt.broken for attempt in tried if attempt.broken), None)
        raise broken or _none_fits(desk, sheet, [attempt.miss for attempt in tried if attempt.miss])
    return _best(fits, capture)


def attempts(desk: Desk, sheet: Sheet, capture: Capture) -> Iterator[Attempt]:
    """Try the layouts that a page may have, one after the other, up to the first standing in which one fits."""

    def standing(layout: Layout) -> int:
        return _standing(desk, layout)

    for _, layouts in groupby(sorted(desk.layouts_for(sheet), key=standing), key=standing):
        tried = [_attempt(layout, sheet, capture) for layout in layouts]
        yield from tried
        if any(attempt.fit is not None for attempt in tried):
            return


def _standing(desk: Desk, layout: Layout) -> int:
    """Return when a layout is tried, from 0: one that fits everything takes no page from any other."""
    if layout.plugin in desk.own:
        return 0
    return 1 if layout.landmarks() or layout.regions() else 2


def _attempt(layout: Layout, sheet: Sheet, capture: Capture) -> Attempt:
    if layout.hosts and not at_hosts(layout.hosts, _address(sheet, capture)):
        return Attempt(layout, elsewhere=True)
    fitter = _fitter(layout, sheet)
    try:
        fit = fitter.fit()
    except (Exception, SystemExit) as problem:  # what a plugin raises costs only its pages
        return Attempt(layout, broken=RuleError(layout.id, f"cannot be tried: {problem}", shown(place_in(problem))))
    return Attempt(layout, fit, fitter.miss if fit is None else None)


def _fitter(layout: Layout, sheet: Sheet) -> Fitter | RegionFitter:
    if not layout.is_html:
        return Fitter(layout, sheet)
    from copydesk.desk.regions import RegionFitter

    return RegionFitter(layout, sheet)


def _address(sheet: Sheet, capture: Capture) -> str:
    """Return where a page is from: what is known of the saving, or what its head says."""
    return capture.url or next((note.value for note in sheet.page.notes if note.key == "meta_url"), "")


def _best(fits: list[tuple[Layout, Way | Regions]], capture: Capture) -> Choice:
    for layout, _ in fits:
        if layout.refuse:
            raise Rejection("no-article", f"{layout.refuse} (it fits {layout.id})",
                            remedy="capture the article's own page")
    least = min(fit.cost for _, fit in fits)
    best = [(layout, fit) for layout, fit in fits if fit.cost == least]
    timely = [(layout, fit) for layout, fit in best if _covers(layout, capture.captured)]
    chosen = timely if len(timely) == 1 else best
    if len(chosen) > 1:
        raise Rejection("two-layouts", f"the page fits {chosen[0][0].id} and {chosen[1][0].id} equally well",
                        remedy="tell them apart by a landmark or by without= in one of them")
    layout, fit = chosen[0]
    return Choice(layout, fit, tuple(_on_dates(layout, [other for other, _ in best], capture.captured)))


def _covers(layout: Layout, day: str) -> bool:
    return not day or layout.since <= day <= (layout.until or "9999")


def _on_dates(layout: Layout, equal: list[Layout], day: str) -> list[Flag]:
    """Say where the day of the capture has decided, and where it is not one of those of the layout."""
    known = f"{layout.id} is known" + (f" from {layout.since}" if layout.since else "")
    known += f" until {layout.until}" if layout.until else ""
    if len(equal) > 1:
        others = " and ".join(other.id for other in equal if other is not layout)
        return [Flag("layout-by-date", f"{known}, and the page was captured on {day}; it fits {others} as well",
                     severity="info")]  # fmt: skip
    if not _covers(layout, day):
        return [Flag("layout-dates", f"{known}, and the page was captured on {day}; the page decides",
                     severity="info")]  # fmt: skip
    return []


def _none_fits(desk: Desk, sheet: Sheet, misses: list[Miss]) -> Rejection:
    nearest = max(misses, key=lambda miss: (miss.found, _there(miss.layout, sheet)), default=None)
    if nearest is None or not _there(nearest.layout, sheet):
        kind = [layout.id for layout in desk.layouts.values() if layout.is_html == (sheet.page.markup is not None)]
        known = ", ".join(sorted(kind)) or "none: no plugin is loaded"
        return Rejection("no-layout", "this is no page of a known layout: not one of their landmarks was found",
                         remedy=f"the known layouts are {known}; a plugin can add another")
    layout, gap = nearest.layout, nearest.gap
    if gap is not None:
        missing = f"the page has no {gap.role.value} where {layout.id} has it{_behind(sheet, nearest)}"
        return Rejection("no-body" if gap.many and gap.role in BODY else "no-layout", missing,
                         remedy="a list, a photo entry or half a page is no article; capture the article's own page",
                         nearest=layout.id)
    return Rejection("no-layout", "this is no page of a known layout",
                     remedy="is the capture whole? if the site has changed, the layout must learn it",
                     nearest=f"{layout.id} misses the {nearest.name}{_behind(sheet, nearest)}")


def _there(layout: Layout, sheet: Sheet) -> int:
    """Return how many landmarks and regions of a layout are on the page, in whatever order."""
    index = sheet.index
    try:
        regions = sum(bool(region.selector.select(index)) for region in layout.regions()) if index is not None else 0
        return sum(sheet.has(mark) for mark in layout.landmarks()) + regions
    except PluginError:  # is said where the layout is tried
        return 0


def missed(attempt: Attempt, sheet: Sheet) -> str:
    """Say in words what a page lacks for a layout that did not fit it."""
    assert attempt.miss is not None
    return f"{attempt.miss.name}{_behind(sheet, attempt.miss)}"


def _behind(sheet: Sheet, miss: Miss) -> str:
    """Say where on the page that is; what a layout of HTML has anywhere is missing nowhere in particular."""
    if miss.block < 0:
        return f": {miss.name}" if miss.gap is not None else ""
    before = min(miss.block, sheet.size) - 1
    return f" (behind line {sheet.blocks[before].line})" if before >= 0 else " (at the top)"
