"""Aligning samples: the lines that recur in all of them, in order, and what stands between these."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from copydesk.new_source.lines import Key, Line

LIST: Key = ("\0list",)
"""Stands for a list of other articles where lines are aligned."""

MOST = 4000
"""A sample of more lines than this is not aligned."""


class Row(NamedTuple):
    """A line of a sample where it is aligned, or the whole of its list."""

    key: Key
    line: Line | None = None


class Aligned(NamedTuple):
    """What recurs, each with its row of every sample, and the rows of every sample in the gap before it.

    There is one gap more than what recurs: the last one ends the page.
    """

    marks: tuple[tuple[Row, ...], ...]
    gaps: tuple[tuple[tuple[Row, ...], ...], ...]


def align(samples: Sequence[Sequence[Row]]) -> Aligned:
    """Align the rows of samples by their keys; a row with an empty key never recurs."""
    common = [row.key for row in samples[0] if row.key]
    for rows in samples[1:]:
        common = _longest(common, [row.key for row in rows if row.key])
    places = [_places(common, rows) for rows in samples]
    marks = tuple(zip(*([rows[at] for at in found] for rows, found in zip(samples, places, strict=True)), strict=True))
    edges = [[-1, *found, len(rows)] for rows, found in zip(samples, places, strict=True)]
    gaps = tuple(tuple(tuple(rows[edge[n] + 1 : edge[n + 1]]) for rows, edge in zip(samples, edges, strict=True))
                 for n in range(len(common) + 1))  # fmt: skip
    return Aligned(marks, gaps)


def rows_of(samples: Sequence[Sequence[Line]]) -> list[list[Row]]:
    """Return the rows of several samples: lines that are alike in all have a key, and fields of one name too."""
    whole = _in_all({line.key for line in lines} for lines in samples)
    fields = _in_all({line.field_key for line in lines} for lines in samples) - {()}
    return [[Row(_key(line, whole, fields), line) for line in lines] for lines in samples]


def _in_all(keys: Iterable[set[Key]]) -> set[Key]:
    return set.intersection(*keys)


def _key(line: Line, whole: set[Key], fields: set[Key]) -> Key:
    if line.key in whole:
        return line.key
    return line.field_key if line.field_key in fields else ()


def _longest(one: list[Key], other: list[Key]) -> list[Key]:
    """Return the longest common subsequence; of several the one whose keys stand first."""
    both = set(one) & set(other)
    one, other = [key for key in one if key in both], [key for key in other if key in both]
    lengths = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for n in range(len(one) - 1, -1, -1):
        for m in range(len(other) - 1, -1, -1):
            same = one[n] == other[m]
            lengths[n][m] = lengths[n + 1][m + 1] + 1 if same else max(lengths[n + 1][m], lengths[n][m + 1])
    found, n, m = [], 0, 0
    while n < len(one) and m < len(other):
        if one[n] == other[m]:
            found.append(one[n])
            n, m = n + 1, m + 1
        elif lengths[n + 1][m] >= lengths[n][m + 1]:
            n += 1
        else:
            m += 1
    return found


def _places(keys: Sequence[Key], rows: Sequence[Row]) -> list[int]:
    """Return where the keys stand among rows, each behind the one before."""
    found, at = [], 0
    for key in keys:
        while rows[at].key != key:
            at += 1
        found.append(at)
        at += 1
    return found
