"""Routing: from a page to the layouts and the source it may have, through tables built once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import TypeVar
from urllib.parse import urlsplit

from copydesk.contract.layouts import Layout
from copydesk.contract.sources import Source
from copydesk.desk.sheet import KEY, Sheet
from copydesk.errors import PluginError

T = TypeVar("T", Layout, Source)
Claim = tuple[str, dict[str, T], str, T]


class Desk:
    """Layouts and sources, with the tables that route a page to them.

    Each layout id, source id, label, host and sign belongs to one owner; a second one raises PluginError, which
    names both, and nothing of the second is taken. ``own`` are the names of Copydesk's own plugins: what these know,
    no other plugin can take from them.
    """

    def __init__(
        self, layouts: Iterable[Layout] = (), sources: Iterable[Source] = (), own: Iterable[str] = ()
    ) -> None:
        self.own = frozenset(own)
        self.layouts: dict[str, Layout] = {}
        self.sources: dict[str, Source] = {}
        self._labels: dict[str, Source] = {}
        self._hosts: dict[str, Source] = {}
        self._signs: dict[str, Source] = {}
        self._keyed: dict[str, list[Layout]] = {}
        self._open: list[Layout] = []
        self._html: list[Layout] = []
        self.add(layouts, sources)

    def add(self, layouts: Iterable[Layout], sources: Iterable[Source]) -> None:
        """Register layouts by the plain text of their landmarks, and sources by labels, hosts and signs."""
        layouts = tuple(layouts)
        layout_claims = [("the layout id", self.layouts, layout.id, layout) for layout in layouts]
        source_claims = [claim for source in sources for claim in self._claims(source)]
        _check(layout_claims)
        _check(source_claims)
        _claim(layout_claims)
        _claim(source_claims)
        for layout in layouts:
            self._route(layout)
        self.__dict__.pop("_signs_by_start", None)

    def _claims(self, source: Source) -> Iterator[Claim[Source]]:
        yield "the source id", self.sources, source.id, source
        for label in source.labels:
            yield "the label", self._labels, label.casefold(), source
        for host in source.hosts:
            yield "the host", self._hosts, host.casefold(), source
        for sign in source.signs:
            yield "the sign", self._signs, sign, source

    def _route(self, layout: Layout) -> None:
        if layout.is_html:
            self._html.append(layout)
        else:
            _keep(layout, _keys(layout), self._keyed, self._open)
        self.__dict__.pop("_html_routes", None)

    def layouts_for(self, sheet: Sheet) -> list[Layout]:
        """Return the layouts one of whose landmarks or regions may be on the page, and those that have none.

        A text capture has text layouts, and an HTML page those of HTML.
        """
        index = sheet.index
        if index is None:
            keyed, unkeyed, keys = self._keyed, self._open, set(sheet.keys)
        else:
            keyed, unkeyed = self._html_routes
            keys = {*sheet.keys, *index.names}
        found: dict[str, Layout] = {}
        for key in keyed.keys() & keys:
            found |= {layout.id: layout for layout in keyed[key]}
        return [found[name] for name in sorted(found)] + unkeyed

    @cached_property
    def _html_routes(self) -> tuple[dict[str, list[Layout]], list[Layout]]:
        """The table of HTML layouts, made when the first such page comes: it needs their selectors parsed."""
        keyed: dict[str, list[Layout]] = {}
        unkeyed: list[Layout] = []
        for layout in self._html:
            try:
                keys = _names(layout) | _keys(layout)
            except PluginError:  # is said when the layout is tried
                keys = set()
            _keep(layout, keys, keyed, unkeyed)
        return keyed, unkeyed

    def by_label(self, name: str) -> Source | None:
        """Return the source that has this label, in any case of letters."""
        return self._labels.get(name.casefold())

    def by_url(self, url: str) -> Source | None:
        """Return the source at the host of a URL, or at a host above it (`www.kcna.kp` is at `kcna.kp`)."""
        return next((self._hosts[host] for host in hosts_of(url) if host in self._hosts), None)

    def by_sign(self, text: str) -> tuple[Source, str] | None:
        """Return the one source whose sign stands in a text, and the sign's language; None if not just one.

        The signs of Copydesk's own sources go before those of others.
        """
        found = {(self._signs[sign].id, self._signs[sign].signs[sign]) for sign in self._signs_in(text)}
        if len(found) > 1:
            found = {(name, lang) for name, lang in found if self.sources[name].plugin in self.own}
        if len(found) != 1:
            return None
        source, lang = found.pop()
        return self.sources[source], lang

    def _signs_in(self, text: str) -> Iterator[str]:
        """Give the signs in a text, the longest at each place: a look into a table a place, however many there are."""
        short, table = self._signs_by_start
        at = 0
        while short and at <= len(text) - short:
            sign = next((sign for sign in table.get(text[at : at + short], ()) if text.startswith(sign, at)), "")
            if sign:
                yield sign
            at += len(sign) or 1

    @cached_property
    def _signs_by_start(self) -> tuple[int, dict[str, list[str]]]:
        """Return how many characters of a sign are looked up, and the signs by these, the longest first."""
        short = min(map(len, self._signs), default=0)
        table: dict[str, list[str]] = {}
        for sign in sorted(self._signs, key=len, reverse=True):
            table.setdefault(sign[:short], []).append(sign)
        return short, table


def hosts_of(url: str) -> list[str]:
    """Return the host of a URL and the hosts above it, `www.kcna.kp` and `kcna.kp`; none for what is no URL."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return []
    parts = host.split(".")
    return [".".join(parts[at:]) for at in range(len(parts))]


def at_hosts(hosts: Collection[str], url: str) -> bool:
    """Tell whether a URL is at one of the hosts, or below it."""
    return any(host in hosts for host in hosts_of(url))


def _keys(layout: Layout) -> set[str]:
    """Return the plain text with which landmarks of a layout begin."""
    return {mark.literal[:KEY] for mark in layout.landmarks() if len(mark.literal) >= KEY}


def _names(layout: Layout) -> set[str]:
    """Return the classes or ids of which a page of a layout has one: those of its first region that needs them.

    Not those of all its regions: many layouts share the class of the body, and would be tried on each other's pages.
    """
    for region in layout.regions():
        if all(name[:1] in (".", "#") for name in region.selector.names):  # tags are on every page
            return set(region.selector.names)
    return set()


def _keep(layout: Layout, keys: set[str], keyed: dict[str, list[Layout]], unkeyed: list[Layout]) -> None:
    for key in sorted(keys):
        keyed.setdefault(key, []).append(layout)
    if not keys:
        unkeyed.append(layout)


def _check(claims: Iterable[Claim[T]]) -> None:
    held: dict[tuple[str, str], T] = {}
    for what, table, key, value in claims:
        other = table.get(key) or held.setdefault((what, key), value)
        if other is not value:
            raise PluginError(f"{what} {key!r} of {_owner(value)} belongs to {_owner(other)} already; "
                              "rename or leave out one of them")


def _claim(claims: Iterable[Claim[T]]) -> None:
    for _, table, key, value in claims:
        table[key] = value


def _owner(value: Layout | Source) -> str:
    return f"{value!r} in plugin {value.plugin!r}" if value.plugin else repr(value)
