from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.support import quirks
from tests.support.articles import LIST_ITEM, Article, RelatedItem
from tests.support.html_pages import HTML_LAYOUTS, Printed, adapted, carries_html, in_one_paragraph, lay_out_html
from tests.support.html_parts import folded
from tests.support.html_trees import BODIES, TITLES, texts, tree_of
from tests.support.languages import LANGUAGES, Foreign, articles_in, foreign
from tests.support.strategies import articles, naenara_articles

DAY = datetime.date(2023, 5, 9)
TINY = Article(
    title="A Small “Page” & Kim Jong Un's Plate",
    published=DAY,
    paragraphs=("One line by Kim Il Sung.", "A\u00a0<b>tag</b>, “quotes” & 'more' of it – as ever."),
    dateline_day=DAY,
    stamp="www.kcna.kp (Juche112.5.9.)",
    byline="Hong Kil Tong",
    related=(RelatedItem("Next & Page", "Wonsan, May 8 (KCNA) -- More", datetime.date(2023, 5, 8)),),
    captured=datetime.date(2024, 2, 3),
)
URL = "https://kcnawatch.org/newstream/1683600000-123456789/a-small-page/?a=1&b=\"2\""
ORIGINAL = "http://kcna.kp/kcna.user.article.retrieveNewsViewInfoList.kcmsf?a=1&b=2"

Quirk = Callable[[Article], Article]
QUIRKS: tuple[Quirk, ...] = (
    quirks.stray_space,
    quirks.wide_spaces,
    partial(quirks.wide_spaces, space="  "),
    quirks.title_repeated,
    quirks.title_glued,
    quirks.lost_name,
)
ANY = st.one_of(articles(hostile=True, bullets=True), naenara_articles(), *map(articles_in, LANGUAGES))


def shown(tree: etree._Element) -> str:
    """Return all text of a page below its head."""
    return folded(" ".join(map(str, tree.xpath("/html/body//text()"))))


def expected_lines(whole: Foreign, layout: str) -> list[str]:
    """Return the paragraphs of an article, put together anew: only facts that the layout shows."""
    article, facts = whole.article, carries_html(layout)
    lines = [*article.blocks()]
    again = article.title + article.title_again if article.title_again else ""
    begin = whole.dateline_text if "dateline" in facts else ""
    if begin and not whole.alone:
        lines[0] = f"{begin}{article.behind_dash}{lines[0]}"
    lines[0] = again + lines[0]
    lines[-1] += article.end if "end" in facts else ""
    lines = [part for line in lines for part in line.split("\n")]
    lines = [begin, *lines] if begin and whole.alone else lines
    lines += [article.stamp] if layout == "watch" and article.stamp else []
    lines += [article.byline] if "byline" in facts and article.byline else []
    return [folded(line) for line in lines]


@pytest.mark.parametrize("layout", HTML_LAYOUTS)
@given(article=ANY, inline=st.booleans(), clutter=st.integers(0, 2))
def test_a_page_prints_the_article(layout: str, article: Printed, inline: bool, clutter: int) -> None:
    """Title and paragraphs of any page, read with lxml, are those of the article, whatever markup is in them."""
    tree = tree_of(lay_out_html(article, layout, inline=inline, clutter=clutter))
    whole = foreign(article)

    assert [folded(whole.article.title)] == texts(tree, TITLES[layout])
    assert expected_lines(whole, layout) == texts(tree, BODIES[layout])


@pytest.mark.parametrize("layout", HTML_LAYOUTS)
@given(article=articles(), inline=st.booleans(), quirk=st.sampled_from(QUIRKS))
def test_a_page_prints_the_damage(layout: str, article: Article, inline: bool, quirk: Quirk) -> None:
    """What a quirk did to the printed blocks and to the title stands on the page."""
    damaged = quirk(article)
    tree = tree_of(lay_out_html(damaged, layout, inline=inline))

    assert [folded(damaged.printed_title or damaged.title)] == texts(tree, TITLES[layout])
    assert expected_lines(foreign(damaged), layout) == texts(tree, BODIES[layout])


@pytest.mark.parametrize("layout", HTML_LAYOUTS)
@given(article=ANY)
def test_adapted_is_what_is_printed(layout: str, article: Printed) -> None:
    """The page of an article and the page of what a layout leaves of it are the same, and adapting twice is once."""
    left = adapted(foreign(article), layout)

    assert left == adapted(left, layout)
    assert lay_out_html(article, layout) == lay_out_html(left, layout)


@pytest.mark.parametrize("layout", HTML_LAYOUTS)
def test_a_bare_page_shows_what_it_carries_and_no_more(layout: str) -> None:
    """Without clutter a fact stands on a page exactly when its layout carries it."""
    page = lay_out_html(TINY, layout, clutter=0, url=URL, original_url=ORIGINAL)
    text, facts = shown(tree_of(page)), carries_html(layout)

    assert ("dateline" in facts) == ("Pyongyang, May 9 (KCNA) --" in text)
    assert ("end" in facts) == ("-0-" in text)
    assert ("byline" in facts) == ("Hong Kil Tong" in text)
    assert ("stamp" in facts) == ("www.kcna.kp (Juche112.5.9.)" in text)
    assert ("label" in facts) == ("Source: KCNA.kp (En) | " in text)
    assert ("captured" in facts) == ("February 03, 2024" in text)
    assert ("related" in facts) == ("Wonsan, May 8 (KCNA) -- More" in text)
    assert ("original_url" in facts) == ("http://kcna.kp/kcna.user" in page)
    assert ("published" in facts) == any(day in text for day in ("09/05/2023", "112.5.9", "May 9. 2023", "2023.5.9"))


BARE = {
    "watch": "February 03, 2024 KCNA KCNA.kp (En) T Date: 09/05/2023 | Source: KCNA.kp (En) | Read original version at "
             "source Pyongyang, May 9 (KCNA) -- A. B. -0- More From KCNA.kp (En) More Articles",
    "q": "KCNA T Pyongyang, May 9 (KCNA) -- A. B. -0- www.kcna.kp (Juche112.5.9.)",
    "detail": "KCNA T Pyongyang, May 9 (KCNA) -- A. B. -0-",
    "cojp": "calendar >>May 9. 2023 Juche 112 T Pyongyang, May 9 (KCNA) -- A. B. "
            "Copyright (C) KOREA NEWS SERVICE(KNS) All Rights Reserved.",
    "naenara": "Naenara T 2023.5.9 A. B.",
}  # fmt: skip


@pytest.mark.parametrize("layout", HTML_LAYOUTS)
def test_a_bare_page_reads_from_top_to_bottom(layout: str) -> None:
    """Without clutter each page has the text of a real one, in its order."""
    article = TINY._replace(title="T", paragraphs=("A.", "B."), byline="", stamp="", related=())

    assert BARE[layout] == shown(tree_of(lay_out_html(article, layout, clutter=0)))


def test_the_date_line_of_kcna_watch_is_one_line_with_a_link() -> None:
    """Its text is that of text captures, and its last part leads to the original."""
    tree = tree_of(lay_out_html(TINY, "watch", original_url=ORIGINAL))
    line = "Date: 09/05/2023 | Source: KCNA.kp (En) | Read original version at source"

    assert [line] == texts(tree, "//div[@class='article-meta']")
    assert [ORIGINAL] == tree.xpath("//div[@class='article-meta']/a[. = 'Read original version at source']/@href")


def test_the_items_of_kcna_watch() -> None:
    """An item has its title, its teaser and its day, each in an element of its own, behind the heading."""
    tree = tree_of(lay_out_html(TINY, "watch"))

    assert ["More From KCNA.kp (En)"] == texts(tree, "//div[@class='more-from']/h3")
    assert ["Next & Page"] == texts(tree, "//div[@class='article-desc']//a")
    assert ["Wonsan, May 8 (KCNA) -- More"] == texts(tree, "//div[@class='article-desc']/p")
    assert ["May 08, 2023"] == texts(tree, "//div[@class='articled-date']/span")


def test_both_days_of_kcna_watch_are_glued() -> None:
    """Long and short form of the capture date stand in one line without a space, as in text captures."""
    tree = tree_of(lay_out_html(TINY, "watch", both_days=True))

    assert ["February 03, 2024Feb 03, 2024"] == texts(tree, "//div[@class='today']")


@pytest.mark.parametrize("inside", [False, True])
def test_the_newsletter_stands_inside_or_behind_the_body(inside: bool) -> None:
    """Share button and newsletter are there when asked for, and no paragraph of the body is touched."""
    tree = tree_of(lay_out_html(TINY, "watch", newsletter=True, inside=inside))
    plain = tree_of(lay_out_html(TINY, "watch"))

    assert texts(plain, BODIES["watch"]) == texts(tree, BODIES["watch"])
    assert ["Share Button"] == texts(tree, "//button")
    assert inside == bool(tree.xpath("//div[@class='article-content']//h3"))
    assert not plain.xpath("//button")


@pytest.mark.parametrize("layout", ["watch", "q", "detail", "naenara"])
def test_the_head_tells_title_day_and_address(layout: str) -> None:
    """Metadata say what the page shows, and the day only where the site shows it; without metadata nothing does."""
    tree = etree.HTML(lay_out_html(TINY, layout, url=URL))
    bare = etree.HTML(lay_out_html(TINY, layout, url=URL, metadata=False))
    said = json.loads(str(tree.xpath("string(//script[@type='application/ld+json'])")))["@graph"][1]

    assert [URL] * 2 == tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    assert [TINY.title] == tree.xpath("//meta[@property='og:title']/@content")
    assert said["headline"] == TINY.title
    assert (said.get("datePublished") == "2023-05-09") == ("published" in carries_html(layout))
    assert bool(tree.xpath("//meta[@property='article:published_time']")) == ("published" in carries_html(layout))
    assert not bare.xpath("//meta[@property] | //link[@rel='canonical'] | //script[@type='application/ld+json']")
    assert TINY.title in str(bare.xpath("string(/html/head/title)"))


def test_the_head_of_kcna_watch_names_the_site() -> None:
    """Its title is the article's and the site's name."""
    page = lay_out_html(TINY, "watch")

    assert f"{TINY.title} | KCNA Watch" == etree.HTML(page).xpath("string(/html/head/title)")


def test_layout_detail_tells_no_year() -> None:
    """Without clutter nothing on a page of layout detail, not even in its head, holds the year."""
    assert "2023" not in lay_out_html(TINY, "detail", clutter=0)


def test_layout_detail_has_a_second_heading() -> None:
    """Behind the title of layout detail stands an empty heading of the same level."""
    tree = tree_of(lay_out_html(TINY, "detail"))

    assert [TINY.title, ""] == texts(tree, "//main//h1")


@pytest.mark.parametrize("inline", [False, True])
def test_leaders_names_are_marked_up_on_kcna_kp(inline: bool) -> None:
    """Each leader's name of title and body stands in `nobr` and `span` with single quotes, as on the site."""
    page = lay_out_html(TINY, "q", inline=inline, clutter=0)

    assert page.count("<nobr><span class='fSpecCs'>Kim Jong Un</span></nobr>") == 1
    assert page.count("<nobr><span class='fSpecCs'>Kim Il Sung</span></nobr>") == 1


def test_inline_markup_is_everywhere() -> None:
    """With ``inline`` a body has elements, comments within words and references; without it, it has none of them."""
    page, plain = (lay_out_html(TINY, "naenara", inline=inline, clutter=0) for inline in (True, False))
    tree = etree.HTML(page)

    assert all(tree.xpath(f"//div[@class='content']//{tag}") for tag in ("em", "strong", "a", "span", "comment()"))
    assert all(sign in page for sign in ("&nbsp;", "&#8220;", "&rdquo;"))
    assert not etree.HTML(plain).xpath("//div[@class='content']/p//em | //div[@class='content']/p//comment()")


def test_lines_are_broken_and_indented() -> None:
    """A long paragraph is broken into indented lines in the source, at spaces alone."""
    article = TINY._replace(paragraphs=("word " * 40 + "end.",))
    page = lay_out_html(article, "naenara", clutter=0)

    assert page.count("word\n        word") >= 2


@given(clutter=st.integers(0, 6))
def test_clutter_makes_a_page_longer(clutter: int) -> None:
    """Each unit of clutter adds 2 to 8 KB of links, teasers and comments around the article, in every modern layout."""
    for layout in ("watch", "q", "detail", "naenara"):
        less, more = (len(lay_out_html(TINY, layout, clutter=n)) for n in (clutter, clutter + 1))

        assert 1_500 < more - less < 8_000


def test_clutter_looks_like_articles() -> None:
    """Lists beside the article hold datelines and leaders' names; scripts, templates and comments hold its elements."""
    page = lay_out_html(TINY, "watch")
    tree = tree_of(page)

    assert any("(KCNA) --" in text and "Kim " in text for text in texts(tree, "//aside//p"))
    assert any("(KCNA) --" in text for text in texts(tree, "//section[@id='comments']//p"))
    assert page.count("class='article-title'") + page.count('class="article-title"') > 2
    assert "</p></div>" in texts(etree.HTML(page), "/html/head/script")[-1]


@given(articles(bullets=True))
def test_a_body_can_stand_in_one_paragraph(article: Article) -> None:
    """The whole body in one paragraph has all words of its blocks."""
    whole = in_one_paragraph(article)

    assert 1 == len(texts(tree_of(lay_out_html(whole, "cojp")), BODIES["cojp"]))
    assert " ".join(article.blocks()).split() == whole.paragraphs[0].split()


def test_the_top_line_of_the_old_site_is_one_line() -> None:
    """The word `calendar` is a link and the day stands behind it in both calendars."""
    tree = tree_of(lay_out_html(TINY, "cojp"))

    assert "calendar>>May 9. 2023 Juche 112" == texts(tree, "//table[last()]//p")[0]
    assert ["calendar"] == texts(tree, "//table[last()]//p/a")


@pytest.mark.parametrize("layout", HTML_LAYOUTS)
def test_a_page_claims_its_charset(layout: str) -> None:
    """The charset that is asked for is what the page says of itself, and the caller can encode it so."""
    page = lay_out_html(TINY, layout, charset="Shift_JIS", inline=True)
    tree = etree.HTML(page.encode("shift_jis", "xmlcharrefreplace"))

    assert "charset=" in page[: page.index("<title")]
    assert TINY.title in str(tree.xpath("string(/html/head/title)"))


def test_lists_keep_their_hyphens() -> None:
    """A list item is a paragraph that begins with a hyphen, as on the agency's site."""
    article = TINY._replace(paragraphs=("A.", "an item", "B."), kinds=("paragraph", LIST_ITEM, "paragraph"), byline="")

    assert "- an item" == texts(tree_of(lay_out_html(article, "q")), BODIES["q"])[1]
