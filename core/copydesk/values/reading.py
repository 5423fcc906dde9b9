"""A page with the marks it has so far."""

from collections.abc import Iterator
from typing import NamedTuple

from copydesk.values.capture import Capture, Page
from copydesk.values.findings import Flag, Mark, Note
from copydesk.values.roles import BODY, Role


class Related(NamedTuple):
    """An item of a list of other articles; ``date`` is an ISO day, and each of the three may be empty."""

    title: str
    date: str
    teaser: str
    start: int
    end: int


class Item(NamedTuple):
    """Where an item of a list of other articles stands: the places of title and teaser (empty if it has none)."""

    date: str
    title: tuple[int, int]
    teaser: tuple[int, int]
    start: int
    end: int


class Span(NamedTuple):
    """A stretch of one block with its role, the rule that gave it, and the index of its block."""

    start: int
    end: int
    role: Role
    rule: str
    block: int


class Reading(NamedTuple):
    """A page with the marks it has so far; before any rule, every block is one span with the role `unread`.

    ``spans`` tile the blocks: in order, without gap or overlap. Rules get a reading and never change it.
    """

    capture: Capture
    page: Page
    spans: tuple[Span, ...]
    notes: tuple[Note, ...] = ()
    flags: tuple[Flag, ...] = ()
    items: tuple[Item, ...] = ()
    images: tuple[int, ...] = ()
    """The elements of the markup that are images of the article."""

    @property
    def related(self) -> tuple[Related, ...]:
        """The items of the page's list of other articles, white space folded."""
        return tuple(
            Related(self._said(item.title), item.date, self._said(item.teaser), item.start, item.end)
            for item in self.items
        )

    def _said(self, place: tuple[int, int]) -> str:
        return " ".join(self.page.text[slice(*place)].split())

    def text(self, span: Span | Mark | Note) -> str:
        """Return the text of a span as it stands on the page."""
        return self.page.text[span.start : span.end]

    def of(self, *roles: Role) -> Iterator[Span]:
        """Give the spans that have one of the roles, in reading order."""
        return (span for span in self.spans if span.role in roles)

    def body(self) -> list[Span]:
        """Return the spans of the body, in reading order."""
        return [span for span in self.spans if span.role in BODY]

    def value(self, key: str) -> str:
        """Return the first value noted for a fact, or the empty string."""
        for note in self.notes:
            if note.key == key:
                return note.value
        return ""

    def values(self, key: str) -> list[Note]:
        """Return all notes for a fact, in the order in which they were made."""
        return [note for note in self.notes if note.key == key]


def unread(capture: Capture, page: Page) -> Reading:
    """Return the reading of a page that nobody has read yet; what its head says is known as such."""
    shown = page.blocks[: page.shown]
    spans = [Span(block.start, block.end, Role.UNREAD, "", number) for number, block in enumerate(shown)]
    told = head(page)
    return Reading(capture, page, (*spans, *told), page.notes, page.flags)


def head(page: Page) -> list[Span]:
    """Return a span for each thing that the head of an HTML page says."""
    return [Span(note.start, note.end, Role.METADATA, note.rule, number)
            for number, note in enumerate(page.notes, page.shown)]  # fmt: skip
