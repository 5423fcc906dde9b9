"""Measuring two ways of one work in turns, so that whatever slows the machine slows both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter
from typing import NamedTuple

Work = Callable[[], object]


class Result(NamedTuple):
    """What a benchmark found: its subject and its baseline, the ratio of their times, and the goal.

    ``ratio`` compares the medians of both, and ``least`` their shortest times: a disk that is fast once in a while
    makes the shortest time of the baseline, and no document, shorter.
    The times are in milliseconds a document, and mean something on one machine only.
    """

    subject: str
    baseline: str
    ratio: float
    least: float
    goal: float
    subject_ms: float
    baseline_ms: float

    @property
    def reached(self) -> bool:
        """Tell whether the ratio is no higher than the goal."""
        return self.ratio <= self.goal


def compare(subject: str, baseline: str, pairs: Sequence[tuple[Work, Work]], *, rounds: int, goal: float) -> Result:
    """Time both works of each pair (the subject's, the baseline's) in turns, once each in every round."""
    times: list[tuple[list[float], list[float]]] = [([], []) for _ in pairs]
    for number in range(rounds):
        for (ours, theirs), (our_times, their_times) in zip(pairs, times, strict=True):
            turns = [(ours, our_times), (theirs, their_times)]
            for work, its_times in turns if number % 2 else reversed(turns):
                its_times.append(_timed(work))
    least = [sum(min(pair[side]) for pair in times) / len(pairs) for side in (0, 1)]
    middle = [sum(median(pair[side]) for pair in times) / len(pairs) for side in (0, 1)]
    return Result(subject, baseline, middle[0] / middle[1], least[0] / least[1], goal, middle[0] * 1e3, middle[1] * 1e3)


def _timed(work: Work) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start
