"""Rehearsing: how a page was read step by step, with what was tried and lost, for the author of a plugin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from copydesk.contract.habits import Habit
from copydesk.contract.layouts import Layout, Rule
from copydesk.contract.places import place_of, shown
from copydesk.contract.sources import Source
from copydesk.desk.choose import Attempt, attempts, missed
from copydesk.desk.load import Host
from copydesk.desk.marking import apply
from copydesk.desk.sheet import Sheet
from copydesk.edit.origin import origin_of
from copydesk.errors import CopydeskError, RuleError
from copydesk.page import paginate
from copydesk.pipeline import read_page
from copydesk.values.capture import Capture
from copydesk.values.findings import Flag, Note
from copydesk.values.reading import Reading, Span

FEW = 3
"""Of so many blocks that a rule looked at the places are told."""

SHOWN = 40
"""So many characters of such a block are shown: those at which its pattern may stand."""


class Candidate(NamedTuple):
    """A layout that was tried, and what came of that in words."""

    layout: str
    plugin: str
    said: str


class Step(NamedTuple):
    """What one rule did to a reading: the spans it made, its notes and flags, and where it looked if it did nothing.

    ``problem`` is the law that it broke.
    """

    rule: str
    plugin: str
    place: str
    spans: tuple[Span, ...] = ()
    notes: tuple[Note, ...] = ()
    flags: tuple[Flag, ...] = ()
    looked: str = ""
    problem: str = ""

    @property
    def is_idle(self) -> bool:
        """Tell whether the rule found nothing."""
        return not (self.spans or self.notes or self.flags or self.problem)


class Rehearsal(NamedTuple):
    """The candidates, the reading of the one that was chosen, the language and source, and the steps behind it.

    Where no layout was chosen, or a rule broke a law, ``problem`` says so, and the reading is as far as it came.
    """

    candidates: tuple[Candidate, ...]
    reading: Reading | None = None
    layout: str = ""
    source: str = ""
    lang: str = ""
    steps: tuple[Step, ...] = ()
    problem: CopydeskError | None = None


def rehearse(capture: Capture, host: Host) -> Rehearsal:
    """Read a page as `normalize` does, and keep what each step did. Raises Rejection for what is no page."""
    sheet = Sheet(paginate(capture))
    candidates = tuple(_candidate(attempt, sheet) for attempt in attempts(host.desk, sheet, capture))
    try:
        reading, layout = read_page(capture, host)
    except CopydeskError as problem:
        return Rehearsal(candidates, problem=problem)
    steps: list[Step] = []
    reading = _through(reading, layout.rules, layout, steps)
    origin = origin_of(reading, host.desk, layout)
    if origin.source is not None and not _broken(steps):
        reading = _through(reading, origin.source.habits.get(origin.lang, ()), origin.source, steps)
    source = origin.source.id if origin.source else "unknown"
    return Rehearsal(candidates, reading, layout.id, source, origin.lang, tuple(steps), _broken(steps))


def _broken(steps: list[Step]) -> CopydeskError | None:
    return RuleError(steps[-1].rule, steps[-1].problem, steps[-1].place) if steps and steps[-1].problem else None


def _candidate(attempt: Attempt, sheet: Sheet) -> Candidate:
    layout = attempt.layout
    if attempt.elsewhere:
        said = f"not tried: it is a layout of {' and '.join(layout.hosts)}"
    elif attempt.broken is not None:
        said = str(attempt.broken)
    elif attempt.fit is None:
        said = f"misses the {missed(attempt, sheet)}"
    else:
        said = f"fits, and leaves {attempt.fit.cost} blocks unread" + (": is refused" if layout.refuse else "")
    return Candidate(layout.id, layout.plugin, said)


def _through(reading: Reading, rules: Iterable[Rule], owner: Layout | Source, steps: list[Step]) -> Reading:
    """Apply rules in their order, and keep a step of each; behind one that breaks a law there is none."""
    for rule in rules:
        step = Step(f"{owner.id}: {getattr(rule, '__name__', repr(rule))}", owner.plugin, shown(place_of(rule)))
        try:
            after = apply(reading, rule, owner.id)
        except RuleError as problem:
            steps.append(step._replace(problem=problem.message, place=problem.place or step.place))
            break
        step = _done(step, reading, after)
        steps.append(step._replace(looked=_looked(rule, reading)) if step.is_idle else step)
        reading = after
    return reading


def _done(step: Step, before: Reading, after: Reading) -> Step:
    known = set(before.spans)
    spans = tuple(span for span in after.spans if span not in known and span.rule == step.rule)
    return step._replace(spans=spans, notes=after.notes[len(before.notes) :], flags=after.flags[len(before.flags) :])


def _looked(rule: Rule, reading: Reading) -> str:
    """Say where a rule that found nothing has looked, as far as it can be known."""
    if not isinstance(rule, Habit):
        return "it is a function, and says nothing of this page"
    pattern = rule.pattern
    if pattern.literal and pattern.literal not in reading.page.text:
        return f"{pattern.literal!r}, with which each match begins, stands nowhere on the page"
    return f"{pattern!r} matches none of {', '.join(_places(rule, reading)) or 'no blocks of its roles'}"


def _places(habit: Habit, reading: Reading) -> Iterator[str]:
    spans = habit.spans(reading)
    for span in spans[:FEW]:
        line, column = reading.page.place(span.start)
        said = " ".join(reading.text(span).split())
        yield f"{line}:{column} {(said[-SHOWN:] if habit.pattern.kind == 'ends' else said[:SHOWN])!r}"
    if len(spans) > FEW:
        yield f"and {len(spans) - FEW} more"
