"""What a page says of itself where nobody sees it: its head, its metadata and its JSON-LD, as notes with places.

The keys are `meta_title`, `meta_published` (an ISO day), `meta_url`, `meta_lang` and `meta_author`. They are
evidence: what a page shows counts before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from copydesk.values.markup import Markup

TITLE, PUBLISHED, URL, LANG, AUTHOR = "meta_title", "meta_published", "meta_url", "meta_lang", "meta_author"

PROPERTIES = {
    "og:title": TITLE,
    "og:url": URL,
    "og:locale": LANG,
    "article:published_time": PUBLISHED,
    "article:author": AUTHOR,
}
"""Names of `meta` that are read, after the Open Graph protocol; all others are no evidence of an article."""

LINKED = {"headline": TITLE, "datePublished": PUBLISHED, "url": URL, "mainEntityOfPage": URL, "inLanguage": LANG,
          "author": AUTHOR}  # fmt: skip
"""Properties of schema.org that are read, of an article or of the page that is about one."""

ARTICLES = frozenset(("Article", "NewsArticle", "ReportageNewsArticle", "BlogPosting", "WebPage"))

MOST = 1000
"""A value longer than this many characters says nothing that could be tried against an article."""

LONGEST_JSON = 200_000
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]|\Z)")

Said = tuple[int, str, str, str]
"""The element that says it, key, value, and what it is called on the page."""


def said(markup: Markup, hidden: Mapping[int, str], nodes: Iterable[int]) -> Iterator[Said]:
    """Give what these elements of a page say of it; ``hidden`` has the texts of its titles and JSON-LD by element."""
    for node in nodes:
        tag = markup.tags[node]
        if tag in _READERS:
            for key, value, name in _READERS[tag](markup, node, hidden.get(node, "")):
                value = " ".join(value.split())
                if key == PUBLISHED:
                    value = day(value)
                if value and len(value) <= MOST:
                    yield node, key, value, name


def day(value: str) -> str:
    """Return the day of an ISO date or time as it is written, whatever the time zone; empty for what is no day."""
    from datetime import date

    found = _DAY.match(value)
    try:
        return date.fromisoformat(found[1]).isoformat() if found else ""
    except ValueError:
        return ""


_Values = Iterator[tuple[str, str, str]]


def _html(markup: Markup, node: int, _: str) -> _Values:
    yield LANG, markup.attribute(node, "lang"), "html lang"


def _title(markup: Markup, node: int, text: str) -> _Values:
    if markup.parents[node] >= 0 and markup.tags[markup.parents[node]] == "head":
        yield TITLE, text, "title"


def _meta(markup: Markup, node: int, _: str) -> _Values:
    for attribute in ("property", "name"):
        name = markup.attribute(node, attribute).strip().lower()
        if key := PROPERTIES.get(name):
            yield key, markup.attribute(node, "content"), name
            return


def _link(markup: Markup, node: int, _: str) -> _Values:
    if "canonical" in markup.attribute(node, "rel").lower().split():
        yield URL, markup.attribute(node, "href"), "link canonical"


def _script(_: Markup, __: int, text: str) -> _Values:
    if not text or len(text) > LONGEST_JSON:
        return
    import json

    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    for thing in _things(data):
        for name, key in LINKED.items():
            yield key, _text(thing.get(name), *(("@id", "url") if key == URL else ("name", "@id"))), f"JSON-LD {name}"


def _things(data: Any) -> Iterator[dict[str, Any]]:
    """Give the articles and pages of a JSON-LD document: itself, its list, or its graph."""
    waiting = [data]
    while waiting:
        thing = waiting.pop(0)
        if isinstance(thing, list):
            waiting += thing[:100]
        elif isinstance(thing, dict):
            waiting += [thing["@graph"]] if isinstance(thing.get("@graph"), list) else []
            kinds = thing.get("@type")
            if not ARTICLES.isdisjoint(kind for kind in (kinds if isinstance(kinds, list) else [kinds])
                                       if isinstance(kind, str)):  # fmt: skip
                yield thing


def _text(value: Any, *names: str) -> str:
    """Return a value as a text: of a thing the first of these properties, of several things the first."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = next((value[name] for name in names if value.get(name)), "")
    return value if isinstance(value, str) else ""


_READERS = {"html": _html, "title": _title, "meta": _meta, "link": _link, "script": _script}
