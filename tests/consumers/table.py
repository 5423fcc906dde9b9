"""Write `docs/consumers.md`: ask every tool for all texts, and put the results into tables."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run as a script

from tests.consumers import measured, roster
from tests.consumers.consumer import Consumer, Result
from tests.consumers.sites import KINDS_OF_ARTICLES, SITES, Site
from tests.consumers.texts import KINDS_OF_CASES

_FRAME = Path(__file__).with_name("table.md")
_NUMBERS = ("differences", "known")

Measured = Sequence[tuple[Consumer | Site, Callable[[Any], Result]]]


def page() -> str:
    """Return the page, its tables filled in."""
    engines = [(each, measured.of_engine) for each in roster.ENGINES]
    readers = [(each, measured.of_reader) for each in roster.READERS]
    metadata = [(each, measured.of_metadata) for each in roster.METADATA]
    sites = [(each, measured.of_site) for each in SITES]
    return _FRAME.read_text("utf-8").format(
        engines=_table(engines, KINDS_OF_CASES, "engine"),
        readers=_table([*readers, *metadata], KINDS_OF_CASES, "reader"),
        sites=_table(sites, KINDS_OF_ARTICLES, "generator"),
    )


def _table(consumers: Measured, kinds: Sequence[str], what: str) -> str:
    return "\n".join(_lines(consumers, kinds, what))


def _lines(consumers: Measured, kinds: Sequence[str], what: str) -> Iterator[str]:
    yield _line(what, "version", *kinds, *_NUMBERS)
    yield _line("---", "---", *("---:" for _ in (*kinds, *_NUMBERS)))
    for each, measure in consumers:
        name, *cells = measured.row(each.name, measure(each))
        yield _line(name, each.version(), *cells)


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    measured.TABLE.write_text(page(), "utf-8")
