from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import Document, normalize
from tests.laws.html_truth import FEWER, document_of, without_capture_fields
from tests.laws.truth import capture_of
from tests.support.articles import Article
from tests.support.html_pages import HTML_LAYOUTS
from tests.support.languages import LANGUAGES, articles_in
from tests.support.pages import lay_out
from tests.support.strategies import articles, naenara_articles, related_items

AGENCY = ("watch", "q", "detail", "cojp")
"""The layouts in which articles of the agency stand."""
SHARED = ("title", "date", "lang", "source_id", "dateline_place", "dateline_date", "agency", "author")
RELATED = st.lists(related_items(), min_size=1, max_size=4)


def shared(document: Document) -> dict[str, object]:
    """Return what all captures of an article say of it, on whatever site."""
    said: dict[str, object] = {key: document.frontmatter.get(key) for key in SHARED}
    return said | {"id": document.id, "paragraphs": document.paragraphs}


@given(article=articles(bullets=True), related=RELATED, days=st.integers(1, 900), clutter=st.integers(1, 4))
@FEWER
def test_two_captures_of_one_page(article: Article, related: list[object], days: int, clutter: int) -> None:
    """Captures of a page that differ in capture date, list and clutter are equal but for their capture fields."""
    captured = article.captured + datetime.timedelta(days=days)
    other = article._replace(related=tuple(related), captured=captured)  # type: ignore[arg-type]
    first, second = document_of(article, "watch"), document_of(other, "watch", clutter=clutter, both_days=True)

    assert first.id == second.id
    assert first.body == second.body
    assert without_capture_fields(first) == without_capture_fields(second)


@given(article=articles(bullets=True), inline=st.booleans())
@FEWER
def test_one_article_on_every_site(article: Article, inline: bool) -> None:
    """The archive knows the agency by its label, the agency's sites by their layouts: the article is the same."""
    text = normalize(capture_of(lay_out(article, "A")))
    for layout in AGENCY:
        assert shared(document_of(article, layout, inline=inline)) == shared(text)


@given(article=naenara_articles())
@FEWER
def test_one_article_of_naenara_on_both_sites(article: Article) -> None:
    """An article of Naenara is the same in the archive, saved as text or as HTML, and on its own site."""
    text = normalize(capture_of(lay_out(article, "A")))
    for layout in ("watch", "naenara"):
        assert shared(document_of(article, layout)) == shared(text)


@pytest.mark.parametrize("lang", LANGUAGES)
@given(data=st.data())
@FEWER
def test_one_article_in_any_language(lang: str, data: st.DataObject) -> None:
    """Articles of all editions are the same on all sites of the agency."""
    whole = data.draw(articles_in(lang))
    first, *others = (shared(document_of(whole, layout)) for layout in AGENCY)

    assert all(other == first for other in others)


@given(article=articles(), inline=st.booleans())
@FEWER
def test_a_stamp_in_either_calendar_is_the_same_day(article: Article, inline: bool) -> None:
    """The calendar of the stamp follows the time of the capture, and changes nothing of the article."""
    juche, common = (document_of(article, "q", inline=inline, calendar=calendar) for calendar in ("juche", "ce"))

    assert without_capture_fields(juche) == without_capture_fields(common)
    assert juche.body == common.body


@given(one=articles(), other=articles())
@FEWER
def test_other_articles_have_other_ids(one: Article, other: Article) -> None:
    """Articles of one day with different words have different ids in every layout."""
    other = other._replace(published=one.published, dateline_day=one.dateline_day)
    same = "".join(one.paragraphs).split() == "".join(other.paragraphs).split() and one.kinds == other.kinds
    for layout in HTML_LAYOUTS:
        assert (document_of(one, layout).id == document_of(other, layout).id) == same
