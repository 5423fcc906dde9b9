from __future__ import annotations

import re
from typing import Any

import pytest

from copydesk.contract.layouts import Rule
from copydesk.desk.marking import apply
from copydesk.errors import PluginError, RuleError
from copydesk.plugin import Findings, Flag, Mark, Note, Reading, Role
from copydesk.values.roles import EDITABLE
from tests.desk.by_hand import PAGE, outline, reading_of, saying


def refused(rule: Rule, reading: Reading = PAGE) -> str:
    """Return what is said of a rule that breaks a law; its name is checked here."""
    with pytest.raises(RuleError) as problem:
        apply(reading, rule, "acme")
    assert problem.value.rule == "acme: made up"
    assert re.match(r"rule 'acme: made up' \(desk/\w+\.py:\d+\): ", str(problem.value))
    return problem.value.message


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ((Mark(8, 13, Role.QUOTE), Mark(12, 20, Role.CAPTION)), "marks 'First' as quote and 't  part.' as caption"),
        ((Mark(8, 13, Role.QUOTE), Mark(8, 13, Role.QUOTE)), "marks 'First' as quote and 'First' as quote"),
        ((Mark(13, 15, Role.SLIP), Mark(8, 20, Role.QUOTE)), "marks 'First  part.' as quote and '  ' as slip"),
    ],
)
def test_marks_that_overlap_are_refused(marks: tuple[Mark, ...], said: str) -> None:
    """Each character has one role, so two marks of one rule share none."""
    assert refused(saying(*marks)) == f"{said}, which overlap"


@pytest.mark.parametrize(
    "mark",
    [
        Mark(39, 40, Role.QUOTE),
        Mark(38, 41, Role.QUOTE),
        Mark(500, 501, Role.QUOTE),
        Mark(-1, 3, Role.QUOTE),
        Mark(-5, -1, Role.QUOTE),
        Mark(5, 10, Role.QUOTE),
        Mark(8, 21, Role.QUOTE),
        Mark(20, 22, Role.QUOTE),
        Mark(8, 39, Role.CONTINUED),
        Mark(7, 8, Role.SLIP),
    ],
)
def test_a_mark_lies_in_one_span(mark: Mark) -> None:
    """A stretch outside the page, between blocks or across spans is refused with its place."""
    message = refused(saying(mark))

    assert message == f"marks {mark.start}:{mark.end} as {mark.role.value}, which is no stretch of one span"


@pytest.mark.parametrize("mark", [Mark(9, 9, Role.QUOTE), Mark(12, 9, Role.QUOTE), Mark(-1, -1, Role.TITLE)])
def test_an_empty_mark_is_refused(mark: Mark) -> None:
    """A mark takes at least one character."""
    assert refused(saying(mark)) == f"marks the empty stretch {mark.start}:{mark.end}"


@pytest.mark.parametrize("role", [role for role in Role if role not in EDITABLE])
def test_what_is_no_body_is_not_marked_again(role: Role) -> None:
    """Furniture, and all else that is cut out, stays what it is; the message names role and rule."""
    at, end = (2, 3) if role is Role.SLIP else (0, 5)
    reading = apply(reading_of("An ad"), saying(Mark(at, end, role), name="cutter"), "page")

    assert refused(saying(Mark(at, at + 1, Role.PARAGRAPH)), reading) == (
        f"marks {at}:{at + 1} as paragraph; it is {role.value} already, by the rule 'page: cutter'"
    )


@pytest.mark.parametrize("mark", [Mark(8, 13, Role.SLIP), Mark(12, 14, Role.SLIP), Mark(14, 16, Role.SLIP)])
def test_a_slip_holds_no_visible_character(mark: Mark) -> None:
    """A slip is left out of the document, so it may hold white space only."""
    message = refused(saying(mark))

    assert message.endswith("as slip; a slip may hold white space only")


def test_a_value_has_a_place() -> None:
    """A rule cannot make a value up: it says where on the page it stands."""
    assert refused(saying(Note("label", "KCNA"))) == (
        "gave the value 'KCNA' for 'label' without a place; say where on the page it stands"
    )


@pytest.mark.parametrize(
    "finding",
    [
        Note("label", "x", 3, 2),
        Note("label", "x", 0, 40),
        Note("label", "x", 500, 501),
        Flag("odd", "x", 3, 2),
        Flag("odd", "x", -2, 3),
        Flag("odd", "x", 38, 40),
    ],
)
def test_a_place_is_on_the_page(finding: Note | Flag) -> None:
    """Notes and flags point into the page, from left to right."""
    message = refused(saying(finding))

    assert message == f"points at {finding.start}:{finding.end}, outside the page of 39"


@pytest.mark.parametrize("thing", [None, "text", ("a", 1, 2), 5, (0, 1, Role.TITLE)])
def test_only_findings_are_given(thing: Any) -> None:
    """What is no Mark, Note or Flag, least of all text, is refused as it is."""
    assert refused(saying(thing)) == f"gave {thing!r}; a rule gives Mark, Note or Flag"


def test_a_rule_that_raises_is_named() -> None:
    """An exception in a rule, at once or in the middle of its findings, is a RuleError with its type."""

    def at_once(_: Reading) -> Findings:
        raise KeyError("a")

    def later(_: Reading) -> Findings:
        yield Mark(8, 13, Role.QUOTE)
        raise ZeroDivisionError("by zero")

    def no_findings(_: Reading) -> Any:
        return 5

    said = []
    for rule in (at_once, later, no_findings):
        rule.__name__ = "made up"
        said.append(refused(rule))

    assert said == ["raised KeyError: 'a'", "raised ZeroDivisionError: by zero",
                    "raised TypeError: 'int' object is not iterable"]  # fmt: skip


def test_a_mistake_of_a_pattern_keeps_its_words() -> None:
    """An error that says where and what already, as that of an invalid regex, is not wrapped."""

    def broken(_: Reading) -> Findings:
        raise PluginError("line('x'): missing )")

    with pytest.raises(PluginError, match=r"^line\('x'\): missing \)$"):
        apply(PAGE, broken, "acme")


def test_a_refused_rule_changes_nothing() -> None:
    """A reading is a value: after an error the one before is whole, the good marks of the rule left out too."""
    before = outline(PAGE)
    refused(saying(Mark(8, 13, Role.QUOTE), Note("label", "x")))

    assert outline(PAGE) == before


@pytest.mark.parametrize(
    "finding",
    [
        Mark(8, 13, "nonsense"),  # type: ignore[arg-type]  # the mistake that is tested
        Mark(8, None, Role.QUOTE),  # type: ignore[arg-type]  # the mistake that is tested
        Mark(8.0, 13.0, Role.QUOTE),  # type: ignore[arg-type]  # the mistake that is tested
        Note("label", None, 8, 13),  # type: ignore[arg-type]  # the mistake that is tested
        Flag("odd", "x", 8.5, 13),  # type: ignore[arg-type]  # the mistake that is tested
    ],
    ids=repr,
)
def test_a_finding_of_a_wrong_type_is_refused_by_name(finding: Mark | Note | Flag) -> None:
    """Text has one of the known roles, places are integers and values are text; what is not so names its rule."""
    assert refused(saying(finding))


def test_a_rule_cannot_end_the_run() -> None:
    """A rule that exits costs its own document, as one that raises."""

    def leaving(_: Reading) -> Findings:
        raise SystemExit(3)

    leaving.__name__ = "made up"

    assert "SystemExit" in refused(leaving)
