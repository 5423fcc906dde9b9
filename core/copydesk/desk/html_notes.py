"""What attributes of an HTML page say: those that a layout names, and the link to the original."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from copydesk.contract.layouts import Layout
from copydesk.contract.regions import Attr
from copydesk.desk.sheet import Sheet
from copydesk.errors import RuleError
from copydesk.values.findings import Flag, Note
from copydesk.values.markup import Markup
from copydesk.values.reading import Span
from copydesk.values.roles import Role

ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def attributes(layout: Layout, sheet: Sheet) -> Iterator[Note | Flag]:
    """Give what the attributes say that a layout names, with the place of the element's text where it has one.

    Raises RuleError where a reader raises.
    """
    assert sheet.index is not None
    for part in layout.parts:
        if isinstance(entry := part.entry, Attr):
            for node in entry.selector.select(sheet.index)[:1]:
                yield _said(entry, node, sheet.index.markup, layout.id)


def _said(entry: Attr, node: int, markup: Markup, owner: str) -> Note | Flag:
    said, rule = " ".join(markup.attribute(node, entry.attribute).split()), f"{owner}: {entry.name}"
    place = (markup.starts[node], markup.ends[node])
    place = place if place[0] < place[1] else (-1, -1)
    try:
        value = (entry.reader(said) or "") if entry.reader else said
    except Exception as problem:
        raise RuleError(rule, f"its reader raised {problem!r} for {said!r}") from problem
    if not isinstance(value, str):
        raise RuleError(rule, f"its reader gave {value!r} for {said!r}; a reader gives text, or None")
    if not value or (entry.fact == "original_url" and not ADDRESS.fullmatch(value)):
        message = f"{entry.name} has {said[:100]!r}, which is no value for {entry.fact!r}"
        return Flag("bad-" + entry.fact.replace("_", "-"), message, *place, rule=rule)
    return Note(entry.fact, value, *place, rule)


def originals(spans: Iterable[Span], markup: Markup) -> Iterator[Note]:
    """Give the address of the original where a stretch with the role `link` is a link."""
    for span in spans:
        if span.role is Role.LINK:
            for node in markup.inline:
                if markup.tags[node] == "a" and markup.starts[node] <= span.start and span.end <= markup.ends[node]:
                    address = markup.attribute(node, "href").strip()
                    if ADDRESS.fullmatch(address):
                        yield Note("original_url", address, span.start, span.end, f"{span.rule}, its link")
