"""The head of an HTML page against what the page shows: its title, and where it says that it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from copydesk.contract.layouts import Layout
from copydesk.values.findings import Flag, Note
from copydesk.values.reading import Reading


class Addresses(NamedTuple):
    """Where the original and the captured page are, and what is odd about that."""

    original: str
    captured: str
    flags: tuple[Flag, ...]


def addresses_of(reading: Reading, layout: Layout) -> Addresses:
    """Return the addresses; a head's is that of the archive's page where there is an archive, else of the original."""
    head = [note for note in reading.values("meta_url") if note.value.startswith(("http://", "https://"))]
    told = head[0].value if head else ""
    original, captured = reading.value("original_url"), reading.capture.url
    if layout.archive:
        captured = captured or told
    else:
        original = original or told
    return Addresses(original, captured, tuple(_elsewhere(head, captured)))


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
    for note in reading.values("meta_title"):
        said = _letters(note.value)
        if shown and said and shown not in said and said not in shown:
            yield Flag("titles-disagree", f"the {note.rule} says {note.value!r}, and the page shows {title!r}",
                       note.start, note.end)  # fmt: skip
            return


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
