from __future__ import annotations

from typing import Any

import pytest

from copydesk.desk.marking import apply
from copydesk.plugin import Flag, Mark, Note, Reading, Role
from copydesk.values.roles import EDITABLE
from tests.desk.by_hand import PAGE, outline, reading_of, saying


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


@pytest.mark.parametrize("role", sorted(EDITABLE))
def test_body_and_title_can_be_marked_again(role: Role) -> None:
    """A source cuts what a layout has read as body or title."""
    reading = apply(reading_of(("One two", role)), saying(Mark(0, 3, Role.STAMP)), "acme")

    assert outline(reading) == [("stamp", "One"), (role.value, "two")]
