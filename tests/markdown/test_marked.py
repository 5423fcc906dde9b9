from __future__ import annotations

from html import escape as as_html

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from copydesk.markdown.marked import write_marked
from copydesk.markdown.needs import needs_markup
from copydesk.markdown.writer import write
from copydesk.values.capture import Page
from copydesk.values.document import Element
from copydesk.values.roles import Role
from tests.markdown.hostile import CASES, ELEMENTS, RAW
from tests.markdown.marked_bodies import BODIES, LINES, RENDERERS, TABLES_KNOWN, Render
from tests.markdown.marked_pages import made, marks, seen, way

BASE = "http://base.example/d/page.html"
NO_PAGE = Page("", (), "utf-8")
SLOW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _written(html: str) -> str:
    elements, page = made(html)
    return write_marked(elements, page, BASE)


@pytest.fixture(params=RENDERERS, scope="module")
def render(request: pytest.FixtureRequest) -> Render:
    """Return the function of an engine that is installed."""
    return RENDERERS[str(request.param)]()


@pytest.fixture(params=TABLES_KNOWN, scope="module")
def render_with_tables(request: pytest.FixtureRequest) -> Render:
    """Return the function of an engine that knows tables."""
    return RENDERERS[str(request.param)]()


def _shows(render: Render, html: str) -> None:
    """The texts are shown as they are; an image between two spaces, which are one in the text, has both of them."""
    elements, page = made(html)
    shown = [text.replace("  ", " ") for text in seen(render(write_marked(elements, page, BASE)))]

    assert [element.text for element in elements if element.text] == shown


@SLOW
@given(html=LINES.map("<p>{}</p>".format))
@example("<p>a<br>=<br>-:<br>- <br>1. b</p>")
@example("<p><b>- ~</b></p>")
@example("<p><a href='http://a.example/'>`</a>`</p>")
@example("<p><code>a<a href='http://a.example/'>b</a></code></p>")
@example("<p><b>http://a.example/</b>b www.<i>c.example d@e.example</i></p>")
@example("<p><i><a href='/x'>a</a> b]: c</i></p>")
@example("<p>Wow!<a href='/x'>a</a>!<img src='/x' alt='b'></p>")
def test_faithful_lines(render: Render, html: str) -> None:
    """Every engine shows exactly the text of a paragraph, whatever is marked up in it."""
    _shows(render, html)


@SLOW
@given(html=BODIES)
@example("<ul><li>a<ol start='3'><li>b</li></ol></li></ul>")
@example("<ol start='9999'><li>a<ol start='9999'><li>b<ul><li>c</li></ul></li></ol></li></ol>")
def test_faithful_bodies(render_with_tables: Render, html: str) -> None:
    """Every engine shows exactly the texts of a body, block by block, in lists, quotes and tables too."""
    _shows(render_with_tables, html)


@pytest.mark.parametrize("tag", ["b", "i", "code", "a href='/x'"])
def test_hostile_corpus_marked_up(render: Render, tag: str) -> None:
    """Every case of the corpus is shown as it is when it is marked up, and when what stands behind it is."""
    name = tag.split()[0]
    for _, text in CASES:
        said = as_html(text, quote=False)
        marked_up = f"<{tag}>{said}</{name}>"
        _shows(render, f"<p>{marked_up}</p><h2>{said}<{tag}>a</{name}></h2><p>a<br>{marked_up}</p>")


@given(st.lists(ELEMENTS, max_size=5))
@example([Element(role, text, ()) for role in (Role.LIST_ITEM, Role.QUOTE) for text in "ab"])
def test_plain_bodies_are_the_same(elements: list[Element]) -> None:
    """Without markup the body is, byte for byte, what the plain writer makes of it."""
    assert write(elements) == write_marked(elements, NO_PAGE, "")


@given(st.lists(st.tuples(st.sampled_from(("p", "h2", "figcaption")), RAW), max_size=5))
def test_plain_pages_are_the_same(blocks: list[tuple[str, str]]) -> None:
    """The same holds for a page of plain blocks, however its white space stands."""
    elements, page = made("".join(f"<{tag}>{as_html(text.replace(chr(10), ' '))}</{tag}>" for tag, text in blocks))

    assert not needs_markup(elements, page)
    assert write(elements) == write_marked(elements, page, BASE)


@SLOW
@given(BODIES)
def test_what_needs_no_markup_has_none(html: str) -> None:
    """Where no markup is needed, the plain writer says the same."""
    elements, page = made(html)

    assert needs_markup(elements, page) or write(elements) == write_marked(elements, page, BASE)


INLINE = (
    ("<a href='/x'>0 http://a.example/&lt;x&gt; y</a>", "[0 http&#58;//a.example/&lt;x> y](http://base.example/x)"),
    ("a <b>b</b> c", "a **b** c"),
    ("a<b> b </b>c", "a **b** c"),
    ("<b>all of it.</b>", "**all of it.**"),
    ("<b>a</b><strong>b</strong>", "**ab**"),
    ("<b>a</b> <i>b</i>", "**a** *b*"),
    ("<b>a</b><i>b</i>", "**a**b"),
    ("<b><i>a</i></b>", "***a***"),
    ("<b>a <i>b</i> c</b>", "**a *b* c**"),
    ("in<i>tra</i>word", "in*tra*word"),
    ("한글<b>은</b>한글", "한글**은**한글"),
    ("<b>(a)</b>b", "(a)b"),
    ("<b>(see)</b> b", "**(see)** b"),
    ("<b> </b>a<b></b>", "a"),
    ("<s>a</s><del>b</del><u>c</u><sub>d</sub>", "abcd"),
    ("<cite>a</cite> <dfn>b</dfn> <var>c</var>", "*a* *b* *c*"),
    ("run <code>a_b *c*</code> now", "run `a_b *c*` now"),
    ("<kbd>a`b</kbd>", r"a\`b"),
    ("<code>{{ a }}</code>", r"\{\{ a }}"),
    ("a<br>b", "a  \nb"),
    ("<b>a<br>b</b>", "**a**  \n**b**"),
    ("a<br>- b", "a  \n\\- b"),
    ("a<br>=", "a  \n&#61;"),
    ('<a href="x y">a</a>', "[a](http://base.example/d/x%20y)"),
    ('<a href="/">[a]</a>', "[&#91;a&#93;](http://base.example/)"),
    ('<a href="/"><b>a</b> b</a>', "[**a** b](http://base.example/)"),
    ('<b>see <a href="/">a</a> b</b>', "**see [a](http://base.example/) b**"),
    ('Oh!<a href="/">a</a>', r"Oh\![a](http://base.example/)"),
    ('<a href="#x">a</a><a href="javascript:x">b</a><a>c</a>', "abc"),
    ('<a href="/"> a </a>b', "[a](http://base.example/) b"),
    ('<a href="/">a<br>b</a>', "[a b](http://base.example/)"),
    ('<a href="http://a.example/">http://a.example/</a>', "[http&#58;//a.example/](http://a.example/)"),
    ('<a href="/">a <a href="/2">b</a></a>', "[a b](http://base.example/)"),
    ('a <img src="i.png" alt="b [c]"> d', "a ![b &#91;c&#93;](http://base.example/d/i.png) d"),
    ('a<img src="data:image/png;base64,AA==" alt="b"><img alt="c">', "a"),
    ('a <a href="/"><img src="/i" alt="b"></a>', "a[![b](http://base.example/i)](http://base.example/)"),
    ('a <b><img src="/i" alt=""></b>', "a![](http://base.example/i)"),
)


@pytest.mark.parametrize(("html", "markdown"), INLINE)
def test_forms_of_lines(html: str, markdown: str) -> None:
    """Each kind of markup has its one form, and what could be misread is left out."""
    assert f"{markdown}\n" == _written(f"<p>{html}</p>")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a <b>b</b> c <i>d</i></p>", [("strong", "b"), ("em", "d")]),
        ("<p><b>a <i>b</i> c</b></p>", [("em", "b"), ("strong", "a b c")]),
        ("<p><code>a*b</code></p>", [("code", "a*b")]),
        ("<p><a href='/?a=1&copy;=(2)'>x</a></p>", [("a http://base.example/?a=1&copy%3B=%282%29", "x")]),
        ("<p>a <img src='/i_j_k.png' alt='b [c] *d*'></p>", [("img", "b [c] *d* http://base.example/i_j_k.png")]),
    ],
)
def test_marks_are_seen(render: Render, html: str, expected: list[tuple[str, str]]) -> None:
    """Every engine shows emphasis, code, links and images where the page has them."""
    elements, page = made(html.replace("&copy;", "&amp;copy;"))

    assert expected == marks(render(write_marked(elements, page, BASE)))


STRUCTURES = (
    ("<ul><li>a</li><li>b</li></ul><p>c</p>", "- a\n- b\n\nc\n", "ul li li p"),
    ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n    - b\n- c\n", "ul li ul li li"),
    ("<ol start='3'><li>a</li><li>b</li></ol>", "3. a\n4. b\n", "ol li li"),
    ("<ol start='x'><li>a</li></ol>", "1. a\n", "ol li"),
    ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\n    b\n", "ul li p p"),
    ("<ul><li>a<ol start='3'><li>b</li></ol></li></ul>", "- a\n\n    3. b\n", "ul li p ol li p"),
    ("<ul><li><ul><li>a</li></ul></li></ul>", "- a\n", "ul li"),
    ("<ul><li><ul><li>a</li></ul>b</li></ul>", "- a\n- b\n", "ul li li"),
    ("<ul><li>a<br>b</li></ul>", "- a  \n    b\n", "ul li"),
    ("<ol start='100'><li>a<ul><li>b</li></ul></li></ol>", "100. a\n     - b\n", "ol li ul li"),
    ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b\n", "blockquote p p"),
    ("<blockquote>a</blockquote><blockquote>b</blockquote>", "> a\n\n> b\n", ""),
    ("<blockquote><ul><li>a</li></ul></blockquote>", "> - a\n", "blockquote ul li"),
    ("<h2>a <i>b</i><br>c</h2>", "## a *b* c\n", "h2"),
    ("<img src='i' alt='a' title='b &quot;c&quot;'>", '![a](http://base.example/d/i "b &#34;c&#34;")\n', "p"),
    ("<img src='data:x' alt='a'>", "", ""),
)


@pytest.mark.parametrize(("html", "markdown", "tags"), STRUCTURES)
def test_structures(render: Render, html: str, markdown: str, tags: str) -> None:
    """Lists, quotes, headings and images have one form, and engines nest them as the page does."""
    found = way(render(_written(html)))

    assert markdown == _written(html)
    assert not tags or _without_loose(tags.split()) == _without_loose(found)


def _without_loose(tags: list[str]) -> list[str]:
    """Leave out what engines do differently: paragraphs in the items of a loose list."""
    return [tag for tag in tags if tag != "p"] or tags


TABLES = (
    (
        "<table><tr><th>A</th><th>B</th></tr><tr><td>a|b</td><td><b>c</b></td></tr></table>",
        "| A | B |\n| --- | --- |\n| a&#124;b | **c** |\n",
    ),
    (
        "<table><tr><td></td><td>B</td></tr><tr><td>a</td><td></td></tr></table>",
        "|  | B |\n| --- | --- |\n| a |  |\n",
    ),
    (
        "<table><tr><td colspan='2'>A</td><td>B</td></tr><tr><td>a</td><td></td><td>b</td></tr></table>",
        "| A |  | B |\n| --- | --- | --- |\n| a |  | b |\n",
    ),
    ("<table><tr><td><p>a</p><p>b<br>c</p></td></tr></table>", "| a b c |\n| --- |\n"),
    ("<table><tr><td>a</td></tr></table><table><tr><td>b</td></tr></table>", "| a |\n| --- |\n\n| b |\n| --- |\n"),
)


@pytest.mark.parametrize(("html", "markdown"), TABLES)
def test_tables(html: str, markdown: str) -> None:
    """Rows and columns stand where the page has them; the first row is the head."""
    assert markdown == _written(html)


def test_columns_are_kept(render_with_tables: Render) -> None:
    """Every engine makes a table of it, with all cells."""
    elements, page = made("<table><tr><td></td><td>B</td></tr><tr><td>a</td><td></td></tr></table>")
    tags = way(render_with_tables(write_marked(elements, page, BASE)))

    assert ["table", "tr", "th", "th", "tr", "td", "td"] == tags


def test_a_table_of_holes_is_none() -> None:
    """A table that is nearly empty is not blown up: its texts are paragraphs."""
    rows = "".join(f"<tr>{'<td></td>' * at}<td>x</td></tr>" for at in range(200))

    assert "x\n\n" * 199 + "x\n" == _written(f"<table>{rows}</table>")


def test_stretches_are_clipped() -> None:
    """Where a rule has cut a dateline or an end mark away, what is left of the markup stays."""
    elements, page = made("<p><b>Seoul -- a b</b> c <i>d -0-</i></p>")
    span = elements[0].spans[0]
    inner = span._replace(start=span.start + 9, end=span.end - 4)
    cut = Element(Role.PARAGRAPH, "a b c d", (inner,))

    assert "**a b** c *d*\n" == write_marked([cut], page, BASE)


def test_spans_are_joined() -> None:
    """Emphasis goes over a slip that was taken out, and over a cut; a paragraph that goes on is joined by a space."""
    elements, page = made("<p><b>Kim , who</b></p><p><b>b</b> c</p>")
    first, second = (element.spans[0] for element in elements)
    spans = (first._replace(end=first.start + 3), first._replace(start=first.start + 4), second)

    assert "**Kim, who** **b** c\n" == write_marked([Element(Role.PARAGRAPH, "Kim, who b c", spans)], page, BASE)


def test_an_accent_behind_a_tag_costs_the_markup() -> None:
    """A letter that folding has made of both sides of a tag can't be cut: the text stays, the markup goes."""
    assert "é b\n" == _written("<p>e<b>\u0301 b</b></p>")


def test_deterministic() -> None:
    """The same page gives the same Markdown."""
    html = "<ul><li>a <b>b</b></li></ul><table><tr><td>c</td></tr></table>"

    assert _written(html) == _written(html)


def test_role_that_makes_no_block() -> None:
    """A role that is no block of a body is refused by name."""
    with pytest.raises(ValueError, match=r"role 'furniture' makes no block of a body; give one of heading, "):
        write_marked([Element(Role.FURNITURE, "a", ())], NO_PAGE, "")
