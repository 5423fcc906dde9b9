from __future__ import annotations

import pytest

from copydesk.errors import PluginError, RuleError
from copydesk.plugin import PARAGRAPH, Layout, Note, Reading, attr, css, day, line, some
from tests.desk.by_hand import outline
from tests.desk.html_by_hand import codes, read_html_by

BODY = css("div.body", some(PARAGRAPH))
DAY = day("YYYY-MM-DD")


def values(reading: Reading) -> list[tuple[str, str]]:
    """Return key and value of each note that is not of the head."""
    return [(note.key, note.value) for note in reading.notes if not note.rule.startswith("head: ")]


def noted(entry: object, html: str = "<div class='body'><p>a</p></div>") -> Reading:
    """Return the reading of a page by a layout with this attribute."""
    return read_html_by(html, Layout("x", page=(entry, BODY)))  # type: ignore[arg-type]  # an entry


LINK = Layout("x", page=(css("div.source", line("source line", r"From (?P<label>\w+) (?P<link>the original)")), BODY))


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("<a href='http://a.example/1'>the original</a>", ["http://a.example/1"]),
        ("<b><a href=' https://a.example/1 '><i>the original</i></a></b>", ["https://a.example/1"]),
        ("<a href='http://a.example/1'> the original </a>", ["http://a.example/1"]),
        ("<a href='/1'>the original</a>", []),
        ("<a href='javascript:x'>the original</a>", []),
        ("<a href='http://a.example/1 2'>the original</a>", []),
        ("<a href='http://a.example/1'>the</a> original", []),
        ("<a name='x'>the original</a>", []),
        ("the original<a href='http://a.example/1'></a>", []),
        ("the original", []),
    ],
)
def test_a_link_gives_the_address_of_the_original(link: str, expected: list[str]) -> None:
    """Where a stretch with the role `link` is a link to a whole address, that is the original's."""
    reading = read_html_by(f"<div class='source'>From AG {link}</div><div class='body'>a</div>", LINK)

    assert [value for key, value in values(reading) if key == "original_url"] == expected
    assert ("link", "the original") in outline(reading)


def test_the_address_of_an_original_has_the_place_of_its_link() -> None:
    """Its rule names the landmark, and its place is the link's text."""
    html = "<div class='source'>From AG <a href='http://a.example/1'>the original</a></div><div class='body'>a</div>"
    (note,) = read_html_by(html, LINK).values("original_url")

    assert (read_html_by(html, LINK).text(note), note.rule) == ("the original", "x: source line, its link")


PAGE = "<html lang='en'><link rel='canonical' href='{}'><body><time datetime='{}'>then</time><div class='body'>a</div>"


def test_an_attribute_gives_a_fact() -> None:
    """The value is the attribute's, or what the reader makes of it, with the place of the element's text, if any."""
    html = PAGE.format("http://a.example/1", "2021-01-21")
    published = noted(attr("published", "time", "datetime", DAY), html)
    address = noted(attr("original_url", "link[rel=canonical]", "href"), html)
    (day_note,), (url_note,) = published.values("published"), address.values("original_url")

    assert (day_note.value, published.text(day_note)) == ("2021-01-21", "then")
    assert day_note.rule == "x: attr('published', 'time', 'datetime')"
    assert url_note == Note("original_url", "http://a.example/1", -1, -1,
                            "x: attr('original_url', 'link[rel=canonical]', 'href')")  # fmt: skip


def test_the_first_element_counts() -> None:
    """Of several elements the first is asked, whatever stands in it; of none, nothing is said."""
    html = "<b title='A'>x</b><b title='B'>y</b><div class='body'>a</div>"

    assert values(noted(attr("author", "b", "title"), html)) == [("author", "A")]
    assert values(noted(attr("author", "i", "title"), html)) == []
    assert codes(noted(attr("author", "i", "title"), html)) == []


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (attr("published", "time", "datetime", DAY), "bad-published"),
        (attr("published", "time", "title"), "bad-published"),
        (attr("original_url", "link", "href"), "bad-original-url"),
    ],
)
def test_an_attribute_without_a_value_is_flagged(entry: object, code: str) -> None:
    """What is no day, empty or no whole address is no value, and a warning says what stands there."""
    reading = noted(entry, PAGE.format("/1", "2021-01-32"))

    assert codes(reading) == [(code, "warning")]
    assert "which is no value for" in reading.flags[0].message
    assert values(reading) == []


def test_a_reader_that_raises_is_named() -> None:
    """What a reader raises is said to be its entry's, with the text that did it."""

    def reader(text: str) -> str | None:
        raise ValueError(f"no {text}")

    entry = attr("published", "time", "datetime", reader)
    said = r"^rule \"x: attr\('published', 'time', 'datetime'\)\": its reader raised ValueError\('no 1'\) for '1'$"
    with pytest.raises(RuleError, match=said):
        noted(entry, PAGE.format("/1", "1"))


def test_a_reader_gives_text_or_nothing() -> None:
    """A reader that gives a number breaks the contract, and is named."""
    entry = attr("published", "time", "datetime", lambda text: int(text))  # type: ignore[arg-type,return-value]  # so
    with pytest.raises((RuleError, PluginError)):
        noted(entry, PAGE.format("/1", "1"))


def test_an_attribute_is_one_line() -> None:
    """White space in an attribute is folded, as in the groups of a pattern."""
    html = "<b title=' Desk \n  Two '>x</b><div class='body'>a</div>"

    assert values(noted(attr("author", "b", "title"), html)) == [("author", "Desk Two")]
