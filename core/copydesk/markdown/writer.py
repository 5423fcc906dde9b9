"""The blocks of a document as the body of its Markdown file."""

from __future__ import annotations

from collections.abc import Iterable

from copydesk.markdown.escape import as_body, escape
from copydesk.values.capture import Page
from copydesk.values.document import Element
from copydesk.values.roles import Role

_MARKER = {Role.PARAGRAPH: "", Role.CAPTION: "", Role.HEADING: "## ", Role.LIST_ITEM: "- ", Role.QUOTE: "> "}
_WITHIN = {Role.LIST_ITEM: "\n", Role.QUOTE: "\n>\n"}
_BETWEEN = "\n\n"


def write(elements: Iterable[Element], page: Page | None = None, base: str = "") -> str:
    """Return the Markdown of the blocks of a page, each text folded already, with one newline at the end.

    Plain blocks take the direct way; what is marked up on an HTML page is written as such, with links relative to
    the address ``base``.
    """
    if page is not None and page.markup is not None:
        elements = tuple(elements)
        from copydesk.markdown.needs import needs_markup

        if needs_markup(elements, page):
            from copydesk.markdown.marked import write_marked

            return write_marked(elements, page, base)
    return write_plain(elements)


def write_plain(elements: Iterable[Element]) -> str:
    """Return the Markdown of blocks of plain text.

    Neighbouring list items make one tight list, neighbouring quotes one blockquote. Elements without text are left
    out; no element with text gives the empty string. Raises ``ValueError`` for a role that makes no block.
    """
    pieces: list[str] = []
    before = None
    for role, text, _, _ in elements:
        if not text:
            continue
        if before is not None:
            pieces.append(_WITHIN.get(role, _BETWEEN) if role is before else _BETWEEN)
        pieces += (_marker(role), escape(text, heading=role is Role.HEADING))
        before = role
    return as_body("".join((*pieces, "\n"))) if pieces else ""


def _marker(role: Role) -> str:
    try:
        return _MARKER[role]
    except KeyError:
        raise ValueError(f"role {role.value!r} makes no block of a body; give one of {', '.join(_MARKER)}") from None
