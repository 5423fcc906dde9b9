"""Pages of the same sites that are no article: photo entries, lists, front pages, and the pages of a whole day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from tests.support.articles import Article, dateline, long_day
from tests.support.html_parts import Said, Shape, escaped, filler_teaser, filler_title, folded, marked_up
from tests.support.html_sites import AGENCY, WATCH, agency_frame, detail_main, old_day, old_frame, q_main, watch_frame
from tests.support.languages import stamp

OTHER_LAYOUTS = ("watch", "q", "detail")
"""The layouts whose sites have such pages here; kcna.co.jp has pages of a day."""
DAY = datetime.date(2023, 5, 9)
CAPTURED = datetime.date(2026, 3, 1)
IMAGE = '<img src="/photo/{}.jpg" alt="{}" width="600">'


def photo_page(layout: str, *, title: str = "Exhibition of Old Maps Opens", clutter: int = 1) -> str:
    """Return the entry of a photo: the elements of an article with a title and an image, and no text in its body."""
    shape, said = Shape(clutter=clutter), Said(title, WATCH if layout == "watch" else AGENCY, "en")
    image = IMAGE.format(1, escaped(title, inline=True))
    if layout == "q":
        return agency_frame(said, shape, q_main(escaped(title), f"<p>{image}</p>", stamp(DAY, "en")))
    if layout == "detail":
        return agency_frame(said, shape, detail_main(escaped(title), f"<p>{image}</p>"))
    main = (f'<h1 class="article-title">{escaped(title)}</h1>\n<div class="article-meta">Date: {DAY:%d/%m/%Y} | '
            "Source: KCNA.kp (En) | Read original version at source</div>\n"
            f'<div class="article-content"><p>{image}</p></div>\n'
            '<div class="more-from"><h3>More From KCNA.kp (En)</h3></div>')  # fmt: skip
    return watch_frame(said, shape, CAPTURED, "KCNA.kp (En)", main)


def list_page(layout: str, *, items: int = 20, clutter: int = 1) -> str:
    """Return a list of articles of one topic: titles, days and teasers."""
    listed = "\n    ".join(_item(layout, number) for number in range(items))
    main = f'<div class="list"><h2>Economy</h2>\n  <div class="items">\n    {listed}\n  </div></div>\n{_pager()}'
    return _page(layout, "Economy", main, clutter)


def index_page(layout: str, *, items: int = 12, clutter: int = 1) -> str:
    """Return the front page of a site: sections of titles, the first of them with a picture."""
    sections = (
        f'<section><h2>{name}</h2>{IMAGE.format(at, "")}\n    <ul>\n      '
        + "\n      ".join(f'<li><a href="/{at}/{n}">{escaped(filler_title(n + at))}</a></li>' for n in range(items))
        + "\n    </ul></section>"
        for at, name in enumerate(("Top News", "Economy", "Culture", "Weather"))
    )
    return _page(layout, "Home", '<div class="front">\n  ' + "\n  ".join(sections) + "\n</div>", clutter)


def day_page(articles: Iterable[Article], *, charset: str = "utf-8", clutter: int = 1) -> str:
    """Return a page of kcna.co.jp from the years when it had a day on a page: articles parted by rules."""
    told = [*articles]
    shape = Shape(clutter=clutter, charset=charset)
    day = told[0].published if told else DAY
    index = "".join(f'<li><a href="#{n}">{escaped(_title(article))}</a></li>\n' for n, article in enumerate(told, 1))
    stories = "\n<hr>\n".join(_story(article, number, shape) for number, article in enumerate(told, 1))
    return old_frame(f"Past News {day:%d/%m/%Y}", shape, f"<p>{old_day(day)}</p>\n<ul>\n{index}</ul>\n<hr>\n{stories}")


def _page(layout: str, title: str, main: str, clutter: int) -> str:
    if layout == "watch":
        return watch_frame(Said(title, WATCH, "en"), Shape(clutter=clutter), CAPTURED, "", main)
    return agency_frame(Said(title, AGENCY, "en"), Shape(clutter=clutter), main)


def _item(layout: str, number: int) -> str:
    title, text = escaped(filler_title(number)), escaped(filler_teaser(number))
    day = DAY + datetime.timedelta(number)
    if layout == "watch":
        return (f'<div class="article-desc"><h4><a href="/{number}">{title}</a></h4><p>{text}</p>'
                f'<div class="articled-date"><span>{long_day(day)}</span></div></div>')  # fmt: skip
    return f'<div class="item"><a href="/{number}">{title}</a> <span>[{day:%Y.%m.%d}]</span><p>{text}</p></div>'


def _pager() -> str:
    links = " ".join(f'<a href="?page={number}">{number}</a>' for number in range(1, 9))
    return f'<div class="pager">{links} <a href="?page=9">Next</a></div>'


def _title(article: Article) -> str:
    return folded(article.printed_title or article.title)


def _story(article: Article, number: int, shape: Shape) -> str:
    """Return an article on the page of its day: an anchor, the title, the body with its dateline, no end mark."""
    begin = dateline(article)
    lines = [*article.blocks()]
    lines[0] = f"{begin}{article.behind_dash}{lines[0]}" if begin else lines[0]
    body = "\n".join(f"<p>{marked_up(line, shape)}</p>" for line in lines)
    return f'<a name="{number}"></a>\n<p><b>{escaped(_title(article))}</b></p>\n{body}'
