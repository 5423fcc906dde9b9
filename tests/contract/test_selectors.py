from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.cssselect import CSSSelector

from copydesk.contract.selectors import Index, Selector
from copydesk.errors import PluginError
from tests.desk.by_hand import work
from tests.desk.html_by_hand import elements_of, markup_of, page_of

HTML = """<html><body id='top'>
<div class='a b' id='one'><p class='c' lang='en-US'>1</p><p DATA-x='Y z'>2</p><span><p>3</p></span></div>
<div class='b'><P class='c d'>4</P></div><p id='last' title=''>5</p><p>6</p></body></html>"""


def selected(css: str, html: str = HTML) -> list[str]:
    """Return the texts of the elements that a selector finds, in order; every element of the page is numbered."""
    page = page_of(html)
    markup = markup_of(page)
    return ["".join(page.text[markup.starts[n] : markup.ends[n]].split()) for n in _nodes(css, html)]


def _nodes(css: str, html: str) -> list[int]:
    return Selector(css).select(Index(markup_of(page_of(html))))


def by_lxml(css: str, html: str) -> list[int]:
    """Return the numbers of the elements that lxml finds by the same selector."""
    elements = elements_of(html)
    found = CSSSelector(css, translator="html")(elements[0].getroottree())
    return sorted(elements.index(element) for element in found)


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("p", "1 2 3 4 5 6"),
        ("P", "1 2 3 4 5 6"),
        ("html", "123456"),
        ("*", "123456 123456 123 1 2 3 3 4 4 5 6"),
        (".c", "1 4"),
        ("p.c.d", "4"),
        (".c.a", ""),
        ("#one", "123"),
        ("p#last", "5"),
        ("div#last", ""),
        ("div p", "1 2 3 4"),
        ("div > p", "1 2 4"),
        ("body > p", "5 6"),
        ("body div > span p", "3"),
        ("div.a > *", "1 2 3"),
        ("p, div", "123 1 2 3 4 4 5 6"),
        ("p, p.c, .c", "1 2 3 4 5 6"),
        ("[lang]", "1"),
        ("p[lang='en-US']", "1"),
        ("[lang|=en]", "1"),
        ("[lang|=e]", ""),
        ("[LANG^=en]", "1"),
        ("[lang$=US]", "1"),
        ("[lang*='-']", "1"),
        ("[data-x~=z]", "2"),
        ("[lang~=en]", ""),
        ("[lang~=en-US]", "1"),
        ("[data-x=y]", ""),
        ("[title='']", "5"),
        ("p:not(.c)", "2 3 5 6"),
        ("p:not(.c):not([id])", "2 3 6"),
        ("div:not(.a) p", "4"),
        ("p:not([class~=d])", "1 2 3 5 6"),
        ("section", ""),
    ],
)
def test_each_kind_of_selector(css: str, expected: str) -> None:
    """Elements are found in document order, each once, and the same as lxml finds."""
    assert " ".join(selected(css)) == expected
    assert _nodes(css, HTML) == by_lxml(css, HTML)


NAMES = st.sampled_from(["a", "b", "c"])
TAGS = st.sampled_from(["div", "p", "span", "b"])
VALUES = st.lists(st.sampled_from(["a", "b", "ab", "a-b", "c"]), max_size=3).map(" ".join)


def rendered(parts: list[tuple[str, str, str, str]]) -> str:
    """Return the HTML of elements: tag, classes, another value, and what is inside."""
    return "".join(f"<{tag} class='{one}' x='{two}' id='{two[:1]}'>{inside}</{tag}>" for tag, one, two, inside in parts)


OPERATORS = st.sampled_from(["=", "~=", "|=", "^=", "$=", "*="])
TREES = st.recursive(
    st.just(""),
    lambda inner: st.lists(
        st.tuples(st.sampled_from(["div", "section", "span", "b"]), VALUES, VALUES, inner), min_size=1, max_size=3
    ).map(rendered),
    max_leaves=12,
)
ATTRIBUTES = st.tuples(
    st.sampled_from(["class", "x", "id", "none"]), OPERATORS, st.sampled_from(["a", "b", "ab", "a-b", "a b"])
).map(lambda parts: "[{}{}'{}']".format(*parts))
CONDITIONS = st.one_of(NAMES.map(".{}".format), NAMES.map("#{}".format), ATTRIBUTES, st.just("[x]"))
SIMPLE = st.tuples(
    st.sampled_from(["", "*", "div", "section", "span", "B"]),
    st.lists(st.one_of(CONDITIONS, CONDITIONS.map(":not({})".format), st.just(":not(div)")), max_size=2).map("".join),
).map(lambda parts: "".join(parts) or "*")
SELECTORS = st.lists(
    st.lists(st.tuples(SIMPLE, st.sampled_from([" ", " > "])), min_size=1, max_size=3).map(
        lambda parts: "".join(simple + link for simple, link in parts).rstrip(" >")
    ),
    min_size=1,
    max_size=2,
).map(", ".join)


@settings(max_examples=300)
@given(TREES, SELECTORS)
def test_law_lxml_finds_the_same(tree: str, css: str) -> None:
    """Law: any selector of the supported kinds finds in any tree the elements that lxml finds by it."""
    html = f"<html><body class='a'>x{tree}</body></html>"

    assert _nodes(css, html) == by_lxml(css, html)


@pytest.mark.parametrize(
    ("css", "names"),
    [
        ("div.a", (".a",)),
        ("div#x", ("#x",)),
        ("main article h1", ("h1",)),
        ("H1", ("h1",)),
        (".a > .b", (".b",)),
        (".a, p", (".a", "p")),
        ("p:not(.a)", ("p",)),
        ("p[x=y]", ("p",)),
        (".a[x]:not(.b)", (".a",)),
        ("[x]", ("",)),
        ("*", ("",)),
    ],
)
def test_a_selector_knows_what_a_page_must_have(css: str, names: tuple[str, ...]) -> None:
    """The class, id or tag of the element itself is what pages are routed by; one without any needs none."""
    assert Selector(css).names == names


@pytest.mark.parametrize(
    ("css", "said"),
    [
        ("p:first-child", "Pseudo is not supported; use tags, classes, ids, attributes and :not()"),
        ("p:hover", "Pseudo is not supported; use tags, classes, ids, attributes and :not()"),
        ("p:nth-child(2)", "Function is not supported; use tags, classes, ids, attributes and :not()"),
        ("p:contains('a')", "Function is not supported; use tags, classes, ids, attributes and :not()"),
        ("div:has(p)", "Relation is not supported; use tags, classes, ids, attributes and :not()"),
        (":is(p)", "Matching is not supported; use tags, classes, ids, attributes and :not()"),
        ("p + p", "the combinator '+' is not supported; use a space or >"),
        ("p ~ p", "the combinator '~' is not supported; use a space or >"),
        ("p::before", "a pseudo-element is no element of a page; leave it out"),
        ("a, p:hover", "Pseudo is not supported; use tags, classes, ids, attributes and :not()"),
        ("p:not(:hover)", "Pseudo is not supported; use tags, classes, ids, attributes and :not()"),
    ],
)
def test_what_is_not_supported_is_refused(css: str, said: str) -> None:
    """A selector that means more than a capture has is refused: it, the fact and the remedy are named."""
    with pytest.raises(PluginError) as problem:
        _nodes(css, HTML)

    assert str(problem.value).partition(": ")[2] == f"css({css!r}): {said}"


@pytest.mark.parametrize("css", ["", "p,", "p >", "> p", "..a", "[x", "p:not(", "p:not(.a, .b)", "#", "div p)", "1"])
def test_a_broken_selector_is_refused(css: str) -> None:
    """A selector that cannot be parsed is named, with what is wrong and where, when it is first used."""
    selector = Selector(css)
    with pytest.raises(PluginError) as problem:
        selector.names  # noqa: B018 - it is parsed by being asked for

    assert re.match(rf"contract/test_selectors\.py:\d+: css\({re.escape(repr(css))}\): ", str(problem.value))
    assert str(problem.value).endswith("; mend the selector")


@pytest.mark.parametrize("css", ["[x!=y]", "[x~='']", "[x^='']"])
def test_a_comparison_that_is_not_supported_has_a_remedy(css: str) -> None:
    """As any other message, that on a comparison ends with what to do."""
    with pytest.raises(PluginError, match=r"; \w"):
        _nodes(css, HTML)


def test_a_name_space_of_a_tag_is_refused() -> None:
    """A part of a selector that has no meaning here is refused, as all others are."""
    with pytest.raises(PluginError, match="no name space 'svg'; leave it out"):
        _nodes("svg|p", HTML)


@pytest.mark.parametrize("css", ["[svg|lang]", "[lang='en-us' i]"])
def test_what_would_be_dropped_of_an_attribute_is_refused(css: str) -> None:
    """What is said of an attribute and has no meaning here is refused, as all else is."""
    with pytest.raises(PluginError):
        _nodes(css, HTML)


@pytest.mark.parametrize("css", [".a", "[class~=a]"])
def test_only_white_space_of_html_parts_classes(css: str) -> None:
    """A no-break space is a character of a class as any other."""
    html = "<p class='a\u00a0z'>1</p>"

    assert _nodes(css, html) == by_lxml(css, html) == []


@pytest.mark.parametrize("css", [".a", "#a", "[x=a]", "[x*=a]", "p:not(.b)", "p, p, p", "div p", "div > p", ".a.a.a"])
@pytest.mark.parametrize(
    "piece", ["<p>a</p>", "<p class='a' id='a' x='a'>a</p>", "<div class='b'><p x='aaaa'>a</p></div>"]
)
def test_law_time_is_linear_in_the_elements(css: str, piece: str) -> None:
    """Law: four times the elements are about four times the work."""
    small, large = (markup_of(page_of(piece * n)) for n in (50, 200))
    selector = Selector(css)
    selector.select(Index(small))  # parses it, once

    assert work(lambda: selector.select(Index(large))) < 6 * work(lambda: selector.select(Index(small)))


@pytest.mark.parametrize("css", [".a500", "[class~=a500]", "[x*=a500]", "p.a1.a2.a3"])
def test_law_time_is_linear_in_the_attributes(css: str) -> None:
    """Law: many elements with the same long attribute are looked at once each, however many parts a selector has."""
    classes = " ".join(f"a{n}" for n in range(400))

    def job(count: int) -> Any:
        markup = markup_of(page_of(f"<p class='{classes}' x='{classes}'>a</p>" * count))
        return lambda: Selector(css).select(Index(markup))

    job(1)()
    assert work(job(80)) < 6 * work(job(20))


def nested(depth: int) -> Any:
    """Return the elements of a page with five paragraphs within so many `div`."""
    return markup_of(page_of("<div>" * depth + "<p>x</p>" * 5))


def test_law_time_is_linear_in_the_depth() -> None:
    """Law: an ancestor is looked for once at each element around."""
    one = Selector("section p")
    one.select(Index(nested(5)))

    assert work(lambda: one.select(Index(nested(200)))) < 6 * work(lambda: one.select(Index(nested(50))))


@pytest.mark.parametrize("css", ["section div p", "main section div p"])
def test_law_time_is_linear_in_the_depth_for_several_ancestors(css: str) -> None:
    """Law: with several ancestors in a selector, four times the depth is about four times the work too."""
    several = Selector(css)
    several.select(Index(nested(5)))

    assert work(lambda: several.select(Index(nested(80)))) < 6 * work(lambda: several.select(Index(nested(20))))
