"""Reading: give every block of a page its role, as the layout that fits it says."""

from __future__ import annotations

from itertools import pairwise

from copydesk.contract.layouts import Gap, Items, Layout
from copydesk.contract.patterns import Pattern
from copydesk.desk.fit import Step, Way
from copydesk.desk.marking import check_tiles, cut
from copydesk.desk.sheet import Sheet
from copydesk.errors import RuleError
from copydesk.values.capture import Capture
from copydesk.values.reading import Flag, Mark, Note, Reading, Related, Span
from copydesk.values.roles import Role


class _Draft:
    """What has been read so far, gathered in lists and frozen once."""

    __slots__ = ("flags", "notes", "owner", "related", "sheet", "spans")

    def __init__(self, sheet: Sheet, owner: str) -> None:
        self.sheet = sheet
        self.owner = owner
        self.spans: list[Span] = []
        self.notes: list[Note] = []
        self.flags: list[Flag] = []
        self.related: list[Related] = []


def read(capture: Capture, sheet: Sheet, layout: Layout, way: Way) -> Reading:
    """Return the reading of a page in the way in which it fits a layout."""
    draft = _Draft(sheet, layout.id)
    draft.notes += [Note(key, value, rule=f"{layout.id}: facts") for key, value in layout.facts.items()]
    at: Way | None = way
    block = 0
    while at is not None and at.step is not None:
        _take(draft, at.step)
        block, at = at.step.last, at.rest
    _role(draft, block, sheet.size, -1, Role.UNREAD, "")
    spans = tuple(draft.spans)
    check_tiles(sheet.page, spans, layout.id)
    return Reading(capture, sheet.page, spans, tuple(draft.notes), tuple(draft.flags), tuple(draft.related))


def _take(draft: _Draft, step: Step) -> None:
    if isinstance(step.entry, Pattern):
        _landmark(draft, step.entry, step)
    elif isinstance(step.entry, Gap):
        _role(draft, step.first, step.last, step.at, step.entry.role, f"{draft.owner}: {step.entry.name}")
    else:
        _list(draft, step.entry, step)


def _role(draft: _Draft, first: int, last: int, at: int, role: Role, rule: str) -> None:
    """Give blocks a role; of the first, only what stands behind the offset ``at``."""
    for number in range(first, last):
        start, end, _ = draft.sheet.blocks[number]
        if at > start:
            start = at + len(draft.sheet.text[at:end]) - len(draft.sheet.text[at:end].lstrip())
            at = -1
        draft.spans.append(Span(start, end, role, rule, number))


def _landmark(draft: _Draft, pattern: Pattern, step: Step) -> None:
    """Cut a landmark at its groups; what no group names is furniture."""
    assert step.match is not None
    rule = f"{draft.owner}: {pattern.name}"
    marks: list[Mark] = []
    for finding in pattern.findings(step.match):
        if isinstance(finding, Mark):
            marks.append(finding)
        elif isinstance(finding, Note):
            draft.notes.append(finding._replace(rule=rule))
        else:
            draft.flags.append(finding._replace(rule=rule))
    marks.sort()
    for one, other in pairwise(marks):
        if one.end > other.start:
            raise RuleError(rule, f"the groups for {one.role.value} and {other.role.value} overlap")
    whole = Span(max(step.at, step.match.start()), step.match.end(), Role.FURNITURE, rule, step.first)
    draft.spans += cut(draft.sheet.text, whole, marks, Role.FURNITURE, rule, rule)


def _list(draft: _Draft, entry: Items, step: Step) -> None:
    """Read a list of other articles; what lies between its items stays unread."""
    rule, at = f"{draft.owner}: {entry.name}", step.first
    for place in step.places:
        _role(draft, at, place, -1, Role.UNREAD, "")
        at = place + len(entry.fields)
        _role(draft, place, at, -1, Role.RELATED, rule)
        draft.related.append(_item(draft.sheet, entry, place, at))
    _role(draft, at, step.last, -1, Role.UNREAD, "")


def _item(sheet: Sheet, entry: Items, place: int, behind: int) -> Related:
    said = {field: sheet.said(place + entry.fields.index(field)) for field in set(entry.fields)}
    date = entry.date(said["date"]) or ""
    return Related(said.get("title", ""), date, said.get("teaser", ""), sheet.blocks[place].start,
                   sheet.blocks[behind - 1].end)  # fmt: skip
