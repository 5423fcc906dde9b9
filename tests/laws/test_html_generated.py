from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from copydesk import Rejection, normalize
from copydesk.page import paginate
from copydesk.values.roles import Role
from tests.laws.html_truth import (
    FEWER,
    assert_lawful_document,
    assert_marks_of,
    assert_page_is_whole,
    assert_true_to_html,
    captured_html,
    document_of,
    shown,
    shown_by_tokens,
    without_capture_fields,
)
from tests.laws.truth import visible
from tests.support import quirks
from tests.support.articles import HEADING, LIST_ITEM, PARAGRAPH, Article
from tests.support.html_others import OTHER_LAYOUTS, day_page, index_page, list_page, photo_page
from tests.support.html_pages import HTML_LAYOUTS, in_one_paragraph, lay_out_html
from tests.support.languages import foreign
from tests.support.strategies import articles, naenara_articles

DAY = datetime.date(2023, 5, 9)
TINY = Article("A Small Page", DAY, ("One line.", "Another."), dateline_day=DAY)
URL = "https://kcnawatch.org/newstream/1683600000-123456789/a-small-page/"
ORIGINAL = "http://kcna.kp/en/article/q/0a1b2c3d.kcmsf"
ANY = st.one_of(articles(hostile=True, bullets=True), naenara_articles())


def quotes_a_dateline(article: Article) -> bool:
    """Whether a paragraph behind the first begins as an article of the agency does."""
    return any(text.startswith("Pyongyang, ") and "(KCNA) --" in text for text in article.paragraphs[1:])


@pytest.mark.parametrize("layout", HTML_LAYOUTS)
@given(article=ANY, inline=st.booleans(), clutter=st.integers(1, 3), metadata=st.booleans())
@FEWER
def test_every_layout_gives_the_article_back(
    layout: str, article: Article, inline: bool, clutter: int, metadata: bool
) -> None:
    """Title, days, label, dateline, blocks and related items of any article come back exactly from each layout."""
    assume(layout != "cojp" or not quotes_a_dateline(article))
    document = document_of(article, layout, inline=inline, clutter=clutter, metadata=metadata)

    assert_true_to_html(article, layout, document)
    assert_marks_of(foreign(article), layout, document)
    assert_lawful_document(document)


@pytest.mark.parametrize("layout", ["q", "detail", "cojp", "naenara"])
@given(article=articles())
@FEWER
def test_a_bare_page_gives_the_article_back(layout: str, article: Article) -> None:
    """The same holds where nothing at all stands around the article."""
    document = document_of(article, layout, clutter=0, metadata=False)

    assert_true_to_html(article, layout, document)
    assert_lawful_document(document)


@pytest.mark.parametrize("layout", HTML_LAYOUTS)
@given(article=ANY, inline=st.booleans(), clutter=st.integers(0, 2))
@FEWER
def test_a_page_has_all_that_is_shown(layout: str, article: Article, inline: bool, clutter: int) -> None:
    """The blocks of a page have each character that it shows, by a reader of HTML that is not the one in use."""
    text = lay_out_html(article, layout, inline=inline, clutter=clutter)
    page = paginate(captured_html(text, layout, article))

    assert shown_by_tokens(text) == shown(text)
    assert_page_is_whole(page, text)


@pytest.mark.parametrize("layout", HTML_LAYOUTS)
@given(article=articles(hostile=True, bullets=True))
@FEWER
def test_what_stands_around_the_text_changes_nothing(layout: str, article: Article) -> None:
    """Clutter and metadata leave the document as it is; markup in its text leaves all but the body's Markdown so."""
    assume(layout != "cojp" or not quotes_a_dateline(article))
    plain = document_of(article, layout, metadata=False)
    cluttered = document_of(article, layout, clutter=5)
    marked_up = document_of(article, layout, inline=True, clutter=3)

    assert plain.body == cluttered.body
    assert without_capture_fields(plain) == without_capture_fields(cluttered)
    assert plain.paragraphs == marked_up.paragraphs
    said = [without_capture_fields(document) | {"body_sha256": ""} for document in (plain, marked_up)]
    assert said[0] == said[1]


@given(article=articles(bullets=True))
@FEWER
def test_a_large_page_gives_the_article_back(article: Article) -> None:
    """Twenty times as much clutter as usual changes nothing."""
    document = document_of(article, "watch", clutter=20)

    assert_true_to_html(article, "watch", document)
    assert_lawful_document(document)


@given(article=articles(hostile=True), newsletter=st.booleans(), inside=st.booleans(), both=st.booleans())
@FEWER
def test_kcna_watch_in_its_shapes(article: Article, newsletter: bool, inside: bool, both: bool) -> None:
    """Newsletter, share button, both forms of the capture date and a link to the original cost no word."""
    said = {"newsletter": newsletter, "inside": inside, "both_days": both}
    document = document_of(article, "watch", original_url=ORIGINAL, **said)

    assert_true_to_html(article, "watch", document)
    assert_lawful_document(document)
    assert document.frontmatter["original_url"] == ORIGINAL


ADDRESS_KEYS = {"watch": "capture_url", "q": "original_url", "detail": "original_url", "naenara": "original_url"}


@pytest.mark.parametrize(("layout", "key"), ADDRESS_KEYS.items())
def test_the_head_tells_the_address(layout: str, key: str) -> None:
    """The head's address is that of the captured page in an archive, and that of the original elsewhere."""
    document = document_of(TINY, layout, url=URL)

    assert document.frontmatter[key] == URL


@pytest.mark.parametrize("layout", HTML_LAYOUTS)
@given(article=articles(hostile=True, bullets=True))
@FEWER
def test_a_body_in_one_paragraph_stays_one(layout: str, article: Article) -> None:
    """An article whose whole body stands in one paragraph has one, and all its words."""
    whole = in_one_paragraph(article)
    document = document_of(whole, layout)

    assert_true_to_html(whole, layout, document)


@given(article=articles(), space=st.sampled_from(("\u00a0", "  ", "\t", "\u00a0 \u00a0")), inline=st.booleans())
@FEWER
def test_damage_is_mended_and_can_be_undone(article: Article, space: str, inline: bool) -> None:
    """Stray and wide spaces and repeated titles change nothing but the account."""
    clean = document_of(article, "watch", inline=inline)
    wide = quirks.wide_spaces(article, space=space)
    for damaged in (quirks.stray_space(article), wide, quirks.title_repeated(article)):
        document = document_of(damaged, "watch", inline=inline)

        assert [element.text for element in document.elements] == [element.text for element in clean.elements]
        assert document.title == clean.title
        assert document.id == clean.id
        assert_lawful_document(document)


@pytest.mark.parametrize("layout", ["watch", "q", "detail", "cojp"])
@given(article=articles())
@FEWER
def test_broken_paragraphs_are_joined(layout: str, article: Article) -> None:
    """A paragraph broken before a leader's name is one paragraph again where that is certain, and flagged elsewhere."""
    for at in range(len(quirks.breaks(article))):
        document = document_of(quirks.broken(article, at=at), layout)

        doubted = any(found.code == "maybe-broken" for found in document.account.diagnostics)
        assert doubted or document.paragraphs == list(article.paragraphs)
        assert visible("".join(document.paragraphs)) == visible("".join(article.paragraphs))
        assert document.id == document_of(article, layout).id
        assert_lawful_document(document)


NO_ARTICLES: dict[str, Callable[[str], str]] = {"photo": photo_page, "list": list_page, "index": index_page}


@pytest.mark.parametrize("clutter", [0, 1, 5])
@pytest.mark.parametrize("layout", OTHER_LAYOUTS)
@pytest.mark.parametrize("kind", NO_ARTICLES)
def test_a_page_that_is_no_article_is_refused(kind: str, layout: str, clutter: int) -> None:
    """Photo entries, lists and front pages are refused with a code that says so, and with a remedy."""
    page = NO_ARTICLES[kind](layout, clutter=clutter)  # type: ignore[call-arg]
    with pytest.raises(Rejection) as caught:
        normalize(captured_html(page, layout, TINY))

    assert caught.value.code == ("no-body" if kind == "photo" else "no-layout")
    assert caught.value.message
    assert caught.value.remedy


@given(told=st.lists(articles(), min_size=2, max_size=5), clutter=st.integers(0, 2))
@FEWER
def test_the_page_of_a_day_is_refused(told: list[Article], clutter: int) -> None:
    """A page with several articles is none, and the reason says so."""
    with pytest.raises(Rejection, match="the page of a day holds several articles") as caught:
        normalize(captured_html(day_page(told, clutter=clutter), "cojp", told[0]))

    assert caught.value.code == "no-article"


def test_blocks_have_their_roles() -> None:
    """A paper's name is a heading and a bullet an item of a list on the agency's page, and text on Naenara's."""
    article = TINY._replace(paragraphs=("A.", "Rodong Sinmun", "an item", "B."),
                            kinds=(PARAGRAPH, HEADING, LIST_ITEM, PARAGRAPH))  # fmt: skip

    assert [element.role for element in document_of(article, "q").elements][1:3] == [Role.HEADING, Role.LIST_ITEM]
    assert {element.role for element in document_of(article, "naenara").elements} == {Role.PARAGRAPH}


# Known failures: each is to pass when its cause is mended, and says so then.


def test_the_capture_date_may_stand_first_in_the_header() -> None:
    """A header whose first block is the capture date gives the capture date."""
    document = document_of(TINY, "watch", clutter=0)

    assert document.frontmatter["captured"] == "2026-03-01"


def test_an_article_of_the_old_site_may_quote_a_dateline() -> None:
    """A page with one calendar line and one title is one article, whatever its paragraphs begin with."""
    article = TINY._replace(paragraphs=("One line.", "Pyongyang, March 3 (KCNA) -- was the example."))

    assert_true_to_html(article, "cojp", document_of(article, "cojp"))
