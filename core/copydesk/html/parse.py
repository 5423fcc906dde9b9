"""Parse a decoded page with lxml: without network or entities of its own, bounded in size."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from copydesk.errors import Rejection

MAX_CHARACTERS = 4 * 1024 * 1024
"""A longer HTML page is refused: its tree takes fifty times as much memory, and an article is a hundredth of it."""


MAX_ATTRIBUTES = 4000
"""A tag with more attributes is refused: the parser compares each with all before it, which takes long for more."""

_ATTRIBUTE = r"""[\s/]*+[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']*+))?+"""
_MANY = rf"<[a-zA-Z](?:{_ATTRIBUTE}){{{MAX_ATTRIBUTES + 1}}}"


def parse(text: str) -> Iterator[etree._Element]:
    """Return the roots of a page in order: what stands behind `</html>` is another root.

    Raises Rejection `too-large`, and `empty` for a page without an element.
    """
    if len(text) > MAX_CHARACTERS:
        raise Rejection("too-large", f"the page has {len(text)} characters; the limit of an HTML page is "
                        f"{MAX_CHARACTERS}", remedy="split it, or leave it out: an article's page is far smaller")
    if _may_have_many(text) and (found := re.search(_MANY, text)):
        raise Rejection("too-large", f"line {text.count(chr(10), 0, found.start()) + 1}: a tag has more than "
                        f"{MAX_ATTRIBUTES} attributes", remedy="this is no page of an article; if it is, mend the tag")
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


def _may_have_many(text: str) -> bool:
    """Tell fast that no tag can have many attributes, as on nearly every page.

    Each takes two characters, so that many in one tag leave out the `>` for as long, or have as many values.
    """
    windows = range(0, len(text) - MAX_ATTRIBUTES, MAX_ATTRIBUTES)
    return text.count("=") > MAX_ATTRIBUTES or any(text.find(">", at, at + MAX_ATTRIBUTES) < 0 for at in windows)
