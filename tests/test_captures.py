"""The real captures, where the environment variable COPYDESK_CORPUS points: facts only, no text."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest

from copydesk import Capture, Document, normalize
from copydesk.values.roles import Role
from tests.laws.truth import assert_total_account, assert_true_to, assert_verbatim, capture_of
from tests.support.articles import Article, RelatedItem
from tests.support.corpus import VARIABLE, corpus_articles
from tests.support.pages import LAYOUTS, lay_out

pytestmark = pytest.mark.skipif(not os.environ.get(VARIABLE), reason=f"{VARIABLE} is not set")
RELATED = (
    RelatedItem("Another Article", "Pyongyang, March 1 (KCNA) -- A teaser.", datetime.date(2026, 2, 28)),
    RelatedItem("Press Review", "A second teaser.", datetime.date(2026, 2, 27)),
)
ARTICLES = corpus_articles() if os.environ.get(VARIABLE) else {}


def seed(start: str) -> Document:
    """Return the document of the real capture whose name starts so."""
    (path,) = (Path(os.environ[VARIABLE]) / "seeds").glob(f"{start}_*.txt")
    return normalize(Capture(path.read_bytes(), path.name))


def facts(document: Document) -> dict[str, object]:
    """Return what is to be compared of a document."""
    keys = ("title", "date", "source_id", "lang", "captured", "dateline_place", "dateline_date", "author")
    found: dict[str, object] = {key: document.frontmatter.get(key) for key in keys}
    found["blocks"] = [element.role for element in document.elements] == [Role.PARAGRAPH] * len(document.elements)
    found["paragraphs"] = len(document.elements)
    found["related"] = len(document.account.related)
    found["unread"] = len(document.account.unread())
    found["warnings"] = document.frontmatter.get("warnings")
    return found


def test_the_kcna_capture() -> None:
    """The first real capture has the title, dates, source, paragraphs and related items that it is known to have."""
    document = seed("000")

    assert facts(document) == {
        "title": "Army-People Rallies Held in Provinces and Cities",
        "date": "2021-01-21",
        "source_id": "kcna",
        "lang": "en",
        "captured": "2026-03-01",
        "dateline_place": "Pyongyang",
        "dateline_date": "2021-01-21",
        "author": None,
        "blocks": True,
        "paragraphs": 10,
        "related": 13,
        "unread": 0,
        "warnings": None,
    }
    assert "-0-" not in document.body
    assert len(document.elements[0].spans) == 2
    assert not any(item.title in document.body for item in document.account.related)


def test_the_naenara_capture() -> None:
    """The second real capture has the author, dates, paragraphs and related items that it is known to have."""
    assert facts(seed("004")) == {
        "title": "Mass Movement Promotes Socialist Construction",
        "date": "2023-01-21",
        "source_id": "naenara",
        "lang": "en",
        "captured": "2026-02-16",
        "dateline_place": None,
        "dateline_date": None,
        "author": ["Yang Ryon Hui"],
        "blocks": True,
        "paragraphs": 14,
        "related": 15,
        "unread": 0,
        "warnings": None,
    }


@pytest.mark.parametrize("start", ["000", "004"])
def test_the_real_captures_keep_the_laws(start: str) -> None:
    """Each visible character of a real capture is in the account once, and the body is verbatim."""
    document = seed(start)

    assert_total_account(document.account.reading)
    assert_verbatim(document)


def test_the_corpus_is_whole() -> None:
    """All 36 real articles are there, so that none is left out in silence."""
    assert len(ARTICLES) == 36


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", sorted(ARTICLES))
def test_a_real_article_in_every_layout(name: str, layout: str) -> None:
    """A real article comes back exactly from each layout that can carry it."""
    article: Article = ARTICLES[name]._replace(related=RELATED)
    if layout == "E" and article.dateline_day is None:
        article = article._replace(dateline_day=article.published, dateline_place="Pyongyang")  # it is known by it
    document = normalize(capture_of(lay_out(article, layout)))

    assert_true_to(article, layout, document)
    assert_total_account(document.account.reading)
    assert_verbatim(document)
    assert document.frontmatter["source_id"] == "kcna"
    if layout == "E":
        assert document.frontmatter["date"] == (article.dateline_day or article.published).isoformat()
