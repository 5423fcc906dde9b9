"""The parts that pages of HTML are put together from: text in markup, the head, and the clutter around an article."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import NamedTuple

from tests.support import words
from tests.support.articles import LEADERS, RelatedItem, long_day, teaser
from tests.support.languages import LEADERS_ABROAD

NAME = re.compile(f"({'|'.join((*LEADERS, *LEADERS_ABROAD))})")
SPACE = re.compile("[ \t\n\f\r]+")
ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
ENTITIES = ESCAPES | str.maketrans(
    {"\u00a0": "&nbsp;", "“": "&#8220;", "”": "&rdquo;", "’": "&#x2019;", '"': "&quot;", "'": "&#39;", "–": "&ndash;"}
)
Wrap = tuple[str, str]
PLAIN: tuple[Wrap, ...] = (("", ""),)
MARKED_NAMES: tuple[Wrap, ...] = (
    ("<nobr>", "</nobr>"),
    ("", ""),
    ("<nobr><span class='fSpecCs'>", "</span></nobr>"),
    ("<strong>", "</strong>"),
    ('<span class="name">', "</span>"),
)
"""How a page that takes no care marks up the leaders' names: each time in another way, or not at all."""
AGENCY_NAMES: tuple[Wrap, ...] = (("<nobr><span class='fSpecCs'>", "</span></nobr>"),)
"""How kcna.kp marks them up: always."""
INLINE: tuple[Wrap, ...] = (
    ("<em>", "</em>"),
    ("", ""),
    ("<strong>", "</strong>"),
    ('<a href="/topic?a=1&amp;b=2" title="&lt;p&gt; &quot;x&quot;">', "</a>"),
    ("<span class='a b'>", "</span>"),
    ("", ""),
    ("<nobr>", "</nobr>"),
    ("<!-- -->", "<!-- <p class='x'> -->"),
    ("<span></span><b>", "</b>"),
    ("", ""),
    ("<i><span>", "</span></i>"),
    ("<font size='2'>", "</font>"),
    ("<u>", "</u><!---->"),
)
"""What may stand around a word without a change to the text."""


class Shape(NamedTuple):
    """How a page is made, whatever article is on it."""

    inline: bool = False
    clutter: int = 1
    metadata: bool = True
    url: str = ""
    original_url: str = ""
    charset: str = "utf-8"
    newsletter: bool = False
    inside: bool = False
    both_days: bool = False


class Said(NamedTuple):
    """What the head of a page says of the article on it; the day is empty where the site does not tell it."""

    title: str
    site: str
    lang: str
    published: str = ""


def folded(text: str) -> str:
    """Return the text as HTML folds it: a run of white space is a space, and no-break spaces are none."""
    return SPACE.sub(" ", text).strip(" ")


def escaped(text: str, *, inline: bool = False) -> str:
    """Return a text as HTML; ``inline`` writes quotes, dashes and no-break spaces as references, too."""
    return text.translate(ENTITIES if inline else ESCAPES)


def marked_up(text: str, shape: Shape, *, names: tuple[Wrap, ...] = PLAIN) -> str:
    """Return a text as the HTML of a line: names marked up, lines broken and indented, words in markup if asked for."""
    pieces = []
    for index, piece in enumerate(NAME.split(text)):
        if index % 2:
            before, behind = names[(index // 2 + len(text)) % len(names)]
            pieces.append(f"{before}{piece}{behind}")
        else:
            pieces.append(_words(piece, inline=shape.inline, first=len(text) + index))
    return "".join(pieces)


def _words(text: str, *, inline: bool, first: int) -> str:
    written = []
    for number, word in enumerate(text.split(" "), first):
        written.append(_dressed(word, number) if inline and word else escaped(word))
        written.append("\n        " if number % 13 == 12 else " ")
    return "".join(written[:-1])


def _dressed(word: str, number: int) -> str:
    """Return a word in markup, or with a comment in its middle."""
    if number % 7 == 3:
        half = len(word) // 2
        return f"{escaped(word[:half], inline=True)}<!-- </p> -->{escaped(word[half:], inline=True)}"
    before, behind = INLINE[number % len(INLINE)]
    return f"{before}{escaped(word, inline=True)}{behind}"


def filler_title(number: int) -> str:
    """Return a headline of some other article."""
    parts = (words.TITLE_STARTS, words.TITLE_VERBS, words.TITLE_ENDS)
    picked = (part[number * (index + 1) % len(part)] for index, part in enumerate(parts))
    return " ".join(picked).format(leader=LEADERS[number % 3])


def filler_teaser(number: int) -> str:
    """Return the beginning of some other article, with the agency's dateline and a leader's name in most of them."""
    place = words.PLACES[number % len(words.PLACES)]
    about = words.ABOUT_LEADERS[number % len(words.ABOUT_LEADERS)].format(leader=LEADERS[number % 3])
    begin = f"{place}, May {number % 28 + 1} (KCNA) -- " if number % 3 else ""
    return teaser(f"{begin}{about} {filler_title(number + 1)} and more.")


SCRIPT = """<script>
    window.page = {"markup": "</p></div><h1 class='article-title'>No Title</h1>", "open": "<p>"};
    if (1 < 2 && window.page) { track("<p>"); }
    document.write("<div class='article-content'><p>Pyongyang, May 1 (KCNA) -- No paragraph. -0-</p>" + "<\\/div>");
</script>"""
STYLE = """<style>
    .article-content > p::after { content: "</p>"; } /* Pyongyang, May 2 (KCNA) -- no text */
    @media (max-width: 600px) { .site-nav { display: none; } }
</style>"""
TEMPLATE = """<template><h1 class="article-title">{{ title }}</h1><div class="article-main-title">{{ title }}</div>
    <div class="article-content"><p>Pyongyang, May 3 (KCNA) -- No paragraph either. -0-</p></div></template>"""
COMMENTED = "<!-- <h1 class='article-title'>An Old Title</h1> <p>Wonsan, May 4 (KCNA) -- It was here. -0-</p> -->"
ICON = """<svg viewBox="0 0 16 16"><title>Search</title><path d="M1 1 L15 15"/></svg>"""
FORM = """<form action="/search" method="get" hidden style="display: none">
    <input type="hidden" name="token" value="Date: 01/02/2003 | Source: no one"> <input type="text" name="q">
    <label>Leave this field empty</label></form>"""


def doctype(*, old: bool = False) -> str:
    """Return the first line of a page; an old one names HTML 4.01."""
    return '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">' if old else "<!DOCTYPE html>"


def head(said: Said, shape: Shape, *, suffix: str = "") -> str:
    """Return the head of a page, from its charset to its scripts; without metadata it says no more than a title."""
    lines = [f'<meta charset="{shape.charset}">', f"<title>{escaped(said.title)}{suffix}</title>"]
    lines += _metadata(said, shape) if shape.metadata else ()
    if shape.clutter:
        lines += ('<meta name="viewport" content="width=device-width">', '<link rel="stylesheet" href="/site.css">')
        lines += (STYLE, SCRIPT, "<noscript><style>.lazy { display: none; }</style></noscript>")
    return "<head>\n  " + "\n  ".join(lines) + "\n</head>"


def _metadata(said: Said, shape: Shape) -> list[str]:
    """Return what a page says of its article: for Open Graph, for search engines, and as linked data."""
    told = {"og:type": "article", "og:title": said.title, "og:site_name": said.site, "og:url": shape.url}
    told["article:published_time"] = f"{said.published}T09:00:00+00:00" if said.published else ""
    lines = [f'<meta property="{key}" content="{escaped(value, inline=True)}">' for key, value in told.items() if value]
    if shape.url:
        lines.insert(0, f'<link rel="canonical" href="{escaped(shape.url, inline=True)}">')
    linked = {"@type": "NewsArticle", "headline": said.title, "inLanguage": said.lang, "datePublished": said.published}
    things = [{"@type": "WebSite", "name": said.site}, {key: value for key, value in linked.items() if value}]
    graph = {"@context": "https://schema.org", "@graph": things}
    data = json.dumps(graph, ensure_ascii=False).replace("</", "<\\/")
    return [*lines, f'<script type="application/ld+json">{data}</script>']


@cache
def navigation(clutter: int) -> str:
    """Return the links on top of a page, eight for each unit of clutter."""
    if not clutter:
        return ""
    links = (f'<li class="menu-item"><a href="/topic/{n}?a=1&amp;b=2">{escaped(filler_title(n))}</a></li>'
             for n in range(8 * clutter))  # fmt: skip
    items = "\n      ".join(links)
    return f'<nav class="site-nav">{ICON}\n    <ul>\n      {items}\n    </ul>\n  </nav>\n  {FORM}\n  {COMMENTED}'


@cache
def aside(clutter: int) -> str:
    """Return a list of other articles beside this one, four for each unit of clutter."""
    if not clutter:
        return ""
    items = "\n    ".join(
        f'<li><a href="/{n}">{escaped(filler_title(n))}</a> <p class="excerpt">{escaped(filler_teaser(n))}</p></li>'
        for n in range(1, 4 * clutter + 1)
    )
    return f'<aside class="sidebar"><h3>Most Read</h3>\n  <ul>\n    {items}\n  </ul></aside>\n{TEMPLATE}'


@cache
def comments(clutter: int) -> str:
    """Return what readers wrote, two for each unit of clutter."""
    if not clutter:
        return ""
    items = "\n    ".join(
        f'<li><cite>Reader {n}</cite> <time datetime="2026-03-{n % 28 + 1:02}">March {n % 28 + 1:02}, 2026</time>'
        f"<p>{escaped(words.QUOTED[n % len(words.QUOTED)])} {escaped(filler_teaser(n))}</p></li>"
        for n in range(1, 2 * clutter + 1)
    )
    return f'<section id="comments"><h3>What readers say</h3>\n  <ol>\n    {items}\n  </ol></section>'


@cache
def footer(clutter: int) -> str:
    """Return what stands below all else."""
    if not clutter:
        return ""
    links = " | ".join(f'<a href="/about/{n}">{escaped(filler_title(n + 5))}</a>' for n in range(3 * clutter))
    told = '<noscript><p>This page is better with scripts.</p><img src="/count.gif" alt=""></noscript>'
    script = "<script>count('</p><p>', 1 < 2 && 3);</script>"
    return f"<footer>{links}<p>&copy; 2026 The Archive &amp; Friends</p></footer>\n{told}\n{script}"


def related_item(item: RelatedItem) -> str:
    """Return an item of the More-From list of KCNA Watch."""
    link = f'<a href="/newstream/{item.date:%Y%m%d}">{escaped(item.title)}</a>'
    day = f'<div class="articled-date"><span>{long_day(item.date)}</span></div>'
    return f'<div class="article-desc">\n    <h4>{link}</h4>\n    <p>{escaped(item.teaser)}</p>\n    {day}\n  </div>'
