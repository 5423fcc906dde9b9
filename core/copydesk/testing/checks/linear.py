"""Whether the time of rules and landmarks grows no faster than a line and a page."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial

from copydesk.contract.layouts import Rule
from copydesk.contract.patterns import Pattern
from copydesk.contract.places import shown
from copydesk.errors import CopydeskError
from copydesk.limits import TookTooLong, within
from copydesk.pipeline import normalize
from copydesk.testing.attacks import Attack, attacks
from copydesk.testing.changing import Changeable, changeables
from copydesk.testing.checks.rules import reading_of
from copydesk.testing.kit import Kit, landmarks
from copydesk.values.reading import Reading
from copydesk.values.roles import Role

GENERIC = ("a", " ", "a ", "Aa ", "1", "1 ", "-", ".", "(", "https://a/", "한", "e\u0301")
SIZES = (20_000, 80_000)
TIMES = 10
"""Four times the line may take so many times the time."""
NOISE = 0.02
"""Seconds of the processor below which a time is not compared."""
LONGEST = 2.0
MOST = 60
"""So many attacks are made on a rule that is a function."""
PARAGRAPHS = (500, 2_000)
TIMES_OF_PAGES = 8
"""Less than for a line, for the work of the core, which is linear, takes part."""
EDGES = ("\x01", "x", "")

_Job = Callable[[Reading], object]


def linear(kit: Kit) -> Iterator[str]:
    """Neither a line nor a page makes a rule or a landmark slow: four times as much takes about four times as long."""
    everything = _all_attacks(kit)
    for ruled in kit.rules:
        pattern = _pattern_of(ruled.rule)
        behind = _pattern_of(getattr(ruled.rule, "behind", None))
        own = [*_on(pattern), *_on(behind)] if pattern else everything
        if said := _slow(partial(_applied, ruled.rule), own):
            yield f"{ruled} {said}"
    for layout in kit.layouts:
        for mark in landmarks(layout):
            if said := _slow(partial(_found, mark), [*_on(mark)]):
                yield f"landmark {mark.name!r} of layout {layout.id!r} ({shown(mark.place)}) {said}"
    yield from _slow_pages(kit)


def _pattern_of(rule: object) -> Pattern | None:
    found = rule if isinstance(rule, Pattern) else getattr(rule, "pattern", None)
    return found if isinstance(found, Pattern) else None


def _on(pattern: Pattern | None) -> tuple[Attack, ...]:
    return attacks(pattern.regex) if pattern else ()


def _all_attacks(kit: Kit) -> list[Attack]:
    """Return attacks on all patterns of the plugin, for rules that are functions."""
    found = dict.fromkeys(attack for regex in kit.patterns for attack in attacks(regex))
    return [*found][:MOST]


def _applied(rule: Rule, reading: Reading) -> None:
    for _ in rule(reading) or ():
        pass


def _found(mark: Pattern, reading: Reading) -> None:
    for block in reading.page.blocks:
        mark.find(reading.page.text, block.start, block.end)
        mark.find(reading.page.text, block.start + 1, block.end)


def _slow(job: _Job, own: list[Attack]) -> str:
    """Say at which line a job is slow; first those are tried that lead to what its patterns repeat."""
    for before, part in (*own, *(Attack("", part) for part in GENERIC)):
        for edge in EDGES if own else EDGES[:2]:
            if said := _slow_at(job, before, part, edge):
                return said
    return ""


def _slow_at(job: _Job, before: str, part: str, edge: str) -> str:
    lines = [before + part * (size // len(part)) + edge for size in SIZES]
    pages = [reading_of((f"a{part}", Role.PARAGRAPH), (line, Role.PARAGRAPH)) for line in lines if line.strip()]
    times = []
    for size, page in zip(SIZES, pages, strict=False):
        try:
            with within(LONGEST):
                times.append(_seconds(partial(job, page)))
        except TookTooLong:
            line = f"{(before + part)[:40]!r} on and on"
            return f"takes more than {LONGEST:g} s for a line of {size:,} characters: {line}"
        except Exception:  # the check of rules says so
            return ""
    if len(times) == 2 and times[1] > TIMES * max(times[0], NOISE):
        return (f"takes {times[1] / max(times[0], NOISE):.0f} times as long for four times the line: "
                f"{(before + part)[:40]!r} on and on; it must not look for its end from every place")  # fmt: skip
    return ""


def _seconds(job: Callable[[], object]) -> float:
    """Return the time of the processor that a job takes: the least of two, or of one that is short."""
    begun = time.thread_time()
    job()
    first = time.thread_time() - begun
    if first < NOISE:
        return first
    begun = time.thread_time()
    job()
    return min(first, time.thread_time() - begun)


def _slow_pages(kit: Kit) -> Iterator[str]:
    """Give each layout that is slow on a page of many paragraphs."""
    tried = set()
    for page in changeables(kit):
        layout = page.document.account.layout
        if layout not in tried and page.places:
            tried.add(layout)
            yield from _slow_page(kit, page, layout)


def _slow_page(kit: Kit, page: Changeable, layout: str) -> Iterator[str]:
    times = []
    for count in PARAGRAPHS:
        capture = page.with_more(count)
        try:
            with within(20):
                times.append(_seconds(partial(normalize, capture, host=kit.host)))
        except (CopydeskError, TookTooLong) as problem:
            yield f"{page.case.name}: layout {layout!r} with {count} paragraphs more: {problem}"
            return
    ratio = times[1] / max(times[0], NOISE)
    if ratio > TIMES_OF_PAGES:
        yield (f"plugin {kit.spec.plugin!r}, {page.case.name}: layout {layout!r} takes {ratio:.0f} times as long for a "
               "page of four times the paragraphs; compare no block with every other")  # fmt: skip
