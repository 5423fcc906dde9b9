from __future__ import annotations

from typing import Any

import pytest

from copydesk.contract.row import Gap, Items
from copydesk.errors import PluginError
from copydesk.plugin import (
    FURNITURE,
    PARAGRAPH,
    TITLE,
    Layout,
    anywhere,
    day,
    ends,
    items,
    line,
    maybe,
    one,
    some,
    starts,
)

HEAD = line("head", r"Head")
LEAD = starts("lead", r"Lead:")
DAY = day("DD/MM/YYYY")
FACTS = (
    "captured, published, label, dateline, author, stamp, stamp_date, dateline_place, dateline_date, agency, juche, "
    "year, lang, original_url"
)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"page": ()}, "page is empty; list its entries from top to bottom"),
        (
            {"page": ("Head", some(PARAGRAPH))},
            "'Head' is no entry of a page; use line(), starts(), one(), some(), items() or maybe()",
        ),
        (
            {"page": (HEAD, TITLE)},
            "<Role.TITLE: 'title'> is no entry of a page; use line(), starts(), one(), some(), items() or maybe()",
        ),
        ({"page": (HEAD, maybe())}, "maybe() is empty; name the entries that a page may lack"),
        (
            {"page": (HEAD, maybe(maybe(TITLE)))},
            "<Role.TITLE: 'title'> is no entry of a page; use line(), starts(), one(), some(), items() or maybe()",
        ),
        ({"page": (ends("end", r"-0-"),)}, "ends('end') is no landmark; use line() or starts()"),
        ({"page": (anywhere("name", r"Kim"),)}, "anywhere('name') is no landmark; use line() or starts()"),
        ({"page": (maybe(ends("end", r"-0-")),)}, "ends('end') is no landmark; use line() or starts()"),
        (
            {"page": (HEAD, some(PARAGRAPH), some(FURNITURE))},
            "nothing tells where 'some paragraph' ends and 'some furniture' begins; put a landmark between them",
        ),
        (
            {"page": (some(PARAGRAPH), one(TITLE), HEAD)},
            "nothing tells where 'some paragraph' ends and 'one title' begins; put a landmark between them",
        ),
        (
            {"page": (LEAD, HEAD)},
            "'lead' takes the start of a block, and nothing takes the rest of it; put one() or some() behind it",
        ),
        (
            {"page": (HEAD,), "facts": {"lang": "en", "language": "en"}},
            f"'language' is no fact; the facts are {FACTS}",
        ),
    ],
)
def test_a_mistake_in_a_layout_has_its_message(given: dict[str, Any], said: str) -> None:
    """What no page could be read by is refused where it is written: layout, fact and remedy."""
    with pytest.raises(PluginError) as problem:
        Layout("mine", **given)

    assert str(problem.value).startswith("layout 'mine': ")
    assert str(problem.value).endswith(said)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            ("title", "date", "subtitle"),
            "items(): 'subtitle' is no field of an item; use title, teaser, date",
        ),
        (
            ("title", "teaser"),
            "items(): ('title', 'teaser') needs the field 'date' once: an item is found by its date",
        ),
        (
            ("date", "title", "date"),
            "items(): ('date', 'title', 'date') needs the field 'date' once: an item is found by its date",
        ),
    ],
)
def test_a_mistake_in_a_list_has_its_message(fields: tuple[str, ...], said: str) -> None:
    """A list without a field that it needs, or with one that there is not, is refused."""
    with pytest.raises(PluginError) as problem:
        items(*fields, date=DAY)

    assert str(problem.value) == said


@pytest.mark.parametrize(
    "page",
    [
        (some(PARAGRAPH),),
        (HEAD, one(TITLE), one(PARAGRAPH)),
        (one(TITLE), some(PARAGRAPH), HEAD),
        (one(TITLE), LEAD, some(PARAGRAPH)),
        (LEAD, one(PARAGRAPH)),
        (HEAD, some(PARAGRAPH), maybe(HEAD), items("date", "title", date=DAY)),
        (HEAD, some(PARAGRAPH), maybe(line("more", r"More"), items("date", "title", date=DAY), maybe(HEAD))),
    ],
)
def test_a_page_that_can_be_read_is_taken(page: tuple[Any, ...]) -> None:
    """Gaps with a landmark between them, and a start with a gap behind it, are no mistakes."""
    assert Layout("mine", page=page).page == page


def test_landmarks_are_what_each_page_has() -> None:
    """What a page may lack, and what is bare, is no landmark."""
    foot = line("foot", r"Foot")
    layout = Layout(
        "mine", page=(HEAD, maybe(line("ad", r"Ad"), line("ad 2", r"Ad 2")), one(TITLE), LEAD, some(PARAGRAPH), foot)
    )

    assert layout.landmarks() == [HEAD, LEAD, foot]


def test_an_entry_has_the_name_that_an_author_would_give() -> None:
    """Rule names come from the entries: the name of a pattern, or what a gap takes."""
    list_of_others = items("date", "title", date=DAY)

    assert [one(TITLE).name, some(PARAGRAPH).name, maybe(HEAD).name, list_of_others.name] == [
        "one title",
        "some paragraph",
        "head",
        "items",
    ]


def test_a_list_knows_its_date_and_its_doubles() -> None:
    """The date's place in an item and each pair of places with equal text are known beforehand."""
    found = items("title", "title", "teaser", "date", "teaser", date=DAY)

    assert isinstance(found, Items)
    assert (found.date_at, found.doubles) == (3, ((0, 1), (2, 4)))


def test_a_gap_takes_a_role_by_its_word() -> None:
    """`paragraph` and the role of that name are one."""
    assert [Gap(PARAGRAPH, many=True).role, some(PARAGRAPH).many, one(TITLE).many] == [PARAGRAPH, True, False]


def test_facts_are_a_copy() -> None:
    """What an author does to a mapping afterwards does not change the layout."""
    facts = {"lang": "en"}
    layout = Layout("mine", page=(HEAD,), facts=facts)
    facts["lang"] = "ko"

    assert layout.facts == {"lang": "en"}


LAST_START = (some(PARAGRAPH), LEAD)
START_OF_A_LIST = (HEAD, maybe(LEAD), items("date", "title", date=DAY))


@pytest.mark.parametrize("page", [LAST_START, START_OF_A_LIST], ids=["at the end", "optional, before a list"])
def test_a_start_needs_a_gap_behind_it(page: tuple[Any, ...]) -> None:
    """A start at the end of the page, or an optional one, leaves the rest of its block to nobody, and is refused."""
    with pytest.raises(PluginError, match="takes the start of a block"):
        Layout("mine", page=page)


@pytest.mark.parametrize(
    ("id", "given"),
    [
        ("My Layout", {}),
        ("mine", {"rules": (HEAD,)}),
        ("mine", {"without": (one(TITLE),)}),
        ("mine", {"without": HEAD}),
    ],
    ids=["id", "rules", "without", "no list"],
)
def test_what_a_layout_is_given_is_checked(id: str, given: dict[str, Any]) -> None:
    """As with a source, an id that is no slug and a rule that is none are found when the plugin is loaded."""
    with pytest.raises(PluginError):
        Layout(id, page=(HEAD,), **given)
