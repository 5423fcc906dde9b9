"""The layout of KCNA Watch as it is served: the article page of a WordPress site.

What is known of its elements comes from public scrapers; no raw page of it was seen, and the layout says so.
"""

from __future__ import annotations

from copydesk.plugin import FURNITURE, PARAGRAPH, TITLE, Findings, Flag, Reading, css, items, line, maybe, one, some
from copydesk_kcnawatch.landmarks import (
    DATE_LINE,
    DAY,
    HIRING,
    LONG_DAY,
    NEWSLETTER,
    SHARE_BUTTON,
    kcna_watch,
)

HEADER = "header"
TITLE_BOX = "h1.article-title, h1.entry-title, main h1, article h1"
BODY_BOX = ".article-content, .entry-content"
OTHERS = ".article-desc"

HEADER_DATE = line(
    "capture date", rf"(?P<captured>{DAY})(?: ?(?P<captured2>{DAY}))?", captured=LONG_DAY, captured2=LONG_DAY
)


def unconfirmed(_: Reading) -> Findings:
    """Say that this layout has not been tried on a real page."""
    yield Flag("layout-unconfirmed", "no raw page of this kind was seen when the layout was written", severity="info")


HTML = kcna_watch("kcnawatch-html", unconfirmed, page=(
    maybe(css(OTHERS, items(date=LONG_DAY))),  # first of all, for an item may hold what looks like an article
    css(TITLE_BOX, one(TITLE)),
    DATE_LINE,
    css(
        BODY_BOX,
        maybe(HIRING),
        maybe(SHARE_BUTTON),
        some(PARAGRAPH),
        maybe(NEWSLETTER, maybe(some(FURNITURE))),
    ),
    maybe(css(
        HEADER,
        maybe(HEADER_DATE),
        maybe(some(FURNITURE)),
        maybe(HEADER_DATE, maybe(some(FURNITURE))),
    )),
))  # fmt: skip
