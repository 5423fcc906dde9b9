from __future__ import annotations

from typing import Any

import pytest

from copydesk.edit.days import LATE, Days, days_of
from copydesk.plugin import PARAGRAPH, Flag, Layout, Note, line, some
from tests.desk.by_hand import reading_of

BARE = Layout("bare", page=(line("head", "Head"), some(PARAGRAPH)))


def posted(address: str) -> str | None:
    """Read the day out of `/posted/<day>`."""
    return address.partition("/posted/")[2] or None


POSTED = Layout("posted", page=(line("head", "Head"), some(PARAGRAPH)), posted=posted)


def note(key: str, value: str, at: int = 0) -> Note:
    """Return a note as a rule makes it: with a place and its rule's name."""
    return Note(key, value, at, at + 1, f"acme: {key} rule")


def days(
    *notes: Note, name: str = "", url: str = "", captured: str = "", layout: Layout = BARE, flags: tuple[Flag, ...] = ()
) -> Days:
    """Return the days of a page with these notes."""
    reading = reading_of("A page of text.", name=name, url=url, captured=captured, notes=notes)
    return days_of(reading._replace(flags=flags), layout)


def codes(found: Days) -> list[tuple[str, str]]:
    """Return code and severity of each flag."""
    return [(flag.code, flag.severity) for flag in found.flags]


def said(found: Days) -> str:
    """Return what the one flag says."""
    (flag,) = found.flags
    return flag.message


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


@pytest.mark.parametrize(
    ("published", "severity"),
    [("2021-01-22", "info"), ("2021-01-28", "info"), ("2021-01-29", "warning"), ("2021-01-20", "warning")],
)
def test_published_apart_from_its_dateline(published: str, severity: str) -> None:
    """Some days late is worth a word; a day early, or more than a week late, is a warning with both rules."""
    found = days(note("published", published), note("dateline_date", "--01-21", 7))

    assert (found.published, found.dateline) == (published, "2021-01-21")
    assert codes(found) == [("dates-disagree", severity)]
    assert f"{published} (published rule), 2021-01-21 (dateline_date rule)" in said(found)
    assert found.flags[0].start == 7


def test_a_week_late_is_the_limit() -> None:
    """The limit is the one that is documented."""
    assert LATE == 7


@pytest.mark.parametrize(
    ("published", "dateline", "severity"), [("2021-05-03", "--03-05", "warning"), ("2021-06-05", "--05-06", "warning")]
)
def test_day_and_month_may_be_swapped(published: str, dateline: str, severity: str) -> None:
    """Where the dateline agrees with the Date line read the other way round, the flag says so."""
    found = days(note("published", published), note("dateline_date", dateline))

    assert codes(found) == [("dates-disagree", severity)]
    assert "with day and month the other way round they agree" in said(found)


def test_not_every_difference_is_a_swap() -> None:
    """The word on the other way round is said where it is true."""
    assert "the other way round" not in said(days(note("published", "2021-05-03"), note("dateline_date", "--03-06")))


def test_two_date_lines_that_disagree_are_flagged() -> None:
    """The first value counts, a second that is equal is silent, and another is a warning at its place."""
    same = days(note("published", "2021-01-21"), note("published", "2021-01-21", 4))
    other = days(note("published", "2021-01-21"), note("published", "2021-01-22", 4))

    assert (same.published, same.flags) == ("2021-01-21", ())
    assert (other.published, codes(other)) == ("2021-01-21", [("dates-disagree", "warning")])
    assert "two values for 'published': 2021-01-21 (published rule), 2021-01-22 (published rule)" == said(other)
    assert other.flags[0].start == 4


def test_two_datelines_that_disagree_are_flagged() -> None:
    """Of two datelines the first counts, and the second is not passed over."""
    found = days(note("published", "2021-01-21"), note("dateline_date", "--01-21"), note("dateline_date", "--01-20", 4))

    assert (found.dateline, codes(found)) == ("2021-01-21", [("dates-disagree", "warning")])


def test_a_stamp_that_disagrees_with_the_date_line_is_flagged() -> None:
    """A stamp of another day than the Date line is a warning; one of the same day is silent."""
    same = days(note("published", "2024-05-27"), note("stamp_date", "2024-05-27"))
    other = days(note("published", "2024-05-27"), note("stamp_date", "2024-05-28"))

    assert (same.published, same.flags) == ("2024-05-27", ())
    assert (other.published, codes(other)) == ("2024-05-27", [("dates-disagree", "warning")])


def test_an_address_that_disagrees_is_worth_a_word() -> None:
    """The address's day is the page's in nearly all captures, and no proof: a difference goes into the account."""
    found = days(note("published", "2021-01-21"), url="/posted/2021-01-22", layout=POSTED)

    assert (found.published, codes(found)) == ("2021-01-21", [("dates-disagree", "info")])


def test_a_page_cannot_be_captured_before_it_is_published() -> None:
    """A capture date before the day of publication is a warning; the same day is none."""
    early = days(note("published", "2021-01-21"), note("captured", "2021-01-20"))
    same = days(note("published", "2021-01-21"), note("captured", "2021-01-21"))

    assert codes(early) == [("dates-disagree", "warning")]
    assert "captured before it was published: 2021-01-21 (published rule), 2021-01-20 (captured rule)" == said(early)
    assert same.flags == ()


def test_the_page_goes_before_what_was_given() -> None:
    """The capture date on the page counts; one that was given fills a gap, and a difference is a warning."""
    both = days(note("published", "2021-01-21"), note("captured", "2024-05-05"), captured="2024-05-06")
    given = days(note("published", "2021-01-21"), captured="2024-05-06")

    assert (both.captured, codes(both)) == ("2024-05-05", [("dates-disagree", "warning")])
    assert "2024-05-06 (capture hint)" in said(both)
    assert (given.captured, given.flags) == ("2024-05-06", ())


def test_both_forms_of_the_capture_date_are_tried() -> None:
    """A page with a long and a short form that disagree says so."""
    found = days(note("published", "2021-01-21"), note("captured", "2024-05-05"), note("captured", "2024-05-06", 3))

    assert (found.captured, codes(found)) == ("2024-05-05", [("dates-disagree", "warning")])


def test_a_dateline_without_a_year_stays_unknown_on_an_undated_page() -> None:
    """A dateline's year is never made up: without a day to compare, the document has no `dateline_date`."""
    bad = Flag("bad-published", "x", 0, 1)

    assert days(note("dateline_date", "--01-21"), flags=(bad,)).dateline == ""
