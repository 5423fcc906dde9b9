"""What the tags within the body of an HTML page make of its paragraphs, and its images."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from copydesk.desk.regions import Region
from copydesk.desk.tables import Tables
from copydesk.values.capture import Block
from copydesk.values.markup import Markup
from copydesk.values.reading import Span
from copydesk.values.roles import Role

BY_TAG = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Role.HEADING),
    **dict.fromkeys(("figcaption", "caption"), Role.CAPTION),
    "li": Role.LIST_ITEM,
    "blockquote": Role.QUOTE,
}
"""What the nearest of these tags around a paragraph of a region makes of it."""


def refined(spans: list[Span], region: Region, blocks: Sequence[Block], markup: Markup) -> Iterator[Span]:
    """Give the spans of a region with the roles that tags within it make of paragraphs."""
    tables = Tables(region, markup)
    top = set(region.nodes)
    for span in spans:
        if span.role is not Role.PARAGRAPH:
            yield span
            continue
        node = blocks[span.block].node
        role, tag = (Role.CELL, "table") if tables.has(node) else _by_tag(markup, node, top)
        yield span if role is Role.PARAGRAPH else span._replace(role=role, rule=f"{span.rule}, in {tag}")


def _by_tag(markup: Markup, node: int, top: set[int]) -> tuple[Role, str]:
    for around in markup.ancestors(node):
        if around in top:
            break
        if role := BY_TAG.get(markup.tags[around]):
            return role, markup.tags[around]
    return Role.PARAGRAPH, ""


def images(region: Region, markup: Markup) -> list[int]:
    """Return the images within the elements of a region."""
    top = set(region.nodes)
    return [node for node in markup.inline if markup.tags[node] == "img" and not top.isdisjoint(markup.ancestors(node))]
