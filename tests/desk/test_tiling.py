from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from copydesk.desk.marking import apply
from copydesk.errors import RuleError
from copydesk.page import paginate
from copydesk.plugin import Mark, Reading, Role
from copydesk.values.capture import Capture
from copydesk.values.reading import unread
from copydesk.values.roles import EDITABLE
from tests.desk.by_hand import saying

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
