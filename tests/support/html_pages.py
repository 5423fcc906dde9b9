"""The pages of HTML that carry an article, in five layouts, with all that stands around it on a real site."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from tests.support.articles import Article
from tests.support.html_parts import (
    AGENCY_NAMES,
    MARKED_NAMES,
    PLAIN,
    Said,
    Shape,
    Wrap,
    aside,
    escaped,
    folded,
    footer,
    head,
    marked_up,
    navigation,
    related_item,
)
from tests.support.html_sites import (
    AGENCY,
    WATCH,
    agency_frame,
    detail_main,
    old_day,
    old_frame,
    q_main,
    watch_frame,
    whole,
)
from tests.support.languages import Foreign, foreign, printed_lines, stamp
from tests.support.pages import NEWSLETTER

HTML_LAYOUTS = ("watch", "q", "detail", "cojp", "naenara")

_CARRIES = {
    "watch": ("title", "published", "label", "captured", "related", "dateline", "end", "stamp", "byline", "url",
              "original_url"),
    "q": ("title", "published", "dateline", "end", "stamp"),
    "detail": ("title", "dateline", "end"),
    "cojp": ("title", "published", "dateline"),
    "naenara": ("title", "published", "byline"),
}  # fmt: skip

Printed = Article | Foreign
Either = TypeVar("Either", Article, Foreign)


def carries_html(layout: str) -> frozenset[str]:
    """Return the names of the facts that a layout shows; every layout shows the body.

    ``url`` is told by the head of a page with metadata. The day is told there, too, where ``published`` is shown.
    """
    return frozenset(_CARRIES[layout])


def adapted(article: Either, layout: str, *, calendar: str = "juche") -> Either:
    """Return the article as a layout prints it: without what it has no place for, with the stamp that it adds.

    ``calendar`` (`juche` or `ce`) is that of the stamp of layout q.
    """
    if isinstance(article, Foreign):
        whole = article._replace(article=_adapted(article.article, layout, article.lang, calendar))
        whole = whole._replace(end_text=whole.article.end.strip())
        return whole._replace(dateline_text="") if layout == "naenara" else whole
    return _adapted(article, layout, "en", calendar)


def _adapted(article: Article, layout: str, lang: str, calendar: str) -> Article:
    facts = carries_html(layout)
    if "end" not in facts:
        article = article._replace(end="")
    if "byline" not in facts:
        article = article._replace(byline="")
    if "stamp" not in facts:
        article = article._replace(stamp="")
    elif layout == "q":
        article = article._replace(stamp=stamp(article.published, lang, calendar=calendar))
    if "dateline" not in facts:
        article = article._replace(dateline_place="", dateline_day=None)
    return article


def in_one_paragraph(article: Article) -> Article:
    """Return the article with its whole body in one paragraph, as kcna.co.jp often has it."""
    return article._replace(paragraphs=(" ".join(article.blocks()),), kinds=(), printed=())


def lay_out_html(
    article: Printed,
    layout: str,
    *,
    inline: bool = False,
    clutter: int = 1,
    metadata: bool = True,
    url: str = "",
    original_url: str = "",
    charset: str = "utf-8",
    calendar: str = "juche",
    newsletter: bool = False,
    inside: bool = False,
    both_days: bool = False,
) -> str:
    """Return the page that carries an article, as text: the caller encodes it, and ``charset`` is what it claims.

    ``inline`` puts markup, comments and references into the text that change nothing; ``clutter`` says how much
    stands around the article (0: nothing, 1: some 3 KB, 20: as much as on a large page); ``metadata`` and ``url`` are
    of the head. For `watch`, ``newsletter`` adds a share button and the newsletter's lines, ``inside`` or behind the
    body, and ``both_days`` the short form of the capture date. For `q`, ``calendar`` is that of the stamp.
    """
    shape = Shape(inline, clutter, metadata, url, original_url, charset, newsletter, inside, both_days)
    return _PAGES[layout](_text(adapted(foreign(article), layout, calendar=calendar)), shape)


class _Text(NamedTuple):
    """What a page prints of an article: whole, its title, and the lines of its body without stamp."""

    article: Article
    lang: str
    title: str
    lines: tuple[str, ...]


def _text(whole: Foreign) -> _Text:
    article = whole.article
    lines = printed_lines(whole._replace(article=article._replace(stamp="")))
    return _Text(article, whole.lang, folded(article.printed_title or article.title), tuple(lines))


def _said(text: _Text, site: str, *, dated: bool = True) -> Said:
    return Said(text.title, site, text.lang, text.article.published.isoformat() if dated else "")


def _paragraphs(lines: Iterable[str], shape: Shape, names: tuple[Wrap, ...]) -> str:
    return "\n      ".join(f"<p>{marked_up(line, shape, names=names)}</p>" for line in lines)


# KCNA Watch

def _watch(text: _Text, shape: Shape) -> str:
    article = text.article
    parts = (
        f'<h1 class="article-title">{marked_up(text.title, shape)}</h1>',
        _date_line(article, shape),
        _content(text, shape),
        _more_from(article),
    )
    main = "\n".join(filter(None, parts))
    return watch_frame(_said(text, WATCH), shape, article.captured, article.label, main)


def _date_line(article: Article, shape: Shape) -> str:
    """Return the Date line: one line of text of which each part is an element of its own."""
    link = "Read original version at source"
    if shape.original_url:
        link = f'<a class="original" href="{escaped(shape.original_url, inline=True)}" target="_blank">{link}</a>'
    return (f'<div class="article-meta">\n    <span>Date: {article.published:%d/%m/%Y}</span> |\n'
            f"    <span>Source: {escaped(article.label)}</span>\n    | {link}\n  </div>")  # fmt: skip


def _content(text: _Text, shape: Shape) -> str:
    lines = [*text.lines]
    if text.article.stamp:
        lines.insert(len(lines) - bool(text.article.byline), text.article.stamp)
    body = _paragraphs(lines, shape, MARKED_NAMES)
    if not shape.newsletter:
        return f'<div class="article-content">\n      {body}\n  </div>'
    share = '<div class="share"><button type="button">Share Button</button></div>'
    letter = '<div class="letter"><h3>{}</h3><p>{}</p></div>'.format(*map(escaped, NEWSLETTER))
    if shape.inside:
        return f'<div class="article-content">{share}\n      {body}\n      {letter}</div>'
    return f'{share}\n<div class="article-content">\n      {body}\n</div>\n{letter}'


def _more_from(article: Article) -> str:
    items = "\n  ".join(map(related_item, article.related))
    return (f'<div class="more-from"><h3>{escaped(f"More From {article.label}".rstrip())}</h3>\n  {items}\n</div>\n'
            '<div class="more"><a href="/archive">More Articles</a></div>')  # fmt: skip


# kcna.kp

def _q(text: _Text, shape: Shape) -> str:
    title, body = marked_up(text.title, shape, names=AGENCY_NAMES), _paragraphs(text.lines, shape, AGENCY_NAMES)
    return agency_frame(_said(text, AGENCY), shape, q_main(title, body, text.article.stamp))


def _detail(text: _Text, shape: Shape) -> str:
    title, body = marked_up(text.title, shape), _paragraphs(text.lines, shape, MARKED_NAMES)
    return agency_frame(_said(text, AGENCY, dated=False), shape, detail_main(title, body))


# kcna.co.jp

def _cojp(text: _Text, shape: Shape) -> str:
    top = f'<p><a href="/calendar.htm">calendar</a>&gt;&gt;{old_day(text.article.published)}</p>'
    title = f'<p><font size="4"><b>{marked_up(text.title, shape)}</b></font></p>'
    body = _paragraphs(text.lines, shape, PLAIN)
    return old_frame(text.title, shape, f"{top}\n{title}\n      {body}")


# Naenara


def _naenara(text: _Text, shape: Shape) -> str:
    day = text.article.published
    main = (f'<div class="main">\n  <h2 class="title">{marked_up(text.title, shape)}</h2>\n'
            f'  <div class="date">{day.year}.{day.month}.{day.day}</div>\n  <div class="content">\n'
            f"      {_paragraphs(text.lines, shape, MARKED_NAMES)}\n  </div>\n</div>")  # fmt: skip
    top = f'<header><div class="logo"><a href="/">Naenara</a></div>{navigation(shape.clutter)}</header>'
    parts = (top, main, aside(shape.clutter), footer(shape.clutter))
    return whole(text.lang, head(_said(text, "Naenara"), shape), parts)


_PAGES: dict[str, Callable[[_Text, Shape], str]] = {
    "watch": _watch,
    "q": _q,
    "detail": _detail,
    "cojp": _cojp,
    "naenara": _naenara,
}
