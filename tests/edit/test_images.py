from __future__ import annotations

import pytest

from copydesk.edit.elements import elements_of
from copydesk.markdown.writer import write
from copydesk.plugin import FURNITURE, PARAGRAPH, TITLE, Layout, css, line, maybe, one, some
from tests.desk.html_by_hand import read_html_by

LAYOUT = Layout(
    "x",
    page=(maybe(css("h1", one(TITLE))), css("div.body", some(PARAGRAPH), maybe(line("foot", "Foot"), some(FURNITURE)))),
)


def body(html: str) -> list[str]:
    """Return the text of each element of a body; of an image, its address in brackets."""
    reading = read_html_by(f"<div class='body'>{html}</div>", LAYOUT)
    markup = reading.page.markup
    assert markup is not None
    return [one.text or f"[{markup.attribute(one.node, 'src')}]" for one in elements_of(reading)[1]]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a</p><img src=1><p>b</p>", ["a", "[1]", "b"]),
        ("<img src=1><p>a</p>", ["[1]", "a"]),
        ("<p>a</p><img src=1>", ["a", "[1]"]),
        ("<p>a</p><p><img src=1></p><p>b</p>", ["a", "[1]", "b"]),
        ("<img src=1><img src=2><p>a</p><img src=3><img src=4>", ["[1]", "[2]", "a", "[3]", "[4]"]),
        ("<figure><img src=1><figcaption>c</figcaption></figure><p>a</p>", ["[1]", "c", "a"]),
        ("<figure><figcaption>c</figcaption><img src=1></figure><p>a</p>", ["c", "[1]", "a"]),
        ("<p>a</p><figure><img src=1></figure><ul><li>b<li><img src=2><li>c</ul>", ["a", "[1]", "b", "[2]", "c"]),
        ("<p>a</p><a href=x><img src=1></a><p>b</p>", ["a", "[1]", "b"]),
        ("<p>a<br><br><img src=1></p><p>b</p>", ["a", "[1]", "b"]),
        ("<p>a<br><img src=1><br>b</p>", ["a", "[1]", "b"]),
        ("<p>a <img src=1></p><p>b</p>", ["a", "[1]", "b"]),
    ],
)
def test_an_image_stands_where_it_stands_on_the_page(html: str, expected: list[str]) -> None:
    """An image between blocks is an element of its own, right there, and several keep their order."""
    assert body(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<p>a <img src=1> b</p>",
        "<p><img src=1> a</p>",
        "<p>a <b><img src=1></b>.</p>",
        "<p><img src=1>a<img src=2></p>",
    ],
)
def test_an_image_within_a_block_is_a_part_of_it(html: str) -> None:
    """What stands in the line of a paragraph is written there, and is no element of its own."""
    assert [text for text in body(html) if text.startswith("[")] == []


@pytest.mark.xfail(strict=True, reason="a line break before the first word of a block leaves no trace")
@pytest.mark.parametrize("html", ["<p><img src=1><br>a</p>", "<p>b<br><br><img src=1><br><br>a</p>"])
def test_an_image_on_a_line_of_its_own_is_not_in_the_next(html: str) -> None:
    """An image with a line break behind it stands before the words of the next line, and not among them."""
    assert body(html)[-2:] == ["[1]", "a"]


def test_an_image_keeps_the_spaces_around_it() -> None:
    """An image is as a word: the spaces on both sides of it are two."""
    reading = read_html_by("<div class='body'><p>a <img src=1> b</p></div>", LAYOUT)

    assert ") b" in write(elements_of(reading)[1], reading.page, "http://a.example/")


def test_an_image_is_an_element_without_words() -> None:
    """It has its role and its element of the page, no text and no spans, and no title is made of it."""
    reading = read_html_by("<h1>T</h1><div class='body'><p>a</p><img src=1 alt='words'><p>b</p></div>", LAYOUT)
    title, elements = elements_of(reading)
    markup = reading.page.markup
    assert markup is not None

    assert (title, [one.role.value for one in elements]) == ("T", ["paragraph", "image", "paragraph"])
    assert (elements[1].text, elements[1].spans, markup.tags[elements[1].node]) == ("", (), "img")


def test_images_beside_furniture_are_left_out() -> None:
    """What stands behind the last line of the article is none of it."""
    assert body("<p>a</p><p>Foot</p><img src=1><p>b</p><img src=2>") == ["a"]
