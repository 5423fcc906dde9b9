"""Marking: cut spans by what a rule says, and refuse a rule that breaks a law, by its name.

Rules hold places, never text: a mark gives a role to a stretch of one span, and no operation adds or removes
text. The checks are on integers; text is looked at only between spans, where nothing but white space may stand.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from copydesk.contract.layouts import Rule
from copydesk.contract.places import place_in, place_of, shown
from copydesk.errors import CopydeskError, RuleError
from copydesk.values.capture import Page
from copydesk.values.findings import Flag, Mark, Note
from copydesk.values.reading import Reading, Span
from copydesk.values.roles import EDITABLE, Role


def apply(reading: Reading, rule: Rule, owner: str) -> Reading:
    """Return the reading with what one rule of a source or layout finds in it.

    Raises RuleError if the rule raises, gives something that is no finding, or marks what it may not mark.
    """
    name = f"{owner}: {getattr(rule, '__name__', None) or repr(rule)}"
    try:
        marks, notes, flags = _findings(reading, rule, name)
        if marks:
            reading = reading._replace(spans=_marked(reading, sorted(marks), name))
    except RuleError as problem:
        raise RuleError(problem.rule, problem.message, problem.place or shown(place_of(rule))) from problem.__cause__
    if notes or flags:
        reading = reading._replace(notes=(*reading.notes, *notes), flags=(*reading.flags, *flags))
    return reading


def _findings(reading: Reading, rule: Rule, name: str) -> tuple[list[Mark], list[Note], list[Flag]]:
    marks: list[Mark] = []
    notes: list[Note] = []
    flags: list[Flag] = []
    try:
        for finding in rule(reading) or ():
            if type(finding) is Mark:
                marks.append(_checked(finding, name))
            elif type(finding) is Note:
                notes.append(finding._replace(rule=name))
            elif type(finding) is Flag:
                flags.append(finding._replace(rule=name))
            else:
                raise RuleError(name, f"gave {finding!r}; a rule gives Mark, Note or Flag")
    except CopydeskError:
        raise
    except (Exception, SystemExit) as problem:  # a rule may raise anything, and costs only its document
        place = shown(place_in(problem))
        raise RuleError(name, f"raised {type(problem).__name__}: {problem}", place) from problem
    _check_places(reading.page, [*notes, *flags], name)
    return marks, notes, flags


def _checked(mark: Mark, name: str) -> Mark:
    if type(mark.start) is not int or type(mark.end) is not int or type(mark.role) is not Role:
        raise RuleError(name, f"gave {mark!r}; places are whole numbers, and the role is a Role")
    return mark


def _check_places(page: Page, found: Sequence[Note | Flag], name: str) -> None:
    for finding in found:
        start, end = finding.start, finding.end
        if not all(isinstance(said, str) for said in finding[:2]) or type(start) is not int or type(end) is not int:
            raise RuleError(name, f"gave {finding!r}; words are text and places are whole numbers")
        if start < 0 and isinstance(finding, Note):
            raise RuleError(name, f"gave the value {finding.value!r} for {finding.key!r} without a place; "
                                  "say where on the page it stands")
        if not -1 <= start <= end <= len(page.text):
            raise RuleError(name, f"points at {start}:{end}, outside the page of {len(page.text)}")


def _marked(reading: Reading, marks: list[Mark], name: str) -> tuple[Span, ...]:
    text, spans = reading.page.text, list(reading.spans)
    groups: dict[int, list[Mark]] = {}
    for mark in marks:
        groups.setdefault(_target(reading.spans, mark, name), []).append(mark)
    _check_apart(text, marks, name)
    for at in sorted(groups, reverse=True):  # from the end, so that the places of earlier spans stay
        span = spans[at]
        pieces = cut(text, span, groups[at], span.role, span.rule, name)
        _check_tiling(text, pieces, span.start, span.end, name)
        spans[at : at + 1] = pieces
    return tuple(spans)


def _check_apart(text: str, marks: list[Mark], name: str) -> None:
    for mark, later in pairwise(marks):
        if mark.end > later.start:
            raise RuleError(name, f"marks {_shown(text, mark)} and {_shown(text, later)}, which overlap")


def _start(span: Span) -> int:
    return span.start


def _target(spans: Sequence[Span], mark: Mark, name: str) -> int:
    """Return the index of the one span in which a mark lies, if its role may be cut."""
    if mark.start >= mark.end:
        raise RuleError(name, f"marks the empty stretch {mark.start}:{mark.end}")
    at = bisect_right(spans, mark.start, key=_start) - 1
    if at < 0 or mark.end > spans[at].end:
        raise RuleError(name, f"marks {mark.start}:{mark.end} as {mark.role.value}, which is no stretch of one span")
    span = spans[at]
    if span.role not in EDITABLE:
        raise RuleError(name, f"marks {mark.start}:{mark.end} as {mark.role.value}; it is {span.role.value} already, "
                              f"by the rule {span.rule!r}")
    return at


def _shown(text: str, mark: Mark) -> str:
    return f"{text[mark.start : mark.end][:40]!r} as {mark.role.value}"


def cut(text: str, span: Span, marks: Sequence[Mark], rest: Role, rest_rule: str, rule: str) -> list[Span]:
    """Cut a span at marks that lie in it, in order; what no mark covers keeps the role ``rest``.

    White space at the ends of a piece belongs to no piece; a slip is white space and nothing else.
    """
    pieces: list[Span] = []
    at = span.start
    for mark in marks:
        _add(pieces, text, at, mark.start, rest, rest_rule, span.block)
        if mark.role is Role.SLIP:
            if not text[mark.start : mark.end].isspace():
                raise RuleError(rule, f"marks {_shown(text, mark)}; a slip may hold white space only")
            pieces.append(Span(mark.start, mark.end, Role.SLIP, rule, span.block))
        else:
            _add(pieces, text, mark.start, mark.end, mark.role, rule, span.block)
        at = mark.end
    _add(pieces, text, at, span.end, rest, rest_rule, span.block)
    return pieces


def _add(pieces: list[Span], text: str, start: int, end: int, role: Role, rule: str, block: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return
    start += len(piece) - len(piece.lstrip())
    pieces.append(Span(start, start + len(stripped), role, rule, block))


def check_tiles(page: Page, spans: Sequence[Span], name: str) -> None:
    """Raise RuleError unless the spans cover every visible character of the page exactly once."""
    _check_tiling(page.text, spans, 0, len(page.text), name)


def _check_tiling(text: str, spans: Sequence[Span], at: int, end: int, name: str) -> None:
    for start, behind, _, _, _ in spans:
        if start < at or (start != at and text[at:start].strip()):
            raise RuleError(name, f"breaks the account between {at} and {start}")
        at = behind
    if at > end or text[at:end].strip():
        raise RuleError(name, f"breaks the account behind {at}")
