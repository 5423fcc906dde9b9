from __future__ import annotations

import pytest

from copydesk.errors import Rejection
from copydesk.html import parse as parsing
from copydesk.html.parse import MAX_ATTRIBUTES, MAX_CHARACTERS, parse
from copydesk.page import paginate
from copydesk.values.capture import Capture
from tests.desk.html_by_hand import blocks, markup_of, page_of


def rejection(html: str) -> Rejection:
    """Return why a page is refused."""
    with pytest.raises(Rejection) as problem:
        page_of(html)
    return problem.value


def test_a_page_has_one_root_and_more_behind_its_end() -> None:
    """What stands behind `</html>` is another root, and comes behind the first."""
    roots = list(parse("<html><body><p>a</p></body></html><p>b</p>"))

    assert [root.tag for root in roots] == ["html", "html"]
    assert ["".join(root.itertext()) for root in roots] == ["a", "b"]


@pytest.mark.parametrize("html", ["", "<!-- a -->", "\n<!-- a -->\n"])
def test_a_page_without_an_element_is_empty(html: str) -> None:
    """A comment or a doctype alone is no page, and the message says what to do."""
    problem = rejection(html)

    assert problem.code == "empty"
    assert "capture the page again" in str(problem)


@pytest.mark.parametrize(
    "html",
    [
        "<html></html>",
        "<html><head><title>A title</title></head><body></body></html>",
        "<p></p>",
        "<p>&nbsp;\u3000</p>",
        "<script>document.write('text')</script>",
        "<style>p { color: red }</style>",
        "<template><p>text</p></template>",
        "<img src=a alt=b>",
    ],
)
def test_a_page_that_shows_nothing_is_empty(html: str) -> None:
    """What has no visible character for a reader is refused, with a word on scripts."""
    problem = rejection(html)

    assert (problem.code, problem.message) == ("empty", "the page shows no text")
    assert "with scripts switched on" in str(problem)


def test_the_size_of_a_page_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of the largest size is read, and one character more is refused with both numbers."""
    monkeypatch.setattr(parsing, "MAX_CHARACTERS", 40)

    assert blocks("<p>" + "é" * 22) == ["é" * 22]
    problem = rejection("<p>" + "é" * 23)
    assert problem.code == "too-large"
    assert "the page has 41 characters; the limit of an HTML page is 40" in problem.message
    assert MAX_CHARACTERS == 4 * 1024 * 1024


def test_one_huge_text_is_read_whole() -> None:
    """A text of more than ten million bytes, which is a limit of the parser, is there to its last word."""
    (text,) = blocks("<p>" + "한" * 3_400_000 + " end")

    assert (len(text), text[-4:]) == (3_400_004, " end")


def attributes(count: int) -> str:
    """Return a page with a tag of so many attributes on its second line."""
    return "<p>a</p>\n<p " + " ".join(f"a{n}='>'" for n in range(count)) + ">b</p>"


def test_a_tag_has_a_limit_of_attributes() -> None:
    """A tag with too many attributes is refused with its line; many attributes on many tags are none too many."""
    problem = rejection(attributes(MAX_ATTRIBUTES + 1))

    assert blocks(attributes(MAX_ATTRIBUTES)) == ["a", "b"]
    assert (problem.code, problem.message) == ("too-large", f"line 2: a tag has more than {MAX_ATTRIBUTES} attributes")
    assert len(blocks("<p a=1 b=2 c=3>a</p>" * 2000)) == 2000


@pytest.mark.parametrize("depth", [249, 250])
def test_depth_up_to_the_limit_is_read(depth: int) -> None:
    """`html` and `body` count: 248 elements within them are 250 deep, and their text is there."""
    assert blocks("<html><body>" + "<div>" * (depth - 2) + "deep") == ["deep"]


@pytest.mark.parametrize("tag", ["div", "b", "span", "nobr", "unknown"])
@pytest.mark.parametrize("depth", [251, 10_000])
def test_what_is_nested_deeper_is_refused_with_its_line(tag: str, depth: int) -> None:
    """Nothing is dropped in silence for being deep: the page is refused with the line of the first that is too deep."""
    problem = rejection("<html>\n<body>\n" + f"<{tag}>" * 248 + f"\n<{tag}>" * (depth - 250) + "deep")

    assert problem.code == "too-deep"
    assert problem.message == "line 4: elements are nested deeper than 250"
    assert "mend the tags that are never closed" in str(problem)


def test_the_declared_character_set_is_not_read_twice() -> None:
    """The text has been decoded when it is parsed: a word of the page on its character set is not heard again."""
    text = "<head><meta charset='iso-8859-1'></head><p>Größe 도서관</p>"

    assert ["".join(root.itertext()) for root in parse(text)] == ["Größe 도서관"]


def test_no_entity_is_loaded_from_anywhere() -> None:
    """Entities that a page declares for itself, or that point at a file, stay as they are written."""
    html = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "c">]><p>x &a; &b; y</p>'
    page = paginate(Capture(html.encode()))

    assert page.text.split("\n")[1] == "x &a; &b; y"


def test_the_parser_keeps_the_order_of_elements() -> None:
    """Elements are known by their number in document order, parents before their children."""
    markup = markup_of(page_of("<div><p>a</p><ul><li>b</li></ul></div><p>c</p>"))

    assert markup.tags == ("html", "body", "div", "p", "ul", "li", "p")
    assert markup.parents == (-1, 0, 1, 2, 2, 4, 1)
