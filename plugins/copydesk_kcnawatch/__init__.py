"""Layouts of KCNA Watch, an archive of North Korean media, in captures saved as text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import partial

from copydesk.plugin import FURNITURE, PARAGRAPH, TITLE, Layout, day, hookimpl, items, line, maybe, one, some, starts
from copydesk_kcnawatch.dprk import MENDING

DAY = r"[A-Z][a-z]+ \d{1,2}, \d{4}"
LONG_DAY = day("Month DD, YYYY")
DAY_FIRST = day("DD/MM/YYYY")

CAPTURE_DATES = line(
    "capture dates", rf"(?P<captured>{DAY})(?P<captured2>{DAY})", captured=LONG_DAY, captured2=LONG_DAY
)
CAPTURE_DATE = line("capture date", rf"(?P<captured>{DAY})", captured=LONG_DAY)
LABEL_LINE = line("label line", r"KCNA(?: (?P<label>.+))?")  # KCNA is a word of the site here, not the source
DATE_LINE = line(
    "Date line",
    r"Date: (?P<published>[\d/]{8,10}) \| Source: ?(?P<label>.*?) ?\| (?P<link>Read original version at source)"
    r"(?:\W*(?P<original_url>https?://[^\s<>()\[\]]+)[)>\]]*)?",
    published=DAY_FIRST,
)
DATE_ALONE = line("Date line without a source", r"Date: (?P<published>[\d/]{8,10})", published=DAY_FIRST)
HIRING = line("hiring line", r"NK News is hiring.*")
SHARE_BUTTON = line("Share Button", r"Share Button")
NEWSLETTER = line("newsletter line", r"Get North Korea headlines delivered to your inbox daily")
SUBSCRIBE = line("subscription line", r"Subscribe to the NK News .*")
MORE_FROM = line("More From line", r"More From ?(?P<label>.*)")
MORE_ARTICLES = line("More Articles line", r"More Articles")
REWRITTEN_DATELINE = starts(
    "rewritten dateline",
    r"(?P<dateline>(?P<dateline_place>[A-Z][\w' -]{1,40}), (?P<dateline_date>[A-Z][a-z]+ \d{1,2}, \d{4})"
    r"(?: \d{1,2}:\d\d KST)? \((?P<agency>KCNA)\) ?(?:--|–|—))",
    dateline_date=LONG_DAY,
)

ADDRESS = re.compile(r"(?:^|[/_])(?P<posted>\d{9,10})-\d{3,}(?![0-9])")
KOREAN_TIME = 9 * 60 * 60  # seconds ahead of UTC
EPOCH = date(1970, 1, 1).toordinal()


def posted(address: str) -> str | None:
    """Read the day from `/newstream/<Unix time>-<number>/`: in Korean time it was the page's date in 18 of 19."""
    found = ADDRESS.search(address)
    return found and date.fromordinal(EPOCH + (int(found["posted"]) + KOREAN_TIME) // 86400).isoformat()


kcna_watch = partial(Layout, archive="KCNA Watch", rules=MENDING, posted=posted)

HEAD = (LABEL_LINE, one(TITLE), DATE_LINE)
OTHERS = items("title", "title", "teaser", "date", "teaser", date=LONG_DAY)
TEASERS = items("teaser", "date", "teaser", date=LONG_DAY)
MORE = (MORE_FROM, maybe(OTHERS), MORE_ARTICLES)
LISTS = ((MORE_FROM, OTHERS), (MORE_FROM, TEASERS))

A = kcna_watch("kcnawatch-a", page=(
    CAPTURE_DATES,
    *HEAD,
    some(PARAGRAPH),
    *MORE,
))  # fmt: skip

A1 = kcna_watch("kcnawatch-a1", page=(
    CAPTURE_DATE,
    *HEAD,
    maybe(HIRING),
    some(PARAGRAPH),
    *MORE,
))  # fmt: skip

B = kcna_watch("kcnawatch-b", without=(DATE_LINE,), page=(
    some(PARAGRAPH),
    MORE_FROM,
    TEASERS,
    maybe(MORE_ARTICLES),
))  # fmt: skip

C = kcna_watch("kcnawatch-c", page=(
    one(TITLE),
    DATE_LINE,
    SHARE_BUTTON,
    some(PARAGRAPH),
    NEWSLETTER,
    SUBSCRIBE,
    maybe(some(FURNITURE)),
))  # fmt: skip

D = kcna_watch("kcnawatch-d", without=LISTS, page=(
    one(TITLE),
    DATE_ALONE,
    some(PARAGRAPH),
))  # fmt: skip

E = kcna_watch("kcnawatch-e", without=LISTS, facts={"lang": "en"}, page=(
    one(TITLE),
    REWRITTEN_DATELINE,
    some(PARAGRAPH),
))  # fmt: skip


@hookimpl
def copydesk_layouts() -> Iterable[Layout]:
    """Return the six layouts."""
    return A, A1, B, C, D, E
