"""Parse a decoded page with lxml: without network or entities of its own, bounded in size."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from copydesk.errors import Rejection

MAX_CHARACTERS = 4 * 1024 * 1024
"""A longer HTML page is refused: its tree takes fifty times as much memory, and an article is a hundredth of it."""


def parse(text: str) -> Iterator[etree._Element]:
    """Return the roots of a page in order: what stands behind `</html>` is another root.

    Raises Rejection `too-large`, and `empty` for a page without an element.
    """
    if len(text) > MAX_CHARACTERS:
        raise Rejection("too-large", f"the page has {len(text)} characters; the limit of an HTML page is "
                        f"{MAX_CHARACTERS}", remedy="split it, or leave it out: an article's page is far smaller")
    # Without huge_tree the parser drops, in silence, all that lies deeper than 256 elements.
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as problem:
        raise Rejection("empty", f"the page has no element that can be read: {problem}",
                        remedy="capture the page again") from None
    if root is None:
        raise Rejection("empty", "the page has no element", remedy="capture the page again")
    return iter((root, *root.itersiblings()))
