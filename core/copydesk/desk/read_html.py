"""Reading an HTML page: its regions by their entries, what tags say of the body, and all else as furniture."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.contract.layouts import OUTSIDE, Layout
from copydesk.contract.regions import Css
from copydesk.contract.row import Items
from copydesk.desk.html_body import images, refined
from copydesk.desk.html_notes import attributes, originals
from copydesk.desk.marking import check_tiles
from copydesk.desk.read import Draft, facts_of, take
from copydesk.desk.regions import Region, Regions
from copydesk.desk.sheet import Sheet
from copydesk.errors import RuleError
from copydesk.values.capture import Capture
from copydesk.values.findings import Flag, Note
from copydesk.values.many import many
from copydesk.values.reading import Item, Reading, Span, head
from copydesk.values.roles import Role

LONG = 200
"""A paragraph outside the article of so many characters is worth a word: the layout may have missed a part of it."""


def read_html(capture: Capture, sheet: Sheet, layout: Layout, fit: Regions) -> Reading:
    """Return the reading of an HTML page in the way in which it fits a layout.

    Raises RuleError where a reader of the layout raises, or breaks the account.
    """
    page, markup = sheet.page, sheet.page.markup
    assert markup is not None
    whole = Draft(sheet, layout.id)
    whole.notes += facts_of(layout)
    for found in attributes(layout, sheet):
        (whole.notes if isinstance(found, Note) else whole.flags).append(found)  # type: ignore[arg-type]
    pictures: list[int] = []
    owners = {node: region for region in reversed(fit.regions) for node in region.nodes}
    for region in fit.regions:
        part = _read(region, layout)
        whole.spans += part.spans
        whole.notes += part.notes
        whole.flags += part.flags
        whole.items += part.items
        pictures += images(region, part.spans, markup, owners) if _is_body(region) else ()
    whole.notes += originals(whole.spans, markup)
    outside = _outside(sheet, fit, layout)
    whole.flags += _long_outside(outside, whole.spans, sheet)
    spans = tuple(sorted((*whole.spans, *outside, *head(page))))
    check_tiles(page, spans, layout.id)
    return Reading(capture, page, spans, (*page.notes, *whole.notes), (*page.flags, *whole.flags),
                   tuple(whole.items), tuple(pictures))  # fmt: skip


def _is_body(region: Region) -> bool:
    return isinstance(region.entry, Css) and region.entry.holds_body


def _read(region: Region, layout: Layout) -> Draft:
    draft = Draft(region.sheet, layout.id)
    if isinstance(region.entry, Css) and region.entry.each is not None:
        _each(draft, region, region.entry.each)
    elif region.way is not None:
        take(draft, region.way)
    else:
        draft.spans += region.sheet.spans(Role.UNREAD, "")
    if _is_body(region):
        assert region.sheet.page.markup is not None
        draft.spans = list(refined(draft.spans, region, region.sheet.page.blocks, region.sheet.page.markup))
    return draft


def _each(draft: Draft, region: Region, entry: Items) -> None:
    """Read each element as an item of a list: what reads as a date is its date, the first other block its title."""
    markup = region.sheet.page.markup
    assert markup is not None
    blocks, text = region.sheet.blocks, region.sheet.text
    rule = f"{draft.owner}: {entry.name}"
    draft.spans += region.sheet.spans(Role.RELATED, rule)
    at = 0
    for node in region.nodes:
        places = []
        while at < len(blocks) and blocks[at].end <= markup.ends[node]:
            places.append((blocks[at].start, blocks[at].end))
            at += 1
        if places:
            draft.items.append(_item(text, places, entry, rule))


def _item(text: str, places: list[tuple[int, int]], entry: Items, rule: str) -> Item:
    dates = {place: _date(text[slice(*place)], entry, rule) for place in places}
    date = next(filter(None, dates.values()), "")
    said = [place for place in places if not dates[place]]
    title = said[0] if said else (0, 0)
    others = (place for place in said[1:] if text[slice(*place)] != text[slice(*title)])
    return Item(date, title, next(others, (0, 0)), places[0][0], places[-1][1])


def _date(text: str, entry: Items, rule: str) -> str:
    try:
        return entry.date(text) or ""
    except Exception as problem:
        raise RuleError(rule, f"its reader of 'date' raised {problem!r} for {text!r}") from problem


def _outside(sheet: Sheet, fit: Regions, layout: Layout) -> list[Span]:
    """Return a span for each block that no entry has taken."""
    taken = {number for region in fit.regions for number in region.sheet.numbers}
    rule = f"{layout.id}: {OUTSIDE}"
    return many(Span, [(start, end, Role.FURNITURE, rule, number)
                       for number, (start, end, _, _) in enumerate(sheet.blocks) if number not in taken])  # fmt: skip


def _long_outside(outside: list[Span], inside: list[Span], sheet: Sheet) -> Iterator[Flag]:
    """Flag long paragraphs outside the article: a warning where they are more than half of all such text."""
    markup = sheet.page.markup
    assert markup is not None
    blocks = sheet.blocks
    long = [span for span in outside
            if span.end - span.start >= LONG and markup.tags[blocks[span.block].node] == "p"]  # fmt: skip
    if long:
        much = sum(span.end - span.start for span in long)
        body = sum(span.end - span.start for span in inside if span.role is Role.PARAGRAPH)
        line = blocks[long[0].block].line
        yield Flag("text-outside", f"{len(long)} of the paragraphs outside the article are long, the first on line "
                   f"{line}: are they a part of it?", long[0].start, long[-1].end,
                   "warning" if much > body else "info")  # fmt: skip
