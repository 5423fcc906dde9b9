"""Trying what is proposed: the code that will be written is run, and all samples are converted by it."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.contract.layouts import Layout
from copydesk.contract.sources import Source
from copydesk.desk.load import Host, Plugin
from copydesk.desk.routing import Desk
from copydesk.errors import CopydeskError
from copydesk.new_source.drafts import LayoutDraft
from copydesk.new_source.samples import Sample
from copydesk.pipeline import normalize
from copydesk.values.document import Document
from copydesk.values.reading import Span
from copydesk.values.roles import Role


def host_with(host: Host, code: str, plugin: Plugin) -> Host:
    """Return a host with the plugin that a module's code makes, beside those that are there.

    Its schema is not installed yet, so that of all articles stands in for it. Raises PluginError as loading does.
    """
    names: dict[str, object] = {"__name__": plugin.name}
    exec(compile(code, f"{plugin.name}/__init__.py", "exec"), names)
    layouts = [value for value in names.values() if isinstance(value, Layout)]
    sources = [value for value in names.values() if isinstance(value, Source)]
    for layout in layouts:
        layout.plugin = plugin.name
    for source in sources:
        source.plugin, source.schema = plugin.name, "article"
    desk = Desk(host.desk.layouts.values(), host.desk.sources.values())
    desk.add(layouts, sources)
    return Host(desk, (*host.plugins, plugin))


def converted(samples: Sequence[Sample], host: Host) -> list[Document]:
    """Convert samples. Raises CopydeskError for the first that is not converted."""
    return [normalize(sample.capture, host=host) for sample in samples]


def failure(samples: Sequence[Sample], draft: LayoutDraft, host: Host) -> str:
    """Return why a layout does not read all samples as it should, or the empty string."""
    for n, sample in enumerate(samples):
        try:
            document = normalize(sample.capture, host=host)
        except CopydeskError as problem:
            return f"{sample.name}: {problem}"
        if document.account.layout != draft.id:
            return f"{sample.name}: {document.account.layout} reads it as well"
        if unread := document.account.unread():
            return f"{sample.name}: line {_line(document, unread[0])} stays unread"
        if draft.bodies and (said := _misread(document, draft.titles[n], draft.bodies[n])):
            return f"{sample.name}: {said}"
    return ""


def _misread(document: Document, title: int, body: Sequence[int]) -> str:
    reading = document.account.reading
    titles = [_line(document, span) for span in reading.of(Role.TITLE)]
    lines = list(dict.fromkeys(_line(document, span) for span in reading.body()))
    if titles != [title] * bool(title):
        return f"the title is line {titles}, not {title}"
    return "" if lines == list(body) else f"the body is lines {lines}, not {list(body)}"


def _line(document: Document, span: Span) -> int:
    return document.account.reading.page.blocks[span.block].line
