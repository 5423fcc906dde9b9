from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.contract.layouts import Rule
from copydesk.desk.marking import apply
from copydesk.errors import PluginError, RuleError
from copydesk.page import paginate
from copydesk.plugin import Findings, Flag, Mark, Note, Reading, Role
from copydesk.values.capture import Capture
from copydesk.values.reading import unread
from copydesk.values.roles import EDITABLE
from tests.desk.by_hand import outline, reading_of, saying

PAGE = reading_of(("A Title", Role.TITLE), "First  part.", ("An ad", Role.FURNITURE), "Second part.")
"""Offsets: title 0 to 7, first part 8 to 20 with two spaces at 13, ad 21 to 26, second part 27 to 39."""


def refused(rule: Rule, reading: Reading = PAGE) -> str:
    """Return what is said of a rule that breaks a law; its name is checked here."""
    with pytest.raises(RuleError) as problem:
        apply(reading, rule, "acme")
    assert problem.value.rule == "acme: made up"
    assert str(problem.value).startswith("rule 'acme: made up': ")
    return problem.value.message


def test_a_mark_cuts_its_span() -> None:
    """The stretch gets the role and the rule's name; what is left keeps its own; white space goes to neither."""
    reading = apply(PAGE, saying(Mark(8, 13, Role.DATELINE)), "acme")

    assert outline(reading) == [
        ("title", "A Title"),
        ("dateline", "First"),
        ("paragraph", "part."),
        ("furniture", "An ad"),
        ("paragraph", "Second part."),
    ]
    assert [(span.rule, span.block) for span in reading.spans][:3] == [("", 0), ("acme: made up", 1), ("", 1)]


def test_several_marks_are_taken_in_any_order() -> None:
    """A rule may give its marks as it likes; they are cut in reading order."""
    marks = (Mark(34, 39, Role.QUOTE), Mark(8, 13, Role.DATELINE), Mark(27, 33, Role.CAPTION), Mark(13, 15, Role.SLIP))
    reading = apply(PAGE, saying(*marks), "acme")

    assert [role for role, _ in outline(reading)] == [
        "title", "dateline", "slip", "paragraph", "furniture", "caption", "quote",
    ]  # fmt: skip


def test_a_mark_of_white_space_changes_nothing() -> None:
    """White space belongs to no span, so a role for it is none."""
    assert apply(PAGE, saying(Mark(13, 15, Role.QUOTE)), "acme").spans == (
        *apply(PAGE, saying(Mark(8, 13, Role.PARAGRAPH)), "acme").spans[:1],
        PAGE.spans[1]._replace(end=13),
        PAGE.spans[1]._replace(start=15),
        *PAGE.spans[2:],
    )


def test_notes_and_flags_get_the_name_of_their_rule() -> None:
    """What a rule says is kept behind what was said before, with owner and name."""
    said = (Note("label", "x", 0, 1), Flag("odd", "is odd", 8, 9), Flag("lost", "nowhere on the page"))
    once = apply(PAGE, saying(*said), "acme")
    twice = apply(once, saying(Note("label", "y", 0, 1), name="other"), "acme")

    assert [(note.value, note.rule) for note in twice.notes] == [("x", "acme: made up"), ("y", "acme: other")]
    assert [(flag.code, flag.rule) for flag in twice.flags] == [("odd", "acme: made up"), ("lost", "acme: made up")]
    assert twice.spans == PAGE.spans


def test_a_rule_may_give_nothing() -> None:
    """None and an empty list are no findings, and the reading is the same."""

    def silent(_: Reading) -> Any:
        return None

    assert apply(PAGE, silent, "acme") is PAGE
    assert apply(PAGE, saying(), "acme") is PAGE


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


@pytest.mark.parametrize("role", sorted(EDITABLE))
def test_body_and_title_can_be_marked_again(role: Role) -> None:
    """A source cuts what a layout has read as body or title."""
    reading = apply(reading_of(("One two", role)), saying(Mark(0, 3, Role.STAMP)), "acme")

    assert outline(reading) == [("stamp", "One"), (role.value, "two")]


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


PIECES = st.sampled_from(
    (*"ab한", " ", "  ", "\u00a0", "\t", "\n", "\n\n", "\r\n", "\u2028", "\u3000", "\x1f", "é", "😀", "-0-", "Kim")
)
TEXTS = st.lists(PIECES, min_size=1, max_size=20).map("".join).filter(str.strip)
ROLES = st.sampled_from([role for role in Role if role is not Role.SLIP])


def plain(text: str) -> Reading:
    """Return a reading of a text whose every block is a paragraph."""
    capture = Capture(text.encode("utf-8"))
    bare = unread(capture, paginate(capture))
    return bare._replace(spans=tuple(span._replace(role=Role.PARAGRAPH) for span in bare.spans))


@st.composite
def legal_marks(draw: st.DrawFn, reading: Reading) -> list[Mark]:
    """Draw marks that lie apart in the spans of a reading that may be cut; some are slips."""
    marks = []
    for span in reading.spans:
        if span.role not in EDITABLE:
            continue
        cuts = sorted(draw(st.sets(st.integers(span.start, span.end), max_size=6)))
        for start, end in list(zip(cuts[::2], cuts[1::2], strict=False)):
            slip = reading.page.text[start:end].isspace() and draw(st.booleans())
            marks.append(Mark(start, end, Role.SLIP if slip else draw(ROLES)))
    return draw(st.permutations(marks))


def check_tiling(reading: Reading) -> None:
    """Assert law 1: spans in order and apart, each in its block, all visible characters once, each with a role."""
    text, blocks = reading.page.text, reading.page.blocks
    assert all(one.end <= other.start for one, other in pairwise(reading.spans))
    assert all(blocks[s.block].start <= s.start < s.end <= blocks[s.block].end for s in reading.spans)
    assert all(isinstance(span.role, Role) for span in reading.spans)
    assert "".join("".join(reading.text(span).split()) for span in reading.spans) == "".join(text.split())


@given(TEXTS, st.data())
def test_law_legal_marks_tile(text: str, data: st.DataObject) -> None:
    """Law: after any legal marks the spans tile the page, and each mark's text has the mark's role and rule."""
    reading = plain(text)
    for number in range(data.draw(st.integers(1, 3))):
        marks = data.draw(legal_marks(reading))
        after = apply(reading, saying(*marks, name=str(number)), "acme")

        check_tiling(after)
        assert after.page is reading.page
        for mark in marks:
            words = "".join(reading.text(mark).split())
            inside = [span for span in after.spans if mark.start <= span.start and span.end <= mark.end]
            assert "".join("".join(after.text(span).split()) for span in inside) == words
            assert {(span.role, span.rule) for span in inside} <= {(mark.role, f"acme: {number}")}
        reading = after


@given(TEXTS, st.lists(st.builds(Mark, st.integers(-2, 25), st.integers(-2, 25), st.sampled_from(Role)), max_size=4))
def test_law_any_marks_tile_or_are_refused(text: str, marks: list[Mark]) -> None:
    """Law: whatever a rule marks, either it is refused by name or the spans still tile the page."""
    reading = plain(text)
    try:
        after = apply(reading, saying(*marks), "acme")
    except RuleError as problem:
        assert problem.rule == "acme: made up"
    else:
        check_tiling(after)


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
