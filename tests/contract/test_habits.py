from __future__ import annotations

import pytest

from copydesk.contract.layouts import Rule
from copydesk.desk.marking import apply
from copydesk.plugin import Flag, Mark, Reading, Role, anywhere, doubt, ends, every, first, last, line, starts
from copydesk.values.roles import BODY
from tests.desk.by_hand import outline, reading_of, saying

WORD = anywhere("word", r"(?P<quote>one|two|six)")
LEADING = starts("broken", r"(?P<continued>Kim.*)")
UNFINISHED = ends("unfinished", r"\b(?:by|and)")
END_MARK = ends("end mark", r"(?P<end_mark>-0-)")
BULLET = starts("bullet", r"(?P<furniture>- )(?P<list_item>.*)")


def found(rule: Rule, reading: Reading) -> list[str]:
    """Return the text of each mark that a rule gives."""
    return [reading.text(mark) for mark in rule(reading) if isinstance(mark, Mark)]


THREE = reading_of(("one title", Role.TITLE), "two one", ("furniture two", Role.FURNITURE), "six", "one six")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (first(WORD), ["two", "one"]),
        (last(WORD), ["one", "six"]),
        (every(WORD), ["two", "one", "six", "one", "six"]),
        (every(WORD, on=(Role.TITLE,)), ["one"]),
        (every(WORD, on=(Role.TITLE, Role.PARAGRAPH)), ["one", "two", "one", "six", "one", "six"]),
        (every(WORD, on=(Role.QUOTE,)), []),
    ],
    ids=repr,
)
def test_a_habit_says_where_its_pattern_applies(rule: Rule, expected: list[str]) -> None:
    """`first` and `last` look at one block of the body, `every` at all or at the roles that it names."""
    assert found(rule, THREE) == expected


@pytest.mark.parametrize("role", sorted(BODY))
@pytest.mark.parametrize("word", [first, last, every])
def test_each_role_of_the_body_is_looked_at(word: type, role: Role) -> None:
    """A list item, a heading, a quote, a caption and a joined block are blocks of the body as any other."""
    assert found(word(WORD), reading_of(("one", role))) == ["one"]


@pytest.mark.parametrize("word", [first, last, every])
def test_a_page_without_a_body_has_no_findings(word: type) -> None:
    """Where nothing has a role of the body, a habit finds nothing and does not fail."""
    assert found(word(WORD), reading_of(("one", Role.FURNITURE), ("two", Role.UNREAD))) == []


def test_first_is_what_stands_behind_a_cut() -> None:
    """When the dateline is cut off, the first block begins behind it."""
    reading = apply(reading_of("one two", "six"), saying(Mark(0, 3, Role.DATELINE)), "test")

    assert found(first(WORD), reading) == ["two"]


def test_last_reaches_a_joined_block() -> None:
    """The end mark comes off the last block though it continues the one before."""
    reading = apply(reading_of("Written by", "Kim Jong Il. -0-"), every(LEADING, behind=UNFINISHED), "test")
    reading = apply(reading, last(END_MARK), "test")

    assert outline(reading) == [("paragraph", "Written by"), ("continued", "Kim Jong Il."), ("end_mark", "-0-")]


def test_last_reaches_a_list_item() -> None:
    """The end mark comes off the last bullet, and the bullet is still one."""
    reading = apply(reading_of("- tea", "- rice -0-"), every(BULLET), "test")
    reading = apply(reading, last(END_MARK), "test")

    assert outline(reading)[2:] == [("furniture", "-"), ("list_item", "rice"), ("end_mark", "-0-")]


def test_behind_looks_at_the_block_before() -> None:
    """A block is joined only if the block before it ends as an unfinished sentence does."""
    reading = reading_of("Kim 1.", "Written by", "Kim 2 and", "Kim 3.", "Kim 4.")

    assert found(every(LEADING, behind=UNFINISHED), reading) == ["Kim 2 and", "Kim 3."]


def test_behind_does_not_look_into_its_own_block() -> None:
    """A cut within a block leaves no block before: what is one line is not joined to itself."""
    reading = apply(reading_of("by Kim."), saying(Mark(0, 2, Role.QUOTE)), "test")

    assert outline(reading) == [("quote", "by"), ("paragraph", "Kim.")]
    assert found(every(LEADING, behind=UNFINISHED), reading) == []


def test_behind_looks_at_the_end_of_a_cut_block() -> None:
    """Where the block before was cut, its last stretch counts."""
    reading = apply(reading_of("Pyongyang -- by", "Kim."), saying(Mark(0, 12, Role.DATELINE)), "test")

    assert found(every(LEADING, behind=UNFINISHED), reading) == ["Kim."]


def test_a_habit_has_the_name_of_its_pattern() -> None:
    """The account shows the name that the author gave."""
    rules: list[Rule] = [first(WORD), last(END_MARK), every(LEADING), doubt("odd", "it is odd", every(BULLET))]

    assert [getattr(rule, "__name__", "") for rule in rules] == ["word", "end mark", "broken", "bullet"]


def test_a_doubt_flags_and_marks_nothing() -> None:
    """A doubt shows the match with what stands around it on its line, at its place, with its severity."""
    reading = reading_of("Before it.", "A sentence with one odd word in the middle of it.", "Behind it.")
    rule = doubt("odd-word", "this is odd", every(WORD), severity="info")
    at = reading.page.text.index("one")

    assert list(rule(reading)) == [
        Flag("odd-word", "this is odd: 'A sentence with one odd word in the midd'", at, at + 3, "info")
    ]


def test_a_doubt_is_a_warning_by_default() -> None:
    """A doubt about a short last line shows that line alone and goes into the warnings."""
    reading = reading_of("Before.", "By Nobody")
    rule = doubt("maybe-byline", "may be a byline", last(line("short", r".{0,39}")))

    assert list(rule(reading)) == [Flag("maybe-byline", "may be a byline: 'By Nobody'", 8, 17, "warning")]


def test_a_doubt_keeps_behind() -> None:
    """The doubt of a habit applies where the habit applies and nowhere else."""
    reading = reading_of("Kim 1.", "Written by", "Kim 2.")
    rule = doubt("maybe-broken", "may go on", every(LEADING, behind=UNFINISHED))

    assert [reading.page.text[flag.start : flag.end] for flag in rule(reading) if isinstance(flag, Flag)] == ["Kim 2."]
