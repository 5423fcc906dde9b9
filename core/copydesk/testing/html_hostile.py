"""Pages of HTML that are hostile in one way, as much as a number says: what they cost must grow no faster than they."""

from __future__ import annotations

from collections.abc import Callable

TOP = (
    "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'><title>A Small Page</title>{head}</head><body>"
    "<div class='article-main-title'>A Small Page</div>"
    "<div class='article-content-body'><div class='content-wrapper'><p>Pyongyang, May 9 (KCNA) -- One line.</p>"
)
END = (
    "<p>Another. -0-</p></div></div><span class='publish-time'>www.kcna.kp (Juche112.5.9.)</span></body></html>"
)
"""What stands around the hostile part: an article of kcna.kp, so that all stages have their share of it."""

SIBLINGS = {
    "paragraphs": "<p>A short line.</p>",
    "empty paragraphs": "<p></p>",
    "divs": "<div>A short line.</div>",
    "spans": "<p><span>a</span></p>",
    "list items": "<li>An item",
    "list items with hyphens": "<p>- An item</p>",
    "options": "<option>An item",
    "headings": "<h2>Minju Joson</h2>",
    "leaders": "<p>A card by</p><p><nobr><span class='fSpecCs'>Kim Jong Un</span></nobr> , and no more.</p>",
    "datelines": "<p>Pyongyang, May 9 (KCNA) -- One line. -0-</p>",
    "stamps": "<p>www.kcna.kp (Juche112.5.9.)</p>",
    "titles": "<div class='article-main-title'>A Small Page</div>",
    "bodies": "<div class='article-content-body'><div class='content-wrapper'><p>One line.</p></div></div>",
    "end tags": "</p></div>",
    "unclosed paragraphs": "<p>A short line",
    "unclosed b in each paragraph": "<p><b>A short line",
    "misnested b and i": "<p><b><i>a</b>b</i>",
    "tables": "<table><tr><td>A cell</td></tr></table>",
    "rows": "<tr><td>A cell</td></tr>",
    "body tags": "<body class='a'>",
    "html ends": "</body></html><p>a</p>",
}
"""Elements that stand one behind the other, by name; n of them."""

RUNS = {
    "one huge text": "word ",
    "one long word": "a",
    "spaces": " ",
    "line ends": "\n",
    "no-break spaces": "\u00a0",
    "spaces between words": "a  \n ",
    "entities": "&amp;",
    "entities that are none": "&bogus",
    "number entities": "&#8220;",
    "less-than signs": "<",
    "half tags": "<a ",
    "half comments": "<!-",
    "comments": "a<!-- b -->",
    "stars": "*",
    "underscores": "_a",
    "brackets": "[",
    "backticks": "`a",
    "tildes": "~a~ ",
    "hyphens": "- ",
    "line breaks": "<br>",
    "line breaks and words": "a<br>",
    "em": "<em>a</em> ",
    "em within words": "a<em>b</em>",
    "strong and em in turn": "<strong>a</strong><em>b</em>",
    "links": "<a href='/a'>b</a> ",
    "nobr": "<nobr>a</nobr> ",
    "images": "<img src='a' alt='b'>",
    "names": "Kim Jong Un , ",
    "dates": "March 01, 2026 ",
    "datelines in a line": "Pyongyang, May 9 (KCNA) -- ",
    "end marks in a line": "-0- ",
    "combining marks": "e\u0301\u0323",
    "quotes": "“\"'",
}
"""What stands n times within one paragraph."""

NESTS = ("div", "b", "a", "em", "font", "span", "blockquote", "nobr", "section", "q", "p", "h1", "form", "button",
         "x-y")  # fmt: skip
"""Elements that stand within each other, n deep, and are closed again."""

HEADS = {
    "many meta": "<meta property='og:title' content='A Small Page'>",
    "many links": "<link rel='canonical' href='https://example.org/a'>",
    "many scripts": "<script>var a = '<p>';</script>",
    "many JSON-LD": "<script type='application/ld+json'>{\"@type\": \"Article\", \"headline\": \"A\"}</script>",
    "many titles": "<title>A Small Page</title>",
    "many styles": "<style>p { color: red }</style>",
}
"""What stands n times in the head."""


def _page(middle: str, *, head: str = "") -> bytes:
    return (TOP.replace("{head}", head) + middle + END).encode()


def _siblings(piece: str) -> Callable[[int], bytes]:
    return lambda n: _page(piece * n)


def _run(piece: str) -> Callable[[int], bytes]:
    return lambda n: _page(f"<p>a {piece * n} b.</p>")


def _heads(piece: str) -> Callable[[int], bytes]:
    return lambda n: _page("", head=piece * n)


def _nest(opening: str, closing: str = "") -> Callable[[int], bytes]:
    return lambda n: _page(opening * n + "A short line." + closing * n)


def _ld(text: str) -> bytes:
    return _page("", head=f"<script type='application/ld+json'>{text}</script>")


SINGLE: dict[str, Callable[[int], bytes]] = {
    "nested tables": _nest("<table><tr><td>", "</td></tr></table>"),
    "nested lists": _nest("<ul><li>", "</li></ul>"),
    "nested divs, unclosed": _nest("<div>"),
    "nested b, unclosed": _nest("<b>"),
    "nested tables, unclosed": _nest("<table>"),
    "one huge attribute": lambda n: _page(f"<p title='{'a ' * n}'>A short line.</p>"),
    "one huge class": lambda n: _page(f"<p class='{'a ' * n}'>A short line.</p>"),
    "one huge address": lambda n: _page(f"<p><a href='{'a(' * n}'>A short line.</a></p>"),
    "many classes": lambda n: _page("".join(f"<p class='a{i} b'>c</p>" for i in range(n))),
    "many attributes": lambda n: _page(f"<p {' '.join(f'a{i}=b' for i in range(n))}>A short line.</p>"),
    "many names of tags": lambda n: _page("".join(f"<x{i}>a</x{i}>" for i in range(n))),
    "unclosed comment": lambda n: _page("<!--" + " a -- b" * n),
    "unclosed script": lambda n: _page("<script>" + "</p " * n),
    "unclosed attribute": lambda n: _page("<p title='" + "<b>a</b>" * n),
    "CDATA": lambda n: _page("<![CDATA[" + "a]] " * n),
    "pre": lambda n: _page(f"<pre>{'a  b' + chr(10)}{('a  b' + chr(10)) * n}</pre>"),
    "huge JSON-LD": lambda n: _ld('{"@type": "Article", "headline": "' + "a " * n + '"}'),
    "deep JSON-LD": lambda n: _ld("[" * n + "]" * n),
    "wide JSON-LD": lambda n: _ld('{"@graph": [' + '{"@type": "Person"}, ' * n + '{"@type": "Article"}]}'),
    "huge title": lambda n: _page("").replace(b"A Small Page", b"A Small Page " * (n + 1)),
}  # fmt: skip


def hostile_families() -> dict[str, Callable[[int], bytes]]:
    """Return by name the functions that make a page with n hostile things in it.

    Each is a UTF-8 page whose size grows linearly with n; a thing is 1 to 100 bytes.
    """
    families = {f"nested {tag}": _nest(f"<{tag}>", f"</{tag}>") for tag in NESTS} | SINGLE
    for pieces, made in ((SIBLINGS, _siblings), (RUNS, _run), (HEADS, _heads)):
        families |= {name: made(piece) for name, piece in pieces.items()}
    return families
