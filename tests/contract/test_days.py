from __future__ import annotations

import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from copydesk.contract.days import MONTHS, is_day
from copydesk.errors import PluginError
from copydesk.plugin import day

ENGLISH = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SPANISH = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
FORMATS = (
    "DD/MM/YYYY", "MM/DD/YYYY", "YYYY-MM-DD", "Month DD, YYYY", "Month DD", "DD de Month", "JucheJJJ.MM.DD.",
    "YYYY.MM.DD.", "주체JJJ.MM.DD.", "MM월 DD일", "MM月DD日", "DD.MM.", "DDMMYYYY",
)  # fmt: skip


@pytest.mark.parametrize(
    ("form", "text", "value"),
    [
        ("DD/MM/YYYY", "21/01/2021", "2021-01-21"),
        ("DD/MM/YYYY", "1/2/2021", "2021-02-01"),
        ("MM/DD/YYYY", "01/02/2021", "2021-01-02"),
        ("YYYY.MM.DD.", "2025.7.6.", "2025-07-06"),
        ("Month DD, YYYY", "January 21, 2021", "2021-01-21"),
        ("Month DD, YYYY", "Jan 21, 2021", "2021-01-21"),
        ("Month DD, YYYY", "Jan. 21, 2021", "2021-01-21"),
        ("JucheJJJ.MM.DD.", "Juche113.5.27.", "2024-05-27"),
        ("JucheJJJ.MM.DD.", "Juche1.1.1.", "1912-01-01"),
        ("주체JJJ.MM.DD.", "주체113.5.29.", "2024-05-29"),
        ("Month DD", "May 9", "--05-09"),
        ("DD de Month", "12 de septiembre", "--09-12"),
        ("MM월 DD일", "8월 21일", "--08-21"),
        ("MM月DD日", "7月6日", "--07-06"),
        ("DD.MM.", "29.2.", "--02-29"),
        ("DD/MM/YYYY", "29/02/2024", "2024-02-29"),
    ],
)
def test_a_format_says_the_order(form: str, text: str, value: str) -> None:
    """A day is read as its format orders it, ISO or without a year, in any language of the sources."""
    assert day(form)(text) == value


@pytest.mark.parametrize("form", ["Month DD", "DD de Month"])
@pytest.mark.parametrize("number", range(12))
def test_each_month_has_its_names(form: str, number: int) -> None:
    """English months are read long and short, Spanish ones long."""
    expected = f"--{number + 1:02}-09"
    for name in (ENGLISH[number], ENGLISH[number][:3], SPANISH[number]):
        assert day(form)(form.replace("Month", name).replace("DD", "9")) == expected


def test_no_name_stands_for_two_months() -> None:
    """There are 12 long and 12 short names in English, `May` being both, and 12 in Spanish."""
    assert len(MONTHS) == 12 + 11 + 12


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("DD/MM/YYYY", "29/02/2023"),
        ("DD/MM/YYYY", "29/02/1900"),
        ("DD/MM/YYYY", "31/04/2021"),
        ("DD/MM/YYYY", "00/04/2021"),
        ("DD/MM/YYYY", "01/00/2021"),
        ("DD/MM/YYYY", "01/13/2021"),
        ("DD/MM/YYYY", "01/02/21"),
        ("DD/MM/YYYY", " 01/02/2021"),
        ("DD/MM/YYYY", "01/02/2021 "),
        ("DD/MM/YYYY", "01-02-2021"),
        ("DD/MM/YYYY", ""),
        ("YYYY.MM.DD.", "2021x02x03x"),
        ("Month DD", "Smarch 9"),
        ("Month DD", "may 9"),
        ("Month DD", "February 30"),
        ("DD.MM.", "30.2."),
        ("JucheJJJ.MM.DD.", "Juche9999.1.1."),
        ("Month DD", "May ²"),
    ],
)
def test_what_is_no_such_day_is_none(form: str, text: str) -> None:
    """An impossible day, another order or anything more or less than the day gives no value."""
    assert day(form)(text) is None


def test_formats_are_tried_in_order() -> None:
    """The first format that makes a day of a text counts."""
    either = day("DD/MM/YYYY", "MM/DD/YYYY")

    assert [either("01/02/2021"), either("01/13/2021"), either("13/01/2021"), either("13/13/2021")] == [
        "2021-02-01",
        "2021-01-13",
        "2021-01-13",
        None,
    ]


@pytest.mark.parametrize("form", ["", "MM/YYYY", "DD/YYYY", "DD", "Month YYYY", "dd/mm/yyyy"])
def test_a_format_needs_day_and_month(form: str) -> None:
    """A format that can give no day is refused where it is written."""
    with pytest.raises(PluginError) as problem:
        day("DD/MM/YYYY", form)

    assert str(problem.value) == f"day({form!r}): a day needs DD once, and MM or Month once"


def written(form: str, when: datetime.date, *, long: bool) -> str:
    """Return a day as a format writes it."""
    month = (SPANISH if " de " in form else ENGLISH)[when.month - 1]
    short = month if long or " de " in form else month[:3]
    for token, text in (
        ("YYYY", f"{when.year:04}"),
        ("JJJ", str(when.year - 1911)),
        ("MM", str(when.month)),
        ("DD", str(when.day)),
        ("Month", short),
    ):
        form = form.replace(token, text)
    return form


@given(
    st.sampled_from([form for form in FORMATS if form != "DDMMYYYY"]),
    st.dates(datetime.date(1912, 1, 1), datetime.date(2910, 12, 31)),
    st.booleans(),
)
def test_what_a_format_writes_it_reads(form: str, when: datetime.date, long: bool) -> None:
    """A real day, written as a format says, is read back: whole, or without the year that the format has not."""
    value = day(form)(written(form, when, long=long))

    assert value == (when.isoformat() if "YYYY" in form or "JJJ" in form else f"-{when.isoformat()[4:]}")


NEAR_DAYS = st.one_of(
    st.text(),
    st.from_regex(r"[\d/.,: -]{0,12}"),
    st.from_regex(r"(Juche|주체)?\d{1,4}\.\d{1,3}\.\d{1,3}\.", fullmatch=True),
    st.from_regex(r"(January|Feb|May|mayo|\w+)\.? \d{1,3}(, \d{1,4})?", fullmatch=True),
)


@given(st.lists(st.sampled_from(FORMATS), min_size=1, max_size=3), NEAR_DAYS)
@example(["DD/MM/YYYY"], "٢١/٠١/٢٠٢١")
@example(["DD/MM/YYYY"], "99/99/9999")
@example(["DDMMYYYY"], "3112021")
@example(["JucheJJJ.MM.DD."], "Juche0.1.1.")
def test_a_reader_never_raises(forms: list[str], text: str) -> None:
    """Law: any text gives a real day in ISO form, one without a year, or None."""
    value = day(*forms)(text)

    if value is not None:
        assert datetime.date.fromisoformat(value if value[0] != "-" else f"2000{value[1:]}")
        assert value.isascii()


@given(st.integers(-1, 10001), st.integers(-1, 14), st.integers(-1, 33))
@example(1900, 2, 29)
@example(2000, 2, 29)
@example(2024, 2, 30)
def test_is_day_agrees_with_the_calendar(year: int, month: int, number: int) -> None:
    """Law: `is_day` knows the same days as `datetime`."""
    try:
        known = bool(datetime.date(year, month, number))
    except ValueError:
        known = False

    assert is_day(year, month, number) == known


def test_a_format_with_a_year_gives_no_day_without_one() -> None:
    """The year 0 is no year, so a day in it is no day; it is not the day of an unknown year."""
    assert day("DD/MM/YYYY")("21/01/0000") is None


@pytest.mark.parametrize("form", ["DD/MM/MM", "DD/DD/MM", "DD Month Month"])
def test_a_format_that_repeats_a_token_is_refused(form: str) -> None:
    """A mistake in a format is found where it is written, and not on the first page."""
    with pytest.raises(PluginError, match="day"):
        day(form)
