from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.html.metadata import LONGEST_JSON, MOST, day
from tests.desk.html_by_hand import markup_of, page_of

Said = list[tuple[str, str, str]]


def said(head: str) -> Said:
    """Return key, value and rule of each thing that a head says."""
    page = page_of(f"<html><head>{head}</head><body><p>text</p></body></html>")
    return [(note.key, note.value, note.rule) for note in page.notes]


def linked(data: Any) -> list[tuple[str, str]]:
    """Return key and value of each thing that a JSON-LD document says; a text is one as it stands."""
    text = data if isinstance(data, str) else json.dumps(data)
    return [(key, value) for key, value, _ in said(f"<script type='application/ld+json'>{text}</script>")]


def article(**values: Any) -> dict[str, Any]:
    """Return an article of schema.org."""
    return {"@context": "https://schema.org", "@type": "NewsArticle", **values}


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<title>A Card</title>", ("meta_title", "A Card", "head: title")),
        ("<title>\n A \t Card\n</title>", ("meta_title", "A Card", "head: title")),
        ("<title>a &amp; <b>b</b></title>", ("meta_title", "a & <b>b</b>", "head: title")),
        ("<meta property='og:title' content='A Card'>", ("meta_title", "A Card", "head: og:title")),
        ("<meta name='og:title' content='A Card'>", ("meta_title", "A Card", "head: og:title")),
        ("<META PROPERTY=og:title CONTENT='&quot;A&quot;'>", ("meta_title", '"A"', "head: og:title")),
        ("<meta property='og:url' content='http://a.example/1'>", ("meta_url", "http://a.example/1", "head: og:url")),
        ("<meta property='og:locale' content='en_US'>", ("meta_lang", "en_US", "head: og:locale")),
        ("<meta property='article:author' content='Desk'>", ("meta_author", "Desk", "head: article:author")),
        (
            "<meta property='article:published_time' content='2021-01-21T23:59:59+09:00'>",
            ("meta_published", "2021-01-21", "head: article:published_time"),
        ),
        ("<link rel=canonical href='/1'>", ("meta_url", "/1", "head: link canonical")),
        ("<link rel='Shortlink CANONICAL' href='/1'>", ("meta_url", "/1", "head: link canonical")),
    ],
)
def test_what_a_head_says(head: str, expected: tuple[str, str, str]) -> None:
    """Each thing is read under its key, white space folded, with what it is called on the page."""
    assert said(head) == [expected]


@pytest.mark.parametrize(
    "head",
    [
        "",
        "<title></title>",
        "<title> &nbsp; </title>",
        "<meta property='og:title'>",
        "<meta property='og:title' content=''>",
        "<meta property='og:image' content='a'>",
        "<meta name='description' content='a'>",
        "<meta property='article:modified_time' content='2021-01-21'>",
        "<link rel=stylesheet href='/1'>",
        "<link href='/1'>",
        "<link rel=canonical>",
        "<script>var title = 'a'</script>",
        "<meta property='og:title' content='" + "a" * (MOST + 1) + "'>",
    ],
)
def test_what_is_no_evidence_is_not_read(head: str) -> None:
    """What is empty, too long, or says nothing of an article, gives no note."""
    assert said(head) == []


def test_the_longest_value_is_read() -> None:
    """The limit on a value's length is the last that is read."""
    assert said(f"<title>{'a' * MOST}</title>")[0][1] == "a" * MOST


def test_the_language_of_the_page_is_read() -> None:
    """What `html` declares is evidence; an empty declaration is none."""
    assert [note.value for note in page_of("<html lang='en-US'><p>a").notes] == ["en-US"]
    assert page_of("<html lang=''><p>a").notes == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-01-21", "2021-01-21"),
        ("2021-01-21T10:00", "2021-01-21"),
        ("2021-01-21T10:00:00Z", "2021-01-21"),
        ("2021-01-21T10:00:00.000+09:00", "2021-01-21"),
        ("2021-01-21T23:30:00-11:00", "2021-01-21"),
        ("2021-01-21 10:00:00", "2021-01-21"),
        ("", ""),
        ("2021", ""),
        ("2021-01", ""),
        ("21/01/2021", ""),
        ("20210121", ""),
        ("2021-01-211", ""),
        ("x2021-01-21", ""),
        ("Thu, 21 Jan 2021 10:00:00 GMT", ""),
        ("1611187200", ""),
    ],
)
def test_the_day_of_an_iso_time_is_read_as_written(text: str, expected: str) -> None:
    """The day is that in the time's own zone; what is no ISO day or time is none."""
    assert day(text) == expected


@pytest.mark.parametrize("text", ["2021-02-30", "2021-13-01", "2021-00-00", "0000-01-01", "２０２１-０１-２１"])
def test_a_day_that_there_is_not_is_no_day(text: str) -> None:
    """`meta_published` is promised to be an ISO day: what the calendar has not, or other digits, are none."""
    assert day(text) == ""


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (article(headline="A"), [("meta_title", "A")]),
        ([article(headline="A"), article(headline="B")], [("meta_title", "A"), ("meta_title", "B")]),
        ({"@graph": [{"@type": "Person", "name": "N"}, article(headline="A")]}, [("meta_title", "A")]),
        ([[article(headline="A")]], [("meta_title", "A")]),
        ({"@type": ["Thing", "Article"], "headline": "A"}, [("meta_title", "A")]),
        (article(headline=["A", "B"]), [("meta_title", "A")]),
        (article(author={"@type": "Person", "name": "Desk"}), [("meta_author", "Desk")]),
        (article(author=[{"name": "Desk"}, {"name": "Night"}]), [("meta_author", "Desk")]),
        (article(author={"@id": "#desk"}), [("meta_author", "#desk")]),
        (article(url="http://a.example"), [("meta_url", "http://a.example")]),
        (article(mainEntityOfPage={"@id": "http://a.example"}), [("meta_url", "http://a.example")]),
        (article(inLanguage="en"), [("meta_lang", "en")]),
        (article(datePublished="2021-01-21T01:00:00Z"), [("meta_published", "2021-01-21")]),
        ({"@type": "WebPage", "url": "http://a.example"}, [("meta_url", "http://a.example")]),
        (article(headline="A\n  B"), [("meta_title", "A B")]),
    ],
)
def test_json_ld_is_read(data: Any, expected: list[tuple[str, str]]) -> None:
    """An article is found alone, in a list and in a graph, and its values as texts, things and lists."""
    assert linked(data) == expected


@pytest.mark.parametrize(
    "data",
    [
        {"@type": "Organization", "url": "http://a.example", "headline": "A"},
        {"headline": "A"},
        {"@type": {"a": "Article"}, "headline": "A"},
        {"@type": [["Article"], 1, None], "headline": "A"},
        article(headline=1, url=None, author=True, datePublished=20210121, inLanguage=["en", {}][1]),
        article(headline=[], author=[[]], url={"name": ["a"]}, mainEntityOfPage=[[{"@id": "a"}]]),
        article(headline="a" * (MOST + 1)),
        article(datePublished="yesterday"),
        {"@graph": "Article"},
        None,
        1,
        "[]",
        "",
        "{",
        "{'@type': 'Article'}",
        "{}}",
        "[" * 100_000,
        '{"a":' * 100_000,
        "]",
        '{"@type": "Article", "headline": ' + "1" * 5000 + "}",
        '{"@type": "Article", "headline": NaN}',
    ],
)
def test_json_ld_that_says_nothing_is_no_harm(data: Any) -> None:
    """Broken JSON, wrong types, other things and what is nested beyond reason give nothing, and no error."""
    assert linked(data) == []


def test_a_huge_json_ld_is_not_read() -> None:
    """One that is longer than the limit is passed over, and one of the limit is read."""
    text = json.dumps(article(headline="A"))

    assert linked(text + " " * (LONGEST_JSON - len(text))) == [("meta_title", "A")]
    assert linked(text + " " * (LONGEST_JSON - len(text) + 1)) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["Article", "2021-01-21"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@type", "@graph", "headline", "author", "url", "datePublished", "name", "@id", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=15,
)


@given(JSON)
def test_law_no_json_breaks_a_page(data: Any) -> None:
    """Law: whatever a page's JSON-LD holds, each note has a text, and stands at its place."""
    text = json.dumps(data).replace("<", "\\u003c")
    page = page_of(f"<script type='application/ld+json'>{text}</script><p>text</p>")

    assert all(note.value and note.value == page.text[note.start : note.end] for note in page.notes)


HEAD = """<html>
<head>
<title>A</title>
<meta property="og:title"
 content="B">
<script type="application/ld+json">
{"@type": "Article", "headline": "C"}</script>
<link rel="canonical" href="http://a.example/">
</head>
<body><p>text</p></body>
</html>"""


def test_each_value_has_its_place() -> None:
    """What the head says stands behind the page, each as a block with the line and the path of its element."""
    page = page_of(HEAD)
    markup = markup_of(page)
    positions = markup.positions()
    told = page.blocks[page.shown :]

    assert [page.text[note.start : note.end] for note in page.notes] == ["A", "B", "C", "http://a.example/"]
    assert [(block.start, block.end) for block in told] == [(note.start, note.end) for note in page.notes]
    assert [markup.path(block.node, positions) for block in told] == [
        "/html[1]/head[1]/title[1]",
        "/html[1]/head[1]/meta[1]",
        "/html[1]/head[1]/script[1]",
        "/html[1]/head[1]/link[1]",
    ]
    assert [told[0].line, told[2].line, told[3].line] == [3, 6, 8]
    assert told[1].line in (4, 5)  # the parser counts where a tag ends


def test_a_title_elsewhere_is_no_title_of_the_page() -> None:
    """Pictures have titles too: only that of the head counts."""
    page = page_of("<head><title>A</title></head><body><p>text</p><svg><title>B</title></svg></body>")

    assert [note.value for note in page.notes] == ["A"]


def test_the_language_has_the_line_of_its_element() -> None:
    """The declaration of `html` stands on the line of its tag."""
    page = page_of("\n<!-- saved -->\n<html lang='en'>\n<body><p>text</p></body></html>")

    assert page.blocks[-1].line == 3


def test_the_address_of_a_named_page_is_its_id() -> None:
    """`mainEntityOfPage` is a thing with an id, which is the address, and often with a name, which is none."""
    page = {"@type": "WebPage", "@id": "http://a.example/1", "name": "Home"}

    assert linked(article(mainEntityOfPage=page)) == [("meta_url", "http://a.example/1")]


@pytest.mark.parametrize("kind", ["application/LD+JSON", " application/ld+json ", "application/ld+json; charset=utf-8"])
def test_the_type_of_a_script_may_be_spelt_otherwise(kind: str) -> None:
    """A media type has no case, may have spaces around it and parameters behind it."""
    assert said(f"<script type='{kind}'>{json.dumps(article(headline='A'))}</script>") != []


@pytest.mark.parametrize("attributes", ["property='OG:Title'", "property='x' name='og:title'"])
def test_the_name_of_a_meta_may_be_spelt_otherwise(attributes: str) -> None:
    """Names of `meta` have no case, and a second name counts where the first says nothing."""
    assert said(f"<meta {attributes} content='A'>") != []


def test_a_comment_behind_the_page_says_nothing() -> None:
    """What stands behind the last element, such as a comment, is looked at by nobody."""
    page = page_of("<html lang=en><p>text</p></html><!-- a --><!")

    assert [(note.key, note.value) for note in page.notes] == [("meta_lang", "en")]
