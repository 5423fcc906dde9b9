"""The account as rows: each line of a capture with its place, its role and the rule that gave it."""

from __future__ import annotations

from typing import Any, NamedTuple

from copydesk.values.document import Account, Element
from copydesk.values.reading import Reading, Span
from copydesk.values.roles import Role


class Row(NamedTuple):
    """One span: line and column (from 1) in the capture, role, rule, and the text as it stands there.

    ``path`` is the XPath of its element on an HTML page, and empty for a text capture.
    """

    line: int
    column: int
    role: str
    rule: str
    text: str
    path: str = ""


def rows(reading: Reading) -> list[Row]:
    """Return a row for each span of a reading, in reading order."""
    markup = reading.page.markup
    positions = markup.positions() if markup else []
    return [_row(reading, span, positions) for span in reading.spans]


def _row(reading: Reading, span: Span, positions: list[int]) -> Row:
    line, column = reading.page.place(span.start)
    node, markup = reading.page.blocks[span.block].node, reading.page.markup
    path = markup.path(node, positions) if markup and node >= 0 else ""
    return Row(line, column, span.role.value, span.rule, reading.text(span), path)


def changes(reading: Reading, elements: tuple[Element, ...]) -> list[dict[str, Any]]:
    """Return what the body has otherwise than the capture: joined blocks, slips and folded white space.

    With the places of the spans, each change can be undone.
    """
    found: list[dict[str, Any]] = []
    for number, element in enumerate(elements, 1):
        if not element.spans:  # an image
            continue
        for span in element.spans:
            if span.role is Role.CONTINUED:
                line, column = reading.page.place(span.start)
                found.append({"block": number, "change": "joined", "line": line, "column": column})
        if (raw := _raw(reading, element)) != element.text:
            found.append({"block": number, "change": "folded", "line": reading.page.place(element.spans[0].start)[0],
                          "from": raw, "to": element.text})  # fmt: skip
    for slip in reading.of(Role.SLIP):
        line, column = reading.page.place(slip.start)
        found.append({"change": "slip", "line": line, "column": column, "from": reading.text(slip), "to": ""})
    return found


def _raw(reading: Reading, element: Element) -> str:
    """Return the text of an element as it stands in the capture, its blocks parted by one space."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for span in element.spans:
        first.setdefault(span.block, span.start)
        last[span.block] = span.end
    return " ".join(reading.page.text[first[block] : last[block]] for block in first)


def as_json(account: Account, elements: tuple[Element, ...]) -> dict[str, Any]:
    """Return the whole account in the types of JSON."""
    reading = account.reading
    return {
        "layout": account.layout,
        "source": account.source,
        "encoding": reading.page.encoding,
        "spans": [row._asdict() for row in rows(reading)],
        "notes": [_note(reading, note) for note in reading.notes],
        "related": [{"title": item.title, "date": item.date, "teaser": item.teaser,
                     "line": reading.page.place(item.start)[0]} for item in account.related],
        "blocks": [{"role": element.role.value, "text": element.text,
                    "places": [reading.page.place(span.start) for span in element.spans]}
                   for element in elements if element.spans],
        "images": _images(reading),
        "changes": changes(reading, elements),
        "diagnostics": [found._asdict() for found in account.diagnostics],
    }  # fmt: skip


def _images(reading: Reading) -> list[dict[str, Any]]:
    """Return the images of the article: address, text in their place, and path."""
    markup = reading.page.markup
    if markup is None or not reading.images:
        return []
    positions = markup.positions()
    return [{"src": markup.attribute(node, "src"), "alt": markup.attribute(node, "alt"),
             "path": markup.path(node, positions)} for node in reading.images]  # fmt: skip


def _note(reading: Reading, note: Any) -> dict[str, Any]:
    said = {"key": note.key, "value": note.value, "rule": note.rule}
    if note.start < 0:
        return said
    line, column = reading.page.place(note.start)
    return said | {"line": line, "column": column}
