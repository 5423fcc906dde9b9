"""What each consumer makes of all texts, and the row of the table that says so."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.consumers import pandoc, sites
from tests.consumers.articles import articles
from tests.consumers.consumer import Consumer, Result, compare
from tests.consumers.sites import KINDS_OF_ARTICLES, Site
from tests.consumers.texts import KINDS_OF_CASES, bodies, frontmatters
from tests.markdown.html import read
from tests.markdown.rendering import Block

TABLE = Path(__file__).resolve().parents[2] / "docs" / "consumers.md"

Row = tuple[str, ...]


def of_engine(engine: Consumer) -> Result:
    """Render all bodies with an engine, and read kind and text of each block."""
    return compare(engine, bodies(), _blocks)


def of_reader(reader: Consumer) -> Result:
    """Read all frontmatter with a reader."""
    return compare(reader, frontmatters(), _as_told)


def of_metadata(reader: Consumer) -> Result:
    """Read all titles with a reader that makes Markdown of them."""
    return compare(reader, pandoc.titles(reader), _as_told)


def of_site(site: Site) -> Result:
    """Build a site of all articles."""
    with TemporaryDirectory() as folder:
        return sites.result(site, articles(), Path(folder))


def row(name: str, result: Result) -> Row:
    """Return the cells of a result, but for the version: name, counts by kind, differences, known ones."""
    counts = [str(result.cases[kind]) for kind in _kinds(result)]
    return (name, *counts, str(len(result.differences)), str(result.known))


def told(name: str, heading: str) -> Row:
    """Return the row of the page in `docs/` that has a name, below a heading; without its version."""
    text = TABLE.read_text("utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in text.split("\n")]
    return next((cells[:1] + cells[2:] for cells in rows if cells[0] == name), ())


def _kinds(result: Result) -> Sequence[str]:
    return KINDS_OF_CASES if KINDS_OF_CASES[0] in result.cases else KINDS_OF_ARTICLES


def _blocks(html: Any) -> list[Block]:
    try:
        return read(html) if isinstance(html, str) else [("error", str(html))]
    except ValueError as error:  # tags that are closed and were never opened
        return [("error", str(error))]


def _as_told(answer: Any) -> Any:
    return answer
