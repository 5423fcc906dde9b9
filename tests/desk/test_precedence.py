from __future__ import annotations

import pytest

from copydesk.contract.layouts import Layout
from copydesk.desk.choose import choose
from copydesk.desk.routing import Desk
from copydesk.plugin import FURNITURE, PARAGRAPH, TITLE, Source, line, one, some
from tests.desk.by_hand import rejected, sheet_of

HEAD = line("head", r"Head")
OWN = "ours"


def layout(id: str, plugin: str, *page: object) -> Layout:
    """Return a layout of a plugin."""
    made = Layout(id, page=page)  # type: ignore[arg-type]  # any entries
    made.plugin = plugin
    return made


def source(id: str, plugin: str, sign: str) -> Source:
    """Return a source of a plugin with a sign."""
    made = Source(id, id, signs={sign: "en"})
    made.plugin = plugin
    return made


@pytest.mark.parametrize("page", ["Head\na\nb", "Head\na\nb\nc"])
def test_law_own_pages_cannot_be_claimed(page: str) -> None:
    """Law: what a layout of Copydesk's own fits, no other plugin takes, though it would leave less unread."""
    ours = layout("ours", OWN, HEAD, one(PARAGRAPH))
    claiming = [layout("a-same", "theirs", HEAD, some(PARAGRAPH)), layout("b-all", "theirs", some(PARAGRAPH))]

    assert choose(Desk([*claiming, ours], own=[OWN]), sheet_of(page)).layout is ours
    assert choose(Desk([claiming[0], ours]), sheet_of(page)).layout is claiming[0]


def test_a_layout_of_others_is_tried_where_no_own_fits() -> None:
    """What is not Copydesk's own goes to whom it fits, by the rules of all."""
    ours, theirs = layout("ours", OWN, HEAD, one(TITLE)), layout("theirs", "theirs", line("top", "Top"), one(TITLE))

    assert choose(Desk([ours, theirs], own=[OWN]), sheet_of("Top\na")).layout is theirs


def test_a_layout_that_raises_does_no_harm_to_own_pages() -> None:
    """A pattern of another plugin that cannot be used is not even tried on a page of Copydesk's own."""
    ours, broken = layout("ours", OWN, HEAD, one(TITLE)), layout("broken", "theirs", line("bad", "("), one(TITLE))

    assert choose(Desk([ours, broken], own=[OWN]), sheet_of("Head\na")).layout is ours


def test_a_layout_without_a_landmark_is_tried_last() -> None:
    """A layout that fits everything takes no page from another plugin's, though it leaves nothing unread."""
    known, anything = layout("known", "theirs", HEAD, one(TITLE)), layout("anything", "careless", some(FURNITURE))
    desk = Desk([anything, known])

    assert choose(desk, sheet_of("Head\na\nb")).layout is known
    assert choose(desk, sheet_of("Foot\na\nb")).layout is anything


def test_the_reason_knows_the_layouts_of_all() -> None:
    """Where none fits, the nearest is found among own and others."""
    theirs = Layout("theirs", page=(HEAD, one(TITLE), line("foot", "Foot")))

    assert "theirs misses the foot" in rejected("Head\na", theirs).nearest


def test_a_sign_of_an_own_source_goes_first() -> None:
    """The sign of another plugin cannot make Copydesk's own source uncertain; two of others are still none."""
    ours, theirs = source("ours", OWN, "-0-"), source("theirs", "theirs", "the")
    desk = Desk(sources=[ours, theirs, source("thirds", "thirds", "a")], own=[OWN])

    assert desk.by_sign("the end -0-") == (ours, "en")
    assert desk.by_sign("the") == (theirs, "en")
    assert desk.by_sign("a the") is None
