"""The source DPRK Today, a web portal, as KCNA Watch has it: neither dateline nor end mark."""

from __future__ import annotations

from collections.abc import Iterable

from copydesk.plugin import Source, hookimpl

DPRK_TODAY = Source("dprk-today", "DPRK Today", labels=("DPRK Today",), schema="dprk-today")


@hookimpl
def copydesk_sources() -> Iterable[Source]:
    """Return the source."""
    return (DPRK_TODAY,)
