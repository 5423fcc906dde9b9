"""The real articles on pages of HTML, where the environment variable COPYDESK_CORPUS points: facts only, no text."""

from __future__ import annotations

import os

import pytest

from copydesk import normalize
from copydesk.page import paginate
from tests.laws.html_truth import (
    assert_lawful_document,
    assert_marks_of,
    assert_page_is_whole,
    assert_true_to_html,
    captured_html,
    document_of,
    shown_by_tokens,
)
from tests.laws.truth import capture_of, visible
from tests.support.articles import Article
from tests.support.corpus import VARIABLE, corpus_articles
from tests.support.html_pages import HTML_LAYOUTS, lay_out_html
from tests.support.languages import foreign
from tests.support.pages import lay_out
from tests.test_captures import RELATED

pytestmark = pytest.mark.skipif(not os.environ.get(VARIABLE), reason=f"{VARIABLE} is not set")
ARTICLES = corpus_articles() if os.environ.get(VARIABLE) else {}
SHARED = ("id", "title", "date", "lang", "source_id", "dateline_place", "dateline_date", "agency")


def real(name: str) -> Article:
    """Return a real article with a list of others beside it."""
    return ARTICLES[name]._replace(related=RELATED)


def test_the_corpus_is_whole() -> None:
    """All 36 real articles are there, so that none is left out in silence."""
    assert len(ARTICLES) == 36
    assert any(article.dateline_day is None for article in ARTICLES.values())


@pytest.mark.parametrize("inline", [False, True])
@pytest.mark.parametrize("layout", HTML_LAYOUTS)
@pytest.mark.parametrize("name", sorted(ARTICLES))
def test_a_real_article_in_every_layout(name: str, layout: str, inline: bool) -> None:
    """A real article comes back exactly from each layout, by the habits of the source that the layout belongs to."""
    article = real(name)
    text = lay_out_html(article, layout, inline=inline)
    capture = captured_html(text, layout, article)
    document, page = normalize(capture), paginate(capture)

    assert_true_to_html(article, layout, document)
    assert_marks_of(foreign(article), layout, document)
    assert_lawful_document(document)
    assert_page_is_whole(page, text)
    assert visible("".join(page.text[b.start : b.end] for b in page.blocks[: page.shown])) == shown_by_tokens(text)
    assert document.frontmatter["source_id"] == ("naenara" if layout == "naenara" else "kcna")


@pytest.mark.parametrize("layout", ["watch", "q"])
@pytest.mark.parametrize("name", sorted(ARTICLES))
def test_the_text_capture_of_a_real_article_is_the_same(name: str, layout: str) -> None:
    """Saved as text from the archive, or as HTML from there or from the agency: title, days, text and id are one."""
    text, page = normalize(capture_of(lay_out(real(name), "A"))), document_of(real(name), layout)

    assert [page.frontmatter.get(key) for key in SHARED] == [text.frontmatter.get(key) for key in SHARED]
    assert page.paragraphs == text.paragraphs
    assert [element.role for element in page.elements] == [element.role for element in text.elements]


@pytest.mark.parametrize("name", sorted(name for name, article in ARTICLES.items() if article.dateline_day is None))
def test_an_anecdote_has_no_day_in_layout_detail(name: str) -> None:
    """A page that has no day of its own and no dateline gives none: the day of the capture is not taken for it."""
    document = document_of(real(name), "detail")

    assert "date" not in document.frontmatter
    assert "-undated-" in document.id
    assert any(warning.startswith("undated: ") for warning in document.frontmatter["warnings"])


def test_a_real_article_is_known_by_label_and_by_layout() -> None:
    """The archive's label and the agency's own layout lead to one source, and so to one id."""
    name = sorted(ARTICLES)[0]
    watch, q = document_of(real(name), "watch"), document_of(real(name), "q")

    assert watch.frontmatter["source_label"] == "KCNA.kp (En)"
    assert "source_label" not in q.frontmatter
    assert watch.id == q.id
