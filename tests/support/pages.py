"""The pages of KCNA Watch that carry an article, in six layouts, as text captures."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.articles import Article, body_lines, dateline, long_day, rewritten_dateline, short_day

LAYOUTS = ("A", "A1", "B", "C", "D", "E")
"""The layouts, most frequent first but for A1, which stands by its kin."""

HIRING = "NK News is hiring"
NEWSLETTER = (
    "Get North Korea headlines delivered to your inbox daily",
    "Subscribe to the NK News 'Daily Update' and get links to must-read stories each morning",
)

_CARRIES = {
    "A": frozenset(("title", "published", "label", "captured", "related", "dateline")),
    "A1": frozenset(("title", "published", "label", "captured", "related", "dateline")),
    "B": frozenset(("label", "related", "dateline")),
    "C": frozenset(("title", "published", "label", "dateline")),
    "D": frozenset(("title", "published", "dateline")),
    "E": frozenset(("title", "dateline")),
}


def carries(layout: str) -> frozenset[str]:
    """Return the names of the facts that a layout has a place for; every layout carries the body."""
    return _CARRIES[layout]


def lay_out(article: Article, layout: str, *, hiring: bool = False, more_articles: bool = False) -> str:
    """Return the page that carries an article in one of the six layouts, with bare line feeds.

    ``hiring`` puts the site's own line between the Date line and the body of A and A1; ``more_articles`` puts the
    line `More Articles` behind the list of B, which A and A1 always have. A, A1 and B end without a newline.
    """
    if layout in ("A", "A1"):
        return "\n\n".join(_page_a(article, both_days=layout == "A", hiring=hiring))
    if layout == "B":
        return "\n".join([*_page_b(article), *(["More Articles"] if more_articles else [])])
    return "\n\n".join(_PAGES[layout](article)) + "\n"


def title_line(article: Article) -> str:
    """Return the title as the page prints it."""
    return article.printed_title or article.title


def date_line(article: Article) -> str:
    """Return the Date line, day first."""
    return f"{_date(article)} | Source: {article.label} | Read original version at source"


def _date(article: Article) -> str:
    return f"Date: {article.published:%d/%m/%Y}"


def _body(article: Article) -> list[str]:
    return body_lines(article, dateline=dateline(article))


def _more_from(article: Article) -> str:
    return f"More From {article.label}".rstrip()


def _page_a(article: Article, *, both_days: bool, hiring: bool) -> list[str]:
    days = long_day(article.captured) + (short_day(article.captured) if both_days else "")
    head = f"{days}\n" + f"KCNA {article.label}".rstrip()
    items = [
        line
        for item in article.related
        for line in (item.title, item.title, item.teaser, long_day(item.date), item.teaser)
    ]
    furniture = [HIRING] if hiring else []
    top = [head, title_line(article), date_line(article), *furniture]
    return [*top, *_body(article), _more_from(article), *items, "More Articles"]


def _page_b(article: Article) -> list[str]:
    items = [line for item in article.related for line in (item.teaser, long_day(item.date), item.teaser)]
    return [*_body(article), _more_from(article), *items]


def _page_c(article: Article) -> list[str]:
    return [title_line(article), date_line(article), "Share Button", *_body(article), *NEWSLETTER]


def _page_d(article: Article) -> list[str]:
    return [title_line(article), _date(article), *_body(article)]


def _page_e(article: Article) -> list[str]:
    return [title_line(article), *body_lines(article, dateline=rewritten_dateline(article))]


_PAGES: dict[str, Callable[[Article], list[str]]] = {"C": _page_c, "D": _page_d, "E": _page_e}
