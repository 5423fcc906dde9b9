from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.contract.patterns import Pattern
from copydesk.plugin import line, starts
from tests.desk.by_hand import sheet_of

MORE = line("more", r"More From .*")
DATE = line("date", r"\d+")
TEXT = "More From A\n12\n  More  \n\nMore From B\nMore From"


class Counted(Pattern):
    """A pattern that counts how often it is looked for."""

    __slots__ = ("times",)

    def __init__(self, regex: str) -> None:
        super().__init__("line", "counted", regex, {})
        self.times = 0

    def find(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """Count, and find as any pattern."""
        self.times += 1
        return super().find(text, start, end)


def test_a_landmark_is_matched_at_a_block() -> None:
    """A line takes the whole of a block, without the white space at its ends; past the last there is none."""
    sheet = sheet_of(TEXT)

    assert [bool(sheet.match(MORE, block)) for block in range(6)] == [True, False, False, True, False, False]
    assert [bool(sheet.match(line("x", r"More"), block)) for block in range(3)] == [False, False, True]


def test_a_landmark_is_matched_within_a_block() -> None:
    """With a place, a pattern begins there and not at the start of the block."""
    sheet = sheet_of("Lead: More From A")
    at = sheet.text.index("More")

    assert sheet.match(MORE, 0) is None
    found = sheet.match(MORE, 0, at)
    assert found is not None
    assert found.start() == at


def test_a_match_is_looked_up_once() -> None:
    """Each landmark is tried once at each block, found or not."""
    sheet, pattern = sheet_of(TEXT), Counted(r"More From .*")
    for _ in range(3):
        sheet.match(pattern, 0)
        sheet.match(pattern, 1)

    assert pattern.times == 2


def test_plain_text_leads_to_the_blocks() -> None:
    """A landmark with plain text is looked for where its first characters stand; another may stand anywhere."""
    sheet = sheet_of(TEXT)

    assert [list(sheet.candidates(MORE, block)) for block in (0, 1, 4, 9)] == [[0, 2, 3, 4], [2, 3, 4], [4], []]
    assert list(sheet.candidates(line("x", r"Nowhere"), 0)) == []
    assert list(sheet.candidates(DATE, 1)) == [1, 2, 3, 4]


def test_has_looks_at_the_whole_page() -> None:
    """A landmark is on the page if it stands at any block."""
    sheet = sheet_of(TEXT)

    assert [sheet.has(pattern) for pattern in (MORE, DATE, line("x", r"More From C"), starts("x", r"More From B"))] == [
        True, True, False, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("a b", "a  b", True), ("a b", "a\u00a0b", True), ("a b", "ab", False), ("a", "A", False)],
)
def test_blocks_that_say_the_same_are_alike(one: str, other: str, alike: bool) -> None:
    """White space between the words does not count; letters and their case do."""
    assert sheet_of(f"{one}\n{other}").alike(0, 1) == alike


LINES = st.sampled_from(("More From A", "More", "x", "12", "More From"))


@given(st.lists(LINES, min_size=1, max_size=12), st.integers(0, 12))
def test_candidates_miss_no_match(lines: list[str], block: int) -> None:
    """Law: a landmark stands at none but its candidates."""
    sheet = sheet_of("\n".join(lines))
    for pattern in (MORE, DATE):
        stands = [number for number in range(block, sheet.size) if sheet.match(pattern, number)]

        assert set(stands) <= set(sheet.candidates(pattern, block))
