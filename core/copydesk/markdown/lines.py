"""Find where the places of a page went in the folded text of an element."""

from typing import NamedTuple

from copydesk.markdown.fold import fold
from copydesk.values.capture import Page
from copydesk.values.document import Element


class Line(NamedTuple):
    """The folded text of an element: where stretches of the page begin and end in it, and which spaces are breaks."""

    text: str
    begins: dict[int, int]
    ends: dict[int, int]
    breaks: list[int]


def line_of(element: Element, page: Page, cuts: set[int]) -> Line:
    """Return the line of an element, with what the page cuts at ``cuts``; nothing is known where folding glues cuts.

    An accent that stands alone behind a tag makes one letter with the one before the tag: no place is between them.
    """
    line = Line(element.text, {}, {}, [])
    at = 0
    for start, end in _pieces(element, cuts):
        piece = page.text[start:end]
        found = _found(piece, element.text, at)
        if found is None:
            return Line(element.text, {}, {}, [])
        line.begins[start], at = found
        line.ends[end] = at
        if piece == "\n" and 0 < at < len(element.text) and element.text[at - 1] == " ":
            line.breaks.append(at - 1)
    return line if at == len(element.text) else Line(element.text, {}, {}, [])


def _pieces(element: Element, cuts: set[int]) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    inner = sorted(cuts)
    at = 0
    for span in element.spans:
        points = [span.start]
        while at < len(inner) and inner[at] < span.end:
            if inner[at] > points[-1]:
                points.append(inner[at])
            at += 1
        pieces += zip(points, (*points[1:], span.end), strict=True)
    return pieces


def _found(piece: str, text: str, at: int) -> tuple[int, int] | None:
    """Return where a piece of the page begins and ends in the folded text, from ``at`` on; None if it isn't there."""
    folded = fold(f".{piece}.")[1:-1]  # the full stops keep the white space at its ends
    if at == 0:
        folded = folded.lstrip()
    for said, skipped in ((folded, 0), (folded[1:], 0) if folded[:1] == " " else (folded, 1)):
        if text.startswith(said, at + skipped) and (not skipped or text[at : at + 1] == " "):
            return at + skipped, at + skipped + len(said)
    at_the_end = len(text) - at <= len(folded) and text[at:] in (folded.rstrip(), folded.strip())
    return (at, len(text)) if at_the_end else None
