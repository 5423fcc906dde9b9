"""How the time grows with the size of a hostile page: the exponent, which is 1 where it grows as the size does."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from operator import attrgetter
from statistics import linear_regression
from time import process_time
from typing import NamedTuple

from benchmarks.measure import Work, seconds, verdict
from copydesk import Capture, Rejection, normalize
from copydesk.testing.html_hostile import hostile_families

GOAL = 1.25
SMALLEST, LARGEST = 16_000, 512_000
"""About how many bytes the pages have."""
POINTS = 4
"""How many sizes make an exponent: the largest ones, each twice the one before."""
REPEATS = 3
ENOUGH = 0.2
"""A page is not timed again once it has taken so many seconds in all."""
PATIENCE = 2.0
"""A family is not grown further once a page takes so many seconds."""
TELLING = 0.005
"""Where the longest time is shorter than so many seconds, the exponent tells of what every page costs."""


class Growth(NamedTuple):
    """How a family of pages grows: their sizes in bytes, the shortest time of each in milliseconds, the exponent."""

    family: str
    exponent: float
    sizes: tuple[int, ...]
    milliseconds: tuple[float, ...]

    @property
    def telling(self) -> bool:
        """Tell whether the times are long enough for the exponent to mean anything."""
        return max(self.milliseconds) >= TELLING * 1e3

    @property
    def reached(self) -> bool:
        """Tell whether the exponent is no higher than the goal, or means nothing."""
        return not self.telling or self.exponent <= GOAL

    def cells(self) -> tuple[str, ...]:
        """Return what the table says of it."""
        took = f"{self.milliseconds[-1]:.0f} ms for {self.sizes[-1] / 1e3:.0f} KB"
        told = f"exponent {self.exponent:.2f}" if self.telling else "too quick to tell"
        return f"growth: {self.family}", took, told, "", *verdict(GOAL, self.reached)


def measure(*, largest: int = LARGEST, repeats: int = REPEATS) -> Iterator[Growth]:
    """Give the growth of every family."""
    for family, page in hostile_families().items():
        yield grown(family, page, largest=largest, repeats=repeats)


def worst(found: Sequence[Growth]) -> list[Growth]:
    """Return the growth with the highest exponent that means anything, named after how many there are; or nothing."""
    telling = [growth for growth in found if growth.telling]
    if not telling:
        return []
    highest = max(telling, key=attrgetter("exponent"))
    return [highest._replace(family=f"worst of {len(found)} hostile families ({highest.family})")]


def grown(family: str, page: Callable[[int], bytes], *, largest: int = LARGEST, repeats: int = REPEATS) -> Growth:
    """Return the growth of one family: its pages are doubled in size until they are large, or take too long."""
    found: list[tuple[int, float]] = []
    for number in _numbers(page, largest):
        data = page(number)
        took = shortest(partial(convert, data), repeats=repeats)
        found.append((len(data), took))
        if took > PATIENCE and len(found) > 1:  # two make an exponent, however long they take
            break
    sizes, times = zip(*found[-POINTS:], strict=True)
    return Growth(family, exponent(sizes, times), sizes, tuple(time * 1e3 for time in times))


def shortest(work: Work, *, repeats: int) -> float:
    """Return the shortest of several times of a work, in seconds of the processor."""
    times: list[float] = []
    while len(times) < repeats and (len(times) < 2 or sum(times) < ENOUGH):  # the first may load a library
        times.append(seconds(work, process_time))
    return min(times)


def exponent(sizes: tuple[int, ...], times: tuple[float, ...]) -> float:
    """Return the slope of the line through the logarithms of sizes and times."""
    return linear_regression([math.log(size) for size in sizes], [math.log(time) for time in times]).slope


def _numbers(page: Callable[[int], bytes], largest: int) -> Iterator[int]:
    """Give how many hostile things make a page of each size, from the smallest."""
    thing = (len(page(2000)) - len(page(1000))) / 1000
    size = min(SMALLEST, largest // 2)
    while size <= largest:
        yield max(1, round(size / thing))
        size *= 2


def convert(data: bytes) -> None:
    """Turn a page into a document, or refuse it."""
    with suppress(Rejection):  # to refuse such a page is an answer too, and must be as quick
        normalize(Capture(data, "hostile.html"))
