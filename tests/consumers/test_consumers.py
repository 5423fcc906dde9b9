from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.consumers import measured, roster
from tests.consumers.consumer import Consumer, MissingError, Result
from tests.consumers.sites import SITES, Site
from tests.consumers.texts import KINDS_OF_CASES, bodies, frontmatters

Measure = Callable[[Any], Result]


def _named(each: Consumer | Site) -> str:
    return each.name


def _agrees(each: Consumer | Site, heading: str, measure: Measure, *, columns: slice = slice(None)) -> None:
    try:
        each.version()
    except MissingError as problem:
        pytest.skip(f"{each.name}: {problem}")
    found = measure(each)

    assert [] == found.differences[:5]
    assert measured.told(each.name, heading)[columns] == measured.row(each.name, found)[columns]


@pytest.mark.parametrize("engine", roster.ENGINES, ids=_named)
def test_every_engine_shows_what_was_written(engine: Consumer) -> None:
    """An engine shows each block of all bodies as what it is and with its text, as often as the table in docs/ says."""
    _agrees(engine, "Markdown engines", measured.of_engine)


@pytest.mark.parametrize("reader", roster.READERS, ids=_named)
def test_every_reader_reads_what_was_written(reader: Consumer) -> None:
    """A reader of YAML reads all values as strings, each as it was, as often as the table in docs/ says."""
    _agrees(reader, "Readers of frontmatter", measured.of_reader)


@pytest.mark.parametrize("reader", roster.METADATA, ids=_named)
def test_metadata_that_is_markdown_loses_nothing_to_quotes(reader: Consumer) -> None:
    """Pandoc, to which metadata is Markdown, makes the same of a title as of one that needs no escape."""
    _agrees(reader, "Readers of frontmatter", measured.of_metadata)


@pytest.mark.parametrize("site", SITES, ids=_named)
def test_every_site_shows_its_articles(site: Site) -> None:
    """No title or paragraph stops the build of a site, and each page shows its title and its blocks.

    The table may be of fewer specimens than there are by now.
    """
    _agrees(site, "Sites", measured.of_site, columns=slice(2, None))


def test_no_tool_of_the_agreed_list_is_missing() -> None:
    """Every tool is installed; where nothing may be skipped, one that is not is named and fails the run."""
    missing = roster.missing()

    if missing:
        pytest.skip("; ".join(missing))


@pytest.mark.parametrize("texts", [bodies, frontmatters])
def test_there_are_enough_texts(texts: Callable[[], tuple[Any, ...]]) -> None:
    """At least 117 hostile cases, 4,000 random strings and 800 random documents are asked, of all roles and shapes."""
    hostile, strings, documents = ([each for each in texts() if each.kind == kind] for kind in KINDS_OF_CASES)

    assert len(hostile) >= 117
    assert (len(strings), len(documents)) == (4000, 800)
    assert len({each.text for each in strings}) == 4000


def test_texts_are_the_same_in_every_run() -> None:
    """The random texts do not depend on the run, so that a difference can be looked at again."""
    first = (bodies(), frontmatters())
    for texts in (bodies, frontmatters):
        texts.cache_clear()

    assert first == (bodies(), frontmatters())
