"""Elements: put the blocks of the body together from their spans."""

from __future__ import annotations

from copydesk.markdown.fold import fold
from copydesk.values.capture import Page
from copydesk.values.document import Element
from copydesk.values.reading import Reading, Span
from copydesk.values.roles import BODY, Role


def body_of(reading: Reading) -> tuple[Element, ...]:
    """Return the blocks of the body, white space folded; a block that folds to nothing is left out."""
    return tuple(element for element in _elements(reading, BODY) if element.text)


def title_of(reading: Reading) -> str:
    """Return the title as printed, white space folded, or the empty string."""
    return next((element.text for element in _elements(reading, frozenset((Role.TITLE,)))), "")


def _elements(reading: Reading, roles: frozenset[Role]) -> list[Element]:
    """Gather the spans of each element, with what stands before each: nothing behind a slip, else a space."""
    runs: list[tuple[list[Span], list[str]]] = []
    glued = -1  # up to here stands text of an element, or a slip behind one
    for span in reading.spans:
        if span.role is Role.SLIP:
            glued = span.end if span.start == glued else -1
        if span.role not in roles:
            continue
        if runs and _goes_on(runs[-1][0][-1], span):
            runs[-1][0].append(span)
            runs[-1][1].append(("" if span.start == glued else " ") + reading.text(span))
        else:
            runs.append(([span], [reading.text(span)]))
        glued = span.end
    return [_element(spans, texts) for spans, texts in runs]


def _goes_on(before: Span, span: Span) -> bool:
    """Tell whether a span belongs to the element before it: it says so, or a cut in their block parts them."""
    return span.role is Role.CONTINUED or (span.block == before.block and before.role in (span.role, Role.CONTINUED))


def _element(spans: list[Span], texts: list[str]) -> Element:
    role = Role.PARAGRAPH if spans[0].role is Role.CONTINUED else spans[0].role
    return Element(role, fold("".join(texts)), tuple(spans))


def visible(page: Page, spans: tuple[Span, ...]) -> str:
    """Return the visible characters of spans, without any white space: what the laws compare."""
    return "".join("".join(page.text[span.start : span.end].split()) for span in spans)
