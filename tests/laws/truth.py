"""What must hold of every document, whatever capture it came from."""

from __future__ import annotations

from copydesk import Capture, Document
from copydesk.values.reading import Reading
from copydesk.values.roles import BODY, Role
from tests.support.articles import HEADING, LIST_ITEM, PARAGRAPH, Article
from tests.support.pages import carries

ROLES = {PARAGRAPH: Role.PARAGRAPH, HEADING: Role.HEADING, LIST_ITEM: Role.LIST_ITEM}


def visible(text: str) -> str:
    """Return a text without its white space."""
    return "".join(text.split())


def assert_total_account(reading: Reading) -> None:
    """Each visible character of the page stands in exactly one span, in reading order, and each span has a role."""
    text, at = reading.page.text, 0
    for span in reading.spans:
        assert at <= span.start < span.end <= len(text)
        assert visible(text[at : span.start]) == ""
        assert isinstance(span.role, Role)
        at = span.end
    assert visible(text[at:]) == ""


def assert_verbatim(document: Document) -> None:
    """The body has the visible characters of its spans and no others; every body span is in one element."""
    from copydesk.markdown.fold import fold

    reading = document.account.reading
    for element in document.elements:
        said = "".join(reading.text(span) for span in element.spans)
        assert visible(fold(said)) == visible(element.text)
    used = [span for element in document.elements for span in element.spans]
    left = [span for span in reading.spans if span.role in BODY and span not in used]
    assert [span for span in left if fold(reading.text(span))] == []


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
