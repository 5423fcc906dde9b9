"""Which of the days on a page is that of publication, and which that of the capture."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.new_source import words
from copydesk.new_source.align import Aligned, Row
from copydesk.new_source.habits import days_of_datelines
from copydesk.new_source.lines import Line

Place = tuple[int, int]
"""A day: the number of the line that recurs, and of the day in it."""


class Facts:
    """The facts that days tell, with why; and the days of the datelines, by which others can be read."""

    def __init__(self, near: Sequence[str]) -> None:
        self.near = tuple(near)
        self.known: dict[Place, tuple[str, str]] = {}
        self.guessed: set[Place] = set()

    def of_line(self, n: int) -> dict[int, str]:
        """Return the facts of the days in a line that recurs, by the number of the day."""
        return {day: fact for (line, day), (fact, _) in self.known.items() if line == n}

    def why(self, n: int) -> str:
        """Return why a line tells what it tells."""
        return next((why for (line, _), (_, why) in self.known.items() if line == n), "")

    def is_guess(self, n: int) -> bool:
        """Tell whether that is a guess."""
        return any(line == n for line, _ in self.guessed)


def facts_of(aligned: Aligned, body: int) -> Facts:
    """Decide what the days in the lines that recur tell."""
    facts = Facts(_near(aligned.gaps[body]))
    dated = {n: [row.line for row in mark if row.line] for n, mark in enumerate(aligned.marks)
             if all(row.line is not None and row.line.days for row in mark)}  # fmt: skip
    published = _published(dated, body)
    for n, lines in dated.items():
        text = lines[0].text
        if words.CAPTURED.search(text):
            facts.known[n, 0] = ("captured", "a day, with a word for saving a page beside it")
        elif n == published:
            hinted = bool(words.PUBLISHED.search(text))
            facts.known[n, 0] = ("published", "a day, with a word for publishing beside it" if hinted else
                                 "the day nearest to the body")  # fmt: skip
            facts.guessed |= set() if hinted else {(n, 0)}
        elif published is not None and _is_of_capture(n, published, dated):
            facts.known[n, 0] = ("captured", "a later day, above all else")
            facts.guessed.add((n, 0))
    return facts


def _near(gap: Sequence[Sequence[Row]]) -> list[str]:
    """Return the days of the datelines with which the first paragraphs begin."""
    openings = [next((row.line.text for row in rows if row.line and row.line.prose), "") for rows in gap]
    return days_of_datelines(openings)


def _published(dated: dict[int, list[Line]], body: int) -> int | None:
    """Return the line with the day of publication: one with a word for it, or the nearest, above the body first."""
    plain = {n: lines[0].text for n, lines in dated.items()
             if not words.CAPTURED.search(lines[0].text) and not words.CHANGED.search(lines[0].text)}  # fmt: skip
    hinted = [n for n, text in plain.items() if words.PUBLISHED.search(text)]
    above = [n for n in hinted or plain if n < body]
    return above[-1] if above else next(iter(hinted or plain), None)


def _is_of_capture(n: int, published: int, dated: dict[int, list[Line]]) -> bool:
    """Tell whether a line at the top has days that are later than those of publication in all samples."""
    if n > 0 or words.CHANGED.search(dated[n][0].text):
        return False
    pairs = [(_value(one), _value(other)) for one, other in zip(dated[n], dated[published], strict=True)]
    return all(later and earlier and later > earlier for later, earlier in pairs)


def _value(line: Line) -> str:
    day = line.days[0]
    return day.value(day.form.formats[0]) or ""
