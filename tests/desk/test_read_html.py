from __future__ import annotations

import pytest

from copydesk.contract.layouts import OUTSIDE
from copydesk.desk.marking import apply
from copydesk.desk.read_html import LONG
from copydesk.errors import RuleError
from copydesk.plugin import (
    FURNITURE,
    PARAGRAPH,
    TITLE,
    Layout,
    Reading,
    Role,
    css,
    day,
    ends,
    items,
    last,
    line,
    maybe,
    one,
    some,
)
from tests.desk.by_hand import outline
from tests.desk.html_by_hand import codes, ink, read_html_by

HEADLINE = css("h1", one(TITLE))
BODY = css("div.body", some(PARAGRAPH))
ARTICLE = Layout("article", page=(HEADLINE, BODY))
DAY = day("YYYY-MM-DD")


def body(html: str, *layouts: Layout) -> Reading:
    """Return the reading of a page that has this body and nothing else."""
    return read_html_by(f"<div class='body'>{html}</div>", *(layouts or (Layout("x", page=(BODY,)),)))


def test_the_account_is_total() -> None:
    """What is shown, in the article and outside of it, and what the head says, is all there, in order, once."""
    html = (
        "<html lang='en'><head><title>T - Site</title></head><body><nav>Menu</nav><h1>T</h1><p>Share</p>"
        "<div class='body'><p>a</p>b</div><footer>Foot</footer></body></html>behind"
    )
    reading = read_html_by(html, ARTICLE)

    assert outline(reading) == [
        ("furniture", "Menu"), ("title", "T"), ("furniture", "Share"), ("paragraph", "a"), ("paragraph", "b"),
        ("furniture", "Foot"), ("furniture", "behind"), ("metadata", "en"), ("metadata", "T - Site"),
    ]  # fmt: skip
    assert [reading.spans[n].rule for n in (0, 1, 3, 7, 8)] == [
        f"article: {OUTSIDE}",
        "article: one title",
        "article: some paragraph",
        "head: html lang",
        "head: title",
    ]
    assert ink("".join(map(reading.text, reading.spans))) == ink(reading.page.text)


def test_what_the_head_says_stays_a_note() -> None:
    """The notes of the page come first, with their places, and facts of the layout are among the others."""
    layout = Layout("x", page=(BODY,), facts={"lang": "en"})
    reading = read_html_by("<title>T</title><div class='body'>a</div>", layout)

    assert [(note.key, note.value, note.rule) for note in reading.notes] == [
        ("meta_title", "T", "head: title"),
        ("lang", "en", "x: facts"),
    ]
    assert reading.text(reading.notes[0]) == "T"


@pytest.mark.parametrize(
    ("html", "role", "rule"),
    [
        ("<h1>a</h1>", "heading", ", in h1"),
        ("<h6>a</h6>", "heading", ", in h6"),
        ("<ul><li>a</ul>", "list_item", ", in li"),
        ("<ul><li><p>a</p></ul>", "list_item", ", in li"),
        ("<ul><li><b>a</b></ul>", "list_item", ", in li"),
        ("<blockquote>a</blockquote>", "quote", ", in blockquote"),
        ("<blockquote><div><p>a</p></div></blockquote>", "quote", ", in blockquote"),
        ("<figure><figcaption>a</figcaption></figure>", "caption", ", in figcaption"),
        ("<blockquote><ul><li>a</ul></blockquote>", "list_item", ", in li"),
        ("<ul><li><blockquote>a</blockquote></ul>", "quote", ", in blockquote"),
        ("<ul><li><h2>a</h2></ul>", "heading", ", in h2"),
        ("<p>a</p>", "paragraph", ""),
        ("<dl><dt>a</dl>", "paragraph", ""),
        ("a", "paragraph", ""),
    ],
)
def test_tags_refine_paragraphs(html: str, role: str, rule: str) -> None:
    """The nearest of the tags around a paragraph says what it is, and the rule tells it."""
    (span,) = body(html).spans

    assert (span.role.value, span.rule) == (role, f"x: some paragraph{rule}")


def test_tags_around_the_region_say_nothing() -> None:
    """What stands around the whole body is the page's way to lay it out."""
    html = "<ul><li><div class='body'><p>a</p></div></ul>"

    assert outline(read_html_by(html, Layout("x", page=(BODY,)))) == [("paragraph", "a")]


def test_tags_refine_nothing_but_paragraphs_of_a_body() -> None:
    """A title in a list stays a title, and what a layout calls a quote is one whatever its tag."""
    layout = Layout("x", page=(css("li.t", one(TITLE)), css("div.body", some(Role.QUOTE)), css("nav", some(FURNITURE))))
    html = "<ul><li class='t'>T</ul><div class='body'><h2>a</h2></div><nav><li>b</nav>"

    assert outline(read_html_by(html, layout)) == [("title", "T"), ("quote", "a"), ("furniture", "b")]


def test_tags_that_a_selector_names_refine_too() -> None:
    """A body that is found by its paragraphs, headings and items has headings and items."""
    layout = Layout("x", page=(css("p, h2, li, blockquote", some(PARAGRAPH)),))
    reading = read_html_by("<h2>a</h2><p>b</p><ul><li>c</ul><blockquote>d</blockquote>", layout)

    assert [span.role.value for span in reading.spans] == ["heading", "paragraph", "list_item", "quote"]


@pytest.mark.parametrize(
    "html",
    [
        "<p hidden>b</p>",
        "<p hidden='until-found'>b</p>",
        "<p style='display:none'>b</p>",
        "<p style='color: red; DISPLAY : None'>b</p>",
        "<p style='visibility: hidden'>b</p>",
        "<div hidden><ul><li><b>b</b></ul></div>",
        "<h2 hidden>b</h2>",
        "<div style='display:none'><table><tr><td>b<td>c<tr><td>d<td>e</table></div>",
    ],
)
def test_what_the_page_hides_is_furniture(html: str) -> None:
    """What a tag says is not shown is no part of the article, whatever it is, and its rule tells why."""
    first, *others = body(f"<p>a</p>{html}").spans

    assert (first.role, first.rule) == (PARAGRAPH, "x: some paragraph")
    assert {(span.role, span.rule) for span in others} == {(FURNITURE, "x: some paragraph, hidden by the page")}


@pytest.mark.parametrize(
    "tag",
    ["p class=hidden", "p data-hidden", "p aria-hidden=true", "p style='display:block'", "p title='display:none'"],
)
def test_what_is_called_hidden_is_shown(tag: str) -> None:
    """Nothing but the attribute and the style of a tag hides it."""
    assert outline(body(f"<{tag}>a</p>")) == [("paragraph", "a")]


def test_the_end_of_an_article_is_found_before_what_the_page_hides() -> None:
    """A last line that the page hides is not where a source looks for its end mark."""
    end = last(ends("end mark", "(?P<end_mark>-0-)"))
    reading = apply(body("<p>a -0-</p><p hidden>Share</p>"), end, "agency")

    assert outline(reading) == [("paragraph", "a"), ("end_mark", "-0-"), ("furniture", "Share")]


@pytest.mark.xfail(strict=True, reason="only elements that make a block are asked whether they are shown")
def test_what_an_element_within_a_line_hides_is_furniture() -> None:
    """A block whose whole text stands in an element that is not shown is not shown."""
    assert outline(body("<p>a</p><p><span hidden>b</span></p>")) == [("paragraph", "a"), ("furniture", "b")]


MORE = Layout("x", page=(BODY, css("li.more", items(date=DAY))))


def test_related_items_are_read_by_element() -> None:
    """Each element of the list is an item: a day is its date, the first other block its title, another its teaser."""
    html = (
        "<div class='body'>x</div><li class='more'>2021-01-21<p>T</p><p>t</p><p>u</p><li class='more'><b>U</b>"
        "<li class='more'><p>V</p><p>V</p><p>2021-01-22</p><li class='more'>2021-01-23<li class='more'>"
    )
    reading = read_html_by(html, MORE)

    assert [(item.title, item.date, item.teaser) for item in reading.related] == [
        ("T", "2021-01-21", "t"),
        ("U", "", ""),
        ("V", "2021-01-22", ""),
        ("", "2021-01-23", ""),
    ]
    assert [role for role, _ in outline(reading)] == ["paragraph"] + ["related"] * 9


def test_items_are_parted_by_their_elements() -> None:
    """Items stand anywhere, one in another is a part of it, and the places are those of all its blocks."""
    inner = "<div><ol><li class='more'>t</ol></div>"
    html = f"<li class='more'><p>T</p>{inner}</li><div class='body'>x</div><li class='more'>U"
    reading = read_html_by(html, MORE)

    assert [(item.title, item.teaser) for item in reading.related] == [("T", "t"), ("U", "")]
    assert reading.page.text[reading.items[0].start : reading.items[0].end].split() == ["T", "t"]


def test_a_reader_of_dates_that_raises_is_named() -> None:
    """What a plugin raises is said to be its rule's, with the text that did it."""

    def reader(text: str) -> str | None:
        raise ValueError(f"no {text}")

    layout = Layout("x", page=(BODY, css("li.more", items(date=reader))))
    with pytest.raises(RuleError, match=r"^rule 'x: items': its reader of 'date' raised ValueError\('no T'\) for 'T'$"):
        read_html_by("<div class='body'>x</div><li class='more'>T", layout)


@pytest.mark.parametrize(
    ("outside", "inside", "expected"),
    [
        (LONG, LONG, [("text-outside", "info")]),
        (LONG + 1, LONG, [("text-outside", "warning")]),
        (LONG - 1, 1, []),
    ],
)
def test_long_paragraphs_outside_are_told(outside: int, inside: int, expected: list[tuple[str, str]]) -> None:
    """A long paragraph that no entry takes may be a part of the article: a warning where there is more of it."""
    reading = read_html_by(f"<p>{'x' * outside}</p>\n<div class='body'>{'a' * inside}</div>", Layout("x", page=(BODY,)))

    assert codes(reading) == expected


def test_the_flag_of_long_paragraphs_says_where() -> None:
    """How many and where the first of them stands is said; other elements and short ones do not count."""
    long = "x" * LONG
    html = f"<div>{long}</div>\n<p>short</p>\n<p>{long}</p>\n<p>{long}</p><div class='body'>a</div>"
    (flag,) = read_html_by(html, Layout("x", page=(BODY,))).flags

    assert flag.message.startswith("2 of the paragraphs outside the article are long, the first on line 3")


def pictures(html: str, *entries: object) -> list[str]:
    """Return the addresses of the images of a body; ``entries`` take what they take before it does."""
    reading = body(html, Layout("x", page=(*entries, BODY)))  # type: ignore[arg-type]  # entries
    assert reading.page.markup is not None
    return [reading.page.markup.attribute(node, "src") for node in reading.images]


@pytest.mark.parametrize(
    "html",
    [
        "<p>a</p><img src=1><p>b</p>",
        "<img src=1>a",
        "a<img src=1>",
        "<p>a<img src=1>b</p>",
        "<figure><img src=1><figcaption>c</figcaption></figure><p>a</p>",
        "<p><a href=x><img src=1></a></p><p>a</p>",
    ],
)
def test_images_of_the_body_are_images_of_the_article(html: str) -> None:
    """An image within the region of the body is one, between, before, behind and within its blocks."""
    assert pictures(html) == ["1"]


def test_images_elsewhere_are_none_of_the_article() -> None:
    """What stands outside, or beside what the region has for furniture, is an image of the page."""
    layout = Layout(
        "x", page=(css("h1", one(TITLE)), css("div.body", some(PARAGRAPH), line("foot", "Foot"), some(FURNITURE)))
    )
    inside = "<p>a</p><p>Foot</p><img src=2><p>b</p><img src=3>"
    html = f"<img src=0><h1>T<img src=1></h1><div class='body'>{inside}</div><img src=4>"

    assert read_html_by(html, layout).images == ()


def test_images_in_furniture_within_the_body_are_none() -> None:
    """An image in an element that an entry before has taken as furniture is none of the article."""
    ads = maybe(css("aside", some(FURNITURE)))

    assert pictures("<p>a</p><aside>ad<img src=1>ad</aside><p>b</p>", ads) == []


@pytest.mark.parametrize("html", ["<p>a</p><div hidden><img src=1></div>", "<p>a</p><img src=1 style='display:none'>"])
def test_images_that_the_page_hides_are_none(html: str) -> None:
    """An image that is not shown, as one that counts visits, is none of the article."""
    assert pictures(html) == []


def test_an_image_in_two_regions_is_one() -> None:
    """Where one region of the body stands within another, an image of both is there once."""
    assert pictures("<p>a<img src=1>b</p>c", css("div.body > p", some(PARAGRAPH))) == ["1"]
