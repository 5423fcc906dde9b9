"""Layouts: one kind of page, as text from top to bottom or as regions of HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from copydesk.contract.days import Reader
from copydesk.contract.patterns import Pattern
from copydesk.contract.regions import Attr, Css
from copydesk.contract.row import Entry, Gap, Items, Maybe, Row, check_entry, row_of
from copydesk.contract.words import FACTS
from copydesk.errors import PluginError
from copydesk.values.findings import Findings
from copydesk.values.reading import Reading

Rule = Callable[[Reading], Findings]
"""A rule looks at a reading and says what it finds; it cannot change anything."""

OUTSIDE = "outside the article"
"""The rule of all blocks of an HTML page that no entry of its layout takes."""

HtmlEntry = Css | Attr | Pattern


class Part:
    """An entry of an HTML layout, and whether a page may lack it."""

    __slots__ = ("entry", "optional")

    def __init__(self, entry: HtmlEntry, *, optional: bool) -> None:
        self.entry = entry
        self.optional = optional


class Layout:
    """How one kind of page is laid out.

    ``page`` lists its entries. Of a text layout these stand from top to bottom: patterns of kind `line` and `starts`
    are landmarks; between them stand gaps (`one`, `some`), lists (`items`), and any of these may be missing in
    `maybe`. A page fits if its entries are found in this order and take every block. ``without`` names landmarks, or
    runs of a landmark and a list, that a page of this layout has not.

    An HTML layout has `css` and `attr` entries, and landmarks of kind `line`, which may stand in any block that no
    entry before them takes; their order is that in which they take. What no entry takes is outside the article.

    ``archive`` is the aggregator that writes such pages, or ``source`` the id of the one source that does, ``facts``
    what every such page means without saying so.
    ``rules`` run on what has been read, before those of the source: for damage that this kind of capture does.
    ``posted`` reads the day of publication out of the page's address, or out of a file name that keeps it, and
    ``language`` the language out of its address.
    ``hosts`` are those whose pages alone have this layout, for one that could fit others' pages. ``since`` and
    ``until`` are the first and last ISO day of captures on which it was seen; they break ties. ``refuse`` says why
    a page of this layout is no article: a page that fits is rejected with this reason.
    """

    __slots__ = ("archive", "entries", "facts", "hosts", "id", "language", "page", "parts", "plugin", "posted",
                 "refuse", "rules", "since", "source", "until", "without")  # fmt: skip

    def __init__(
        self,
        id: str,
        *,
        page: Sequence[Entry | Css | Attr],
        without: Sequence[Pattern | Sequence[Pattern | Items]] = (),
        archive: str = "",
        facts: Mapping[str, str] | None = None,
        rules: Sequence[Rule] = (),
        posted: Reader | None = None,
        language: Reader | None = None,
        source: str = "",
        hosts: Sequence[str] = (),
        since: str = "",
        until: str = "",
        refuse: str = "",
    ) -> None:
        self.id = id
        self.page = _page(id, page)
        self.without = tuple(_sequences(id, without))
        self.archive = archive
        self.facts = dict(facts or {})
        self.rules = tuple(rules)
        self.posted = posted
        self.language = language
        self.source = source
        self.hosts = _hosts(id, hosts)
        self.since = _day(id, "since", since)
        self.until = _day(id, "until", until)
        self.refuse = refuse
        self.plugin = ""
        self._check()
        self.parts: tuple[Part, ...] = tuple(_parts(id, self.page)) if _is_html(self.page) else ()
        if self.parts and all(part.optional or isinstance(part.entry, Attr) for part in self.parts):
            raise PluginError(f"layout {id!r}: a page may lack all of it, so it fits every page; name what each has")
        self.entries: Row = () if self.parts else row_of(f"layout {id!r}", self.page)

    @property
    def is_html(self) -> bool:
        """Whether this layout is one of HTML pages."""
        return bool(self.parts)

    def _check(self) -> None:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", self.id):
            raise PluginError(f"layout {self.id!r}: the id must be lower-case letters, digits and single hyphens")
        for name, reader in (("posted", self.posted), ("language", self.language)):
            if reader is not None and not callable(reader):
                raise PluginError(f"layout {self.id!r}: {name}={reader!r} is no reader; it is called with an address")
        if self.source and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", self.source):
            raise PluginError(f"layout {self.id!r}: source={self.source!r} is no id of a source; an id is like 'kcna'")
        if self.since and self.until and self.since > self.until:
            raise PluginError(f"layout {self.id!r}: since={self.since!r} is behind until={self.until!r}; swap them")
        if self.without and _is_html(self.page):
            raise PluginError(f"layout {self.id!r}: without= is for text layouts alone; leave it out")
        for entry in (entry for part in self.without for entry in part):
            check_entry(f"layout {self.id!r}", entry)
        for rule in self.rules:
            if not callable(rule):
                raise PluginError(f"layout {self.id!r}: {rule!r} in rules is no rule; "
                                  "wrap a pattern in first(), last() or every()")
        for fact in self.facts.keys() - FACTS.keys():
            raise PluginError(f"layout {self.id!r}: {fact!r} is no fact; the facts are {', '.join(FACTS)}")

    def landmarks(self) -> list[Pattern]:
        """Return the patterns that each page of this layout has, also those within its regions."""
        if not self.parts:
            return [entry for entry in self.page if isinstance(entry, Pattern)]
        needed = [part.entry for part in self.parts if not part.optional]
        inner = [mark for entry in needed if isinstance(entry, Css) for mark in entry.page if isinstance(mark, Pattern)]
        return [entry for entry in needed if isinstance(entry, Pattern)] + inner

    def regions(self) -> list[Css]:
        """Return the regions that each page of this layout has."""
        return [part.entry for part in self.parts if isinstance(part.entry, Css) and not part.optional]

    def __repr__(self) -> str:
        return f"Layout({self.id!r})"


def _page(layout: str, page: object) -> tuple[Any, ...]:
    if not isinstance(page, Sequence) or isinstance(page, str):
        raise PluginError(f"layout {layout!r}: page is {page!r}; write ({page!r},)")
    return tuple(page)


def _is_html(page: Iterable[object]) -> bool:
    return any(isinstance(entry, Css | Attr) or (isinstance(entry, Maybe) and _is_html(entry.entries))
               for entry in page)  # fmt: skip


def _parts(layout: str, page: Iterable[object]) -> Iterator[Part]:
    for entry in page:
        optional = isinstance(entry, Maybe)
        if isinstance(entry, Maybe):
            if len(entry.entries) != 1:
                raise PluginError(f"layout {layout!r}: maybe() of an HTML layout holds one entry; write one for each")
            entry = entry.entries[0]
        if isinstance(entry, Gap | Items) or not isinstance(entry, Css | Attr | Pattern):
            raise PluginError(f"layout {layout!r}: {entry!r} stands in no region; wrap it in css()")
        if isinstance(entry, Pattern) and entry.kind != "line":
            raise PluginError(f"layout {layout!r}: {entry.kind}({entry.name!r}) is no landmark of an HTML page; "
                              "use line(), or wrap it in css()")
        yield Part(entry, optional=optional)


def _sequences(layout: str, without: object) -> Iterator[tuple[Pattern | Items, ...]]:
    if not isinstance(without, Sequence):
        raise PluginError(f"layout {layout!r}: without is {without!r}; write ({without!r},)")
    for part in without:
        run = tuple(part) if isinstance(part, Sequence) else (part,)
        if not run or not isinstance(run[0], Pattern):
            raise PluginError(f"layout {layout!r}: {part!r} in without begins with no landmark; use line() or starts()")
        yield run


def _hosts(layout: str, hosts: Sequence[str]) -> tuple[str, ...]:
    if isinstance(hosts, str):
        raise PluginError(f"layout {layout!r}: hosts is the one string {hosts!r}; write ({hosts!r},)")
    for host in hosts:
        if "/" in host or ":" in host:
            raise PluginError(f"layout {layout!r}: {host!r} in hosts is no host; write it like 'kcna.kp'")
    return tuple(host.casefold() for host in hosts)


def _day(layout: str, name: str, day: str) -> str:
    if day and not (re.fullmatch(r"\d{4}-\d\d-\d\d", day) and _is_day(day)):
        raise PluginError(f"layout {layout!r}: {name}={day!r} is no day; write it as YYYY-MM-DD")
    return day


def _is_day(day: str) -> bool:
    try:
        return bool(date.fromisoformat(day))
    except ValueError:
        return False
