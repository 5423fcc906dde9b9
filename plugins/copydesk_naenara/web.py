"""The layout of the portal's own pages, by what every page of an article has: a heading, a day, paragraphs.

No page of it was seen, so the layout takes nothing but pages of its host, and says that it has not been tried.
"""

from __future__ import annotations

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
)

AROUND = "header, nav, aside, footer, form, noscript"
DATE_LINE = line(
    "date line",
    r"(?:Date: ?)?"
    r"(?P<published>(?:Juche ?\d{1,3}|\d{4})[.-]\d{1,2}[.-]\d{1,2}\.?|[A-Z][a-z]+ \d{1,2}, \d{4})",
    published=day("YYYY.MM.DD", "YYYY.MM.DD.", "YYYY-MM-DD", "Month DD, YYYY", "JucheJJJ.MM.DD", "JucheJJJ.MM.DD."),
)


def unconfirmed(_: Reading) -> Findings:
    """Say that this layout has not been tried on a real page."""
    yield Flag("layout-unconfirmed", "no page of this site was seen when the layout was written: look at its account")


PAGE = Layout("naenara-page", source="naenara", hosts=("naenara.com.kp",), rules=(unconfirmed,), page=(
    maybe(css(AROUND, some(FURNITURE))),
    css("h1, h2, h3", one(TITLE), maybe(some(PARAGRAPH))),  # the first heading, and those of the body behind it
    maybe(DATE_LINE),
    css("p, li, blockquote", some(PARAGRAPH)),
))  # fmt: skip
