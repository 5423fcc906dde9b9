from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.plugin import FURNITURE, PARAGRAPH, TITLE, Layout, Role, css, day, items, line, maybe, one, some, starts
from tests.desk.by_hand import outline, work
from tests.desk.html_by_hand import html_rejected, ink, letters, page_of, read_html_by

HEADLINE = css("h1", one(TITLE))
BODY = css("div.body", some(PARAGRAPH))
FOOT = line("foot", r"Foot(?: (?P<label>.*))?")
AD = line("advertisement", r"Advert: .*")
ARTICLE = Layout("article", page=(HEADLINE, BODY))


def test_a_region_takes_the_blocks_of_its_elements() -> None:
    """All blocks within the elements that a selector finds are the region, in reading order, and nothing else is."""
    html = "<i>a</i><h1>T</h1><div class='body'><p>b</p>c<div><p>d</p></div></div><p>e</p><div class='body'>f</div>"

    assert outline(read_html_by(html, ARTICLE)) == [
        ("furniture", "a"),
        ("title", "T"),
        ("paragraph", "b"),
        ("paragraph", "c"),
        ("paragraph", "d"),
        ("furniture", "e"),
        ("paragraph", "f"),
    ]


def test_an_entry_takes_what_no_entry_before_it_has_taken() -> None:
    """The first entry that finds a block has it, wherever the entries stand on the page."""
    inner = css("div.body aside", some(FURNITURE))
    html = "<h1>T</h1><div class='body'><p>a</p><aside>x</aside><p>b</p></div>"

    assert letters(html, Layout("x", page=(HEADLINE, inner, BODY))) == "tpfp"
    assert letters(html, Layout("x", page=(HEADLINE, maybe(css("p, aside", some(Role.QUOTE))), maybe(BODY)))) == "tqqq"


def test_a_region_that_others_have_emptied_is_missing() -> None:
    """What an entry before has taken whole leaves nothing to the entry behind it, which then misses."""
    twice = Layout("x", page=(BODY, css("div.body p", some(PARAGRAPH))))

    assert html_rejected("<div class='body'><p>a</p></div>", twice).code == "no-body"


def test_nested_elements_are_taken_once() -> None:
    """Where an element and one within it are found, each of their blocks is there once, in order."""
    html = "<h1>T</h1><div class='body'>a<div class='body'>b<p>c</p></div>d</div>e"

    assert [text for role, text in outline(read_html_by(html, ARTICLE)) if role == "paragraph"] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    "html",
    [
        "<p><span class='x'>T</span></p><div class='body'>a</div>",
        "<p> <span class='x'> T </span> </p><div class='body'>a</div>",
        "<p><b><span class='x'>T</span></b><br><br>b</p><div class='body'>a</div>",
        "<span class='x'>T</span><div class='body'>a</div>",
        "<p><i></i>&nbsp;<span class='x'>T</span></p><div class='body'>a</div>",
    ],
)
def test_an_element_within_a_line_can_be_a_region(html: str) -> None:
    """An element that makes no block of its own is a region where it holds a whole block."""
    layout = Layout("x", page=(css("span.x", one(TITLE)), BODY))

    assert outline(read_html_by(html, layout))[0] == ("title", "T")


@pytest.mark.parametrize("html", ["<p>a <span class='x'>T</span></p>", "<p><span class='x'>T</span>.</p>"])
def test_a_part_of_a_block_is_no_region(html: str) -> None:
    """An element that holds a part of a block takes nothing: blocks are never cut by tags."""
    layout = Layout("x", page=(css("span.x", one(TITLE)), BODY))

    assert html_rejected(f"{html}<div class='body'>a</div>", layout).code == "no-layout"


def test_an_empty_element_takes_nothing() -> None:
    """A second title without text is no block, so it neither is a title nor makes one too many."""
    html = "<h1>T</h1><h1></h1><h1> &nbsp; </h1><div class='body'>a</div>"

    assert letters(html, ARTICLE) == "tp"


def test_an_element_right_before_the_text_does_not_take_it() -> None:
    """An element without text that stands where a block begins does not have that block."""
    html = "<h1></h1><p>a</p><div class='body'>b</div>"

    assert letters(html, Layout("x", page=(maybe(HEADLINE), BODY))) == "fp"


def test_a_landmark_may_stand_in_any_block() -> None:
    """A landmark beside the regions takes the first block that it matches, before, behind or between elements."""
    layout = Layout("x", page=(HEADLINE, FOOT, BODY))

    assert letters("<h1>T</h1><div class='body'><p>a</p><p>Foot</p><p>b</p></div>", layout) == "tpfp"
    assert letters("<td>Foot AG (En)<h1>T</h1><div class='body'>a</div>Foot", layout) == "fstpf"
    assert html_rejected("<h1>T</h1><div class='body'>a</div>The Foot", layout).code == "no-layout"


def test_a_landmark_of_no_place_is_missing_nowhere_in_particular() -> None:
    """What may stand in any block of the page is missing in none of them, as a region is."""
    layout = Layout("x", page=(HEADLINE, FOOT, BODY))

    assert html_rejected("<h1>T</h1><div class='body'>a</div>", layout).nearest == "x misses the foot"


def test_a_landmark_takes_no_block_that_is_taken() -> None:
    """Behind a region that holds such a line, the landmark is the next one of the page."""
    layout = Layout("x", page=(BODY, maybe(FOOT)))

    assert letters("<div class='body'>Foot</div><p>Foot AG</p>", layout) == "pfs"


def test_entries_of_a_region_stand_in_order() -> None:
    """Within a region landmarks, gaps and lists are laid out from top to bottom, as in a text capture."""
    box = css("div.body", one(TITLE), AD, some(PARAGRAPH), maybe(FOOT, maybe(some(FURNITURE))))
    layout = Layout("x", page=(box,))

    assert letters("<div class='body'><p>T<p>Advert: x<p>a<p>b<p>Foot<p>c</div>", layout) == "tfppff"
    assert letters("<div class='body'><p>T</div><p>Foot</p><div class='body'>Advert: x<p>a</div>", layout) == "tffp"
    assert html_rejected("<div class='body'><p>T<p>a<p>Advert: x</div>", layout).code == "no-layout"


def test_the_start_of_a_block_is_cut_within_a_region() -> None:
    """`starts` works within a region as everywhere."""
    lead = starts("lead", r"(?P<dateline>Lead:)")
    layout = Layout("x", page=(css("div.body", lead, some(PARAGRAPH)),))

    assert outline(read_html_by("<div class='body'><p>Lead: <b>a</b></p><p>b</p></div>", layout)) == [
        ("dateline", "Lead:"),
        ("paragraph", "a"),
        ("paragraph", "b"),
    ]


def test_what_a_page_may_lack_may_be_missing() -> None:
    """An optional region, list or landmark that is not there costs nothing."""
    layout = Layout("x", page=(maybe(HEADLINE), maybe(FOOT), BODY))

    assert letters("<div class='body'>a</div>", layout) == "p"


def test_an_optional_region_that_does_not_fit_is_unread() -> None:
    """Its blocks are neither furniture nor body: nobody has read them, and the page fits less well by them."""
    layout = Layout("x", page=(maybe(css("header", AD, one(TITLE))), BODY))
    reading = read_html_by("<header><p>a</p><p>b</p></header><div class='body'>c</div>", layout)

    assert outline(reading) == [("unread", "a"), ("unread", "b"), ("paragraph", "c")]


def test_what_a_region_leaves_over_is_unread() -> None:
    """Blocks behind the last entry of a region stay unread, and count against the layout."""
    short = Layout("a-short", page=(css("div.body", one(PARAGRAPH)),))
    whole = Layout("b-whole", page=(BODY,))
    html = "<div class='body'><p>a</p><p>b</p></div>"

    assert letters(html, short) == "pu"
    assert letters(html, short, whole) == "pp"


@pytest.mark.parametrize(
    ("html", "code", "said"),
    [
        (
            "<h1>T</h1><div class='body'></div>",
            "no-body",
            "the page has no paragraph where article has it: css('div.body')",
        ),
        ("<div class='body'>a</div>", "no-layout", "the page has no title where article has it: css('h1')"),
        ("<h1> </h1><div class='body'>a</div>", "no-layout", "the page has no title where article has it: css('h1')"),
    ],
)
def test_a_missing_region_is_named_by_its_selector(html: str, code: str, said: str) -> None:
    """A page that lacks the body is no article; one that lacks another region is no page of the layout."""
    problem = html_rejected(f"{html}<i>some other text</i>", ARTICLE)

    assert (problem.code, problem.message) == (code, said)
    assert problem.nearest == "article"


def test_a_missing_line_of_a_region_is_named() -> None:
    """Where a region is there and a landmark in it is not, the landmark is named, and where it was looked for."""
    layout = Layout("x", page=(css("div.body", one(TITLE), AD, some(PARAGRAPH)),))
    problem = html_rejected("<div class='body'>\n<p>T\n<p>a\n<p>b</div>", layout)

    assert problem.nearest == "x misses the advertisement (behind line 2)"


def test_the_first_line_of_a_region_is_missed_at_its_top() -> None:
    """A landmark that a region should begin with is missing behind what stands before the region."""
    layout = Layout("x", page=(HEADLINE, css("div.body", AD, some(PARAGRAPH))))
    problem = html_rejected("<h1>T</h1>\n<div class='body'>\n<p>a</p>\n<p>b</p></div>", layout)

    assert problem.nearest == "x misses the advertisement (behind line 1)"


def test_two_titles_are_one_too_many_for_a_layout_that_has_one() -> None:
    """`one` takes one block: a second element of the selector stays unread."""
    assert letters("<h1>T</h1><h1>U</h1><div class='body'>a</div>", ARTICLE) == "tup"


DAY = day("YYYY-MM-DD")


def test_a_list_of_fields_can_stand_in_a_region() -> None:
    """Items of a list without elements of their own are found by their fields, also over many elements."""
    others = css("ul.more li", items("title", "date", date=DAY))
    layout = Layout("x", page=(BODY, maybe(others)))
    html = "<div class='body'>a</div><ul class='more'><li>T<li>2021-01-21<li>U<li>2021-01-22<li>stray</ul>"
    reading = read_html_by(html, layout)

    assert [(item.title, item.date) for item in reading.related] == [("T", "2021-01-21"), ("U", "2021-01-22")]
    assert outline(reading)[-1] == ("unread", "stray")


HEAD = css("h6", one(FURNITURE))
"""What each page has; a layout of which a page may lack all is none."""

TAGS = ("<p class='{}'>{}</p>", "<div class='{}'>{}</div>", "<span class='{}'>{}</span> ", "<td class='{}'>{}</td>")
PIECES = st.recursive(
    st.sampled_from(["one ", "two<br><br>", "Foot", "Advert: x", "&nbsp;", ""]),
    lambda inner: st.tuples(
        st.sampled_from(TAGS), st.sampled_from("abc"), st.lists(inner, max_size=3).map("".join)
    ).map(lambda parts: parts[0].format(*parts[1:])),
    max_leaves=10,
)
ENTRIES = st.lists(
    st.sampled_from(
        [
            maybe(css(".a", some(PARAGRAPH))),
            maybe(css(".b", one(TITLE))),
            maybe(FOOT),
            maybe(css("p, .c", some(FURNITURE))),
            maybe(css(".c", items(date=DAY))),
            maybe(css("div > span", AD, some(PARAGRAPH))),
            maybe(css("div", FOOT)),
        ]
    ),
    min_size=1,
    max_size=5,
)


@given(st.lists(PIECES, min_size=1, max_size=5).map("".join), ENTRIES)
def test_law_every_visible_character_has_one_role(html: str, entries: list[object]) -> None:
    """Law: whatever regions overlap, each block of a page is in exactly one span, in reading order."""
    layout = Layout("x", page=(HEAD, *entries))  # type: ignore[arg-type]  # entries
    html = f"<h6>x</h6>{html}"
    reading, page = read_html_by(html, layout), page_of(html)

    assert ink("".join(map(reading.text, reading.spans))) == ink(page.text)
    assert all(one.end <= other.start for one, other in zip(reading.spans, reading.spans[1:], strict=False))


@pytest.mark.parametrize(
    "piece", ["<p>a</p>", "<div class='body'><p>a</p></div>", "<div class='body'>", "Foot<br><br>"]
)
def test_law_time_is_linear_in_the_page(piece: str) -> None:
    """Law: four times the page is about four times the work, of whatever regions it is made."""
    layout = Layout("x", page=(HEAD, maybe(css("p", some(FURNITURE))), maybe(FOOT), maybe(BODY)))

    def job(count: int) -> None:
        read_html_by(f"<h6>x</h6>{piece * count}y", layout)

    job(1)
    assert work(lambda: job(160)) < 6 * work(lambda: job(40))
