"""The body of a page with markup as Markdown, by way of markdownify; nothing else imports it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markdownify import ATX, MarkdownConverter

from copydesk.markdown.escape import as_body
from copydesk.markdown.fragment import fragment
from copydesk.values.capture import Page
from copydesk.values.document import Element

_INDENT = 4  # what the strictest engines want for a list in a list


def write_marked(elements: Sequence[Element], page: Page, base: str) -> str:
    """Return the Markdown of a body with its emphasis, links, images, lists, quotes and tables.

    What `write` makes of plain elements is the same here. ``base`` is the page's address, or empty. Raises
    ``ValueError`` for a role that makes no block.
    """
    convert = _Converter(heading_style=ATX).convert
    parts = filter(None, (part.markdown or convert(part.html) for part in fragment(elements, page, base)))
    body = "\n\n".join(parts)
    return as_body(f"{body}\n") if body else ""


class _Converter(MarkdownConverter):
    """The forms of the house; the texts of a fragment are Markdown already."""

    def escape(self, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - the signature of markdownify
        return text

    def convert_em(self, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return f"*{text}*"

    def convert_strong(self, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return f"**{text}**"

    def convert_code(self, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return f"`{text}`"

    def convert_a(self, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return f"[{text}]({el['href']})"

    def convert_img(self, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        title = f' "{el["title"]}"' if el.get("title") else ""
        return f"![{el['alt']}]({el['src']}{title})"

    def convert_blockquote(self, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        lines = (f"> {line}" if line else ">" for line in text.strip("\n").split("\n"))
        return "\n\n{}\n\n".format("\n".join(lines))

    def convert_ul(self, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """Write a list: in a tight one the items, and the list in an item, stand without blank lines."""
        text = text.strip("\n")
        return f"\n{text}\n" if "li" in parent_tags and "\n\n" not in text else f"\n\n{text}\n\n"

    convert_ol = convert_ul

    def convert_li(self, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        marker = f"{el['value']}. " if el.parent.name == "ol" else "- "
        indent = " " * max(_INDENT, len(marker))
        first, *others = text.strip("\n").split("\n")
        item = "\n".join((f"{marker}{first}", *(f"{indent}{line}" if line else "" for line in others)))
        return f"{item}\n\n" if el.p else f"{item}\n"
