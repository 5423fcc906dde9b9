from __future__ import annotations

import pytest

from copydesk.desk.choose import choose
from copydesk.desk.routing import Desk
from copydesk.errors import RuleError
from copydesk.plugin import PARAGRAPH, TITLE, Layout, day, items, line, one, some
from tests.desk.by_hand import read_by, rejected, roles, sheet_of

HEAD = line("head", r"Head(?: (?P<label>.*))?")
MIDDLE = line("middle", r"Middle")
FOOT = line("foot", r"Foot")
MORE = line("more", r"More From .*")

FRAME = Layout("frame", page=(HEAD, one(TITLE), MIDDLE, some(PARAGRAPH), FOOT))
LIST = Layout("list", page=(HEAD, some(PARAGRAPH), MORE, items("title", "date", date=day("DD/MM/YYYY"))))


def test_without_tells_layouts_apart() -> None:
    """A layout that must not have a landmark does not fit a page that has it anywhere."""
    with_middle = Layout("b-with", page=(HEAD, some(PARAGRAPH), MIDDLE, some(PARAGRAPH)))
    bare = Layout("a-bare", without=(MIDDLE,), page=(HEAD, some(PARAGRAPH)))

    assert roles("Head\na\nMiddle\nb", with_middle, bare) == "fpfp"
    assert roles("Head\na\nb", with_middle, bare) == "fpp"
    assert rejected("Head\na\nMiddle\nb", bare).code == "no-layout"


def test_the_layout_that_leaves_less_unread_is_taken() -> None:
    """Of two that fit, the one that reads more of the page is right."""
    short = Layout("a-short", page=(HEAD, one(PARAGRAPH)))
    whole = Layout("b-whole", page=(HEAD, some(PARAGRAPH)))
    desk = Desk([short, whole])

    assert choose(desk, sheet_of("Head\na\nb")).layout is whole


def test_two_layouts_that_fit_equally_are_refused() -> None:
    """Nothing is chosen by chance: both are named, with the remedy."""
    twins = [Layout(name, page=(HEAD, some(PARAGRAPH))) for name in ("one", "two")]
    problem = rejected("Head\na\nb", *twins)

    assert problem.code == "two-layouts"
    assert str(problem) == (
        "the page fits one and two equally well; tell them apart by a landmark or by without= in one of them"
    )


def test_the_order_of_layouts_does_not_matter() -> None:
    """What is said of a page is the same whichever layout was registered first."""
    twins = [Layout(name, page=(HEAD, some(PARAGRAPH))) for name in ("one", "two")]

    assert str(rejected("Head\na", *twins)) == str(rejected("Head\na", *reversed(twins)))


def test_the_nearest_layout_is_named() -> None:
    """Where none fits, the one with most landmarks in order is named with the entry that is missing, and its place."""
    other = Layout("other", page=(HEAD, line("sub", r"Sub"), some(PARAGRAPH)))
    problem = rejected("Head\n\nTitle\n\nMiddle\n\nText.\n\nMore", other, FRAME)

    assert problem.code == "no-layout"
    assert problem.nearest == "frame misses the foot (behind line 9)"
    assert "if the site has changed, the layout must learn it" in str(problem)


def test_a_page_of_nobody_gets_the_known_layouts() -> None:
    """Where not one landmark is found, the message lists what is known; without plugins it says so."""
    problem = rejected("Dear all,\nregards", FRAME, LIST)

    assert (problem.code, problem.nearest) == ("no-layout", "")
    assert "the known layouts are frame, list; a plugin can add another" in str(problem)
    assert "none: no plugin is loaded" in str(rejected("Dear all,"))


def test_a_page_without_a_body_is_no_article() -> None:
    """A list or a photo entry has the landmarks and no text: it is refused as such."""
    problem = rejected("Head\nT\nMiddle\nFoot", FRAME)

    assert (problem.code, problem.nearest) == ("no-body", "frame")
    assert problem.message == "the page has no paragraph where frame has it (behind line 3)"


@pytest.mark.parametrize("text", ["Middle\nT\nHead\nP\nFoot", "x\nHead\nT\nMiddle\nP\nFoot"])
def test_what_is_said_of_a_misfit_is_true(text: str) -> None:
    """A page with landmarks in another order is not said to have none."""
    assert "not one of their landmarks was found" not in str(rejected(text, FRAME))


@pytest.mark.parametrize("fault", ["a regex", "a reader"])
def test_a_broken_layout_costs_its_own_pages(fault: str) -> None:
    """A layout whose pattern or reader fails is no reason to refuse a page that another layout reads."""

    def failing(_: str) -> str | None:
        raise ZeroDivisionError

    broken = {
        "a regex": Layout("broken", page=(line("broken", "Head" + "("), some(PARAGRAPH))),
        "a reader": Layout("broken", page=(HEAD, items("date", "title", date=failing))),
    }

    assert roles("Head\nT\nMiddle\nP\nFoot", broken[fault], FRAME) == "ftfpf"
    with pytest.raises(RuleError, match=r"^rule 'broken'( \(desk/test_choose.py:\d+\))?: "):
        read_by("Head\n21/01/2021\nt", broken[fault], FRAME)
