"""Rows: entries that stand one behind the other, flattened and checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from copydesk.contract.days import Reader
from copydesk.contract.patterns import Pattern
from copydesk.contract.words import OF_NO_STRETCH
from copydesk.errors import PluginError
from copydesk.values.roles import Role

FIELDS = ("title", "teaser", "date")


class Gap:
    """Blocks between two landmarks that all get one role: exactly one, or one and more."""

    __slots__ = ("many", "name", "role")

    def __init__(self, role: Role, *, many: bool) -> None:
        self.role = Role(role)
        self.many = many
        self.name = f"{'some' if many else 'one'} {self.role.value}"
        if self.role in OF_NO_STRETCH:
            raise PluginError(f"{self.name}: no text of a page has this role; name another")

    def __repr__(self) -> str:
        return self.name


class Items:
    """A list of other articles; see `items`."""

    __slots__ = ("date", "date_at", "doubles", "fields", "name")

    def __init__(self, fields: tuple[str, ...], date: Reader) -> None:
        self.fields = fields
        self.date = date
        self.date_at = fields.index("date") if fields else 0
        self.doubles = tuple((fields.index(field), n) for n, field in enumerate(fields) if fields.index(field) != n)
        self.name = "items"
        if not callable(date):
            raise PluginError(f"items(): date={date!r} is no reader; use day()")

    def __repr__(self) -> str:
        return f"items{self.fields!r}"


class Maybe:
    """Entries that a page may lack, all of them or none; see `maybe`."""

    __slots__ = ("entries", "name")

    def __init__(self, entries: tuple[Any, ...]) -> None:
        self.entries = entries
        self.name = getattr(entries[0], "name", "maybe") if entries else "maybe"

    def __repr__(self) -> str:
        return f"maybe{self.entries!r}"


class Skip:
    """Stands before ``count`` entries that a page may lack: what `Maybe` is when a page is laid out in one row."""

    __slots__ = ("count", "name")

    def __init__(self, count: int, name: str) -> None:
        self.count = count
        self.name = name


Entry = Pattern | Gap | Items | Maybe
Row = tuple[Pattern | Gap | Items | Skip, ...]


def one(role: Role) -> Gap:
    """Take exactly one block."""
    return Gap(role, many=False)


def some(role: Role) -> Gap:
    """Take one block or more, up to where the next entry of the page stands."""
    return Gap(role, many=True)


def maybe(*entries: Any) -> Maybe:
    """Take entries where they stand, all of them in this order, and go on where they do not.

    In an HTML layout it holds one entry, which may be `css`.
    """
    return Maybe(entries)


def items(*fields: str, date: Reader) -> Items:
    """Take a list of other articles, each a run of blocks with these fields (`title`, `teaser`, `date`).

    A field that is named twice stands twice on the page, with equal text. ``date`` reads the date of an item.
    A block of the list that is part of no item stays unread. Without fields, which HTML layouts can do alone, each
    element that the selector finds is an item: what reads as a date is its date, the first other block its title.
    """
    for field in fields:
        if field not in FIELDS:
            raise PluginError(f"items(): {field!r} is no field of an item; use {', '.join(FIELDS)}")
    if fields and fields.count("date") != 1:
        raise PluginError(f"items(): {fields!r} needs the field 'date' once: an item is found by its date")
    return Items(fields, date)


def row_of(owner: str, page: Sequence[Entry], *, each: bool = False) -> Row:
    """Return entries in one row, each `Maybe` as a `Skip` and what it holds.

    With ``each``, a list without fields may stand alone. Raises PluginError, which names the owner, for what is no
    entry and for entries that cannot follow each other.
    """
    if not page:
        raise PluginError(f"{owner}: page is empty; list its entries from top to bottom")
    for entry in page:
        check_entry(owner, entry)
    row = tuple(_in_a_row(page))
    if any(isinstance(entry, Items) and not entry.fields for entry in row) and not (each and len(row) == 1):
        raise PluginError(f"{owner}: items() needs the field 'date' once: an item is found by its date; only alone in "
                          "css() it needs no fields")
    _check_row(owner, row)
    return row


def _in_a_row(page: Iterable[Entry]) -> Iterator[Pattern | Gap | Items | Skip]:
    for entry in page:
        if isinstance(entry, Maybe):
            inner = tuple(_in_a_row(entry.entries))
            yield Skip(len(inner), entry.name)
            yield from inner
        else:
            yield entry


def _check_row(owner: str, row: Row) -> None:
    """Check what may stand behind an entry, whatever the page lacks."""
    for at, entry in enumerate(row):
        behind = [other for other in behind_of(row, at + 1) if other is not None]
        gaps = [other for other in behind if isinstance(other, Gap)]
        if isinstance(entry, Gap) and entry.many and gaps:
            raise PluginError(f"{owner}: nothing tells where {entry.name!r} ends and {gaps[0].name!r} "
                              "begins; put a landmark between them")
        starts = isinstance(entry, Pattern) and entry.kind == "starts"
        if starts and (not behind or gaps != behind):
            raise PluginError(f"{owner}: {entry.name!r} takes the start of a block, and nothing takes "
                              "the rest of it; put one() or some() behind it")


def behind_of(row: Row, at: int) -> Iterator[Pattern | Gap | Items | None]:
    """Give the entries that may stand at a place of the row, whatever the page lacks; None for its end."""
    if at == len(row):
        yield None
        return
    entry = row[at]
    if isinstance(entry, Skip):
        yield from behind_of(row, at + 1)
        yield from behind_of(row, at + 1 + entry.count)
    else:
        yield entry


def check_entry(owner: str, entry: object) -> None:
    """Raise PluginError unless an entry can stand in a row."""
    if isinstance(entry, Maybe):
        if not entry.entries:
            raise PluginError(f"{owner}: maybe() is empty; name the entries that a page may lack")
        for inner in entry.entries:
            check_entry(owner, inner)
    elif not isinstance(entry, Pattern | Gap | Items):
        raise PluginError(f"{owner}: {entry!r} is no entry of a page; "
                          "use line(), starts(), one(), some(), items() or maybe()")
    elif isinstance(entry, Pattern) and entry.kind not in ("line", "starts"):
        raise PluginError(f"{owner}: {entry.kind}({entry.name!r}) is no landmark; use line() or starts()")
