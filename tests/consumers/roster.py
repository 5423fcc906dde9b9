"""All the consumers that are asked: the agreed list of tools, each in every way in which people use it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.consumers import engines, generators, pandoc, readers
from tests.consumers.consumer import Consumer, MissingError
from tests.consumers.programs import node_tool, node_version, of_pip, ruby, ruby_version
from tests.consumers.sites import SITES

ENGINES: tuple[Consumer, ...] = (
    *engines.consumers(),
    node_tool("marked", "marked"),
    node_tool("commonmark", "commonmark"),
    node_tool("markdown-it", "markdown-it"),
    node_tool("markdown-it, all rules", "markdown-it"),
    node_tool("micromark", "micromark"),
    node_tool("micromark, gfm", "micromark-extension-gfm"),
    node_tool("remark, rehype", "remark-rehype"),
    node_tool("remark, rehype, gfm", "remark-gfm"),
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


_OF_PIP = ("jsonschema", "check-jsonschema", "pre-commit")
_OF_NPM = ("pyright", "typescript", "yaml-language-server", "zod")
OTHERS: tuple[Callable[[], str], ...] = (*map(of_pip, _OF_PIP), *(partial(node_version, name) for name in _OF_NPM))
"""What other tests ask: a function that says the version of each."""


def missing() -> list[str]:
    """Return what is said of each tool of the agreed list that is not installed."""
    consumers = ((each.name, each.version) for each in (*ENGINES, *READERS, *METADATA))
    sites = ((site.name, site.version) for site in SITES)
    others = (("the schema", say) for say in OTHERS)
    found = (_missing(name, say) for name, say in (*consumers, *sites, *others))
    return [said for said in found if said]


def _missing(name: str, version: Callable[[], str]) -> str:
    try:
        version()
    except MissingError as error:
        return f"{name}: {error}"
    return ""
