"""What the installed plugins bring, and what the specimens become by it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple

import pytest

from copydesk import normalize
from copydesk.contract.layouts import Rule
from copydesk.contract.patterns import Pattern
from copydesk.contract.regions import Attr, Css
from copydesk.contract.selectors import Selector
from copydesk.desk.installed import entry_points
from copydesk.desk.load import OWN
from copydesk.desk.selection import installed
from copydesk.errors import Rejection
from copydesk.plugin import Layout, Source
from copydesk.values.document import Document
from tests.support.specimens import Specimen, specimens

HOST = installed()
OWN_PLUGINS = {point.name for point in entry_points() if point.distribution == OWN}
LAYOUTS = [pytest.param(layout, id=name) for name, layout in HOST.desk.layouts.items()]


class Ruled(NamedTuple):
    """A rule with its owner and, of a source, its language."""

    owner: Layout | Source
    lang: str
    rule: Rule

    @property
    def name(self) -> str:
        """What the account calls it."""
        return f"{self.owner.id}{self.lang and f' ({self.lang})'}: {getattr(self.rule, '__name__', '')}"


def rules() -> Iterator[Ruled]:
    """Give each rule of each layout and source."""
    for layout in HOST.desk.layouts.values():
        yield from (Ruled(layout, "", rule) for rule in layout.rules)
    for source in HOST.desk.sources.values():
        for lang, habits in source.habits.items():
            yield from (Ruled(source, lang, rule) for rule in habits)


def landmarks(layout: Layout) -> list[Pattern]:
    """Return all patterns of a layout's page, the optional ones and those it must not have too."""
    entries: list[object] = [*layout.entries, *chain.from_iterable(layout.without)]
    for part in layout.parts:
        entries += part.entry.entries if isinstance(part.entry, Css) else (part.entry,)
    return [entry for entry in entries if isinstance(entry, Pattern)]


def selectors(layout: Layout) -> list[Selector]:
    """Return all selectors of a layout of HTML pages."""
    return [part.entry.selector for part in layout.parts if isinstance(part.entry, Css | Attr)]


@cache
def documents() -> dict[str, tuple[Specimen, Document]]:
    """Return each specimen that becomes a document, by its case."""
    found = {}
    for specimen in specimens():
        try:
            found[specimen.name] = specimen, normalize(specimen.capture, host=HOST)
        except Rejection:
            continue
    return found


@cache
def refused() -> dict[str, tuple[Specimen, Rejection]]:
    """Return each specimen that is known to be no article, by its case."""
    found = {}
    for specimen in specimens():
        try:
            normalize(specimen.capture, host=HOST)
        except Rejection as problem:
            if problem.code == "no-article":
                found[specimen.name] = specimen, problem
    return found


def layout_of(case: str) -> str:
    """Return the layout that has converted a specimen, or has refused it as no article."""
    if case in refused():
        return refused()[case][1].message.rpartition("(it fits ")[2].removesuffix(")")
    return documents()[case][1].account.layout
