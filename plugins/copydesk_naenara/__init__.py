"""Naenara, a web portal: no dateline, no end mark, and often a byline in the last line; and its own pages."""

from __future__ import annotations

from collections.abc import Iterable

from copydesk.plugin import Layout, Source, doubt, hookimpl, last, line
from copydesk_naenara.web import PAGE

BYLINE = line("byline", r"(?P<author>KCNA|[A-Z][a-z]+(?: [A-Z][a-z]+){2})")  # KCNA is an author here, not the source
SHORT_LINE = line("short last line", r".{0,39}[^\s.!?\"”’)…]")

NAENARA = Source(
    "naenara",
    "Naenara",
    labels=("Naenara",),
    hosts=("naenara.com.kp",),
    habits={"en": (
        last(BYLINE),
        doubt("maybe-byline", "the short last line may be a byline", last(SHORT_LINE), severity="info"),
    )},
    schema="naenara",
)  # fmt: skip


@hookimpl
def copydesk_sources() -> Iterable[Source]:
    """Return the portal."""
    return (NAENARA,)


@hookimpl
def copydesk_layouts() -> Iterable[Layout]:
    """Return the layout of its own pages."""
    return (PAGE,)
