from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import Rejection
from tests.desk.html_by_hand import blocks, elements_of, ink, markup_of, page_of, roots_of, shown

WORDS = st.text(st.sampled_from(list("abc  \n\t.,é한\u00a0\u3000\u200b\u00ad😀")), max_size=8).map(
    lambda text: " " if text.isspace() else text  # see the test of wide spaces that stand alone
)
INLINE = ("span", "b", "em", "nobr", "i", "a", "font", "x-y", "wbr", "sup")
BLOCKS = ("div", "section", "blockquote", "article", "main")
BREAK = "\0"
PARTED = "\1"


def rendered(tree: Any) -> str:
    """Return the HTML of a tree: a text, or a tag and its children."""
    if isinstance(tree, str):
        return tree
    tag, children = tree
    inner = "".join(map(rendered, children))
    if tag == "comment":
        return "<!-- hidden <p>words</p> -->"
    if tag in ("script", "style", "template"):
        return f"<{tag}>hidden words</{tag}>"
    return f"<{tag}>" if tag in ("br", "wbr") else f"<{tag}>{inner}</{tag}>"


def flattened(tree: Any) -> str:
    """Return the text of a tree with a sign for each line break and for each border of a block."""
    if isinstance(tree, str):
        return tree
    tag, children = tree
    if tag in ("comment", "script", "style", "template", "wbr"):
        return ""
    if tag == "br":
        return BREAK
    border = PARTED if tag in BLOCKS else ""
    return border + "".join(map(flattened, children)) + border


def expected_blocks(tree: Any) -> list[list[str]]:
    """Return the lines of each block as a browser shows them, found from the tree by three substitutions."""
    text = re.sub("[ \t\n\f\r]+", " ", flattened(tree))
    text = re.sub(rf"{BREAK}\s*{BREAK}", PARTED, text)
    parts = (part.strip(BREAK + " ").strip() for part in text.split(PARTED))
    found = ([line.strip(" ") for line in part.split(BREAK)] for part in parts)
    return [lines for lines in found if any(line.strip() for line in lines)]


def _nodes(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    tags = st.sampled_from((*INLINE, *BLOCKS, "br", "br", "comment", "script", "style", "template"))
    return st.tuples(tags, st.lists(children, max_size=4))


TREES = st.lists(st.recursive(WORDS, _nodes, max_leaves=20), min_size=1, max_size=6)


@given(TREES)
def test_law_the_text_is_what_a_browser_shows(children: list[Any]) -> None:
    """Law: words, line breaks and blocks of any nest of elements are those that the tree itself says."""
    tree = ("div", children)
    expected = expected_blocks(tree)
    html = f"<html><body>{rendered(tree)}</body></html>"
    if not expected:
        with pytest.raises(Rejection, match="shows no text"):
            page_of(html)
        return
    found = [[line.strip(" ") for line in re.split(" *\n", text)] for text in blocks(html)]

    assert expected == [[line for line in lines if line] for lines in found] or expected == found


TAGS = (
    "<p> </p> <div> </div> <b> </b> <i> </i> <table> <tr> <td> </table> <ul> <li> </ul> <a\thref='x'> </a> <br> "
    "<!--\t--> <!-- </body> </html> <html> <body> <head> </head> <title>T</title> <script>s</script> <style>s</style> "
    "<pre> </pre> <option> <select> </select> <textarea> </textarea> <h1> </h2> <form> </form> <svg> </svg> <img> "
    "<nobr> </span> <frameset> <dd> <dl> <caption> <col> <iframe></iframe> <template>t</template> <?php?> "
    "<![CDATA[c]]> <o:p> </o:p> <p/> <br/> </br>"
)
TEXTS = "&amp; &#0; &#xD800; &bogus; &nbsp; &lt;p&gt; < > & word wört 한 \u3000 \u200b é"
PIECES = [*TAGS.split(" "), *TEXTS.split(" "), " ", "\n"]
SOUP = st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map("".join)


@given(SOUP)
def test_law_all_that_is_shown_is_in_exactly_one_block(soup: str) -> None:
    """Law: on hostile pages too, the blocks have what lxml says is shown, in order, each character once."""
    html = f"<p>a</p>{soup}"
    page = page_of(html)
    expected = ink("".join(shown(root) + (root.tail or "") for root in roots_of(html)))
    told = page.blocks[: page.shown]
    between = [page.text[one.end : other.start] for one, other in pairwise(told)]

    assert expected == ink("".join(page.text[block.start : block.end] for block in told))
    assert all(one.end <= other.start for one, other in pairwise(told))
    assert not "".join(between).strip()


@given(SOUP)
def test_law_offsets_are_right(soup: str) -> None:
    """Law: between start and end of each element stands the text that lxml says it shows, and nothing else."""
    html = f"<p>a</p>{soup}"
    page = page_of(html)
    markup, elements = markup_of(page), elements_of(html)

    assert [element.tag for element in elements] == list(markup.tags)
    for number, element in enumerate(elements):
        inside = any(around.tag == "template" for around in element.iterancestors())
        expected = "" if inside else ink(shown(element))
        assert expected == ink(page.text[markup.starts[number] : markup.ends[number]])


@given(SOUP)
def test_law_a_path_leads_to_its_element(soup: str) -> None:
    """Law: the path of each element, followed by lxml, leads to that element and no other."""
    html = f"<p>a</p>{soup}".replace("o:p", "op").replace("<?php?>", "")
    markup, elements = markup_of(page_of(html)), elements_of(html)
    positions, tree = markup.positions(), elements[0].getroottree()
    paths = [markup.path(number, positions) for number in range(len(elements))]

    assert [[element] for element in elements] == [tree.xpath(path) for path in paths]
