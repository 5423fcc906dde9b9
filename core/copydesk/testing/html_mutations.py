"""Pages of HTML that went wrong on the way: in their tags, in their encoding, in their bytes."""

from __future__ import annotations

import re
from collections.abc import Callable

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from copydesk.testing.html_hostile import hostile_families

__all__ = ["ACCIDENTS", "MUTATIONS", "hostile_families", "html_mutations", "mutated"]

TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
NESTS = ("div", "b", "a", "table><tr><td", "ul><li", "font", "span", "em", "nobr", "blockquote", "p", "h1", "button")
DEPTHS = (50, 249, 300, 1_000, 10_000)
POISON = (
    '"><script>alert(1)</script>',
    "' onclick='",
    "</p></div>",
    "<!--",
    "&quot;&lt;b&gt;",
    "javascript:alert(1)",
    "a\nb\tc",
    "\x00",
    "x" * 10_240,
    "한글 “quoted”",
)
ENTITIES = (
    "&bogus;", "&#0;", "&#x110000;", "&#xD800;", "&#xDFFF;", "&#128;", "&#xFFFE;", "&#99999999999999999999;", "&#;",
    "&#x;", "&amp", "&ampamp;", "&nbsp", "&lt;b&gt;", "&#13;", "&#x202E;", "&zwj;", "&shy;", "&notin", "&",
)  # fmt: skip
CHARSETS = ("euc-kr", "shift_jis", "cp1252", "iso-2022-jp", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "latin-1")
"""Encodings that a page may really be in; what they have no sign for is written as a character reference."""
WRONG = ("euc-kr", "shift_jis", "windows-1252", "utf-16", "utf-7", "us-ascii", "x-user-defined", "bogus", "", "utf-8 ")
"""Encodings that a page may claim to be in; some of them do not exist."""
ODD = (
    "\x00", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\u00a0", "\u00ad", "\u200b", "\u2028", "\u202e", "\ufeff",
    "\ufffe", "<", ">", "</", "<!", "<?xml version='1.0'?>", "<?php echo '</p>' ?>", "]]>", "</br>", "<p/>",
    "<br/><br/>", "< p>", "<a<b>", "<p p p=p p=q>", "</p></p></p>", "<i><b></i></b>", "<option>", "<col>",
    "<td>", "<image>", "<isindex>", "<title>Second</title>", "<h1></h1>", "<base href='//'>",
    "<meta charset=utf-16>", "<math><mi>x</mi></math>", "<svg><title>x</title><p>y</svg>",
    "<noembed></noembed>", "<o:p></o:p>", "<x-y>z</x-y>", "<plaintext>",
)  # fmt: skip
"""What gets into a page by accident: controls, invisible characters, half tags, tags where none may stand."""
UNCLOSED = ("<!--", "<script>", "<style>", "<textarea>", "<title>", "<select>", "<![CDATA[", "<a href='", "<table>",
            "<iframe>", "<xmp>", "<template>", "<svg>", "<pre>", "<noscript>")  # fmt: skip
WRAPS = (
    ("<table><tr><td>", "</td></tr></table>"),
    ("<table>", "</table>"),
    ("<table><tr>", "</table>"),
    ("<![CDATA[", "]]>"),
    ("<!--", "-->"),
    ("<p>", "</p>"),
    ("<a href='#'>", "</a>"),
    ("<pre>", "</pre>"),
    ("<noscript>", "</noscript>"),
    ("<select><option>", "</select>"),
    ("<button>", "</button>"),
    ("<form><form>", "</form>"),
    ("<div hidden style='display:none'>", "</div>"),
)
"""What may stand around anything at all, whole elements or not."""


def _place(draw: DrawFn, page: str) -> int:
    return draw(st.integers(0, len(page)))


def _tag(draw: DrawFn, page: str, pattern: re.Pattern[str] = TAG) -> re.Match[str] | None:
    found = list(pattern.finditer(page))
    return found[draw(st.integers(0, len(found) - 1))] if found else None


def _put(page: str, at: int, text: str, *, until: int = -1) -> str:
    return page[:at] + text + page[at if until < 0 else until :]


def _inserts(*texts: str) -> Callable[[DrawFn, str], str]:
    return lambda draw, page: _put(page, _place(draw, page), draw(st.sampled_from(texts)))


def _dropped(pattern: str) -> Callable[[DrawFn, str], str]:
    """Give the accident that one match of a pattern is lost."""
    compiled = re.compile(pattern)

    def drop(draw: DrawFn, page: str) -> str:
        tag = _tag(draw, page, compiled)
        return _put(page, tag.start(), "", until=tag.end()) if tag else page

    return drop


def _swapped(draw: DrawFn, page: str) -> str:
    one, other = _tag(draw, page), _tag(draw, page)
    if one is None or other is None or one.start() >= other.start():
        return page
    return page[: one.start()] + other[0] + page[one.end() : other.start()] + one[0] + page[other.end() :]


def _doubled(draw: DrawFn, page: str) -> str:
    tag = _tag(draw, page)
    return _put(page, tag.end(), tag[0]) if tag else page


def _half_a_tag(draw: DrawFn, page: str) -> str:
    tag = _tag(draw, page)
    return _put(page, tag.end() - 1, "", until=tag.end()) if tag else page


def _nested(draw: DrawFn, page: str) -> str:
    """Put a deep nest somewhere, around nothing or around all that follows, closed or not."""
    tags, depth = draw(st.sampled_from(NESTS)), draw(st.sampled_from(DEPTHS))
    closing = "".join(f"</{tag}>" for tag in reversed(tags.split("><"))) * depth if draw(st.booleans()) else ""
    at = _place(draw, page)
    end = _place(draw, page) if draw(st.booleans()) else at
    at, end = min(at, end), max(at, end)
    return page[:at] + f"<{tags}>" * depth + page[at:end] + closing + page[end:]


def _poisoned(draw: DrawFn, page: str) -> str:
    """Give a tag one more attribute, quoted well, badly or not at all."""
    tag = _tag(draw, page, re.compile(r"<[a-zA-Z][^<>]*>"))
    if tag is None:
        return page
    name = draw(st.sampled_from(("class", "id", "href", "style", "title", "onclick", "x" * 300, "=", "<")))
    quote = draw(st.sampled_from(('"', "'", "", '"="')))
    return _put(page, tag.end() - 1, f" {name}={quote}{draw(st.sampled_from(POISON))}{quote}")


def _wrapped(draw: DrawFn, page: str) -> str:
    before, behind = draw(st.sampled_from(WRAPS))
    at, end = sorted((_place(draw, page), _place(draw, page)))
    return page[:at] + before + page[at:end] + behind + page[end:]


def _moved(draw: DrawFn, page: str) -> str:
    at, end = sorted((_place(draw, page), _place(draw, page)))
    return page[end:] + page[at:end] + page[:at]


def _declared(draw: DrawFn, page: str) -> str:
    """Have the page claim an encoding, before or behind what it claimed so far."""
    said = f"<meta charset='{draw(st.sampled_from(WRONG))}'>"
    return page.replace("</head>", said + "</head>", 1) if draw(st.booleans()) else said + page


MUTATIONS: dict[str, Callable[[DrawFn, str], str]] = {
    "insert": _inserts(*ODD),
    "entity": _inserts(*ENTITIES),
    "leave open": _inserts(*UNCLOSED),
    "drop a tag": _dropped(r"</?[a-zA-Z][^<>]*>"),
    "drop an end tag": _dropped(r"</[a-zA-Z][^<>]*>"),
    "drop a closing quote": _dropped(r"(?<=\w)[\"'](?=[ >])"),
    "drop a class": _dropped(r" class=[\"'][^\"'<>]*[\"']"),
    "swap two tags": _swapped,
    "double a tag": _doubled,
    "half a tag": _half_a_tag,
    "nest": _nested,
    "poison": _poisoned,
    "wrap": _wrapped,
    "move": _moved,
    "declare": _declared,
    "end early": _inserts("</html>", "</body>", "</body></html>", "</head>"),
    "second body": _inserts("<body class='second'>", "<html><body>", "<head><title>Second</title></head>"),
    "frameset": _inserts("<frameset rows='1,2'><frame src='a'></frameset>", "<noframes>", "<frameset>"),
    "cut": lambda draw, page: page[: _place(draw, page)],
    "no doctype": lambda _, page: page.replace("<!DOCTYPE", "<!", 1),
    "upper case": lambda _, page: re.sub(r"</?[a-z]\w*", lambda tag: tag[0].upper(), page),
    "CR": lambda draw, page: page.replace("\n", draw(st.sampled_from(("\r\n", "\r")))),
}
"""What can happen to a page before it is written down, by name."""


def _cut_bytes(draw: DrawFn, data: bytes) -> bytes:
    return data[: draw(st.integers(0, len(data)))]


ODD_BYTES = (b"\x00", b"\xff", b"\xc3", b"\xe2\x80", b"\xed\xa0\x80", b"\x1a", b"\x1b$B")


def _odd_byte(draw: DrawFn, data: bytes) -> bytes:
    at = draw(st.integers(0, len(data)))
    return data[:at] + draw(st.sampled_from(ODD_BYTES)) + data[at:]


ACCIDENTS: dict[str, Callable[[DrawFn, bytes], bytes]] = {
    "whole": lambda _, data: data,
    "BOM": lambda _, data: b"\xef\xbb\xbf" + data,
    "cut": _cut_bytes,
    "odd byte": _odd_byte,
}
"""What can happen to the bytes of a page, by name."""


@st.composite
def html_mutations(draw: DrawFn, page: str, *, most: int = 4) -> bytes:
    """Draw the bytes of a page after accidents in its tags, in its encoding and in its bytes; they may be none."""
    for name in draw(st.lists(st.sampled_from(sorted(MUTATIONS)), min_size=1, max_size=most)):
        page = MUTATIONS[name](draw, page)
    charset = draw(st.one_of(st.just("utf-8"), st.sampled_from(CHARSETS)))
    data = page.encode("utf-8" if charset == "utf-8" else charset, "xmlcharrefreplace")
    return ACCIDENTS[draw(st.sampled_from(sorted(ACCIDENTS)))](draw, data)


def mutated(page: str) -> SearchStrategy[bytes]:
    """Give the bytes of a page after one accident alone."""
    return html_mutations(page, most=1)
