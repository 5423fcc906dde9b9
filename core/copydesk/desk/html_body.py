"""What the tags within the body of an HTML page make of its paragraphs, and its images."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set

from copydesk.desk.regions import Region
from copydesk.desk.tables import Tables
from copydesk.values.capture import Block
from copydesk.values.markup import Markup
from copydesk.values.reading import Span
from copydesk.values.roles import BODY, Role

BY_TAG = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Role.HEADING),
    **dict.fromkeys(("figcaption", "caption"), Role.CAPTION),
    "li": Role.LIST_ITEM,
    "blockquote": Role.QUOTE,
}
"""What the nearest of these tags around a paragraph of a region makes of it."""


NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

AMONG = BODY | {Role.TITLE}
"""What may stand beside an image of the article."""


def refined(spans: list[Span], region: Region, blocks: Sequence[Block], markup: Markup) -> Iterator[Span]:
    """Give the spans of a region with the roles that tags within it make of paragraphs."""
    tables = Tables(region, markup)
    top = set(region.nodes)
    for span in spans:
        if span.role is not Role.PARAGRAPH:
            yield span
            continue
        node = blocks[span.block].node
        if is_hidden(markup, node, top):
            yield span._replace(role=Role.FURNITURE, rule=f"{span.rule}, hidden by the page")
            continue
        role, tag = (Role.CELL, "table") if tables.has(node) else _by_tag(markup, node, top)
        yield span if role is Role.PARAGRAPH else span._replace(role=role, rule=f"{span.rule}, in {tag}")


def is_hidden(markup: Markup, node: int, top: Set[int]) -> bool:
    """Tell whether a browser would not show an element: it or one around it in the region says so in its own tag."""
    for around in markup.ancestors(node):
        if around in top:
            return False
        if any(name == "hidden" or (name == "style" and NOT_SHOWN.search(value))
               for name, value in markup.attributes[around]):  # fmt: skip
            return True
    return False


def _by_tag(markup: Markup, node: int, top: set[int]) -> tuple[Role, str]:
    for around in markup.ancestors(node):
        if role := BY_TAG.get(markup.tags[around]):
            return role, markup.tags[around]
        if around in top:
            break
    return Role.PARAGRAPH, ""


def images(region: Region, spans: Sequence[Span], markup: Markup, owners: Mapping[int, Region]) -> list[int]:
    """Return the images of a region that stand among its body: with nothing else right before or behind them.

    ``owners`` has the region of each element that a selector found; the nearest one around an image is its own.
    """
    starts, top = [span.start for span in spans], set(region.nodes)
    found = []
    for node in markup.inline:
        if markup.tags[node] == "img" and _owner(node, markup, owners) is region and not is_hidden(markup, node, top):
            at = bisect_right(starts, markup.starts[node])
            if all(span.role in AMONG for span in spans[max(at - 1, 0) : at + 1]):
                found.append(node)
    return found


def _owner(node: int, markup: Markup, owners: Mapping[int, Region]) -> Region | None:
    return next((owners[around] for around in markup.ancestors(node) if around in owners), None)
