from __future__ import annotations

import pytest
from lxml import etree

from copydesk.errors import Rejection
from tests.desk.html_by_hand import blocks, ink, markup_of, page_of


def test_the_text_of_another_parser_is_the_same() -> None:
    """On a page whose tree nobody can take otherwise, Python's own parser finds the same characters."""
    from bs4 import BeautifulSoup

    html = (
        "<html><body><div>One <b>two</b>.</div><ul><li>a&amp;b</li><li>c&#0;d</li></ul><p>&eacute; e</p></body></html>"
    )

    assert ink(BeautifulSoup(html, "html.parser").get_text()) == ink("".join(blocks(html)))


@pytest.mark.parametrize("tag", ["span", "nobr", "b", "em", "font", "a", "wbr", "unknown", "o:p", "sup", "label"])
def test_inline_tags_neither_part_nor_join_words(tag: str) -> None:
    """A word that a tag begins in its middle stays one, and two words around a tag stay two."""
    assert blocks(f"<p>li<{tag}>bra</{tag}>ry</p>") == ["library"]
    assert blocks(f"<p>a <{tag}>small</{tag}> card</p>") == ["a small card"]
    assert blocks(f"<p>a<{tag}> small </{tag}>card</p>") == ["a small card"]
    assert blocks(f"<p>a <{tag}> small </{tag}> card</p>") == ["a small card"]


@pytest.mark.parametrize(
    "inside",
    [
        "<!-- b -->",
        "<!---->",
        "<?php b ?>",
        "<script>b</script>",
        "<style>b</style>",
        "<template><p>b</p></template>",
        "<img src=b alt=b>",
        "<!-- <p> -->",
    ],
)
def test_what_is_not_shown_is_not_there(inside: str) -> None:
    """Comments, scripts and images in the middle of a word leave it whole."""
    assert blocks(f"<p>a{inside}c</p>") == ["ac"]


@pytest.mark.parametrize(
    "tag",
    [
        "p",
        "div",
        "li",
        "td",
        "th",
        "h1",
        "h6",
        "dt",
        "dd",
        "blockquote",
        "figcaption",
        "caption",
        "option",
        "button",
        "legend",
        "summary",
        "section",
        "pre",
        "textarea",
    ],
)
def test_block_tags_part_words(tag: str) -> None:
    """Text right before, within and right behind such an element stands in three blocks."""
    around = {"td": "<table><tr>{}</table>", "th": "<table><tr>{}</table>", "caption": "<table>{}</table>"}
    html = f"<div>a{around.get(tag, '{}').format(f'<{tag}>b</{tag}>')}c</div>"

    assert blocks(html) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("char"), ["\u00a0", "\u3000", "\u200b", "\u2028", "\u0085", "\u00ad", "\u202e", "\ufeff", "한", "😀"]
)
def test_only_white_space_of_html_is_folded(char: str) -> None:
    """No-break, ideographic and zero-width spaces and all letters stay as they are, however many there are."""
    assert blocks(f"<p>a{char}{char}b \t\r\n\f {char} c</p>") == [f"a{char}{char}b {char} c"]


@pytest.mark.parametrize("char", ["\u00a0", "\u3000", "\u2003"])
def test_a_wide_space_in_an_element_of_its_own_is_kept(char: str) -> None:
    """A space that HTML does not fold stays where it is all that an element holds."""
    assert blocks(f"<p>a <span>{char}</span>b</p>") == [f"a {char}b"]


def test_preformatted_line_ends_in_tags_are_kept() -> None:
    """A line end that an element of its own holds is one, behind a space too."""
    assert blocks("<pre>one <b>\n</b>two</pre>") == ["one \ntwo"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>one<br>two</p>", ["one\ntwo"]),
        ("<p>one <br> two</p>", ["one \ntwo"]),
        ("<p>one<br/>\n<br>two</p>", ["one", "two"]),
        ("<p>one<br>&nbsp;<br>two</p>", ["one", "two"]),
        ("<p>one<br><b> </b><br>two</p>", ["one", "two"]),
        ("<p>one<br><br><br><br>two</p>", ["one", "two"]),
        ("<p><br>one<br></p>", ["one"]),
        ("<p>one<br><b>.</b><br>two</p>", ["one\n.\ntwo"]),
        ("<b>one<br><br>two</b>", ["one", "two"]),
    ],
)
def test_a_line_break_is_a_line_feed_and_two_end_the_block(html: str, expected: list[str]) -> None:
    """A break within a paragraph is kept, and an empty line parts it, as on the screen."""
    assert blocks(html) == expected


def test_the_break_of_a_block_belongs_to_its_element() -> None:
    """Both halves of a paragraph with an empty line have its element and its line."""
    page = page_of("<div>\n<p>one<br><br>two</p></div>")

    assert [(block.line, markup_of(page).tags[block.node]) for block in page.blocks] == [(2, "p"), (2, "p")]


@pytest.mark.parametrize("tag", ["pre", "textarea", "listing"])
def test_preformatted_text_keeps_its_lines(tag: str) -> None:
    """Line ends, runs of spaces and empty lines stay, also within tags; behind it white space is folded again."""
    html = f"<div><{tag}>a\n  b\r\n\n<b>c\n</b>d</{tag}> e\n f</div>"
    if tag == "textarea":  # holds text alone
        html = html.replace("<b>", "").replace("</b>", "")

    assert blocks(html) == ["a\n  b\n\nc\nd", "e f"]


def test_what_stands_behind_the_end_is_kept() -> None:
    """Text and elements behind `</body>` and `</html>` are shown by browsers, and come last here."""
    html = "<html><body><p>a</p></body>b<p>c</p></html>d<p>e</p><!-- x -->f<span>g</span>"

    assert ink("".join(blocks(html))) == "abcdefg"
    assert blocks(html)[0] == "a"


def test_a_second_page_in_a_page_is_kept() -> None:
    """Two pages in one file, one behind the other, are both there, in order."""
    one = "<html><head><title>t</title></head><body><p>{}</p></body></html>"

    assert [ink(text) for text in blocks(one.format("a") + one.format("b"))][:2] == ["a", "b"]


@pytest.mark.parametrize(
    ("entity", "expected"),
    [
        ("&#0;", "\ufffd"),
        ("&#xD800;", "\ufffd"),
        ("&#x110000;", None),
        ("&bogus;", "&bogus;"),
        ("&amp;amp;", "&amp;"),
        ("&nbsp;", "\u00a0"),
        ("&#8220;", "“"),
        ("&#x1F600;", "😀"),
        ("&lt;b&gt;", "<b>"),
        ("&", "&"),
        ("&copy", "©"),
        ("&#150;", "–"),
        ("&#x80;", "€"),
    ],
)
def test_entities_are_characters(entity: str, expected: str | None) -> None:
    """Each entity is the character it names, one that names none is as it stands, and the words around it stay."""
    (text,) = blocks(f"<p>a{entity}b</p>")

    assert (text[0], text[-1]) == ("a", "b")
    assert expected is None or text[1:-1] == expected


def test_cells_and_items_are_blocks_in_reading_order() -> None:
    """Tables in tables and lists in lists are cut as they are read: from top to bottom, outer text around inner."""
    table = "<table><tr><td>a<td>b<table><tr><td>c</table>d<tr><td>e</table>"

    assert blocks(table) == ["a", "b", "c", "d", "e"]
    assert blocks("<ol><li>a<ul><li>b<li>c</ul>d<li>e</ol>f") == ["a", "b", "c", "d", "e", "f"]
    assert blocks("<dl><dt>a<dd>b<dt>c<dd>d</dl>") == ["a", "b", "c", "d"]


def test_a_block_knows_line_and_element() -> None:
    """The line is that of the element's tag; of text between elements, that of the element around it."""
    page = page_of("<html>\n<body>\na\n<div\n class='x'>\nb\n<p>\n\nc</p>\nd</div></body></html>")
    markup, positions = markup_of(page), markup_of(page).positions()
    found = [(page.text[b.start : b.end], markup.path(b.node, positions)) for b in page.blocks]

    assert found == [
        ("a", "/html[1]/body[1]"),
        ("b", "/html[1]/body[1]/div[1]"),
        ("c", "/html[1]/body[1]/div[1]/p[1]"),
        ("d", "/html[1]/body[1]/div[1]"),
    ]
    assert [block.line for block in page.blocks][:3] == [2, 5, 7]


def test_attributes_are_kept_as_they_stand() -> None:
    """Names are lower case, values and order are those of the tag, and of two with one name the first counts."""
    markup = markup_of(page_of("<p CLASS=' A  b ' data-x=Y hidden id=1 id=2>x</p>"))

    assert markup.attributes[2] == (("class", " A  b "), ("data-x", "Y"), ("hidden", ""), ("id", "1"))
    assert (markup.attribute(2, "data-x"), markup.attribute(2, "none")) == ("Y", "")


def test_elements_that_mark_text_are_listed() -> None:
    """Links, emphasis and images are listed in order; what is hidden is not among them."""
    markup = markup_of(page_of("<p><a href=x><em>b</em></a><img src=y><template><b>c</b></template></p>"))

    assert [markup.tags[node] for node in markup.inline] == ["a", "em", "img"]


@pytest.mark.parametrize("tag", ["main", "article", "section", "header", "nav", "aside", "time", "nobr"])
def test_what_is_shown_is_there_without_a_body_tag(tag: str) -> None:
    """`</head>` and `<body>` may be left out: what stands behind the title is the page, whatever its first tag is."""
    assert blocks(f"<html><head><title>T</title><{tag}>a</{tag}><p>b</p></html>") == ["a", "b"]


@pytest.mark.xfail(strict=True, reason="lines stop at 65,535, which is what an element of lxml can hold")
def test_lines_are_right_on_long_pages() -> None:
    """Behind 65,535 lines a block still has the number of its own line."""
    assert page_of("<p>a</p>" + "\n" * 70_000 + "<p>b</p>").blocks[1].line == 70_001


@pytest.mark.parametrize("tag", ["iframe", "noembed", "noframes"])
def test_tags_are_never_text(tag: str) -> None:
    """What a browser hides, and the parser does not parse, does not come out as text with its tags."""
    assert "<" not in "".join(blocks(f"<p>a</p><{tag}><p class='x'>b</p></{tag}>"))


def test_frames_are_no_harm() -> None:
    """A page of frames shows no text of its own."""
    with pytest.raises(Rejection, match="shows no text"):
        page_of("<html><frameset cols='*,*'><frame src='a'><frame src='b'></frameset></html>")


def test_lxml_is_the_one_that_was_looked_at() -> None:
    """The parser keeps what is nested deep, as `huge_tree` promises; where it does not, text is lost in silence."""
    root = etree.fromstring("<div>" * 1000 + "x", etree.HTMLParser(huge_tree=True))

    assert "".join(root.itertext()) == "x"
