"""An article whose truth is known, and how its body stands on a page."""

from __future__ import annotations

import datetime
from typing import NamedTuple

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
LEADERS = ("Kim Il Sung", "Kim Jong Il", "Kim Jong Un")

PARAGRAPH = "paragraph"
HEADING = "heading"
LIST_ITEM = "list_item"


class RelatedItem(NamedTuple):
    """An item of a page's list of other articles; the teaser is already cut."""

    title: str
    teaser: str
    date: datetime.date


class Article(NamedTuple):
    """An article: what is true of it, and how a page prints it.

    ``paragraphs`` are the texts of the body's blocks with single spaces, without dateline, end mark and bullets;
    ``kinds`` says what each of them is and is empty where all are paragraphs. ``end`` is all that stands behind the
    last word, white space included (a line end in it makes a line of its own); ``title_again`` is what stands between
    the title and the body where a page prints the title a second time, and empty where it does not.
    ``printed`` and ``printed_title`` are the blocks (without dateline and end mark) and the title as a page damaged
    them; empty where the page prints the truth.
    """

    title: str
    published: datetime.date
    paragraphs: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    label: str = "KCNA.kp (En)"
    dateline_place: str = "Pyongyang"
    dateline_day: datetime.date | None = None
    agency: str = "KCNA"
    dash: str = "--"
    behind_dash: str = " "
    end: str = " -0-"
    stamp: str = ""
    byline: str = ""
    subtitle: str = ""
    related: tuple[RelatedItem, ...] = ()
    captured: datetime.date = datetime.date(2026, 3, 1)
    title_again: str = ""
    printed: tuple[str, ...] = ()
    printed_title: str = ""

    def body(self) -> list[tuple[str, str]]:
        """Return the truth of the body: the kind and the text of each block."""
        kinds = self.kinds or (PARAGRAPH,) * len(self.paragraphs)
        return list(zip(kinds, self.paragraphs, strict=True))

    def blocks(self) -> tuple[str, ...]:
        """Return the blocks as they are printed, without dateline and end mark."""
        return self.printed or tuple(f"- {text}" if kind == LIST_ITEM else text for kind, text in self.body())


def folded(text: str) -> str:
    """Return the text with each run of white space as one space, and none at its ends."""
    return " ".join(text.split())


def long_day(day: datetime.date) -> str:
    """Write a day as `March 01, 2026`, whatever the locale."""
    return f"{MONTHS[day.month - 1]} {day.day:02}, {day.year}"


def short_day(day: datetime.date) -> str:
    """Write a day as `Mar 01, 2026`, whatever the locale."""
    return f"{MONTHS[day.month - 1][:3]} {day.day:02}, {day.year}"


def teaser(text: str, *, most: int = 130) -> str:
    """Return the beginning of a text, cut at a word, of at most so many characters."""
    if len(text) <= most:
        return text
    return text[: most + 1].rsplit(" ", 1)[0][:most]


def dateline(article: Article) -> str:
    """Return the dateline as the agency prints it, or the empty string: `Pyongyang, March 1 (KCNA) --`."""
    day = article.dateline_day
    if not article.dateline_place or day is None:
        return ""
    return f"{article.dateline_place}, {MONTHS[day.month - 1]} {day.day} ({article.agency}) {article.dash}"


def rewritten_dateline(article: Article, *, clock: str = "16:22") -> str:
    """Return the dateline as layout E rewrites it: `Pyongyang, May 30, 2014 16:22 KST (KCNA) —`."""
    day = article.dateline_day
    if not article.dateline_place or day is None:
        return ""
    when = f"{MONTHS[day.month - 1]} {day.day}, {day.year} {clock} KST"
    return f"{article.dateline_place}, {when} ({article.agency}) —"


def body_lines(article: Article, *, dateline: str) -> list[str]:
    """Return the lines of the body, from the title where it is printed again to the byline."""
    again = article.title + article.title_again if article.title_again else ""
    lines = list(article.blocks())
    if lines:
        lines[0] = again + (dateline + article.behind_dash if dateline else "") + lines[0]
        lines[-1] += article.end
    lines += filter(None, (article.stamp, article.byline))
    return [line for text in lines for line in text.split("\n")]
