from __future__ import annotations

import pytest

from copydesk.plugin import Note
from tests.edit.by_hand import POSTED, codes, days, note, said


def told(day: str, at: int = 0) -> Note:
    """Return a day of publication as the head of a page tells it."""
    return Note("meta_published", day, at, at + 1, "head: article:published_time")


def dateline(day: str) -> Note:
    """Return the day of a dateline, which has no year."""
    return note("dateline_date", day)


@pytest.mark.parametrize(
    ("day", "captured", "published"),
    [
        ("--12-31", "2026-01-02", "2025-12-31"),
        ("--12-01", "2026-01-31", "2025-12-01"),
        ("--01-02", "2026-01-02", "2026-01-02"),
        ("--01-03", "2026-01-02", "2026-01-03"),
        ("--01-04", "2026-01-02", "2025-01-04"),
        ("--06-30", "2026-07-01", "2026-06-30"),
        ("--01-01", "2025-12-31", "2026-01-01"),
        ("--01-02", "2025-12-31", "2025-01-02"),
        ("--02-29", "2026-03-01", "2024-02-29"),
        ("--02-29", "2028-02-28", "2028-02-29"),
        ("--02-29", "2028-02-27", "2024-02-29"),
    ],
)
def test_a_dateline_has_its_last_day_before_the_capture(day: str, captured: str, published: str) -> None:
    """Without any other evidence the year is the last one possible: December seen in January is of the year before.

    A capture may be a day early by its clock, and no more.
    """
    found = days(dateline(day), captured=captured)

    assert (found.published, found.dateline) == (published, published)
    assert ("date-source", "warning") in codes(found)
    assert found.flags[0].message == (
        f"no Date line; the date is that of the dateline, its year the last before the capture on {captured}"
    )


def test_a_capture_a_day_early_by_its_clock_is_no_contradiction_of_the_year() -> None:
    """The one thing said beside the source of the date is that it lies a day behind the capture."""
    assert codes(days(dateline("--01-03"), captured="2026-01-02")) == [
        ("date-source", "warning"),
        ("dates-disagree", "warning"),
    ]
    assert codes(days(dateline("--01-02"), captured="2026-01-02")) == [("date-source", "warning")]


@pytest.mark.parametrize("captured", ["", "yesterday", "2026-13-01"])
def test_a_capture_of_no_day_tells_no_year(captured: str) -> None:
    """Without a day of capture that is one, a dateline stays without a year."""
    assert days(dateline("--12-31"), captured=captured).published == ""


def test_the_capture_that_the_page_prints_counts_too() -> None:
    """A page that says when it was captured tells the year as a given day does, and goes before it."""
    found = days(dateline("--12-31"), note("captured", "2026-01-02", 3), captured="2025-12-30")

    assert (found.published, found.captured) == ("2025-12-31", "2026-01-02")


def test_the_head_tells_the_day_where_the_page_does_not() -> None:
    """Without Date line, stamp, dateline and address, what the head tells is taken, with a warning."""
    found = days(told("2021-01-21", 4))

    assert (found.published, codes(found)) == ("2021-01-21", [("date-source", "warning")])
    assert said(found) == "no Date line; the date is that of the article:published_time"
    assert (found.flags[0].start, found.flags[0].end) == (4, 5)


@pytest.mark.parametrize(
    ("day", "head", "published"),
    [
        ("--01-21", "2021-01-21", "2021-01-21"),
        ("--01-21", "2021-01-28", "2021-01-28"),
        ("--01-21", "2021-01-20", "2021-01-20"),
        ("--12-31", "2021-01-02", "2021-01-02"),
        ("--01-01", "2020-12-31", "2020-12-31"),
    ],
)
def test_a_head_that_fits_the_dateline_is_taken(day: str, head: str, published: str) -> None:
    """A head tells the year of a dateline if it is of its day, up to a week later, or a day before by its clock."""
    found = days(dateline(day), told(head), captured="2026-06-01")

    assert found.published == published
    assert ("date-source", "warning") in codes(found)


@pytest.mark.parametrize("head", ["2021-01-29", "2021-01-19", "2021-06-01"])
def test_a_head_that_does_not_fit_the_dateline_is_not_taken(head: str) -> None:
    """A clock of the page that has nothing to do with the article is no date of it, and the difference is told."""
    found = days(dateline("--01-21"), told(head), captured="2026-06-01")

    assert found.published == "2026-01-21"
    assert codes(found) == [("date-source", "warning"), ("dates-disagree", "warning")]
    assert days(dateline("--01-21"), told(head)).published == ""


def test_the_first_head_that_fits_is_taken() -> None:
    """Of several days in a head the first that the dateline allows counts, and the others are told."""
    found = days(dateline("--01-21"), told("2024-05-05"), told("2021-01-22"), told("2021-01-23"))

    assert found.published == "2021-01-22"
    assert {flag.message.partition(":")[0] for flag in found.flags if flag.code == "dates-disagree"} == {
        "published 1 day after the dateline's",
        "the day of the article",
    }


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("2021-01-21", []),
        ("2021-01-20", [("dates-disagree", "info")]),
        ("2021-01-22", [("dates-disagree", "info")]),
        ("2021-01-23", [("dates-disagree", "warning")]),
        ("2021-01-19", [("dates-disagree", "warning")]),
        ("2021-02-30", []),
        ("", []),
    ],
)
def test_a_head_is_tried_against_the_page(head: str, expected: list[tuple[str, str]]) -> None:
    """A day more or less may be a clock elsewhere in the world; more is a warning, and what is no day says nothing."""
    found = days(note("published", "2021-01-21"), told(head, 5))

    assert (found.published, codes(found)) == ("2021-01-21", expected)
    assert all(flag.start == 5 for flag in found.flags)


def test_a_head_without_a_day_tells_none() -> None:
    """What looks like a day in the head and is none leaves the page undated."""
    assert days(told("2021-02-30")).published == ""
    assert days(told("2021-02-30"), told("2021-01-21")).published == "2021-01-21"
    assert days(dateline("--01-21"), told("2021-02-30")).published == ""


def test_a_head_that_says_it_twice_is_told_once() -> None:
    """The same day in `meta` and in JSON-LD is one disagreement."""
    found = days(note("published", "2021-01-21"), told("2021-03-01"), told("2021-03-01"), told("2021-03-02"))

    assert codes(found) == [("dates-disagree", "warning")] * 2


def test_the_page_goes_before_its_head() -> None:
    """Date line, stamp, dateline with a year and the address all count before what the head tells."""
    for other in (
        note("published", "2021-01-21"),
        note("stamp_date", "2021-01-21"),
        note("dateline_date", "2021-01-21"),
    ):
        assert days(other, told("2024-05-05")).published == "2021-01-21"
    assert days(told("2024-05-05"), url="/posted/2021-01-21", layout=POSTED).published == "2021-01-21"


def test_a_head_is_taken_though_a_capture_is_known() -> None:
    """The head tells the year before it is taken from the capture, and a capture before that day is told."""
    found = days(dateline("--01-21"), told("2021-01-21"), captured="2020-06-01")

    assert found.published == "2021-01-21"
    assert ("dates-disagree", "warning") in codes(found)


def test_an_undated_page_stays_undated() -> None:
    """The day of capture alone is no date of an article."""
    found = days(captured="2026-01-02")

    assert (found.published, codes(found)) == ("", [("undated", "warning")])
