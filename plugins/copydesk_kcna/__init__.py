"""The Korean Central News Agency: its house style in four languages, and the pages of its own sites."""

from __future__ import annotations

from collections.abc import Iterable

from copydesk.plugin import Layout, Source, hookimpl
from copydesk_kcna.habits import ENGLISH, JAPANESE, KOREAN, SPANISH
from copydesk_kcna.web import DAY_PAGE, DAY_PAGE_AT_HOST, DETAIL, ITEM, Q

KCNA = Source(
    "kcna",
    "Korean Central News Agency",
    labels=("KCNA.kp", "KCNA.co.jp"),
    hosts=("kcna.kp", "kcna.co.jp"),
    signs={"(KCNA)": "en", "-0-": "en", "조선중앙통신)": "ko", "朝鮮中央通信】": "ja", "(ACNC)": "es"},
    habits={"en": ENGLISH, "ko": KOREAN, "ja": JAPANESE, "es": SPANISH},
    schema="kcna",
)


@hookimpl
def copydesk_sources() -> Iterable[Source]:
    """Return the agency."""
    return (KCNA,)


@hookimpl
def copydesk_layouts() -> Iterable[Layout]:
    """Return the layouts of kcna.kp and kcna.co.jp."""
    return Q, DETAIL, ITEM, DAY_PAGE, DAY_PAGE_AT_HOST
