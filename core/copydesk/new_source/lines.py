"""Lines of samples: what they say with days, times and numbers taken out, so that lines alike can be told."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from copydesk.new_source.days import Day, days_in
from copydesk.values.capture import Page


class Kind(StrEnum):
    """What a piece of a line is."""

    TEXT = "text"
    DAY = "day"
    URL = "url"
    WEEKDAY = "weekday"
    TIME = "time"
    NUMBER = "number"


class Piece(NamedTuple):
    """A stretch of a line: plain text, or what changes from page to page."""

    kind: Kind
    text: str
    day: Day | None = None


Key = tuple[str, ...]
"""What lines alike share: their plain text, and in place of all else its kind."""

URL = r"https?://[^\s<>\"]+"
CLOCK, SECONDS, HALF = r"\d{1,2}:\d{2}", r"(?::\d{2})", r"(?: ?[AaPp]\.?[Mm]\.?)"
TIME = f"{CLOCK}{SECONDS}?{HALF}?"
NUMBER = r"\d+(?:[.,]\d+)*"
WEEKDAY = (
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?=[,. ])"
    r"|[월화수목금토일]요일|[月火水木金土日]曜日|(?i:lunes|martes|miércoles|jueves|viernes|sábado|domingo)"
)
_CHANGES = re.compile(rf"(?P<url>{URL})|(?P<time>{TIME})|(?P<number>{NUMBER})")
_WEEKDAY = re.compile(rf"(?P<weekday>{WEEKDAY})")
FIELD = re.compile(r"(?P<name>[^\W\d_]+(?: [^\W\d_]+)?)(?P<colon> ?[:\uff1a] ?)(?P<value>\S.*)")
BY = re.compile(r"(?P<name>By|BY|by)(?P<colon> )(?P<value>[^\W\d_].*)")

SHORT = 90
"""A line that is longer than so many letters is no field, and no heading of a list."""
LONG = 160
SENTENCE = 60
FEW = 25
_SENTENCE_END = re.compile(r"[.!?。!?][\"'”’)\]」』]*(?:\s*\S{1,8})?\Z")


class Line(NamedTuple):
    """A line of a sample, white space folded: its number, its pieces, and whether it is the prose of an article."""

    number: int
    text: str
    raw: str
    pieces: tuple[Piece, ...]
    prose: bool

    @property
    def key(self) -> Key:
        """What lines share that are alike; sentences with other numbers are other sentences."""
        kept = (Kind.TEXT, Kind.NUMBER) if self.prose else (Kind.TEXT,)
        return tuple(piece.text if piece.kind in kept else f"\0{piece.kind}" for piece in self.pieces)

    @property
    def field_key(self) -> Key:
        """What fields share that have one name and other values; empty for a line that is no field."""
        found = field(self.text)
        return ("\0field", found["name"], found["colon"]) if found else ()

    @property
    def days(self) -> list[Day]:
        """The days in it."""
        return [piece.day for piece in self.pieces if piece.day is not None]

    @property
    def is_day(self) -> bool:
        """Whether it is a day and nothing else."""
        return len(self.pieces) == 1 and self.pieces[0].kind is Kind.DAY


def lines_of(page: Page) -> list[Line]:
    """Return the lines of a page: its shown blocks."""
    return [line_of(page.text[block.start : block.end], block.line) for block in page.blocks[: page.shown]]


def line_of(raw: str, number: int = 1) -> Line:
    """Return one line."""
    text = " ".join(raw.split())
    return Line(number, text, raw, tuple(pieces_of(text)), is_prose(text))


def field(text: str) -> re.Match[str] | None:
    """Return name and value of a field, `Section: Sports` or `By Ana Ruiz`; None for all else."""
    return (BY.fullmatch(text) or FIELD.fullmatch(text)) if weight(text) <= SHORT and not is_prose(text) else None


def weight(text: str) -> float:
    """Return how long a text is in letters of an alphabet: a syllable or an ideograph is worth two and a half."""
    return sum(2.5 if "\u1100" <= char <= "\uffdc" else 1 for char in text)


def is_prose(text: str) -> bool:
    """Tell whether a line is long, or a whole sentence that is not short."""
    heavy = weight(text)
    return heavy >= LONG or (heavy >= SENTENCE and bool(_SENTENCE_END.search(text)))


def is_sentence(text: str) -> bool:
    """Tell whether a line has some words and ends as a sentence does."""
    return weight(text) >= FEW and ends_as_sentence(text)


def ends_as_sentence(text: str) -> bool:
    """Tell whether a line ends as a sentence does, perhaps with an end mark behind it."""
    return bool(_SENTENCE_END.search(text))


def pieces_of(text: str) -> list[Piece]:
    """Cut a line into plain text and what changes."""
    found, at = [], 0
    days = days_in(text)
    for one in days:
        found += _between(text[at : one.start], dated=True)
        found.append(Piece(Kind.DAY, one.text, one))
        at = one.end
    return [*found, *_between(text[at:], dated=bool(days))]


def _between(text: str, *, dated: bool) -> list[Piece]:
    changes = re.compile(f"{_CHANGES.pattern}|{_WEEKDAY.pattern}") if dated else _CHANGES
    found, at = [], 0
    for match in changes.finditer(text):
        assert match.lastgroup is not None
        found += [Piece(Kind.TEXT, text[at : match.start()]), Piece(Kind(match.lastgroup), match[0])]
        at = match.end()
    return [piece for piece in (*found, Piece(Kind.TEXT, text[at:])) if piece.text]


