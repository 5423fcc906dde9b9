"""Strategies for bodies with random markup over hostile texts, and the engines that are to show them."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from hypothesis import strategies as st

from tests.consumers.engines import ENGINES
from tests.markdown.hostile import RAW

Render = Callable[[str], str]

HREFS = (
    *("http://a.example/", "/b c(d)[e]", "?a=1&copy=2&amp;", "#x", "javascript:alert(1)", "mailto:a@b.example"),
    *("//c.example/~u/$1?q='\"<>|^`\\", "http://한글.example/é%zz%41", "data:image/png;base64,AA==", "http:///x"),
    *("", "x_y*z", "http://["),
)
_WORDS = st.sampled_from(
    ("word", " ", "a b", "Kim", "한글", ".", ", ", "“a”", "1. ", "!", "http://a.example/b", "-", "é")
)
_TEXTS = st.one_of(_WORDS, _WORDS, RAW).map(lambda text: escape(text, quote=False))
_TAGS = st.sampled_from(("b", "b", "i", "em", "strong", "code", "a", "a", "s", "span"))


def _tagged(tag: str, href: str, inner: list[str]) -> str:
    said = f' href="{escape(href)}"' if tag == "a" else ""
    return f"<{tag}{said}>{''.join(inner)}</{tag}>"


def _image(alt: str, href: str) -> str:
    return f'<img alt="{escape(alt)}" title="{escape(alt)}" src="{escape(href)}">'


IMAGES = st.builds(_image, RAW, st.sampled_from(HREFS))
INLINE = st.recursive(
    st.one_of(_TEXTS, _TEXTS, _TEXTS, IMAGES, st.just("<br>")),
    lambda inner: st.builds(_tagged, _TAGS, st.sampled_from(HREFS), st.lists(inner, min_size=1, max_size=3)),
    max_leaves=6,
)
LINES = st.lists(INLINE, min_size=1, max_size=5).map("".join)


def _wrapped(tag: str) -> st.SearchStrategy[str]:
    return LINES.map(lambda line: f"<{tag}>{line}</{tag}>")


def _listed(tag: str, start: int, items: list[str]) -> str:
    inner = "".join(f"<li>{item}</li>" for item in items)
    return f'<{tag} start="{start}">{inner}</{tag}>'


def _quoted(inner: list[str]) -> str:
    return f"<blockquote>{''.join(inner)}</blockquote>"


_PARAGRAPHS = _wrapped("p")
_LISTS = st.builds(
    _listed, st.sampled_from(("ul", "ol")), st.sampled_from((1, 1, 3, 99)), st.lists(LINES, min_size=1, max_size=3)
)


def _nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    items = st.lists(st.tuples(LINES, inner).map("".join), min_size=1, max_size=3)
    return st.builds(_listed, st.sampled_from(("ul", "ol")), st.sampled_from((1, 3, 9999)), items)


_PARTS = st.one_of(_LISTS, _PARAGRAPHS, st.lists(_PARAGRAPHS, min_size=1, max_size=2).map(_quoted))
_DEEP = st.one_of(_nested(_PARTS), _nested(_nested(_PARTS)), st.lists(_LISTS, min_size=1, max_size=2).map(_quoted))


def _table(rows: list[list[str]]) -> str:
    lines = ("".join(("<tr>", *cells, "</tr>")) for cells in rows)
    return f"<table>{''.join(lines)}</table>"


_CELLS = st.one_of(_wrapped("td"), _wrapped("th"), st.just("<td></td>"))
TABLES = st.lists(st.lists(_CELLS, min_size=1, max_size=4), min_size=1, max_size=3).map(_table)

BLOCKS = st.one_of(_PARAGRAPHS, _PARAGRAPHS, _wrapped("h2"), _PARTS, _DEEP, TABLES, IMAGES)
BODIES = st.lists(BLOCKS, min_size=1, max_size=4).map("".join)
"""Little HTML of whole bodies."""


RENDERERS: dict[str, Callable[[], Render]] = {engine.name: engine.make for engine in ENGINES if engine.emphasis}
"""What makes the function of each engine."""

TABLES_KNOWN = [engine.name for engine in ENGINES if engine.emphasis and engine.tables]
"""The engines that know tables: CommonMark itself has none."""
