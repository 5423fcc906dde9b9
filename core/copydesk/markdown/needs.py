"""Tell whether the body of a page has markup, so that plain articles never load what writes it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from copydesk.values.capture import Page
from copydesk.values.document import Element
from copydesk.values.markup import Markup
from copydesk.values.reading import Span
from copydesk.values.roles import Role

_BUILT = frozenset((Role.CELL, Role.IMAGE))
_HELD = frozenset((Role.LIST_ITEM, Role.QUOTE))
_HOLDERS = frozenset(("li", "blockquote"))
_MEANINGLESS = frozenset(("del", "s", "strike"))


def needs_markup(elements: Sequence[Element], page: Page) -> bool:
    """Tell whether the body has emphasis, links, images, line breaks, tables or lists and quotes that are tags."""
    markup = page.markup
    if markup is None:
        return False
    if any(element.role in _BUILT or _is_held(element, page, markup) for element in elements):
        return True
    spans = [span for element in elements for span in element.spans]
    return any(page.text.find("\n", span.start, span.end) >= 0 for span in spans) or _is_marked(spans, markup)


def _is_held(element: Element, page: Page, markup: Markup) -> bool:
    if element.role not in _HELD or not element.spans:
        return False
    node = page.blocks[element.spans[0].block].node
    return any(markup.tags[n] in _HOLDERS for n in markup.ancestors(node))


def _is_marked(spans: list[Span], markup: Markup) -> bool:
    """Tell whether an element that marks up text shares a character with the spans, or stands in them without any."""
    if not spans:
        return False
    spans.sort()
    starts = [span.start for span in spans]
    last = bisect_right(markup.inline, spans[-1].end, key=markup.starts.__getitem__)
    for node in markup.inline[:last]:
        start, end = markup.starts[node], markup.ends[node]
        if end < starts[0] or markup.tags[node] in _MEANINGLESS:
            continue
        at = (bisect_right(starts, start) if start == end else bisect_left(starts, end)) - 1
        if at >= 0 and (spans[at].end > start or (start == end == spans[at].end)):
            return True
    return False
