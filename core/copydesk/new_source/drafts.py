"""Drafts: what is proposed, in the form in which it is written as code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from unicodedata import east_asian_width

from copydesk.names.slugs import slug
from copydesk.new_source.days import forms_of
from copydesk.new_source.lines import CLOCK, HALF, NUMBER, SECONDS, URL, Kind, Line

ACROSS = 84
"""So many characters of a line a regular expression has at most; what stands behind them is `.*`."""


class Constant(NamedTuple):
    """A constant of a module: its name, its value as code, and what is guessed about it."""

    name: str
    code: str
    guess: str = ""


class Entry(NamedTuple):
    """An entry of a page as code, the rule it makes in the account, and why it is proposed.

    ``guess`` is empty where the samples leave no doubt.
    """

    code: str
    rule: str
    why: str
    guess: str = ""


class Argument(NamedTuple):
    """A named argument as code, and what is guessed about it."""

    name: str
    code: str
    guess: str = ""


class LayoutDraft(NamedTuple):
    """A layout: its id, the constants and entries of its page, and its other arguments as code.

    ``words`` counts the letters of its landmarks: one without any could fit anybody's pages. ``title`` and ``body``
    hold, for each sample, the line of the title (0 for none) and those of the body; of HTML pages nothing.
    """

    id: str
    constants: tuple[Constant, ...]
    entries: tuple[Entry, ...]
    arguments: tuple[Argument, ...] = ()
    words: int = 0
    titles: tuple[int, ...] = ()
    bodies: tuple[tuple[int, ...], ...] = ()
    labels: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Names:
    """The names that a draft has given so far, each once: of constants, and of patterns in the account."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)

    def constant(self, text: str) -> str:
        """Return a name for a constant, from the words of a text."""
        words = slug(text, most=28).replace("-", "_").upper()
        return self._once(words if words[:1].isalpha() else f"LINE_{words}".rstrip("_"), "_")

    def pattern(self, text: str) -> str:
        """Return a name for a pattern, from a text."""
        shown = " ".join(text.split())
        while width(shown) > 32:
            shown = f"{shown[:-2].rstrip()}…"
        return self._once(shown, " ")

    def _once(self, name: str, joint: str) -> str:
        number, found = 1, name
        while found in self._taken:
            number += 1
            found = f"{name}{joint}{number}"
        self._taken.add(found)
        return found


def width(text: str) -> int:
    """Return how many columns a text takes; a syllable or an ideograph takes two."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def literal(text: str, *, folded: bool = False) -> str:
    """Return a text as a regular expression; ``folded`` says that the pages have other white space in its place."""
    escaped = re.sub(r"([\\.^$*+?{}\[\]|()])", r"\\\1", text)
    return escaped.replace(" ", r"\s+") if folded else escaped


def string(text: str) -> str:
    """Return a text as a literal of Python, in double quotes where that is plain."""
    if not text.isprintable():
        return ascii(text)
    if '"' not in text:
        return '"' + text.replace("\\", "\\\\") + '"'
    return repr(text)


def regex_string(regex: str) -> str:
    """Return a regular expression as a raw literal of Python."""
    if not regex.isprintable():
        return ascii(regex)
    quotes = [quote for quote in ('"', "'") if quote not in regex]
    return f"r{quotes[0]}{regex}{quotes[0]}" if quotes and not regex.endswith("\\") else repr(regex)


def tuple_code(values: Sequence[str]) -> str:
    """Return texts as a tuple in code."""
    return f"({', '.join(map(string, values))}{',' * (len(values) == 1)})"


def day_code(formats: Sequence[str]) -> str:
    """Return the reader of days as code."""
    return f"day({', '.join(map(string, formats))})"


class Alike:
    """Lines of all samples that stand at one place and are alike, as one regular expression.

    ``facts`` says which fact each day tells, by its number among the days; what reads it is in ``readers``.
    """

    def __init__(self, lines: Sequence[Line], facts: dict[int, str], near: Iterable[str] = ()) -> None:
        self.lines = lines
        self.readers: dict[str, str] = {}
        self.unclear: list[str] = []
        self.letters = 0
        self._near = tuple(near)
        self._facts = facts
        self.regex = self._shortened([self._piece(n) for n in range(len(lines[0].pieces))])

    def _piece(self, number: int) -> tuple[str, bool]:
        """Return a piece as a regular expression, and whether it is plain text."""
        pieces = [line.pieces[number] for line in self.lines]
        kind, texts = pieces[0].kind, {piece.text for piece in pieces}
        if kind is Kind.DAY:
            return self._day(number), False
        if kind is Kind.TEXT or (len(self.lines) > 1 and len(texts) == 1 and _is_constant(kind, pieces[0].text)):
            folded = any(" ".join(line.raw.split()) != line.raw for line in self.lines)
            self.letters += sum(map(str.isalpha, pieces[0].text))
            return literal(pieces[0].text, folded=folded), True
        figures = r"\d{4}" if all(map(_is_year, texts)) else NUMBER
        return {Kind.URL: URL, Kind.TIME: _time(texts), Kind.NUMBER: figures, Kind.WEEKDAY: r"\w+\.?"}[kind], False

    def _day(self, number: int) -> str:
        order = sum(piece.kind is Kind.DAY for piece in self.lines[0].pieces[:number])
        found = [line.days[order] for line in self.lines]
        forms = forms_of(found, self._near)
        fact = self._facts.get(order, "")
        if not fact:
            return forms.regex
        if not forms.formats:
            self.unclear.append(found[0].text)
            return forms.regex
        self.readers[fact] = day_code(forms.formats)
        return f"(?P<{fact}>{forms.regex})"

    def _shortened(self, pieces: list[tuple[str, bool]]) -> str:
        """Join the pieces; of a long line only what stands at its start, up to its last day that tells a fact."""
        parts = [part for part, _ in pieces]
        if width("".join(parts)) <= ACROSS + 60:
            return "".join(parts)
        last = max((n for n, part in enumerate(parts) if "(?P<" in part), default=0)
        kept = parts[: last + 1]
        if pieces[last][1]:
            kept[last] = _cut(kept[last])
        return "".join(kept) + ".*"


def _is_constant(kind: Kind, text: str) -> bool:
    """Tell whether a number that is the same in all samples may stay; a year goes by."""
    return kind is Kind.NUMBER and not _is_year(text)


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", text))


def _time(texts: Iterable[str]) -> str:
    """Return what matches times of day, with seconds and halves of the day where some have them."""
    said = list(texts)
    seconds = f"{SECONDS}?" if any(text.count(":") > 1 for text in said) else ""
    return CLOCK + seconds + (f"{HALF}?" if any(text[-1].isalpha() or text[-1] == "." for text in said) else "")


def _cut(regex: str) -> str:
    """Cut an escaped text off behind a word."""
    if width(regex) <= ACROSS:
        return regex
    head = regex[: ACROSS * len(regex) // width(regex)]
    for joint in (r"\s+", " "):
        if joint in head:
            return head.rpartition(joint)[0]
    return head.rstrip("\\")


def pattern_code(kind: str, name: str, regex: str, readers: dict[str, str]) -> str:
    """Return a pattern as code: on one line, or with one argument a line where that is too long."""
    arguments = [string(name), regex_string(regex), *(f"{group}={code}" for group, code in readers.items())]
    joined = f"{kind}({', '.join(arguments)})"
    if width(joined) <= ACROSS:
        return joined
    arguments[1] = "\n    ".join(map(regex_string, _parts(regex)))
    return f"{kind}(\n" + "".join(f"    {argument},\n" for argument in arguments) + ")"


def _parts(regex: str) -> list[str]:
    """Cut a long regular expression into lines, before its groups or behind its spaces."""
    found = [""]
    for part in re.split(r"(?=\(\?P<)|(?<= )(?![?*+{])", regex):
        if found[-1] and width(found[-1] + part) > ACROSS:
            found.append("")
        found[-1] += part
    return found


