"""The sites that articles stand on: what is around the article on every page of each."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from tests.support.articles import MONTHS, long_day, short_day
from tests.support.html_parts import Said, Shape, aside, comments, doctype, escaped, footer, head, navigation

WATCH = "KCNA Watch"
AGENCY = "KCNA"
COPYRIGHT = "Copyright (C) KOREA NEWS SERVICE(KNS) All Rights Reserved."


def whole(lang: str, head: str, body: Iterable[str]) -> str:
    """Return a page of its head and of the parts of its body, of which the empty ones are left out."""
    lines = "\n".join(filter(None, body))
    return f'{doctype()}\n<html lang="{lang}">\n{head}\n<body>\n{lines}\n</body>\n</html>\n'


def watch_frame(said: Said, shape: Shape, captured: datetime.date, label: str, main: str) -> str:
    """Return a page of KCNA Watch: the capture date and the source stand on top, all else behind what is shown."""
    days = f'<span class="long">{long_day(captured)}</span>'
    days += f'<span class="short">{short_day(captured)}</span>' if shape.both_days else ""
    top = (f'<header class="site-header">{navigation(shape.clutter)}\n  <div class="today">{days}</div>\n'
           f'  <div class="source-name">KCNA {escaped(label)}</div>\n</header>')  # fmt: skip
    behind = (comments(shape.clutter), aside(shape.clutter), footer(shape.clutter))
    parts = (top, f'<main class="site-main">\n{main}\n</main>', *behind)
    return whole(said.lang, head(said, shape, suffix=f" | {WATCH}"), parts)


def agency_frame(said: Said, shape: Shape, main: str) -> str:
    """Return a page of kcna.kp around what it shows."""
    top = f'<header><div class="logo"><a href="/">{AGENCY}</a></div>{navigation(shape.clutter)}</header>'
    return whole(said.lang, head(said, shape), (top, main, aside(shape.clutter), footer(shape.clutter)))


def q_main(title: str, body: str, signed: str) -> str:
    """Return what a page of layout q shows: title, body, and the stamp behind it."""
    return (f'<div class="article-main">\n  <div class="article-main-title">{title}</div>\n'
            f'  <div class="article-content-body">\n    <div class="content-wrapper">\n      {body}\n    </div>\n'
            f'  </div>\n  <span class="publish-time">{escaped(signed)}</span>\n</div>')  # fmt: skip


def detail_main(title: str, body: str) -> str:
    """Return what a page of layout detail shows: title and body."""
    return (f'<main><article><div class="container">\n  <h1 class="text-center text-danger">{title}</h1><h1></h1>\n'
            f"      {body}\n</div></article></main>")  # fmt: skip


def old_frame(title: str, shape: Shape, cell: str) -> str:
    """Return a page of kcna.co.jp: laid out with tables, without classes and scripts."""
    claimed = f'<meta http-equiv="Content-Type" content="text/html; charset={shape.charset}">'
    return (f"{doctype(old=True)}\n<html>\n<head>\n{claimed}\n<title>{escaped(title)}</title>\n</head>\n"
            f'<body bgcolor="#ffffff">\n{_old_links(shape.clutter)}<table border="0" width="600"><tr><td>\n{cell}\n'
            "</td></tr></table>\n"
            f'<hr>\n<p align="center"><font size="2">{COPYRIGHT}</font></p>\n</body>\n</html>\n')  # fmt: skip


def _old_links(clutter: int) -> str:
    if not clutter:
        return ""
    cells = "".join(f'<td><a href="/{word}"><img src="/{word}.gif" alt="" border="0">{word}</a></td>\n'
                    for word in ("Home", "Past", "Japanese", "Spanish") * clutter)  # fmt: skip
    return f'<table border="0" cellpadding="0"><tr>\n{cells}</tr></table>\n'


def old_day(day: datetime.date) -> str:
    """Write a day as kcna.co.jp does: `September 26. 2013 Juche 102`."""
    return f"{MONTHS[day.month - 1]} {day.day}. {day.year} Juche {day.year - 1911}"
