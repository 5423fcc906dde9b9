"""The pipeline: a capture is decoded, read by a layout, edited by its source, assembled and checked."""

from __future__ import annotations

from collections.abc import Callable

from copydesk.contract.layouts import Layout
from copydesk.contract.sources import Source
from copydesk.desk.choose import choose
from copydesk.desk.load import Host
from copydesk.desk.marking import apply
from copydesk.desk.read import read
from copydesk.desk.selection import installed
from copydesk.desk.sheet import Sheet
from copydesk.edit.assemble import assemble
from copydesk.edit.origin import Origin, origin_of
from copydesk.errors import Rejection
from copydesk.page import paginate
from copydesk.values.capture import Capture
from copydesk.values.document import Document
from copydesk.values.reading import Reading


def normalize(capture: Capture, *, host: Host | None = None, strict: bool = False, related: bool = False) -> Document:
    """Turn a capture into a document: frontmatter, body and account.

    A pure function: the same bytes and the same plugins give the same document. ``host`` holds the plugins, by
    default the installed ones; ``strict`` refuses a document with unread text; ``related`` lists related items in
    the frontmatter. Raises Rejection for a capture that is no article or that nobody can read, and RuleError
    where a plugin breaks a law.
    """
    host = host or installed()
    reading, layout = read_page(capture, host)
    for rule in layout.rules:
        reading = apply(reading, rule, layout.id)
    origin = origin_of(reading, host.desk, layout)
    reading = _edited(reading, origin)
    document = assemble(reading, layout, origin, _plugin(host, layout, origin.source), related=related)
    if strict and (unread := document.account.unread()):
        line = reading.page.blocks[unread[0].block].line
        raise Rejection("unread", f"line {line}: {reading.text(unread[0])[:60]!r} was read by no rule",
                        remedy="convert without --strict, or teach the layout this line")
    return document


def read_page(capture: Capture, host: Host) -> tuple[Reading, Layout]:
    """Decode a capture and read its page by the one layout that fits."""
    sheet = Sheet(paginate(capture))
    choice = choose(host.desk, sheet, capture)
    reading = _reader(sheet)(capture, sheet, choice.layout, choice.fit)
    return reading._replace(flags=(*reading.flags, *choice.flags)), choice.layout


def _reader(sheet: Sheet) -> Callable[..., Reading]:
    if sheet.page.markup is None:
        return read
    from copydesk.desk.read_html import read_html

    return read_html


def _edited(reading: Reading, origin: Origin) -> Reading:
    if origin.source is None:
        return reading
    for rule in origin.source.habits.get(origin.lang, ()):
        reading = apply(reading, rule, origin.source.id)
    return reading


def _plugin(host: Host, layout: Layout, source: Source | None) -> str:
    """Return the plugin that is answerable for a document, with its version, where it has been loaded as one."""
    plugin = source.plugin if source else layout.plugin
    return f"{plugin or 'unnamed'} {host.version_of(plugin) or '0'}"
