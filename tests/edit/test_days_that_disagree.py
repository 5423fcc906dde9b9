from __future__ import annotations

import pytest

from copydesk.edit.days import LATE
from tests.edit.by_hand import POSTED, codes, days, note, said


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
