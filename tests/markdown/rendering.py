"""What a reader sees of Markdown: the kind and the text of each block, as markdown-it-py renders it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from copydesk.values.roles import Role

Block = tuple[str, str]

KINDS = {
    Role.PARAGRAPH: "paragraph",
    Role.CAPTION: "paragraph",
    Role.HEADING: "heading h2",
    Role.LIST_ITEM: "list_item",
    Role.QUOTE: "quote",
}
"""What the writer makes of each role."""

_CONTAINERS = {"list_item_open": "list_item", "blockquote_open": "quote"}
_STRUCTURE = {"bullet_list_open", "bullet_list_close", "paragraph_close", "heading_close"}


def engines() -> dict[str, MarkdownIt]:
    """Return each configuration by its name; linkify takes part where linkify-it-py is installed."""
    linkify: dict[str, Any] = {"linkify": find_spec("linkify_it") is not None}
    return {
        "commonmark": MarkdownIt("commonmark"),
        "commonmark with tables and strikethrough": MarkdownIt("commonmark").enable(["table", "strikethrough"]),
        "gfm-like": MarkdownIt("gfm-like", linkify),
        "all rules": MarkdownIt("default", {"html": True, **linkify}),
    }


def blocks(engine: MarkdownIt, markdown: str) -> list[Block]:
    """Return kind and visible text of each block; what no writer wrote has the name of its token as its kind."""
    return list(_blocks(engine.parse(markdown)))


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    kinds: list[str] = []
    for token in tokens:
        if token.type in _CONTAINERS:
            kinds.append(_CONTAINERS[token.type])
        elif token.type in ("list_item_close", "blockquote_close"):
            kinds.pop()
        elif token.type == "heading_open":
            kinds.append(f"heading {token.tag}")
        elif token.type == "inline":
            yield " in ".join(kinds) or "paragraph", _visible(token)
            kinds = [kind for kind in kinds if not kind.startswith("heading")]
        elif token.type not in (*_STRUCTURE, "paragraph_open"):
            yield token.type, token.content


def _visible(inline: Token) -> str:
    return "".join(_piece(token) for token in inline.children or ())


def _piece(token: Token) -> str:
    if token.type in ("text", "text_special"):
        return token.content
    return "" if token.type in ("link_open", "link_close") else f"<{token.type} {token.content}>"
