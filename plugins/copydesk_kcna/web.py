"""Layouts of the agency's own sites: kcna.kp before and after June 2026, and kcna.co.jp."""

from __future__ import annotations

import re

from copydesk.plugin import (
    FURNITURE,
    PARAGRAPH,
    TITLE,
    Findings,
    Flag,
    Layout,
    Reading,
    css,
    day,
    line,
    maybe,
    one,
    some,
    starts,
)
from copydesk_kcna.habits import STAMP
from copydesk_kcnawatch.dprk import juche_years

# kcna.kp

TITLE_BOX = "div.article-main-title"
BODY_BOX = "div.article-content-body"
STAMP_BOX = "span.publish-time"

DETAIL_TITLE = "main article h1.text-center.text-danger"  # a second h1, which is empty, follows it
DETAIL_BODY = "main article .container"

ADDRESS = r"kcna\.kp/(kp|en|jp|cn|ru|es)/article/"
LANGUAGES = {"kp": "ko", "en": "en", "jp": "ja", "cn": "zh", "ru": "ru", "es": "es"}


def language(address: str) -> str | None:
    """Read the language from `/<kp|en|jp|cn|ru|es>/article/`."""
    found = re.search(ADDRESS, address)
    return found and LANGUAGES[found[1]]


Q = Layout("kcna-q", source="kcna", until="2026-06-30", language=language, rules=(juche_years,), page=(
    css(TITLE_BOX, one(TITLE)),
    maybe(css(STAMP_BOX, STAMP)),
    css(BODY_BOX, some(PARAGRAPH)),
))  # fmt: skip

DETAIL = Layout("kcna-detail", source="kcna", since="2026-06-01", language=language, rules=(juche_years,), page=(
    css(DETAIL_TITLE, one(TITLE)),
    css(DETAIL_BODY, some(PARAGRAPH)),
))  # fmt: skip

# kcna.co.jp

CALENDAR = line(
    "calendar line",
    r"calendar ?>> ?(?P<published>[A-Z][a-z]+ \d{1,2}\. ?\d{4}) Juche ?(?P<juche>\d{1,3})",
    published=day("Month DD. YYYY", "Month DD.YYYY"),
)
COPYRIGHT = line("copyright line", r"Copyright \(C\) ?KOREA NEWS SERVICE ?\(KNS\).*")
ARTICLE = starts("dateline of an article", r"[A-Z][\w' -]{1,40}, [A-Z][a-z]+ \d{1,2} \(KCNA\)\s?(?:--|–|—)")

ITEM_ADDRESS = r"/\d{8}-\d+(ee?|ss?)\.html?$"
ITEM_LANGUAGES = {"e": "en", "s": "es"}


def item_language(address: str) -> str | None:
    """Read the language from `/20101208-11ee.html`, where `ee` is English and `ss` Spanish."""
    found = re.search(ITEM_ADDRESS, address)
    return found and ITEM_LANGUAGES[found[1][0]]


def calendar_year(reading: Reading) -> Findings:
    """Check the Juche year of the calendar line against its year; Juche 1 is 1912."""
    for note in reading.values("juche"):
        year = reading.value("published")[:4]
        if year and int(note.value) + 1911 != int(year):
            said = f"Juche {note.value} is {int(note.value) + 1911}, and the calendar line says {year}"
            yield Flag("juche-year", said, note.start, note.end)


def several(reading: Reading) -> Findings:
    """Flag a second dateline: the page may be that of a day, with several articles."""
    found = [span for span in reading.body() if ARTICLE.find(reading.page.text, span.start, span.end)]
    if len(found) > 1:
        yield Flag("several-articles", f"{len(found)} paragraphs begin with a dateline: is it one article?",
                   found[1].start, found[1].end)  # fmt: skip


ITEM = Layout("kcna-item", source="kcna", language=item_language, rules=(calendar_year, several, juche_years), page=(
    css(
        "body",
        maybe(some(FURNITURE)),
        CALENDAR,
        one(TITLE),
        some(PARAGRAPH),
        COPYRIGHT,
        maybe(some(FURNITURE)),
    ),
))  # fmt: skip

HEADLINE = line("headline of another article", r"(?!.*[.!?][\"”’)]?\Z).{1,150}")  # no sentence
SEVERAL = (maybe(some(FURNITURE)), ARTICLE, some(FURNITURE), HEADLINE, ARTICLE, some(FURNITURE))
A_DAY = "the page of a day holds several articles"  # from 1997 to 2008

DAY_PAGE = Layout("kcna-day-page", refuse=A_DAY, page=(css("body", *SEVERAL, COPYRIGHT, maybe(some(FURNITURE))),))
DAY_PAGE_AT_HOST = Layout("kcna-day-page-at-host", refuse=A_DAY, hosts=("kcna.co.jp",), page=(css("body", *SEVERAL),))
