"""Texts that look like markup: the corpus of one case a line, and strategies that mix their alphabet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hypothesis import strategies as st

from copydesk.markdown.fold import fold
from copydesk.values.document import Element
from copydesk.values.roles import Role

ROLES = (Role.PARAGRAPH, Role.HEADING, Role.LIST_ITEM, Role.QUOTE, Role.CAPTION)


def _cases() -> Iterator[tuple[str, str]]:
    construct = ""
    for line in Path(__file__).with_name("hostile.txt").read_text(encoding="utf-8").split("\n"):
        if line.startswith("@@ "):
            construct = line.removeprefix("@@ ")
        elif line:
            yield construct, line


CASES = tuple(_cases())
"""Construct and text of each case."""

_PUNCTUATION = tuple("\\`*_[]{}()<>|^&~$=%+#@:;!?-.,'\"/ ")
_STARTS = ("- ", "-0- ", "1. ", "12) ", "(a) ", "iv. ", "A. ", "# ", "> ", ": ", "::: ", "!!! ", "???", "(@) ", "[x] ")
_WORDS = (
    "a",
    "B",
    "7",
    "word",
    "www.",
    "http://",
    "https://a.example/",
    "a@b.example",
    "&amp;",
    "&#65;",
    "&copy",
    "%41",
)
_TEMPLATES = (
    "{{",
    "}}",
    "{%",
    "%}",
    "{{<",
    "[[",
    "]]",
    "[^1]",
    "\\(",
    "\\)",
    "$$",
    "~~",
    "==",
    "++",
    "<b>",
    "<!--",
    "-->",
)
_SCRIPTS = (
    "한글",
    "조선",
    "é",
    "e\u0301",
    "\u0338",
    "日本",
    "１",
    "😀",
    "𝒜",
    "\u200b",
    "\xad",
    "\u3000",
    "“",
    "’",
    "–",
    "—",
)

PIECES = _PUNCTUATION + _STARTS + _WORDS + _TEMPLATES + _SCRIPTS
"""What hostile texts are put together from."""

_mixed = st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join)
_cases_and_more = st.tuples(st.sampled_from([text for _, text in CASES]), st.sampled_from(("", " ", "a")), _mixed)

RAW = st.one_of(_mixed, _cases_and_more.map("".join), st.text(max_size=30))
"""Texts as they may stand on a page."""

LINES = RAW.map(fold).filter(bool)
"""Folded texts."""

ELEMENTS = st.builds(Element, st.sampled_from(ROLES), LINES, st.just(()))
