from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import Rejection
from copydesk.plugin import FURNITURE, PARAGRAPH, TITLE, Layout, Role, day, items, line, maybe, one, some, starts
from tests.desk.by_hand import outline, read_by, rejected, roles

HEAD = line("head", r"Head(?: (?P<label>.*))?")
MIDDLE = line("middle", r"Middle")
FOOT = line("foot", r"Foot")
MORE = line("more", r"More From .*")
AD = line("advertisement", r"Advert: .*")
LEAD = starts("lead", r"(?P<dateline>Lead:)")
DATE = day("DD/MM/YYYY")

FRAME = Layout("frame", page=(HEAD, one(TITLE), MIDDLE, some(PARAGRAPH), FOOT))
LIST = Layout("list", page=(HEAD, some(PARAGRAPH), MORE, items("title", "date", "title", date=DATE), maybe(FOOT)))


def test_a_page_is_read_from_top_to_bottom() -> None:
    """Landmarks are furniture but for their groups, and the gaps between them have the roles of their words."""
    reading = read_by("Head KCNA\n\nA Title\n\nMiddle\n\nOne.\nTwo.\n\nFoot", FRAME)

    assert outline(reading) == [
        ("furniture", "Head"),
        ("source_label", "KCNA"),
        ("title", "A Title"),
        ("furniture", "Middle"),
        ("paragraph", "One."),
        ("paragraph", "Two."),
        ("furniture", "Foot"),
    ]
    assert [span.rule for span in reading.spans][1:4] == ["frame: head", "frame: one title", "frame: middle"]
    assert [(note.key, note.value, note.rule) for note in reading.notes] == [("label", "KCNA", "frame: head")]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Head\nT\nMiddle\nP", "frame misses the foot"),
        ("Head\nT\nP\nFoot", "frame misses the middle"),
        ("Head\nMiddle\nT\nP\nFoot", "the page has no title where frame has it"),
        ("Middle\nT\nHead\nP\nFoot", "this is no page of a known layout"),
        ("Head\nT\nFoot\nP\nMiddle", "frame misses the middle"),
        ("x\nHead\nT\nMiddle\nP\nFoot", "this is no page of a known layout"),
        ("Head\nT\nMiddle\nFoot", "the page has no paragraph where frame has it"),
    ],
)
def test_landmarks_stand_in_order(text: str, missing: str) -> None:
    """A page whose landmarks stand in another order, or lack one, is none of this layout."""
    assert missing in str(rejected(text, FRAME))


def test_a_stray_line_does_not_slip_into_a_title() -> None:
    """`one` takes one block: a line more than the layout knows is a misfit, not a longer title."""
    assert roles("Head\nTitle\nMiddle\nP\nFoot", FRAME) == "ftfpf"
    assert "frame misses the middle (behind line 2)" in str(rejected("Head\nTitle\nStray\nMiddle\nP\nFoot", FRAME))


def test_what_stands_behind_the_last_landmark_is_unread() -> None:
    """Text that the layout does not know stays, as unread, and is not taken for body."""
    reading = read_by("Head\nT\nMiddle\nP\nFoot\nNew\nthing", FRAME)

    assert outline(reading)[-2:] == [("unread", "New"), ("unread", "thing")]


def test_a_gap_at_the_end_takes_the_rest() -> None:
    """`some` as the last entry takes all blocks to the end of the page."""
    assert roles("Head\na\nb\nHead\nc", Layout("x", page=(HEAD, some(PARAGRAPH)))) == "fpppp"


def test_one_at_the_end_takes_one() -> None:
    """`one` as the last entry leaves what follows unread."""
    assert roles("Head\na\nb", Layout("x", page=(HEAD, one(PARAGRAPH)))) == "fpu"


@pytest.mark.parametrize(("text", "expected"), [("Head\nAdvert: x\np\nFoot", "ffpf"), ("Head\np\nFoot", "fpf")])
def test_maybe_takes_what_stands_there(text: str, expected: str) -> None:
    """An entry that a page may lack is taken where it stands, before a gap can have it."""
    layout = Layout("x", page=(HEAD, maybe(AD), some(PARAGRAPH), FOOT))

    assert roles(text, layout) == expected


def test_maybe_some_takes_the_rest_where_there_is_one() -> None:
    """A gap that may be missing is as good as not there where the page is at its end."""
    layout = Layout("x", page=(some(PARAGRAPH), FOOT, maybe(some(FURNITURE))))

    assert [roles("p\nFoot", layout), roles("p\nFoot\na\nb", layout)] == ["pf", "pfff"]


def test_maybe_is_tried_without_it_too() -> None:
    """Where taking an optional line leaves nothing for the gap behind it, the gap has it."""
    layout = Layout("x", page=(HEAD, maybe(AD), one(PARAGRAPH), FOOT))

    assert [roles("Head\nAdvert: x\np\nFoot", layout), roles("Head\nAdvert: x\nFoot", layout)] == ["ffpf", "fpf"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Head\np\nMiddle\nq\nFoot", "fpfpf"),
        ("Head\np", "fp"),
        ("Head\np\nMiddle\nq", "fppp"),
        ("Head\np\nFoot\nq\nMiddle", "fpppp"),
        ("Head\np\nMiddle\nAdvert: x\nq\nFoot", "fpffpf"),
    ],
)
def test_maybe_takes_all_of_several_or_none(text: str, expected: str) -> None:
    """Entries that a page may lack together stand in their order or not at all; one may be missing among them."""
    layout = Layout("x", page=(HEAD, some(PARAGRAPH), maybe(MIDDLE, maybe(AD), some(PARAGRAPH), FOOT)))

    assert roles(text, layout) == expected


def test_maybe_is_left_out_where_that_leaves_less_unread() -> None:
    """An optional line that could be taken is none where the page fits better without it."""
    layout = Layout("x", page=(HEAD, maybe(AD), one(TITLE), maybe(items("date", "title", date=DATE))))

    assert outline(read_by("Head\nAdvert: x\n21/01/2021\nt", layout)) == [
        ("furniture", "Head"),
        ("title", "Advert: x"),
        ("related", "21/01/2021"),
        ("related", "t"),
    ]


def test_a_landmark_that_stands_twice_is_found_where_the_rest_fits() -> None:
    """A line of the body that looks as a landmark does not end the body if the page fits otherwise."""
    text = "Head\na\nMore From here\nb\nMore From X\nt\n21/01/2021\nt"

    assert outline(read_by(text, LIST))[1:5] == [
        ("paragraph", "a"),
        ("paragraph", "More From here"),
        ("paragraph", "b"),
        ("furniture", "More From X"),
    ]


def test_a_gap_is_as_short_as_it_can_be() -> None:
    """Of two places at which the page fits without a rest, the first ends the gap."""
    layout = Layout("x", page=(some(PARAGRAPH), FOOT, some(FURNITURE)))

    assert roles("p\nFoot\nq\nFoot\nr", layout) == "pffff"


def test_the_way_with_the_least_unread_text_is_taken() -> None:
    """A landmark that stands twice ends the gap where less is left over."""
    layout = Layout("x", page=(some(PARAGRAPH), FOOT))

    assert roles("p\nFoot\nq\nFoot", layout) == "pppf"


def test_starts_cuts_a_block() -> None:
    """A landmark at the start of a block leaves the rest of the block to the gap behind it."""
    layout = Layout("x", page=(one(TITLE), LEAD, some(PARAGRAPH)))

    assert outline(read_by("T\nLead:  one.\ntwo.", layout)) == [
        ("title", "T"), ("dateline", "Lead:"), ("paragraph", "one."), ("paragraph", "two."),
    ]  # fmt: skip
    assert outline(read_by("T\nLead:\ntwo.", layout)) == [
        ("title", "T"), ("dateline", "Lead:"), ("paragraph", "two."),
    ]  # fmt: skip


def test_starts_with_nothing_behind_it_is_no_page() -> None:
    """Where the block ends with the landmark and the page with the block, the gap has nothing to take."""
    assert rejected("T\nLead:", Layout("x", page=(one(TITLE), LEAD, some(PARAGRAPH)))).code == "no-body"


def test_items_are_read() -> None:
    """Each item is related text, with title, date and teaser as values, where its fields say so."""
    listed = Layout("x", page=(some(PARAGRAPH), MORE, items("title", "teaser", "date", "teaser", date=DATE)))
    reading = read_by("p\nMore From X\nA  b\nteaser\u00a01\n21/01/2021\nteaser 1\nC\nt2\n1/2/2021\nt2", listed)

    assert [(item.title, item.teaser, item.date) for item in reading.related] == [
        ("A b", "teaser 1", "2021-01-21"),
        ("C", "t2", "2021-02-01"),
    ]
    assert [reading.page.text[item.start : item.end] for item in reading.related] == [
        "A  b\nteaser\u00a01\n21/01/2021\nteaser 1",
        "C\nt2\n1/2/2021\nt2",
    ]
    assert roles("p\nMore From X\nA\nt\n21/01/2021\nt", listed) == "pfrrrr"


ITEM = "t\n21/01/2021\nt\n"


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        (ITEM + "stray\n" + ITEM, "rrrurrr"),
        (ITEM + "stray\nline\n" + ITEM + "Foot", "rrruurrrf"),
        (ITEM + ITEM + "stray\nFoot", "rrrrrruf"),
        (ITEM + "t\n21/01/2021\nother\n" + ITEM, "rrruuurrr"),
        (ITEM + "t\n99/01/2021\nt\n" + ITEM, "rrruuurrr"),
        (ITEM + ITEM + "stray", "rrrrrru"),
        (ITEM + "t\n21/01/2021", "rrruu"),
        (ITEM + "Foot\n" + ITEM + "Foot", "rrrurrrf"),
    ],
)
def test_a_list_goes_on_behind_what_is_no_item(rest: str, expected: str) -> None:
    """A block of a list that is part of no item is unread, and the next item is found all the same."""
    assert roles("Head\np\nMore From X\n" + rest, LIST) == "fpf" + expected


@pytest.mark.parametrize("rest", ["", "t", "stray\n" + ITEM, "t\n21/01/2021", "t\n21/01/2021\nother", "Foot"])
def test_a_list_begins_with_an_item(rest: str) -> None:
    """`More From` is no landmark unless an item stands right behind it."""
    problem = rejected("Head\np\nMore From X\n" + rest, LIST)

    assert problem.nearest.startswith("list misses the items")


BLOCKS = st.sampled_from(("Head", "Head x", "Middle", "Foot", "More From X", "Advert: y", "Lead: z", "Lead:", "t",
                          "21/01/2021", "99/99/9999", "a", "  ", ""))  # fmt: skip
LAYOUTS = (
    FRAME,
    LIST,
    Layout("lead", page=(one(TITLE), maybe(AD), LEAD, some(PARAGRAPH), maybe(MIDDLE, maybe(some(FURNITURE))))),
    Layout("open", page=(maybe(HEAD), some(PARAGRAPH), MORE, items("date", "title", date=DATE), maybe(FOOT))),
)


@given(st.lists(BLOCKS, min_size=1, max_size=14).map("\n".join).filter(str.strip))
def test_law_every_block_is_read_once(text: str) -> None:
    """Law: whichever layout fits, its spans are all visible characters in order; nothing is lost or doubled."""
    for layout in LAYOUTS:
        try:
            reading = read_by(text, layout)
        except Rejection:
            continue

        assert "".join("".join(reading.text(span).split()) for span in reading.spans) == "".join(text.split())
        assert [item.start for item in reading.related] == sorted(item.start for item in reading.related)
        assert sum(span.role is Role.RELATED for span in reading.spans) % len(layout_fields(layout)) == 0


def layout_fields(layout: Layout) -> tuple[str, ...]:
    """Return the fields of a layout's list, or one field where it has none."""
    return next((entry.fields for entry in layout.page if hasattr(entry, "fields")), ("",))
