"""Patterns: one constant is test, cut, role and value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.contract.days import Reader
from copydesk.contract.literals import literal_prefix
from copydesk.contract.places import caller, place_in, shown
from copydesk.contract.words import Word, words_of
from copydesk.errors import PluginError, RuleError
from copydesk.values.findings import Finding, Flag, Mark, Note

TAIL = 400
"""`ends` looks at this many characters at the end of a stretch: end marks are short, and paragraphs are not."""

SKIP = 3
"""With as much plain text at the start of a pattern, looking for that text first is faster than `re` alone."""


class Pattern:
    """A named pattern over one stretch of text; made by `line`, `starts`, `ends` and `anywhere`."""

    __slots__ = ("_compiled", "_literal", "anchored", "groups", "kind", "name", "place", "readers", "regex")

    def __init__(self, kind: str, name: str, regex: str, readers: dict[str, Reader]) -> None:
        self.kind = kind
        self.anchored = kind in ("line", "starts")
        self.name = name
        self.regex = regex
        self.place = caller()
        self.groups: tuple[tuple[str, Word], ...] = words_of(regex, f"{kind}({name!r})")
        self.readers = readers
        self._literal: str | None = None
        self._compiled: re.Pattern[str] | None = None
        self._check_readers()

    def _check_readers(self) -> None:
        names = {group for group, _ in self.groups}
        for reader in self.readers.keys() - names:
            raise PluginError(f"{self.kind}({self.name!r}): {reader}= reads a group that the pattern has not; "
                              f"its groups are {', '.join(sorted(names)) or 'none'}")

    @property
    def compiled(self) -> re.Pattern[str]:
        """The compiled regular expression, made on first use: most documents need few of all patterns."""
        if self._compiled is None:
            try:
                self._compiled = re.compile(f"(?:{self.regex})\\Z" if self.kind == "ends" else self.regex)
            except re.error as problem:
                raise PluginError(f"{shown(self.place)}: {self.kind}({self.name!r}): {problem}; "
                                  f"mend {self.regex!r}") from None  # fmt: skip
        return self._compiled

    @property
    def literal(self) -> str:
        """The plain text that each match begins with; may be empty."""
        if self._literal is None:
            self._literal = literal_prefix(self.regex)
        return self._literal

    def find(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """Return the first match within `text[start:end]`, where this kind of pattern may stand."""
        if self.anchored:
            if not text.startswith(self.literal, start, end):  # most often; and then nothing is compiled
                return None
            return (self.compiled.fullmatch if self.kind == "line" else self.compiled.match)(text, start, end)
        return self._search(text, max(start, end - TAIL) if self.kind == "ends" else start, end)

    def _search(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """Search, but skip to where the plain text at the start of the pattern stands."""
        while len(self.literal) >= SKIP:
            start = text.find(self.literal, start, end)
            if start < 0:
                return None
            if found := self.compiled.match(text, start, end):
                return found
            start += 1
        return self.compiled.search(text, start, end)

    def find_all(self, text: str, start: int, end: int) -> list[re.Match[str]]:
        """Return every match within `text[start:end]`: several for `anywhere`, else at most one."""
        found = self.find(text, start, end)
        if found is None:
            return []
        matches = [found]
        while self.kind == "anywhere" and (found := self._search(text, max(found.end(), found.start() + 1), end)):
            matches.append(found)
        return matches

    def findings(self, match: re.Match[str], rule: str = "") -> Iterator[Finding]:
        """Give what the groups of a match say: marks for roles, notes for facts, flags for values that fail."""
        for group, (role, fact) in self.groups:
            start, end = match.span(group)
            if start >= end:
                continue
            if role is not None:
                yield Mark(start, end, role)
            if fact:
                yield self._value(group, fact, match, rule)

    def _value(self, group: str, fact: str, match: re.Match[str], rule: str) -> Note | Flag:
        """Return the value of a group by its reader, which is given its text with white space folded."""
        reader, (start, end) = self.readers.get(group), match.span(group)
        text = " ".join(match[group].split())
        try:
            value = reader(text) if reader else text
        except Exception as problem:
            raise RuleError(rule or self.name, f"its reader of {fact!r} raised {problem!r} for {text!r}",
                            shown(place_in(problem)) or shown(self.place)) from problem  # fmt: skip
        if value is None:
            message = f"the {self.name} has {text!r}, which is no value for {fact!r}"
            return Flag("bad-" + fact.replace("_", "-"), message, start, end, rule=rule)
        return Note(fact, value, start, end, rule)

    def __repr__(self) -> str:
        return f"{self.kind}({self.name!r}, {self.regex!r})"


def line(name: str, regex: str, **readers: Reader) -> Pattern:
    """Match a whole block; ``readers`` turn the text of a group into its value."""
    return Pattern("line", name, regex, readers)


def starts(name: str, regex: str, **readers: Reader) -> Pattern:
    """Match at the start of a stretch."""
    return Pattern("starts", name, regex, readers)


def ends(name: str, regex: str, **readers: Reader) -> Pattern:
    """Match at the end of a stretch, within its last `TAIL` characters."""
    return Pattern("ends", name, regex, readers)


def anywhere(name: str, regex: str, **readers: Reader) -> Pattern:
    """Match each place in a stretch."""
    return Pattern("anywhere", name, regex, readers)
