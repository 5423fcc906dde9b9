"""Lists of other articles: runs of lines with a day at the same place of each item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from copydesk.new_source.lines import Key, Line, weight
from copydesk.new_source.words import RELATED

LONGEST_ITEM = 6


class Found(NamedTuple):
    """Where the list of a sample stands, from a line (by its index) to before another; empty where it has none."""

    first: int
    last: int


class Items(NamedTuple):
    """A list of other articles: the fields of an item, and where each sample has it.

    ``fields`` is empty where the parts of an item are none that a list can have: then its lines are known, no more.
    """

    fields: tuple[str, ...]
    places: tuple[Found, ...]


NOWHERE = Found(0, 0)


def items_of(samples: Sequence[Sequence[Line]]) -> Items | None:
    """Return the list that the samples have, or None."""
    lengths = Counter(length for lines in samples for length, _, _ in _runs(lines))
    for length, _ in sorted(lengths.items(), key=lambda found: (-found[1], found[0])):
        for at in _likely(length, samples):
            places = tuple(_place(lines, length, at, samples) for lines in samples)
            if any(place != NOWHERE for place in places):
                return Items(_fields(samples, places, length, at), places)
    return None


def _runs(lines: Sequence[Line]) -> Iterator[tuple[int, int, int]]:
    """Give length of an item, first and last day of each run of lines with a day at equal distances, longest last."""
    days = [n for n, line in enumerate(lines) if line.is_day]
    start = 0
    for n in range(1, len(days)):
        step = days[n] - days[n - 1]
        if n + 1 == len(days) or days[n + 1] - days[n] != step:
            if 2 <= step <= LONGEST_ITEM:
                yield step, days[start], days[n]
            start = n


def _likely(length: int, samples: Sequence[Sequence[Line]]) -> list[int]:
    """Return where in an item its day may stand, the likeliest first: so that known lines stand around all lists."""
    common = _common(samples)
    return sorted(range(length), key=lambda at: (-_fit(length, at, samples, common), at != length - 1, at))


def _common(samples: Sequence[Sequence[Line]]) -> set[Key]:
    keys = [{line.key for line in lines if not line.is_day} for lines in samples]
    return set.intersection(*keys) if len(keys) > 1 else set()


def _fit(length: int, at: int, samples: Sequence[Sequence[Line]], common: set[Key]) -> int:
    score = 0
    for lines in samples:
        for step, first, last in _runs(lines):
            if step == length:
                start, end = first - at, last + length - at
                score -= 9 * (start < 0 or end > len(lines))
                score += 2 * (start > 0 and lines[start - 1].key in common) + (start == 0)
                score += 2 * (start > 0 and bool(RELATED.search(lines[start - 1].text)))
                score += 2 * (end == len(lines) or (end < len(lines) and lines[end].key in common))
                score += 3 * _doubles(lines[max(start, 0) : start + length], at)
    return score


def _doubles(item: Sequence[Line], at: int) -> int:
    """Count the lines of an item that stand in it twice, which is a sure sign of where it begins."""
    return sum(one.text == other.text for one, other in pairwise(item)) + (
        0 < at < len(item) - 1 and item[at - 1].text == item[at + 1].text
    )


def _place(lines: Sequence[Line], length: int, at: int, samples: Sequence[Sequence[Line]]) -> Found:
    for step, first, last in _runs(lines):
        if step == length and first - at >= 0 and last + length - at <= len(lines):
            return Found(first - at, last + length - at)
    return _single(lines, length, at, samples)


def _single(lines: Sequence[Line], length: int, at: int, samples: Sequence[Sequence[Line]]) -> Found:
    """Return the one item of a sample whose list has but one, behind the line that stands before the others' lists."""
    headings = {other[first - at - 1].key for other in samples for step, first, _ in _runs(other)
                if step == length and first - at > 0}  # fmt: skip
    for n, line in enumerate(lines):
        start = n + 1
        if line.key in headings and start + length <= len(lines) and lines[start + at].is_day:
            return Found(start, start + length)
    return NOWHERE


def _fields(samples: Sequence[Sequence[Line]], places: Sequence[Found], length: int, at: int) -> tuple[str, ...]:
    """Return the fields of an item: what stands twice is one field, and the shorter of two is the title."""
    items = [lines[n : n + length] for lines, place in zip(samples, places, strict=True)
             for n in range(place.first, place.last, length)]  # fmt: skip
    same = [next(m for m in range(n + 1) if all(item[m].text == item[n].text for item in items)) for n in range(length)]
    groups = sorted({group for n, group in enumerate(same) if n != at})
    if len(groups) > 2:
        return ()
    heavy = {group: sum(weight(item[group].text) for item in items) for group in groups}
    names = dict(zip(sorted(groups, key=lambda group: (heavy[group], group)), ("title", "teaser"), strict=False))
    return tuple("date" if n == at else names[same[n]] for n in range(length))
