"""Habits: where in what a layout has read a source's pattern applies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from copydesk.contract.layouts import Rule
from copydesk.contract.patterns import Pattern
from copydesk.values.findings import Finding, Findings, Flag
from copydesk.values.reading import Reading, Span
from copydesk.values.roles import BODY, Role


class Habit:
    """A rule made of a pattern and the word that says where it applies."""

    __slots__ = ("__name__", "behind", "on", "pattern", "word")

    def __init__(self, word: str, pattern: Pattern, on: Iterable[Role], behind: Pattern | None = None) -> None:
        self.word = word
        self.pattern = pattern
        self.on = frozenset(on)
        self.behind = behind
        self.__name__ = pattern.name

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Give what the pattern finds, for each match, in reading order."""
        for match in self.matches(reading):
            yield from self.pattern.findings(match)

    def matches(self, reading: Reading) -> Iterator[re.Match[str]]:
        """Give each match of the pattern where the habit applies, in reading order."""
        text, pattern = reading.page.text, self.pattern
        if pattern.literal not in text:  # no look at each block for what is nowhere
            return
        spans = self.spans(reading)
        for number, (start, end, _, _, _) in enumerate(spans):
            if pattern.anchored and not text.startswith(pattern.literal, start):
                continue
            for match in pattern.find_all(text, start, end):
                if self.behind is None or self._is_behind(text, spans, number):
                    yield match

    def spans(self, reading: Reading) -> list[Span]:
        """Return the spans that the habit looks at."""
        spans, on = reading.spans, self.on
        if self.word == "every":
            return [span for span in spans if span.role in on]
        for span in spans if self.word == "first" else reversed(spans):
            if span.role in on:
                return [span]
        return []

    def _is_behind(self, text: str, spans: list[Span], number: int) -> bool:
        """Tell whether the block before matches ``behind``."""
        before = spans[number - 1] if number else None
        return (before is not None and before.block != spans[number].block and self.behind is not None
                and self.behind.find(text, before.start, before.end) is not None)  # fmt: skip

    def __repr__(self) -> str:
        return f"{self.word}({self.pattern!r})"


def first(pattern: Pattern) -> Habit:
    """Apply a pattern to the first block of the body."""
    return Habit("first", pattern, BODY)


def last(pattern: Pattern) -> Habit:
    """Apply a pattern to the last block of the body, whatever its role there."""
    return Habit("last", pattern, BODY)


def every(pattern: Pattern, *, on: Iterable[Role] = BODY, behind: Pattern | None = None) -> Habit:
    """Apply a pattern to each block of the body, or to the roles in ``on``.

    With ``behind``, only to blocks right behind a block that this pattern matches.
    """
    return Habit("every", pattern, on, behind)


AROUND = 24
"""A doubt shows this many characters before and behind what it is about."""


def doubt(code: str, message: str, habit: Habit, *, severity: str = "warning") -> Rule:
    """Flag each match of a habit instead of marking it: for what is odd but not certain."""

    def rule(reading: Reading) -> Findings:
        text = reading.page.text
        for match in habit.matches(reading):
            start, end = match.span()
            before = text[max(0, start - AROUND) : start].rpartition("\n")[2]
            shown = before + text[start : start + AROUND].partition("\n")[0]
            yield Flag(code, f"{message}: {shown!r}", start, end, severity)

    rule.__name__ = habit.__name__
    rule.__dict__["pattern"] = habit.pattern  # so that it is tried, and has a place, as that of a habit
    return rule
