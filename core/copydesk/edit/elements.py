"""Elements: put the blocks of the body together from their spans."""

from __future__ import annotations

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
    return title, tuple(body)


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
