from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from copydesk.desk.choose import choose
from copydesk.desk.routing import Desk
from copydesk.desk.selection import installed
from copydesk.errors import Rejection
from copydesk.plugin import FURNITURE, PARAGRAPH, Layout, line, maybe, some
from tests.desk.by_hand import sheet_of, work

HEAD = line("head", r"Head")
FOOT = line("foot", r"Foot")
AD = line("advertisement", r"Advert: .*")

HOSTILE: dict[str, Callable[[int], str]] = {
    "More From lines": lambda n: "More From X\n" * n,
    "dates": lambda n: "May 09, 2023\n" * n,
    "equal lines": lambda n: "abc\n" * n,
    "dates behind More From": lambda n: "p\nMore From X\n" + "May 09, 2023\n" * n,
    "titles without an item": lambda n: "p\nMore From X\nt\nMay 09, 2023\nt\n" + "t\nMay 09, 2023\nu\n" * n,
    "items without an end": lambda n: HEADER + "More From X\n" + "t\nt\nu\nMay 09, 2023\nu\n" * n,
    "header lines": lambda n: HEADER * n,
    "Date lines": lambda n: "T\n" + "Date: 09/05/2023\n" * n,
    "datelines": lambda n: "T\n" + "Pyongyang, May 9, 2023 (KCNA) -- x\n" * n,
    "newsletters": lambda n: "T\n" + CHANGED + "p\nGet North Korea headlines delivered to your inbox daily\n" * n,
    "strays in a list": lambda n: HEADER + "More From X\nt\nt\nu\nMay 09, 2023\nu\n" + "stray\nMore Articles\n" * n,
}
HEADER = "May 09, 2023\nKCNA X\nT\nDate: 09/05/2023 | Source: X | Read original version at source\np\n"
CHANGED = "Date: 09/05/2023 | Source: X | Read original version at source\nShare Button\n"


def fitted(text: str) -> str:
    """Return the layout that fits a page among the installed ones, or the code of the rejection."""
    try:
        return choose(installed().desk, sheet_of(text)).layout.id
    except Rejection as problem:
        return problem.code


@pytest.mark.parametrize("page", HOSTILE)
def test_law_time_is_linear_in_the_page(page: str) -> None:
    """Law: four times the page is about four times the work, whatever lines it is made of."""
    small, large = (HOSTILE[page](n) for n in (150, 600))
    fitted(small)  # compiles patterns, once

    assert work(lambda: fitted(large)) < 6 * work(lambda: fitted(small))


@pytest.mark.parametrize("last", ["Foot", "Stray"])
def test_law_optional_lines_are_tried_once(last: str) -> None:
    """Law: twice as many optional lines on twice the page are some times the work, and not all their combinations."""

    def fit(many: int) -> object:
        layout = Layout("x", page=(HEAD, *[maybe(AD)] * many, FOOT))
        try:
            return choose(Desk([layout]), sheet_of("Head\n" + "Advert: x\n" * (many // 2) + last))
        except Rejection as problem:
            return problem

    assert work(lambda: fit(20)) < 8 * work(lambda: fit(10))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("More From X\n" * 20_000, "no-layout"),
        ("May 09, 2023\n" * 20_000, "no-layout"),
        ("abc\n" * 20_000, "no-layout"),
        (HEADER + "p\n" * 20_000, "no-layout"),
        ("p\nMore From X\n" + "t\nMay 09, 2023\nt\n" * 7_000, "kcnawatch-b"),
    ],
    ids=["More From lines", "dates", "equal lines", "paragraphs", "items"],
)
def test_a_large_page_is_no_harm(text: str, expected: str) -> None:
    """20,000 lines neither overflow the stack nor take long; they are refused or read as any other page."""
    assert fitted(text) == expected


@pytest.mark.parametrize("char", ["a", " ", "1", "-", "Kim ", "More From "])
def test_a_long_line_is_no_harm(char: str) -> None:
    """One line of a million characters costs about four times a quarter of it."""
    times = []
    for size in (250_000, 1_000_000):
        text = "T\n" + CHANGED + "x" + char * (size // len(char)) + "x\nGet North Korea\n"
        best = min(_seconds(text) for _ in range(3))
        times.append(best)

    assert times[1] < 10 * max(times[0], 0.02)


def _seconds(text: str) -> float:
    begun = time.thread_time()
    fitted(text)
    return time.thread_time() - begun


def test_law_time_is_linear_in_lists_too() -> None:
    """Law: many lists on one page are no more work than one long list."""
    small, large = ("p\n" + "More From X\nt\nMay 09, 2023\nt\n" * n for n in (150, 600))
    fitted(small)

    assert work(lambda: fitted(large)) < 6 * work(lambda: fitted(small))


def test_law_time_is_linear_in_gaps_too() -> None:
    """Law: two gaps with a line between them are no more work than one, where nothing fits to the end."""
    layout = Layout("x", page=(some(PARAGRAPH), AD, some(FURNITURE), FOOT))

    def fit(lines: int) -> object:
        return choose(Desk([layout]), sheet_of("a\n" + "Advert: x\nFoot\n" * lines + "stray"))

    assert work(lambda: fit(600)) < 6 * work(lambda: fit(150))
