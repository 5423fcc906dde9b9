"""One sample alone: what would recur is a guess by where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.new_source.align import Aligned, Row
from copydesk.new_source.lines import Line, field, is_sentence
from copydesk.new_source.words import CHANGED, END_MARK


def apart(rows: Sequence[Row]) -> Aligned:
    """Return the rows of one sample as if all short lines above and below its prose recurred, but for the title."""
    prose = [n for n, row in enumerate(rows) if row.line and row.line.prose]
    first, last = prose[0], _last(prose, rows)
    title = _title(rows[:first])
    marks = [n for n in range(len(rows)) if not first <= n <= last and n != title]
    edges = [-1, *marks, len(rows)]
    gaps = tuple((tuple(rows[edges[n] + 1 : edges[n + 1]]),) for n in range(len(marks) + 1))
    return Aligned(tuple((rows[n],) for n in marks), gaps)


def _last(prose: Sequence[int], rows: Sequence[Row]) -> int:
    """Return the last line of the body: of prose before the list of other articles, if there is one."""
    lists = [n for n, row in enumerate(rows) if row.line is None and n > prose[0]]
    at = max(n for n in prose if not lists or n < lists[0])
    while at + 1 < len(rows) and _goes_on(rows[at + 1].line):
        at += 1
    return at


def _goes_on(line: Line | None) -> bool:
    """Tell whether a line behind the prose is a short sentence of it."""
    return line is not None and is_sentence(line.text) and not line.days and not CHANGED.search(line.text)


def _title(head: Sequence[Row]) -> int:
    """Return the line of a head that would be the title: the last that is no field, day or mark, and no name."""
    plain = [n for n, row in enumerate(head) if row.line and not row.line.days and not field(row.line.text)
             and not END_MARK.fullmatch(row.line.text)]  # fmt: skip
    longer = [n for n in plain if len(_text(head[n]).split()) > 2 or " " not in _text(head[n])]
    return (longer or plain or [-1])[-1]


def _text(row: Row) -> str:
    return row.line.text if row.line else ""
