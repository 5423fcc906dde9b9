from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from lxml import etree

from copydesk.testing.html_mutations import ACCIDENTS, MUTATIONS, hostile_families, html_mutations
from tests.support.articles import Article
from tests.support.html_others import OTHER_LAYOUTS, day_page, index_page, list_page, photo_page
from tests.support.html_pages import HTML_LAYOUTS, lay_out_html
from tests.support.html_trees import BODIES, TITLES, texts, tree_of
from tests.support.strategies import articles

DAY = datetime.date(2023, 5, 9)
TINY = Article("A Small Page", DAY, ("One line.", "Another."), dateline_day=DAY)


@given(st.lists(articles(), min_size=1, max_size=4))
def test_a_page_of_a_day_has_many_articles(told: list[Article]) -> None:
    """Each article has its anchor, title and body, and rules part them."""
    tree = tree_of(day_page(told))
    names = tree.xpath("//a/@name")

    assert names == [str(number) for number in range(1, len(told) + 1)]
    assert [article.title for article in told] == texts(tree, "//p/b")
    assert sum(len(article.blocks()) for article in told) + len(told) == len(texts(tree, "//td/p")) - 1
    assert len(told) + 1 == len(tree.xpath("//hr"))


@pytest.mark.parametrize("layout", OTHER_LAYOUTS)
def test_an_entry_of_a_photo_has_no_text(layout: str) -> None:
    """A photo stands where an article would, with a title and an image."""
    tree = tree_of(photo_page(layout))

    assert ["Exhibition of Old Maps Opens"] == texts(tree, TITLES[layout])
    assert [""] == texts(tree, BODIES[layout])
    assert tree.xpath(BODIES[layout] + "/img/@alt")


@pytest.mark.parametrize("layout", OTHER_LAYOUTS)
@pytest.mark.parametrize("made", [list_page, index_page])
def test_a_list_is_no_article(made: Callable[[str], str], layout: str) -> None:
    """Lists and front pages have links to many articles and neither title nor body of one."""
    tree = tree_of(made(layout))

    assert not tree.xpath(f"{TITLES[layout]} | {BODIES[layout]}")
    assert len(tree.xpath("//a[@href]")) > 30


@pytest.mark.parametrize("name", sorted(MUTATIONS))
def test_every_mutation_does_something(name: str) -> None:
    """There is a page that each accident changes, and what it gives can be encoded."""
    page = lay_out_html(TINY, "q", clutter=1)

    @st.composite
    def changed(draw: DrawFn) -> str:
        return MUTATIONS[name](draw, page)

    found = find(changed(), lambda text: text != page, settings=settings(database=None, max_examples=200))

    assert found != page
    assert found == found.encode().decode()


@given(st.data(), st.sampled_from(HTML_LAYOUTS))
def test_a_mutated_page_is_bytes(data: st.DataObject, layout: str) -> None:
    """Whatever happens to a page, bytes come out, and not without bound."""
    found = data.draw(html_mutations(lay_out_html(TINY, layout)))

    assert isinstance(found, bytes)
    assert len(found) < 4_000_000
    assert set(ACCIDENTS) >= {"whole", "cut"}


@pytest.mark.parametrize("name", sorted(hostile_families()))
def test_a_hostile_page_grows_with_its_number(name: str) -> None:
    """Twice as many hostile things are twice as many bytes of UTF-8, 1 to 120 for each."""
    made = hostile_families()[name]
    one, two, four = (len(made(n)) for n in (1_000, 2_000, 4_000))

    assert 0.9 < (four - two) / (2 * (two - one)) < 1.1
    assert 1_000 <= two - one <= 120_000
    assert made(3).decode("utf-8").endswith("</html>")


def test_hostile_pages_hold_an_article() -> None:
    """Where little is hostile, title and last paragraph of the article can still be found."""
    parser = etree.HTMLParser(encoding="utf-8")
    for name in ("nested div", "spaces", "many meta", "many classes", "paragraphs"):
        tree = etree.fromstring(hostile_families()[name](2), parser)

        assert "A Small Page" == texts(tree, TITLES["q"])[0]
        assert "Another. -0-" == texts(tree, BODIES["q"])[-1]


def test_a_nest_is_as_deep_as_its_number() -> None:
    """Elements of a nest stand within each other: none is closed by the parser."""
    page = hostile_families()["nested div"](100)

    assert 100 <= etree.HTML(page).xpath("count(//text()[. = 'A short line.']/ancestor::div)")
