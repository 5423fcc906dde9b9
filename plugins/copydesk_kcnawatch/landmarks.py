"""What the pages of KCNA Watch say of themselves, saved as text and as HTML alike."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from copydesk.plugin import Layout, Rule, day, line, starts
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



def kcna_watch(id: str, *rules: Rule, **parts: Any) -> Layout:
    """Return a layout of the archive, with its rules and its addresses."""
    return Layout(id, archive="KCNA Watch", rules=(*MENDING, *rules), posted=posted, **parts)
