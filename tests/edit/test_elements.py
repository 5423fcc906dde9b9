from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.desk.marking import apply
from copydesk.edit.elements import elements_of
from copydesk.plugin import Mark, Reading, Role
from copydesk.values.roles import BODY
from tests.desk.by_hand import reading_of, saying, work


def marked(reading: Reading, *stretches: tuple[str, Role]) -> Reading:
    """Return a reading in which each of these texts, where it first stands, has the role."""
    text = reading.page.text
    marks = (Mark(text.index(words), text.index(words) + len(words), role) for words, role in stretches)
    return apply(reading, saying(*marks), "test")


def body(reading: Reading) -> list[tuple[str, str]]:
    """Return role and text of each block of the body."""
    return [(element.role.value, element.text) for element in elements_of(reading)[1]]


def test_each_block_of_the_body_is_an_element() -> None:
    """What is no body is left out, and the roles stay."""
    blocks = [(f"The {role.value}", role) for role in Role if role not in (Role.CONTINUED, Role.SLIP)]
    expected = [(role.value, f"The {role.value}") for role in Role if role in BODY - {Role.CONTINUED}]

    assert body(reading_of(*blocks)) == expected


def test_white_space_is_folded() -> None:
    """Runs of white space within a block are one space, as they are everywhere in the document."""
    assert body(reading_of("10\u00a0000  jars\tof\u2028tea")) == [("paragraph", "10 000 jars of tea")]


def test_a_block_that_folds_to_nothing_is_left_out() -> None:
    """A line of invisible characters is no paragraph."""
    assert body(reading_of("\ufeff\x07", "One.")) == [("paragraph", "One.")]


def test_joined_blocks_are_one_element() -> None:
    """What continues the block before it is joined by one space, however often, whatever stands between."""
    reading = reading_of("Sent by", ("Kim Jong Il and", Role.CONTINUED), ("An ad", Role.FURNITURE),
                         ("Kim Il Sung.", Role.CONTINUED), "Next.")  # fmt: skip

    assert body(reading) == [("paragraph", "Sent by Kim Jong Il and Kim Il Sung."), ("paragraph", "Next.")]
    assert [span.role.value for span in elements_of(reading)[1][0].spans] == ["paragraph", "continued", "continued"]


@pytest.mark.parametrize("role", [Role.LIST_ITEM, Role.HEADING, Role.QUOTE])
def test_a_block_of_any_role_can_be_continued(role: Role) -> None:
    """The role of a joined block is that of its first part."""
    assert body(reading_of(("One", role), ("two", Role.CONTINUED))) == [(role.value, "One two")]


def test_what_continues_nothing_is_a_paragraph() -> None:
    """A body that begins with a joined block is not lost."""
    assert body(reading_of(("two", Role.CONTINUED), "three")) == [("paragraph", "two"), ("paragraph", "three")]


def test_a_slip_is_left_out() -> None:
    """A space that the article has not is not in the text; every other one is."""
    reading = reading_of("To Kim Jong Un , who is Kim Jong Il 's heir .")
    text = reading.page.text
    marks = [Mark(at - 1, at, Role.SLIP) for at in (text.index(","), text.index("'s"))]

    assert body(apply(reading, saying(*marks), "test")) == [
        ("paragraph", "To Kim Jong Un, who is Kim Jong Il's heir .")
    ]


def test_a_slip_may_be_wide() -> None:
    """A slip of several spaces is left out whole; one that leaves some of them leaves one space."""
    whole = apply(reading_of("Un \u00a0 , who"), saying(Mark(2, 5, Role.SLIP)), "test")
    part = apply(reading_of("Un \u00a0 , who"), saying(Mark(2, 3, Role.SLIP)), "test")

    assert [body(whole), body(part)] == [[("paragraph", "Un, who")], [("paragraph", "Un , who")]]


def test_two_slips_in_a_row_are_left_out() -> None:
    """Slips that touch leave nothing between the words; a cut between them leaves a space."""
    touching = apply(reading_of("a  b"), saying(Mark(1, 2, Role.SLIP), Mark(2, 3, Role.SLIP)), "test")
    apart = apply(reading_of("a x b"), saying(Mark(1, 2, Role.SLIP), Mark(3, 4, Role.SLIP)), "test")
    apart = marked(apart, ("x", Role.FURNITURE))

    assert [body(touching), body(apart)] == [[("paragraph", "ab")], [("paragraph", "a b")]]


def test_a_slip_in_another_block_joins_nothing() -> None:
    """A slip works where it stands and nowhere else."""
    reading = apply(reading_of("a b", "c d"), saying(Mark(5, 6, Role.SLIP)), "test")

    assert body(reading) == [("paragraph", "a b"), ("paragraph", "cd")]


def test_furniture_within_a_paragraph_is_cut_out() -> None:
    """What does not belong to the article is taken out of a paragraph, which stays one."""
    assert body(marked(reading_of("One two. [Advert] Three."), ("[Advert]", Role.FURNITURE))) == [
        ("paragraph", "One two. Three.")
    ]


def test_a_cut_at_either_end_leaves_no_space() -> None:
    """Dateline and end mark are cut off with the white space around them."""
    reading = marked(reading_of("Here --  One. \u00a0-0-"), ("Here --", Role.DATELINE), ("-0-", Role.END_MARK))

    assert body(reading) == [("paragraph", "One.")]


def test_a_mark_within_a_word_does_not_part_it() -> None:
    """Two stretches of one role that touch are one word still."""
    assert body(marked(reading_of("Hello"), ("Hel", Role.PARAGRAPH))) == [("paragraph", "Hello")]


def test_other_roles_in_one_block_are_other_elements() -> None:
    """A block that is cut into a heading and a paragraph is two elements, and what is continued goes on."""
    reading = marked(reading_of("Sub-heading Text of it", ("and more", Role.CONTINUED)), ("Sub-heading", Role.HEADING))

    assert body(reading) == [("heading", "Sub-heading"), ("paragraph", "Text of it and more")]


def test_a_cut_in_a_continued_block_does_not_part_it() -> None:
    """A joined block from which something is cut goes on behind the cut."""
    reading = reading_of("By", ("Kim Jong Un , who", Role.CONTINUED))
    at = reading.page.text.index(" ,")

    assert body(apply(reading, saying(Mark(at, at + 1, Role.SLIP)), "test")) == [("paragraph", "By Kim Jong Un, who")]


def test_a_block_that_goes_on_in_its_first_words_goes_on_whole() -> None:
    """Where a rule marks but the start of a block as joined, the rest of the block follows."""
    reading = marked(reading_of("Sent by", "Kim Jong Un to all."), ("Kim Jong Un", Role.CONTINUED))

    assert body(reading) == [("paragraph", "Sent by Kim Jong Un to all.")]


def test_the_title_is_as_printed() -> None:
    """The title has its white space folded and its slips left out; what is cut out is not in it."""
    reading = reading_of(("Kim Jong Un 's  Card [2021.1.2.]", Role.TITLE), "Text.")
    at = reading.page.text.index(" 's")
    reading = apply(reading, saying(Mark(at, at + 1, Role.SLIP)), "test")

    assert elements_of(marked(reading, ("[2021.1.2.]", Role.STAMP)))[0] == "Kim Jong Un's Card"


def test_the_first_title_counts() -> None:
    """A title that stands again is not put behind itself, and a page without one has none."""
    assert elements_of(reading_of(("A Title", Role.TITLE), ("A Title", Role.TITLE), "Text."))[0] == "A Title"
    assert elements_of(reading_of("Text."))[0] == ""


BLOCKS = st.tuples(
    st.lists(st.sampled_from(("ab", "c.", "한", " ", "  ", "\u00a0", ",", "e\u0301")), min_size=1, max_size=6)
    .map("".join).filter(str.strip),
    st.sampled_from([role for role in Role if role is not Role.SLIP]),
)  # fmt: skip


@given(st.lists(BLOCKS, min_size=1, max_size=8))
def test_law_the_body_has_the_words_of_the_capture(blocks: list[tuple[str, Role]]) -> None:
    """Law: the elements of the body have all spans of the body, in order, each once, with their words alone."""
    reading = reading_of(*blocks)
    elements = elements_of(reading)[1]
    expected = "".join("".join(text.split()) for text, role in blocks if role in BODY)

    assert [span for element in elements for span in element.spans] == reading.body()
    assert "".join("".join(element.text.split()) for element in elements) == expected.replace("e\u0301", "é")


def test_law_time_is_linear_in_the_slips() -> None:
    """Law: four times the slips in a paragraph are about four times the work."""

    def page(size: int) -> Reading:
        reading = reading_of("a , " * size + "b")
        marks = [Mark(at - 1, at, Role.SLIP) for at, char in enumerate(reading.page.text) if char == ","]
        return apply(reading, saying(*marks), "test")

    small, large = page(100), page(400)

    assert work(lambda: elements_of(large)[1]) < 6 * work(lambda: elements_of(small)[1])
