"""Measuring two ways of one work in turns, so that whatever slows the machine slows both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import fmean, median
from time import perf_counter, process_time
from typing import Any, NamedTuple, Protocol

Work = Callable[[], object]
Pair = tuple[Work, Work]
"""The subject's work and the baseline's."""
Clock = Callable[[], float]


class Row(Protocol):
    """What a line of the table tells: a NamedTuple."""

    def _asdict(self) -> dict[str, Any]:
        """Return the fields of the tuple by their names."""

    @property
    def reached(self) -> bool:
        """Tell whether there is no goal that is missed."""

    def cells(self) -> tuple[str, ...]:
        """Return the cells of the line: what, against what, the two numbers, the goal, and whether it is reached."""


class Result(NamedTuple):
    """What a benchmark found: its subject and its baseline, the ratio of their times, and the goal.

    ``ratio`` compares the medians of both, and ``least`` their shortest times: a disk that is fast once in a while
    makes the shortest time of the baseline, and no document, shorter.
    The times are in milliseconds a document, and mean something on one machine only.
    The ratio should be no higher than the goal or, with ``at_least``, no lower; with no goal it is only told.
    ``cpu`` is the ratio of the processor's time for the work without its writing, or None where nobody measured it.
    """

    subject: str
    baseline: str
    ratio: float
    least: float
    goal: float | None
    subject_ms: float
    baseline_ms: float
    at_least: bool = False
    cpu: float | None = None

    @property
    def reached(self) -> bool:
        """Tell whether the ratio is on the right side of the goal, if there is one."""
        if self.goal is None:
            return True
        return self.ratio >= self.goal if self.at_least else self.ratio <= self.goal

    def cells(self) -> tuple[str, ...]:
        """Return what the table says of it."""
        cpu = "" if self.cpu is None else f"{self.cpu:.1f}"
        return self.subject, self.baseline, f"{self.ratio:.1f}", cpu, *verdict(self.goal, self.reached, self.at_least)


class Missing(NamedTuple):
    """A subject that could not be measured, and why."""

    subject: str
    baseline: str
    why: str

    @property
    def reached(self) -> bool:
        """Tell that no goal is missed: nothing was measured."""
        return True

    def cells(self) -> tuple[str, ...]:
        """Return what the table says of it."""
        return self.subject, self.baseline, self.why, "", "", ""


def verdict(goal: float | None, reached: bool, at_least: bool = False) -> tuple[str, str]:
    """Return the last two cells of a line: the goal, and whether it is reached."""
    if goal is None:
        return "", ""
    return f"at {'least' if at_least else 'most'} {goal:g}", "reached" if reached else "missed"


def compare(subject: str, baseline: str, pairs: Sequence[Pair], *, rounds: int, goal: float | None,
            at_least: bool = False, bare: Sequence[Pair] = ()) -> Result:  # fmt: skip
    """Time both works of each pair (the subject's, the baseline's) in turns, once each in every round.

    ``bare`` are the same works without their writing, for the ratio of the processor's time.
    """
    times = _in_turns(pairs, rounds, perf_counter)
    least = [fmean(min(pair[side]) for pair in times) for side in (0, 1)]
    ours, theirs = _middle(times)
    cpu = None
    if bare:
        our_cpu, their_cpu = _middle(_in_turns(bare, rounds, process_time))
        cpu = our_cpu / their_cpu
    return Result(subject, baseline, ours / theirs, least[0] / least[1], goal, ours * 1e3, theirs * 1e3, at_least, cpu)


def seconds(work: Work, clock: Clock) -> float:
    """Return how long a work takes by a clock."""
    start = clock()
    work()
    return clock() - start


_Times = list[tuple[list[float], list[float]]]
"""The times of the two works of each pair."""


def _in_turns(pairs: Sequence[Pair], rounds: int, clock: Clock) -> _Times:
    times: _Times = [([], []) for _ in pairs]
    for number in range(rounds):
        for (ours, theirs), (our_times, their_times) in zip(pairs, times, strict=True):
            turns = [(ours, our_times), (theirs, their_times)]
            for work, its_times in turns if number % 2 else reversed(turns):
                its_times.append(seconds(work, clock))
    return times


def _middle(times: _Times) -> tuple[float, float]:
    """Return the mean over all pairs of the median times of both works."""
    return fmean(median(ours) for ours, _ in times), fmean(median(theirs) for _, theirs in times)
