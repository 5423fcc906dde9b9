from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from copydesk.contract.row import Items
from copydesk.contract.words import FACTS
from copydesk.errors import PluginError
from copydesk.plugin import (
    FURNITURE,
    PARAGRAPH,
    TITLE,
    Layout,
    Role,
    attr,
    css,
    day,
    ends,
    items,
    line,
    maybe,
    one,
    some,
    starts,
)

FOOT = line("foot", r"Foot")
DAY = day("YYYY-MM-DD")
WORDS = "use line(), starts(), one(), some(), items() or maybe()"
ENDLESS = "nothing tells where 'some paragraph' ends and 'some furniture' begins; put a landmark between them"
RESTLESS = "takes the start of a block, and nothing takes the rest of it; put one() or some() behind it"
DATELESS = "items() needs the field 'date' once: an item is found by its date; only alone in css() it needs no fields"
BODY = css("div.body", some(PARAGRAPH))


def layout(**given: Any) -> Layout:
    """Return a layout of these arguments."""
    return Layout("mine", **given)


def said_of(make: Callable[[], Any]) -> str:
    """Return what is said of a mistake."""
    with pytest.raises(PluginError) as problem:
        make()
    return str(problem.value)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: css("p"), "css('p'): page is empty; list its entries from top to bottom"),
        (lambda: css("p", maybe()), "css('p'): maybe() is empty; name the entries that a page may lack"),
        (
            lambda: css("p", "text"),  # type: ignore[arg-type]  # the mistake
            f"css('p'): 'text' is no entry of a page; {WORDS}",
        ),
        (
            lambda: css("div", css("p", one(TITLE))),  # type: ignore[arg-type]  # the mistake
            f"css('div'): css('p') is no entry of a page; {WORDS}",
        ),
        (
            lambda: css("p", attr("author", "a", "title")),  # type: ignore[arg-type]  # the mistake
            f"css('p'): attr('author', 'a', 'title') is no entry of a page; {WORDS}",
        ),
        (
            lambda: css("p", some(PARAGRAPH), some(FURNITURE)),
            f"css('p'): {ENDLESS}",
        ),
        (
            lambda: css("p", starts("lead", "Lead")),
            f"css('p'): 'lead' {RESTLESS}",
        ),
        (
            lambda: css("p", ends("end", "End")),
            "css('p'): ends('end') is no landmark; use line() or starts()",
        ),
        (
            lambda: css("p", items(date=DAY), one(TITLE)),
            f"css('p'): {DATELESS}",
        ),
        (
            lambda: css("p", maybe(items(date=DAY))),
            f"css('p'): {DATELESS}",
        ),
        (
            lambda: attr("subtitle", "p", "title"),
            f"attr(): 'subtitle' is no fact; the facts are {', '.join(FACTS)}",
        ),
        (lambda: attr("title", "p", "title"), f"attr(): 'title' is no fact; the facts are {', '.join(FACTS)}"),
    ],
)
def test_a_mistake_in_a_region_has_its_message(make: Callable[[], Any], said: str) -> None:
    """What cannot be read is refused when it is written, with place, fact and remedy."""
    assert said_of(make) == said


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ((BODY, "text"), "'text' stands in no region; wrap it in css()"),
        ((BODY, starts("lead", "L")), "starts('lead') is no landmark of an HTML page; use line(), or wrap it in css()"),
        ((BODY, ends("end", "E")), "ends('end') is no landmark of an HTML page; use line(), or wrap it in css()"),
        ((BODY, maybe(BODY, BODY)), "maybe() of an HTML layout holds one entry; write one for each"),
        ((BODY, maybe()), "maybe() of an HTML layout holds one entry; write one for each"),
        (
            (BODY, maybe(starts("l", "L"))),
            "starts('l') is no landmark of an HTML page; use line(), or wrap it in css()",
        ),
        ((), "page is empty; list its entries from top to bottom"),
    ],
)
def test_a_mistake_in_an_html_page_has_its_message(page: tuple[Any, ...], said: str) -> None:
    """An entry that cannot stand beside regions is named, with the way to write it."""
    assert said_of(lambda: layout(page=page)) == f"layout 'mine': {said}"


@pytest.mark.parametrize("entry", [one(TITLE), some(PARAGRAPH), items("date", "title", date=DAY)])
def test_what_needs_a_region_is_refused_without_one(entry: Any) -> None:
    """Gaps and lists stand in regions alone."""
    assert said_of(lambda: layout(page=(BODY, entry))).endswith(" stands in no region; wrap it in css()")


@pytest.mark.parametrize("entry", [one(TITLE), items("date", "title", date=DAY), maybe(maybe(BODY))])
def test_an_entry_is_named_as_its_author_wrote_it(entry: Any) -> None:
    """A message shows an entry so that its author finds it."""
    assert " object at 0x" not in said_of(lambda: layout(page=(BODY, entry)))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"hosts": "a.example"}, "hosts is the one string 'a.example'; write ('a.example',)"),
        ({"since": "2021"}, "since='2021' is no day; write it as YYYY-MM-DD"),
        ({"since": "21/01/2021"}, "since='21/01/2021' is no day; write it as YYYY-MM-DD"),
        ({"until": "today"}, "until='today' is no day; write it as YYYY-MM-DD"),
        ({"until": "2021-01-01T00:00"}, "until='2021-01-01T00:00' is no day; write it as YYYY-MM-DD"),
        ({"without": (FOOT,)}, "without= is for text layouts alone; leave it out"),
        ({"facts": {"subtitle": "a"}}, f"'subtitle' is no fact; the facts are {', '.join(FACTS)}"),
        ({"rules": (FOOT,)}, "line('foot', 'Foot') in rules is no rule; wrap a pattern in first(), last() or every()"),
    ],
)
def test_a_mistake_in_the_arguments_has_its_message(given: dict[str, Any], said: str) -> None:
    """Hosts, days, facts and rules are checked when the layout is made."""
    assert said_of(lambda: layout(page=(BODY,), **given)) == f"layout 'mine': {said}"


@pytest.mark.parametrize(
    "make",
    [
        lambda: layout(page=(BODY,), since="2021-02-30"),
        lambda: layout(page=(BODY,), since="2022-01-01", until="2021-01-01"),
        lambda: layout(page=(BODY,), language="en"),
        lambda: layout(page=(BODY,), posted="2021-01-01"),
        lambda: layout(page=(BODY,), source="The Agency"),
        lambda: layout(page=(BODY,), hosts=("https://a.example/",)),
        lambda: layout(page=BODY),
        lambda: layout(page=(attr("lang", "html", "lang"),)),
        lambda: layout(page=(maybe(BODY), maybe(FOOT), attr("lang", "html", "lang"))),
        lambda: css("p", one(Role.IMAGE)),
        lambda: css("p", some(Role.METADATA)),
        lambda: css("p", items(date="YYYY-MM-DD")),  # type: ignore[arg-type]  # the mistake
    ],
    ids=["no day", "the wrong way round", "language", "posted", "source", "hosts", "no comma", "no region",
         "all optional", "image", "metadata", "reader of a list"],
)  # fmt: skip
def test_a_mistake_is_found_when_the_layout_is_made(make: Callable[[], Any]) -> None:
    """A day that there is not, a text in the place of a function and the like are refused with PluginError."""
    assert "; " in said_of(make)


def test_a_reader_of_an_attribute_is_a_function() -> None:
    """A format in the place of a reader is refused when it is written, as that of a list is."""
    made = said_of(lambda: attr("published", "time", "datetime", "YYYY-MM-DD"))  # type: ignore[arg-type]  # the mistake

    assert "; " in made


def test_a_selector_is_parsed_when_it_is_first_used() -> None:
    """A plugin with many layouts costs nothing before a page comes that may have one of them."""
    assert layout(page=(css("p:hover", one(TITLE)),)).is_html


def test_parts_know_whether_a_page_may_lack_them() -> None:
    """`maybe` makes an entry optional, and nothing else of it."""
    link = attr("original_url", "a", "href")
    made = layout(page=(maybe(BODY), link, FOOT, maybe(FOOT), maybe(link)))

    assert [(part.entry, part.optional) for part in made.parts] == [
        (BODY, True), (link, False), (FOOT, False), (FOOT, True), (link, True),
    ]  # fmt: skip
    assert made.entries == ()


def test_landmarks_and_regions_are_what_each_page_has() -> None:
    """Landmarks within regions count too; what a page may lack is neither."""
    head, inner, other = line("head", "Head"), line("inner", "Inner"), line("other", "Other")
    box = css("div", inner, some(PARAGRAPH), maybe(other))
    made = layout(page=(maybe(css("i", FOOT)), box, head, maybe(FOOT)))

    assert (made.landmarks(), made.regions()) == ([head, inner], [box])


def test_a_layout_is_of_html_by_its_entries() -> None:
    """One region or attribute makes an HTML layout, also within `maybe`; landmarks alone make a text layout."""
    assert layout(page=(maybe(BODY), FOOT)).is_html
    assert not Layout("text", page=(FOOT, some(PARAGRAPH))).is_html


def test_a_region_knows_what_it_holds() -> None:
    """A gap of a body role makes a region of the body; a list without fields takes its elements one by one."""
    assert css("p", some(PARAGRAPH)).holds_body
    assert not css("p", one(TITLE)).holds_body
    assert not css("p", some(FURNITURE)).holds_body
    assert isinstance(css("li", items(date=DAY)).each, Items)
    assert css("li", items("date", "title", date=DAY)).each is None
    assert css("li", some(Role.QUOTE)).holds_body


def test_an_entry_is_named_as_it_is_written() -> None:
    """Names of rules and messages come from the entries themselves."""
    assert [css("p.a", one(TITLE)).name, repr(css("p", FOOT)), attr("author", "a", "title").name] == [
        "css('p.a')",
        "css('p')",
        "attr('author', 'a', 'title')",
    ]
