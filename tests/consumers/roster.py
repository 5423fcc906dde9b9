"""All the consumers that are asked: the agreed list of tools, each in every way in which people use it."""

from __future__ import annotations

from tests.consumers import engines, generators, pandoc, readers
from tests.consumers.consumer import Consumer, Missing
from tests.consumers.programs import node, node_version, ruby, ruby_version
from tests.consumers.sites import SITES


def _of_node(name: str, package: str) -> Consumer:
    return Consumer(name, lambda: node_version(package), node(name))


ENGINES: tuple[Consumer, ...] = (
    *engines.consumers(),
    _of_node("marked", "marked"),
    _of_node("commonmark", "commonmark"),
    _of_node("markdown-it", "markdown-it"),
    _of_node("markdown-it, all rules", "markdown-it"),
    _of_node("micromark", "micromark"),
    _of_node("micromark, gfm", "micromark-extension-gfm"),
    _of_node("remark, rehype", "remark-rehype"),
    _of_node("remark, rehype, gfm", "remark-gfm"),
    Consumer("kramdown", lambda: ruby_version("kramdown"), ruby("kramdown")),
    Consumer("kramdown, GFM", lambda: ruby_version("GFM"), ruby("GFM")),
    *generators.engines(),
    *pandoc.engines(),
)
"""The Markdown engines."""

METADATA: tuple[Consumer, ...] = tuple(pandoc.readers())
"""The readers that make Markdown of a value."""

READERS: tuple[Consumer, ...] = (*readers.IN_PROCESS, *readers.PROGRAMS)
"""The readers of frontmatter."""



def missing() -> list[str]:
    """Return what is said of each consumer whose tool is not installed."""
    found = []
    for each in (*ENGINES, *READERS, *METADATA, *SITES):
        try:
            each.version()
        except Missing as error:
            found.append(f"{each.name}: {error}")
    return found
