from __future__ import annotations

import pytest

from copydesk.new_source.align import Row, align
from copydesk.new_source.days import days_in, forms_of
from copydesk.new_source.drafts import Alike, Names, width
from copydesk.new_source.habits import Habits, habits_of
from copydesk.new_source.lines import field, is_prose, line_of
from copydesk.new_source.lists import items_of
from copydesk.new_source.words import language_of

FIRST, LAST = "The nets were mended before the storm came up.", "Nobody had anything against it."


@pytest.mark.parametrize(("text", "found"), [
    ("Date: 09/05/2023 | Source", ["09/05/2023"]),
    ("January 11, 2026Jan 11, 2026", ["January 11, 2026", "Jan 11, 2026"]),
    ("입력 2025.03.04. 10:15 수정 2025.03.05.", ["2025.03.04.", "2025.03.05."]),
    ("2024年3月1日", ["2024年3月1日"]), ("3 de marzo de 2024", ["3 de marzo de 2024"]),
    ("www.kcna.kp (Juche112.5.9.)", ["Juche112.5.9."]),
    ("32/13/2024, 2024-13-40, Room 12, 2024 of it", []), ("120 March 2025", []),
])  # fmt: skip
def test_days_are_found(text: str, found: list[str]) -> None:
    """Days are found in the forms in which pages write them; what looks like one and is none is left alone."""
    assert found == [day.text for day in days_in(text)]


@pytest.mark.parametrize(("texts", "near", "formats"), [
    (["09/05/2023", "21/08/2024"], [], ("DD/MM/YYYY",)), (["09/05/2023", "08/21/2024"], [], ("MM/DD/YYYY",)),
    (["09/05/2023"], [], ()), (["09/05/2023"], ["--05-09"], ("DD/MM/YYYY",)),
    (["09/05/2023"], ["--09-05"], ("MM/DD/YYYY",)), (["09/05/2023"], ["--01-01"], ()),
    (["09/05/2023", "2024-08-21"], ["--05-09"], ("DD/MM/YYYY", "YYYY-MM-DD")),
])  # fmt: skip
def test_the_format_of_days_is_what_all_allow(texts: list[str], near: list[str], formats: tuple[str, ...]) -> None:
    """A format counts if it reads all days, and if no other one does, or other days of the pages speak for it."""
    assert formats == forms_of([days_in(text)[0] for text in texts], near).formats


@pytest.mark.parametrize(("text", "prose"), [
    ("A Headline of Some Length about the Ferry and the Library", False), (FIRST + " " + LAST, True),
    ("Short.", False), ("word " * 40, True), ("마을 도서관이 다음달부터 일요일에도 문을 연다고 한다.", True),
])  # fmt: skip
def test_prose_is_told_from_headings(text: str, prose: bool) -> None:
    """A long line, or a whole sentence that is not short, is prose; a syllable counts more than a letter."""
    assert prose is is_prose(text)


def test_a_field_has_a_name_and_a_value() -> None:
    """A short line with a colon behind a word or two, or with `By`, is a field; a sentence is none."""
    found = [field(text) for text in ("By Ana Ruiz", "Section: Sports", "출처：강변신문", "He said: come.", FIRST)]

    assert ["By", "Section", "출처", "He said", None] == [match and match["name"] for match in found]


def test_lines_alike_make_one_pattern() -> None:
    """What differs becomes a pattern, what is the same stays; a year may go by, another number may not."""
    texts = ("No. 7 of 2024 | Tuesday, 4 March 2025, 9:05", "No. 7 of 2024 | Sunday, 2 March 2025, 11:40")
    alike = Alike(list(map(line_of, texts)), {0: "published"})

    assert r"No\. 7 of \d{4} \| \w+\.?, (?P<published>\d{1,2} [A-Z][a-z]+\.? \d{4}), \d{1,2}:\d{2}" == alike.regex
    assert {"published": 'day("DD Month YYYY")'} == alike.readers


def test_a_long_line_is_cut() -> None:
    """Of a line that is long what stands at its start is enough."""
    alike = Alike([line_of("All rights are kept by the Harbour Post. " * 9)], {})

    assert width(alike.regex) < 120
    assert alike.regex.endswith(".*")


def test_rows_are_aligned_by_the_longest_run_in_common() -> None:
    """What recurs in all samples in one order is kept; a key that only some have stands in a gap."""
    samples = [[Row((key,)) for key in keys] for keys in ("abxcd", "aybcd", "abcyd")]
    aligned = align(samples)

    assert [("a",), ("b",), ("c",), ("d",)] == [mark[0].key for mark in aligned.marks]
    sizes = [[len(rows) for rows in gap] for gap in aligned.gaps]
    assert [[0, 0, 0], [0, 1, 0], [1, 0, 0], [0, 0, 1], [0, 0, 0]] == sizes


@pytest.mark.parametrize(("item", "fields"), [
    (("T{}", "{} March 2025"), ("title", "date")), (("{} March 2025", "T{}"), ("date", "title")),
    (("T{}", "T{}", "{} March 2025", "Of T{} some words stand here"), ("title", "title", "date", "teaser")),
    (("T{}", "Of T{} some words stand here", "{} March 2025", "Of T{} some words stand here"),
     ("title", "teaser", "date", "teaser")),
])  # fmt: skip
def test_the_fields_of_a_list(item: tuple[str, ...], fields: tuple[str, ...]) -> None:
    """The fields of an item are told by what stands twice in it, by length, and by the lines around the list."""
    pages = [[FIRST, "More news", *(part.format(n) for n in days for part in item), "The end"]
             for days in ((1, 2, 3), (4, 5))]  # fmt: skip
    found = items_of([[line_of(text) for text in page] for page in pages])
    assert found is not None

    assert fields == found.fields
    assert [(2, 2 + 3 * len(item)), (2, 2 + 2 * len(item))] == list(found.places)


def test_a_single_day_is_no_list() -> None:
    """One day, or two at other distances than items have, make no list."""
    assert items_of([[line_of(text) for text in ("4 March 2025", *[FIRST] * 9, "5 March 2025")]]) is None


def rules(*bodies: tuple[str, ...]) -> dict[str, str]:
    """Return the rules of the habits of bodies, and the code of each."""
    found: Habits = habits_of(bodies, Names())
    return {habit.rule: habit.constant.code for habit in found.habits}


@pytest.mark.parametrize(("opening", "agency"), [
    ("Pyongyang, May {} (KCNA) -- ", "KCNA"), ("LONDON (Reuters) - ", "Reuters"), ("PORT ELLIS, March {} -- ", ""),
    ("(평양 8월 {}일발 조선중앙통신)", "조선중앙통신"), ("(서울=연합뉴스) ", "연합뉴스"),
    ("【平壌8月{}日発朝鮮中央通信】", "朝鮮中央通信"), ("La Habana, {} de enero (PL) -- ", "PL"),
])  # fmt: skip
def test_datelines_are_found(opening: str, agency: str) -> None:
    """A dateline with which all bodies begin is a habit, with the agency that all of them name."""
    found = rules(*((f"{opening.format(n)}{FIRST}", LAST) for n in (4, 15)))

    assert ["dateline"] == list(found)
    assert (f"(?P<agency>{agency})" in found["dateline"]) is bool(agency)


def test_a_dateline_that_not_all_have_is_no_habit() -> None:
    """What only some of the bodies begin with is left in them, and so is what has no day that is one."""
    assert {} == rules((f"Pyongyang, May 4 (KCNA) -- {FIRST}",), (FIRST,))
    assert {} == rules((f"Building, Floor 44 (KCNA) -- {FIRST}",))


@pytest.mark.parametrize(("ends", "habits"), [
    (("-0-", "-0-"), ["end mark"]), (("(hp)", "(hp)"), ["end mark"]), (("(hp)", "(jk)"), []),
    (("■", "■"), ["end mark"]), (("it.", "it."), []), (("", ""), []),
])  # fmt: skip
def test_end_marks_are_found(ends: tuple[str, str], habits: list[str]) -> None:
    """A known mark, or one in brackets or of signs with which all bodies end, is an end mark; a word is none."""
    assert habits == list(rules(*((FIRST, f"{LAST} {end}".strip()) for end in ends)))


def test_stamps_and_bylines_are_found() -> None:
    """Last lines with an address and a day are stamps, and names before them are bylines."""
    found = rules((FIRST, "Ana Ruiz", "www.a.example (2025.3.4.)"), (FIRST, "Tom Lee", "www.a.example (2025.12.14.)"))

    assert ["stamp", "byline"] == list(found)
    assert 'stamp_date=day("YYYY.MM.DD.")' in found["stamp"]


@pytest.mark.parametrize(("text", "lang"), [
    ("The ferry to the island was late, and it is said that those on it were in the dark for an hour.", "en"),
    ("El barco de la isla llegó tarde y los que estaban en él dicen que no se veía nada por la noche.", "es"),
    ("새 다리가 어제 강변 마을에서 개통되였다.", ""), ("图书馆将于下个月起每个星期日开放。", "zh"),
    ("Nets. Ropes. Tar.", ""),
])  # fmt: skip
def test_a_language_is_told_by_its_commonest_words(text: str, lang: str) -> None:
    """The language is that whose commonest words stand in a text most often, if it is clear; else nothing is said."""
    assert lang == language_of(text)
