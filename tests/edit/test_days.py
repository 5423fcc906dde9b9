from __future__ import annotations

from typing import Any

import pytest

from copydesk.plugin import Flag
from tests.edit.by_hand import POSTED, codes, days, note, said


def test_a_date_line_is_the_day_of_publication() -> None:
    """What the page says of its publication counts, and a dateline of that day agrees with it in silence."""
    found = days(note("published", "2021-01-21"), note("dateline_date", "--01-21"), note("captured", "2024-05-05"))

    assert (found.published, found.dateline, found.captured, found.flags) == (
        "2021-01-21",
        "2021-01-21",
        "2024-05-05",
        (),
    )


def test_no_other_date_takes_the_place_of_a_bad_one() -> None:
    """A Date line that holds no day leaves the document undated: a stamp or dateline is not put in its place."""
    bad = Flag("bad-published", "the Date line has '31/02/2021'", 0, 1)
    found = days(note("stamp_date", "2021-01-21"), note("dateline_date", "2021-01-21"), flags=(bad,))

    assert (found.published, codes(found)) == ("", [("undated", "warning")])
    assert "no other date is taken in its place" in said(found)


def test_a_stamp_is_next() -> None:
    """Without a Date line the stamp's day is taken, with a word on it."""
    found = days(note("stamp_date", "2024-05-27", 3), note("dateline_date", "--05-26"))

    assert (found.published, found.dateline) == ("2024-05-27", "2024-05-26")
    assert codes(found) == [("date-source", "info"), ("dates-disagree", "info")]
    assert found.flags[0] == Flag("date-source", "no Date line; the date is that of the stamp", 3, 4, "info")


def test_two_stamps_that_disagree_are_flagged() -> None:
    """The first stamp is taken, and the second is not passed over."""
    found = days(note("stamp_date", "2024-05-27"), note("stamp_date", "2024-05-28", 5))

    assert found.published == "2024-05-27"
    assert {code for code, _ in codes(found)} == {"date-source", "dates-disagree"}
    assert ("dates-disagree", "warning") in codes(found)


def test_a_dateline_with_a_year_is_next() -> None:
    """Without Date line and stamp, a dateline that has its year is the day."""
    found = days(note("dateline_date", "2014-05-30"))

    assert (found.published, found.dateline, codes(found)) == ("2014-05-30", "2014-05-30", [("date-source", "info")])
    assert said(found) == "no Date line; the date is that of the dateline"


@pytest.mark.parametrize(
    ("hint", "rule"),
    [({"url": "https://x/posted/2022-11-03"}, "capture address"), ({"name": "a/posted/2022-11-03"}, "capture name")],
)
def test_a_dateline_gets_its_year_from_a_hint(hint: dict[str, Any], rule: str) -> None:
    """A dateline without a year is the day; the year is that of the address or the name, and a warning says so."""
    found = days(note("dateline_date", "--11-02"), layout=POSTED, **hint)

    assert (found.published, found.dateline) == ("2022-11-02", "2022-11-02")
    assert codes(found) == [("date-source", "warning"), ("dates-disagree", "info")]
    assert found.flags[0].message == f"no Date line; the date is that of the dateline, its year from the {rule}"
    assert rule in found.flags[1].message


def test_a_dateline_that_no_year_near_the_hint_has_is_undated() -> None:
    """A 29th of February with a hint two years from any leap year has no date, and the hint does not replace it."""
    found = days(note("dateline_date", "--02-29"), url="/posted/2022-03-01", layout=POSTED)

    assert (found.published, found.dateline, codes(found)) == ("", "", [("undated", "warning")])


def test_a_hint_that_agrees_needs_no_second_word() -> None:
    """Where address and dateline are of one day, nothing disagrees."""
    found = days(note("dateline_date", "--11-03"), url="/posted/2022-11-03", name="/posted/2022-11-03", layout=POSTED)

    assert (found.published, codes(found)) == ("2022-11-03", [("date-source", "warning")])


@pytest.mark.parametrize(
    ("dateline", "hint", "day"),
    [
        ("--12-31", "2022-01-01", "2021-12-31"),
        ("--12-30", "2022-01-05", "2021-12-30"),
        ("--01-01", "2021-12-31", "2022-01-01"),
        ("--01-02", "2022-01-02", "2022-01-02"),
        ("--06-30", "2022-07-01", "2022-06-30"),
        ("--02-29", "2024-03-01", "2024-02-29"),
        ("--02-29", "2025-03-01", "2024-02-29"),
    ],
)
def test_the_year_brings_the_dateline_close(dateline: str, hint: str, day: str) -> None:
    """A dateline of December that is seen in January is of the year before; the closest real day counts."""
    assert days(note("dateline_date", dateline), url=f"/posted/{hint}", layout=POSTED).published == day
    assert days(note("published", hint), note("dateline_date", dateline)).dateline == day


def test_a_name_with_a_day_gives_the_year() -> None:
    """A day in the file name gives the year where it follows the dateline as a publication does."""
    for name in ("2021-01-21.txt", "kcna 2021-01-22 b.txt", "2020-05-05/x_2021-01-28_2.txt"):
        found = days(note("dateline_date", "--01-21"), name=name)

        assert (found.published, codes(found)) == ("2021-01-21", [("date-source", "warning")])
        assert said(found) == "no Date line; the date is that of the dateline, its year from the capture name"


@pytest.mark.parametrize(
    "name",
    [
        "2021-01-20.txt",
        "2021-01-29.txt",
        "2021-06-01.txt",
        "2021-02-30.txt",
        "12021-01-21.txt",
        "2021-01-210.txt",
        "2021-01-21/capture.txt",
        "20210121.txt",
        "capture.txt",
        "",
    ],
)
def test_a_name_that_contradicts_is_not_believed(name: str) -> None:
    """A day before the dateline, or more than a week behind it, is that of something else: no year is guessed."""
    found = days(note("dateline_date", "--01-21"), name=name)

    assert (found.published, found.dateline, codes(found)) == ("", "", [("undated", "warning")])
    assert said(found).startswith("the dateline has a day (01-21) and no year")


def test_of_two_days_in_a_name_the_fitting_one_counts() -> None:
    """A name may hold the day of the capture too."""
    assert days(note("dateline_date", "--01-21"), name="2024-05-05_2021-01-21.txt").published == "2021-01-21"


def test_a_day_in_a_name_is_no_date_by_itself() -> None:
    """Without a dateline a day in a file name may mean anything."""
    found = days(name="2021-01-21.txt")

    assert (found.published, codes(found)) == ("", [("undated", "warning")])


@pytest.mark.parametrize(
    ("hint", "rule"),
    [({"url": "/posted/2022-11-03"}, "capture address"), ({"name": "/posted/2022-11-03"}, "capture name")],
)
def test_without_a_dateline_a_hint_is_the_day(hint: dict[str, Any], rule: str) -> None:
    """The address tells the day where nothing on the page does, and a warning says so."""
    found = days(layout=POSTED, **hint)

    assert (found.published, found.dateline, codes(found)) == ("2022-11-03", "", [("date-source", "warning")])
    assert said(found) == f"no Date line; the date is that of the {rule}"


def test_the_address_goes_before_the_name() -> None:
    """Where both tell a day, the address counts, and the other is not passed over."""
    found = days(url="/posted/2022-11-03", name="/posted/2022-11-04", layout=POSTED)

    assert found.published == "2022-11-03"
    assert codes(found) == [("date-source", "warning"), ("dates-disagree", "info")]


def test_without_any_evidence_there_is_no_date() -> None:
    """An undated page says so, and says what would help."""
    found = days()

    assert (found.published, found.captured, found.dateline) == ("", "", "")
    assert codes(found) == [("undated", "warning")]
    assert said(found) == "no date on the page, in its address or in its name; give the address with --url"


def test_the_capture_date_is_never_the_date() -> None:
    """When a page was saved says nothing of when it was published."""
    found = days(note("captured", "2024-05-05"), captured="2024-05-05")

    assert (found.published, found.captured, codes(found)) == ("", "2024-05-05", [("undated", "warning")])


def test_a_dateline_without_a_year_stays_unknown_on_an_undated_page() -> None:
    """A dateline's year is never made up: without a day to compare, the document has no `dateline_date`."""
    bad = Flag("bad-published", "x", 0, 1)

    assert days(note("dateline_date", "--01-21"), flags=(bad,)).dateline == ""
