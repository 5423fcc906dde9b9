"""Layouts: one kind of page from top to bottom."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from copydesk.contract.days import Reader
from copydesk.contract.patterns import Pattern
from copydesk.contract.words import FACTS
from copydesk.errors import PluginError
from copydesk.values.reading import Findings, Reading
from copydesk.values.roles import Role

Rule = Callable[[Reading], Findings]
"""A rule looks at a reading and says what it finds; it cannot change anything."""

FIELDS = ("title", "teaser", "date")


class Gap:
    """Blocks between two landmarks that all get one role: exactly one, or one and more."""

    __slots__ = ("many", "name", "role")

    def __init__(self, role: Role, *, many: bool) -> None:
        self.role = Role(role)
        self.many = many
        self.name = f"{'some' if many else 'one'} {self.role.value}"


class Items:
    """A list of other articles; see `items`."""

    __slots__ = ("date", "date_at", "doubles", "fields", "name")

    def __init__(self, fields: tuple[str, ...], date: Reader) -> None:
        self.fields = fields
        self.date = date
        self.date_at = fields.index("date")
        self.doubles = tuple((fields.index(field), n) for n, field in enumerate(fields) if fields.index(field) != n)
        self.name = "items"


class Maybe:
    """Entries that a page may lack, all of them or none; see `maybe`."""

    __slots__ = ("entries", "name")

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.entries = entries
        self.name = getattr(entries[0], "name", "maybe") if entries else "maybe"


class Skip:
    """Stands before ``count`` entries that a page may lack: what `Maybe` is when a page is laid out in one row."""

    __slots__ = ("count", "name")

    def __init__(self, count: int, name: str) -> None:
        self.count = count
        self.name = name


Entry = Pattern | Gap | Items | Maybe


def one(role: Role) -> Gap:
    """Take exactly one block."""
    return Gap(role, many=False)


def some(role: Role) -> Gap:
    """Take one block or more, up to where the next entry of the page stands."""
    return Gap(role, many=True)


def maybe(*entries: Entry) -> Maybe:
    """Take entries where they stand, all of them in this order, and go on where they do not."""
    return Maybe(entries)


def items(*fields: str, date: Reader) -> Items:
    """Take a list of other articles, each a run of blocks with these fields (`title`, `teaser`, `date`).

    A field that is named twice stands twice on the page, with equal text. ``date`` reads the date of an item.
    A block of the list that is part of no item stays unread.
    """
    for field in fields:
        if field not in FIELDS:
            raise PluginError(f"items(): {field!r} is no field of an item; use {', '.join(FIELDS)}")
    if fields.count("date") != 1:
        raise PluginError(f"items(): {fields!r} needs the field 'date' once: an item is found by its date")
    return Items(fields, date)


class Layout:
    """How one kind of page is laid out, from top to bottom.

    ``page`` lists its entries. Patterns of kind `line` and `starts` are landmarks; between them stand gaps
    (`one`, `some`), lists (`items`), and any of these may be missing in `maybe`. A page fits if its entries are
    found in this order and take every block. ``without`` names landmarks, or runs of a landmark and a
    list, that a page of this layout has not.
    ``archive`` is the aggregator that writes such pages, ``facts`` what every such page means without saying so.
    ``rules`` run on what has been read, before those of the source: for damage that this kind of capture does.
    ``posted`` reads the day of publication out of the page's address, or out of a file name that keeps it.
    """

    __slots__ = ("archive", "entries", "facts", "id", "page", "plugin", "posted", "rules", "without")

    def __init__(
        self,
        id: str,
        *,
        page: Sequence[Entry],
        without: Sequence[Pattern | Sequence[Pattern | Items]] = (),
        archive: str = "",
        facts: Mapping[str, str] | None = None,
        rules: Sequence[Rule] = (),
        posted: Reader | None = None,
    ) -> None:
        self.id = id
        self.page = tuple(page)
        self.without = tuple(_sequences(id, without))
        self.archive = archive
        self.facts = dict(facts or {})
        self.rules = tuple(rules)
        self.posted = posted
        self.plugin = ""
        self._check()
        self.entries = tuple(_in_a_row(self.page))
        self._check_row()

    def _check(self) -> None:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", self.id):
            raise PluginError(f"layout {self.id!r}: the id must be lower-case letters, digits and single hyphens")
        if not self.page:
            raise PluginError(f"layout {self.id!r}: page is empty; list its entries from top to bottom")
        for entry in (*self.page, *(entry for part in self.without for entry in part)):
            _check_entry(self.id, entry)
        for rule in self.rules:
            if not callable(rule):
                raise PluginError(f"layout {self.id!r}: {rule!r} in rules is no rule; "
                                  "wrap a pattern in first(), last() or every()")
        for fact in self.facts.keys() - FACTS.keys():
            raise PluginError(f"layout {self.id!r}: {fact!r} is no fact; the facts are {', '.join(FACTS)}")

    def _check_row(self) -> None:
        """Check what may stand behind an entry, whatever the page lacks."""
        for at, entry in enumerate(self.entries):
            behind = list(_behind(self.entries, at + 1))
            gaps = [other for other in behind if isinstance(other, Gap)]
            if isinstance(entry, Gap) and entry.many and gaps:
                raise PluginError(f"layout {self.id!r}: nothing tells where {entry.name!r} ends and {gaps[0].name!r} "
                                  "begins; put a landmark between them")
            starts = isinstance(entry, Pattern) and entry.kind == "starts"
            if starts and (not behind or gaps != behind):
                raise PluginError(f"layout {self.id!r}: {entry.name!r} takes the start of a block, and nothing takes "
                                  "the rest of it; put one() or some() behind it")

    def landmarks(self) -> list[Pattern]:
        """Return the patterns that each page of this layout has."""
        return [entry for entry in self.page if isinstance(entry, Pattern)]

    def __repr__(self) -> str:
        return f"Layout({self.id!r})"


def _in_a_row(page: Iterable[Entry]) -> Iterator[Pattern | Gap | Items | Skip]:
    for entry in page:
        if isinstance(entry, Maybe):
            inner = tuple(_in_a_row(entry.entries))
            yield Skip(len(inner), entry.name)
            yield from inner
        else:
            yield entry


def _behind(row: Sequence[Pattern | Gap | Items | Skip], at: int) -> Iterator[Pattern | Gap | Items]:
    """Give the entries that may stand at a place of the row, whatever the page lacks."""
    if at < len(row):
        entry = row[at]
        if isinstance(entry, Skip):
            yield from _behind(row, at + 1)
            yield from _behind(row, at + 1 + entry.count)
        else:
            yield entry


def _sequences(layout: str, without: object) -> Iterator[tuple[Pattern | Items, ...]]:
    if not isinstance(without, Sequence):
        raise PluginError(f"layout {layout!r}: without is {without!r}; write ({without!r},)")
    for part in without:
        run = tuple(part) if isinstance(part, Sequence) else (part,)
        if not run or not isinstance(run[0], Pattern):
            raise PluginError(f"layout {layout!r}: {part!r} in without begins with no landmark; use line() or starts()")
        yield run


def _check_entry(layout: str, entry: object) -> None:
    if isinstance(entry, Maybe):
        if not entry.entries:
            raise PluginError(f"layout {layout!r}: maybe() is empty; name the entries that a page may lack")
        for inner in entry.entries:
            _check_entry(layout, inner)
    elif not isinstance(entry, Pattern | Gap | Items):
        raise PluginError(f"layout {layout!r}: {entry!r} is no entry of a page; "
                          "use line(), starts(), one(), some(), items() or maybe()")
    elif isinstance(entry, Pattern) and entry.kind not in ("line", "starts"):
        raise PluginError(f"layout {layout!r}: {entry.kind}({entry.name!r}) is no landmark; use line() or starts()")
