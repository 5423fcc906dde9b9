"""Elements: put the blocks of the body together from their spans."""

from __future__ import annotations

from itertools import pairwise

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
    runs: list[list[Span]] = []
    for span in reading.spans:
        if span.role not in roles:
            continue
        if runs and _goes_on(runs[-1][-1], span):
            runs[-1].append(span)
        else:
            runs.append([span])
    return [_element(reading, run) for run in runs]


def _goes_on(before: Span, span: Span) -> bool:
    """Tell whether a span belongs to the element before it: it says so, or a cut in their block parts them."""
    return span.role is Role.CONTINUED or (span.block == before.block and before.role in (span.role, Role.CONTINUED))


def _element(reading: Reading, run: list[Span]) -> Element:
    role = Role.PARAGRAPH if run[0].role is Role.CONTINUED else run[0].role
    text = reading.text(run[0])
    for before, span in pairwise(run):
        joint = "" if before.block == span.block and _all_slips(reading, before, span) else " "
        text += joint + reading.text(span)
    return Element(role, fold(text), tuple(run))


def _all_slips(reading: Reading, before: Span, span: Span) -> bool:
    """Tell whether nothing but slips stands between two spans of one block."""
    at = before.end
    for slip in reading.of(Role.SLIP):
        if at <= slip.start < span.start:
            at = slip.end if slip.start == at else -1
    return at == span.start


def visible(page: Page, spans: tuple[Span, ...]) -> str:
    """Return the visible characters of spans, without any white space: what the laws compare."""
    return "".join("".join(page.text[span.start : span.end].split()) for span in spans)
