"""The head of an HTML page against what the page shows: its title, and where it says that it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from copydesk.contract.layouts import Layout
from copydesk.values.findings import Flag, Note
from copydesk.values.reading import Reading

ADDRESS = r"https?://[^\s/?#<>\"\ud800-\udfff]+(?:[/?#][^\s<>\"\ud800-\udfff]*)?"


SITE_TITLE = "head: title"
"""The title of the head, which on some sites is the name of the site and no more."""


class Addresses(NamedTuple):
    """Where the original and the captured page are, and what is odd about that."""

    original: str
    captured: str
    flags: tuple[Flag, ...]


def addresses_of(reading: Reading, layout: Layout) -> Addresses:
    """Return the addresses; a head's is that of the archive's page where there is an archive, else of the original."""
    head, bad = [], []
    for note in reading.values("meta_url"):
        if re.fullmatch(ADDRESS, note.value):
            head.append(note)
        elif note.value.startswith(("http:", "https:")):
            said = f"{note.rule} says {note.value[:100]!r}, which is no address"
            bad.append(Flag("bad-url", said, note.start, note.end, "info"))
    told = head[0].value if head else ""
    original, captured = reading.value("original_url"), reading.capture.url
    if layout.archive:
        captured = captured or told
    else:
        original = original or told
    return Addresses(original, captured, (*bad, *_elsewhere(head, captured)))


def _elsewhere(head: list[Note], captured: str) -> Iterator[Flag]:
    """Flag a page that says that it is another than the one that was captured."""
    for note in head:
        if captured and _bare(note.value) != _bare(captured):
            yield Flag("urls-disagree", f"the page was captured at {captured}, and its {note.rule} says {note.value}",
                       note.start, note.end, "info")  # fmt: skip
            return


def _bare(url: str) -> str:
    return url.partition("#")[0].partition("?")[0].removeprefix("http://").removeprefix("https://").rstrip("/")


def title_flags(reading: Reading, title: str) -> Iterator[Flag]:
    """Flag a title in the head that is another than the one shown; a site's name may stand around it."""
    shown = _letters(title)
    for note in sorted(reading.values("meta_title"), key=lambda note: note.rule == SITE_TITLE):
        said = _letters(note.value)
        if shown and said and shown not in said and said not in shown:
            severity = "info" if note.rule == SITE_TITLE else "warning"
            yield Flag("titles-disagree", f"the {note.rule} says {note.value!r}, and the page shows {title!r}",
                       note.start, note.end, severity)  # fmt: skip
            return


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
