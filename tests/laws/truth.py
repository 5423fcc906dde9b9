"""What must hold of every document, whatever capture it came from."""

from __future__ import annotations

from copydesk import Capture, Document
from copydesk.testing import laws
from copydesk.testing.laws import visible
from copydesk.values.reading import Reading
from copydesk.values.roles import Role
from tests.support.articles import HEADING, LIST_ITEM, PARAGRAPH, Article
from tests.support.pages import carries

__all__ = ["ROLES", "assert_total_account", "assert_true_to", "assert_verbatim", "capture_of", "visible"]

ROLES = {PARAGRAPH: Role.PARAGRAPH, HEADING: Role.HEADING, LIST_ITEM: Role.LIST_ITEM}


def assert_total_account(reading: Reading) -> None:
    """Each visible character of the page stands in exactly one span, in reading order, and each span has a role."""
    assert list(laws.total(reading)) == []


def assert_verbatim(document: Document) -> None:
    """The body has the visible characters of its spans and no others; every body span is in one element."""
    assert list(laws.verbatim(document)) == []


def assert_true_to(article: Article, layout: str, document: Document) -> None:
    """The document says of an article what its page says in this layout."""
    facts = carries(layout)
    front = document.frontmatter
    assert [(e.role, e.text) for e in document.elements] == [(ROLES[kind], text) for kind, text in article.body()]
    assert front.get("title", "") == (article.title if "title" in facts else "")
    if "published" in facts:
        assert front["date"] == article.published.isoformat()
    if "captured" in facts:
        assert front["captured"] == article.captured.isoformat()
    if "label" in facts:
        assert front["source_label"] == article.label
    if "related" in facts:
        said = [(item.date, item.teaser) for item in document.account.related]
        assert said == [(item.date.isoformat(), item.teaser) for item in article.related]
    if article.dateline_day is not None and article.dateline_place and "published" in facts:
        assert front["dateline_date"] == article.dateline_day.isoformat()
        assert front["dateline_place"] == article.dateline_place
    assert document.account.unread() == []


def capture_of(text: str, *, url: str = "", name: str = "page.txt") -> Capture:
    """Return a text as a capture."""
    return Capture(text.encode("utf-8", "surrogatepass"), name, url)
