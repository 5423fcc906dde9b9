"""Layouts of KCNA Watch, an archive of North Korean media: six of captures saved as text, and that of its HTML."""

from __future__ import annotations

from collections.abc import Iterable

from copydesk.plugin import FURNITURE, PARAGRAPH, TITLE, Layout, hookimpl, items, maybe, one, some
from copydesk_kcnawatch.landmarks import (
    CAPTURE_DATE,
    CAPTURE_DATES,
    DATE_ALONE,
    DATE_LINE,
    HIRING,
    LABEL_LINE,
    LONG_DAY,
    MORE_ARTICLES,
    MORE_FROM,
    NEWSLETTER,
    REWRITTEN_DATELINE,
    SHARE_BUTTON,
    SUBSCRIBE,
    kcna_watch,
)
from copydesk_kcnawatch.web import HTML

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
    """Return the six layouts of text captures, and that of HTML."""
    return A, A1, B, C, D, E, HTML
