"""Entries of HTML layouts: what stands in elements that a selector finds, and what stands in their attributes."""

from __future__ import annotations

from copydesk.contract.days import Reader
from copydesk.contract.row import Entry, Gap, Items, row_of
from copydesk.contract.selectors import Selector
from copydesk.contract.words import FACTS
from copydesk.errors import PluginError
from copydesk.values.roles import BODY


class Css:
    """A region of a page: the blocks of the elements that a selector finds, laid out by its entries; see `css`."""

    __slots__ = ("each", "entries", "holds_body", "name", "page", "selector")

    def __init__(self, selector: str, page: tuple[Entry, ...]) -> None:
        self.selector = Selector(selector)
        self.name = f"css({selector!r})"
        self.page = page
        self.entries = row_of(self.name, page, each=True)
        first = self.entries[0]
        self.each = first if isinstance(first, Items) and not first.fields else None
        self.holds_body = any(isinstance(entry, Gap) and entry.role in BODY for entry in self.entries)

    def __repr__(self) -> str:
        return self.name


class Attr:
    """A fact that stands in an attribute of an element; see `attr`."""

    __slots__ = ("attribute", "fact", "name", "reader", "selector")

    def __init__(self, fact: str, selector: str, attribute: str, reader: Reader | None) -> None:
        self.fact = fact
        self.selector = Selector(selector)
        self.attribute = attribute
        self.reader = reader
        self.name = f"attr({fact!r}, {selector!r}, {attribute!r})"

    def __repr__(self) -> str:
        return self.name


def css(selector: str, *entries: Entry) -> Css:
    """Take the blocks in the elements that a CSS selector finds, which are laid out as the entries say.

    An entry of a page takes what no entry before it has taken, so that what stands within something else is named
    first. Raises PluginError for entries that cannot stand behind each other; the selector is parsed on first use.
    """
    return Css(selector, entries)


def attr(fact: str, selector: str, attribute: str, reader: Reader | None = None) -> Attr:
    """Note the value of an attribute of the first element that a CSS selector finds, where there is one.

    Raises PluginError for a fact that is none.
    """
    if fact not in FACTS:
        raise PluginError(f"attr(): {fact!r} is no fact; the facts are {', '.join(FACTS)}")
    if reader is not None and not callable(reader):
        raise PluginError(f"attr(): {reader!r} is no reader of {fact!r}; use day(), or a function of a text")
    return Attr(fact, selector, attribute, reader)
