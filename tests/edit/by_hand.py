"""The days of a page that has nothing but its notes."""

from __future__ import annotations

from copydesk.edit.days import Days, days_of
from copydesk.plugin import PARAGRAPH, Flag, Layout, Note, line, some
from tests.desk.by_hand import reading_of

BARE = Layout("bare", page=(line("head", "Head"), some(PARAGRAPH)))


def posted(address: str) -> str | None:
    """Read the day out of `/posted/<day>`."""
    return address.partition("/posted/")[2] or None


POSTED = Layout("posted", page=(line("head", "Head"), some(PARAGRAPH)), posted=posted)


def note(key: str, value: str, at: int = 0) -> Note:
    """Return a note as a rule makes it: with a place and its rule's name."""
    return Note(key, value, at, at + 1, f"acme: {key} rule")


def days(
    *notes: Note, name: str = "", url: str = "", captured: str = "", layout: Layout = BARE, flags: tuple[Flag, ...] = ()
) -> Days:
    """Return the days of a page with these notes."""
    reading = reading_of("A page of text.", name=name, url=url, captured=captured, notes=notes)
    return days_of(reading._replace(flags=flags), layout)


def codes(found: Days) -> list[tuple[str, str]]:
    """Return code and severity of each flag."""
    return [(flag.code, flag.severity) for flag in found.flags]


def said(found: Days) -> str:
    """Return what the one flag says."""
    (flag,) = found.flags
    return flag.message
