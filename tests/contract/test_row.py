from __future__ import annotations

from typing import Any

import pytest

from copydesk.contract.row import Skip, behind_of, row_of
from copydesk.errors import PluginError
from copydesk.plugin import FURNITURE, PARAGRAPH, TITLE, day, items, line, maybe, one, some

HEAD = line("head", r"Head")
FOOT = line("foot", r"Foot")


def test_what_a_page_may_lack_is_skipped_whole() -> None:
    """In a row `maybe` is a sign that says how many entries it holds, those of an inner one counted."""
    row = row_of("x", (HEAD, maybe(one(TITLE), maybe(FOOT)), HEAD))

    assert [entry.count for entry in row if isinstance(entry, Skip)] == [3, 1]
    assert [entry.name for entry in row] == ["head", "one title", "one title", "foot", "foot", "head"]


def test_what_may_follow_is_known_beforehand() -> None:
    """Behind an entry stands the next, or the one behind all that a page may lack, or the end."""
    gap = some(PARAGRAPH)
    row = row_of("x", (gap, maybe(HEAD), maybe(FOOT)))

    assert list(behind_of(row, 1)) == [HEAD, FOOT, None]
    assert list(behind_of(row, len(row))) == [None]


@pytest.mark.parametrize(
    "page",
    [
        (some(PARAGRAPH), maybe(HEAD), some(FURNITURE)),
        (some(PARAGRAPH), maybe(HEAD, some(FURNITURE)), one(TITLE)),
        (maybe(some(PARAGRAPH)), one(TITLE)),
    ],
)
def test_two_gaps_may_not_meet_when_a_page_lacks_what_parts_them(page: tuple[Any, ...]) -> None:
    """What stands between two gaps must stand there on every page."""
    with pytest.raises(PluginError, match="put a landmark between them"):
        row_of("x", page)


def test_a_list_without_fields_stands_alone_in_a_region() -> None:
    """Without fields a list has no sign of its items but their elements, so no text layout can have one."""
    bare = items(date=day("YYYY-MM-DD"))

    assert row_of("x", (bare,), each=True) == (bare,)
    for page, each in (((bare,), False), ((HEAD, bare), True)):
        with pytest.raises(PluginError, match="only alone in css"):
            row_of("x", page, each=each)
