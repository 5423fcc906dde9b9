"""Reading: give every block of a page its role, as the layout that fits it says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from copydesk.contract.layouts import Layout
from copydesk.contract.patterns import Pattern
from copydesk.contract.row import Gap, Items
from copydesk.desk.fit import Step, Way
from copydesk.desk.marking import check_tiles, cut
from copydesk.desk.sheet import Sheet
from copydesk.errors import RuleError
from copydesk.values.capture import Capture
from copydesk.values.findings import Flag, Mark, Note
from copydesk.values.reading import Item, Reading, Span
from copydesk.values.roles import Role


class Draft:
    """What has been read so far, gathered in lists and frozen once."""

    __slots__ = ("flags", "items", "notes", "owner", "sheet", "spans")

    def __init__(self, sheet: Sheet, owner: str) -> None:
        self.sheet = sheet
        self.owner = owner
        self.spans: list[Span] = []
        self.notes: list[Note] = []
        self.flags: list[Flag] = []
        self.items: list[Item] = []


def read(capture: Capture, sheet: Sheet, layout: Layout, way: Way) -> Reading:
    """Return the reading of a text page in the way in which it fits a layout."""
    draft = Draft(sheet, layout.id)
    draft.notes += facts_of(layout)
    take(draft, way)
    spans = tuple(draft.spans)
    check_tiles(sheet.page, spans, layout.id)
    return Reading(capture, sheet.page, spans, tuple(draft.notes), (*sheet.page.flags, *draft.flags),
                   tuple(draft.items))  # fmt: skip


def facts_of(layout: Layout) -> list[Note]:
    """Return what every page of a layout means without saying so."""
    return [Note(key, value, rule=f"{layout.id}: facts") for key, value in layout.facts.items()]


def take(draft: Draft, way: Way) -> None:
    """Read all blocks of a sheet in the way in which they fit; those behind its last step are unread."""
    block = 0
    for step in _steps(way):
        _take(draft, step)
        block = step.last
    _role(draft, block, draft.sheet.size, -1, Role.UNREAD, "")


def _steps(way: Way | None) -> Iterator[Step]:
    while way is not None and way.step is not None:
        yield way.step
        way = way.rest


def _take(draft: Draft, step: Step) -> None:
    entry = step.entry
    if isinstance(entry, Pattern):
        _landmark(draft, entry, step)
    elif isinstance(entry, Gap):
        _role(draft, step.first, step.last, step.at, entry.role, f"{draft.owner}: {entry.name}")
    elif isinstance(entry, Items):
        _role(draft, step.first, step.last, -1, Role.RELATED, f"{draft.owner}: {entry.name}")
        draft.items.append(_item(draft.sheet, entry, step.first))
    else:
        _role(draft, step.first, step.last, -1, Role.UNREAD, "")


def _role(draft: Draft, first: int, last: int, at: int, role: Role, rule: str) -> None:
    """Give blocks a role; of the first, only what stands behind the offset ``at``."""
    spans = draft.sheet.spans(role, rule, first, last)
    if spans and at > spans[0].start:
        rest = draft.sheet.text[at : spans[0].end]
        spans[0] = spans[0]._replace(start=at + len(rest) - len(rest.lstrip()))
    draft.spans += spans


def _landmark(draft: Draft, pattern: Pattern, step: Step) -> None:
    """Cut a landmark at its groups; what no group names is furniture."""
    assert step.match is not None
    rule = f"{draft.owner}: {pattern.name}"
    marks: list[Mark] = []
    for finding in pattern.findings(step.match, rule):
        if isinstance(finding, Mark):
            marks.append(finding)
        elif isinstance(finding, Note):
            draft.notes.append(finding)
        else:
            draft.flags.append(finding)
    marks.sort()
    for one, other in pairwise(marks):
        if one.end > other.start:
            raise RuleError(rule, f"the groups for {one.role.value} and {other.role.value} overlap")
    number = draft.sheet.numbers[step.first]
    whole = Span(max(step.at, step.match.start()), step.match.end(), Role.FURNITURE, rule, number)
    draft.spans += cut(draft.sheet.text, whole, marks, Role.FURNITURE, rule, rule)


def _item(sheet: Sheet, entry: Items, place: int) -> Item:
    blocks = sheet.blocks
    spot = {field: blocks[place + n][:2] for n, field in enumerate(entry.fields)}
    start, end = spot["date"]
    date = entry.date(sheet.text[start:end]) or ""
    return Item(date, spot.get("title", (0, 0)), spot.get("teaser", (0, 0)), blocks[place].start,
                blocks[place + len(entry.fields) - 1].end)  # fmt: skip
