"""Elements: put the blocks of the body together from their spans."""

from __future__ import annotations

from bisect import bisect_right

from copydesk.markdown.fold import fold
from copydesk.values.document import Element
from copydesk.values.reading import Reading, Span
from copydesk.values.roles import EDITABLE, Role


def elements_of(reading: Reading) -> tuple[str, tuple[Element, ...]]:
    """Return the title (empty if there is none) and the blocks of the body, white space folded.

    A block that folds to nothing is left out, and so is a title that is printed again.
    """
    title, body = "", []
    for spans, texts in _runs(reading):
        element = _element(spans, texts)
        if element.role is Role.TITLE:
            title = title or element.text
        elif element.text:
            body.append(element)
    return title, tuple(_with_images(body, reading) if reading.images else body)


def _with_images(body: list[Element], reading: Reading) -> list[Element]:
    """Put each image that stands in no block of the body where it stands on the page, as an element of its own."""
    starts = [element.spans[0].start for element in body]
    before: dict[int, list[Element]] = {}
    for node in reading.images:
        at = bisect_right(starts, _place(node, reading))
        if not (at and _is_inside(node, body[at - 1], reading)):
            before.setdefault(_index(node, starts, at, reading), []).append(Element(Role.IMAGE, "", (), node))
    return [one for at, element in enumerate((*body, None)) for one in (*before.get(at, ()), element) if one]


def _place(node: int, reading: Reading) -> int:
    assert reading.page.markup is not None
    return reading.page.markup.starts[node]


def _is_inside(node: int, element: Element, reading: Reading) -> bool:
    """Tell whether an image stands within a block; one right before it has the place of its first character."""
    markup, block = reading.page.markup, reading.page.blocks[element.spans[0].block]
    assert markup is not None
    return markup.starts[node] <= element.spans[-1].end and block.node in markup.ancestors(node)


def _index(node: int, starts: list[int], at: int, reading: Reading) -> int:
    """Return the number of the element before which an image stands."""
    return at - 1 if at and starts[at - 1] == _place(node, reading) else at


def _runs(reading: Reading) -> list[tuple[list[Span], list[str]]]:
    """Gather the spans of each element, and their text with a space before it, or nothing behind a slip."""
    runs: list[tuple[list[Span], list[str]]] = []
    page = reading.page.text
    glued = -1  # up to here stands text of an element, or a slip behind one
    for span in reading.spans:
        if span.role is Role.SLIP:
            glued = span.end if span.start == glued else -1
        if span.role not in EDITABLE:
            continue
        text = page[span.start : span.end]
        if runs and _goes_on(runs[-1][0][-1], span):
            runs[-1][0].append(span)
            runs[-1][1].append(text if span.start == glued else f" {text}")
        else:
            runs.append(([span], [text]))
        glued = span.end
    return runs


def _goes_on(before: Span, span: Span) -> bool:
    """Tell whether a span belongs to the element before it: it says so, or a cut in their block parts them."""
    if span.role is Role.CONTINUED:
        return before.role is not Role.TITLE
    return span.block == before.block and before.role in (span.role, Role.CONTINUED)


def _element(spans: list[Span], texts: list[str]) -> Element:
    role = Role.PARAGRAPH if spans[0].role is Role.CONTINUED else spans[0].role
    return Element(role, fold("".join(texts)), tuple(spans))
