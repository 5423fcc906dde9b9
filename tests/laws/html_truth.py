"""What must hold of every HTML page, and of the document of a page that carries a known article."""

from __future__ import annotations

import datetime
import json
from html.parser import HTMLParser

from hypothesis import settings
from lxml import etree

from copydesk import Capture, Document, Rejection, normalize
from copydesk.account import as_json
from copydesk.decoding import decode
from copydesk.page import paginate
from copydesk.testing import laws
from copydesk.values.capture import Page
from copydesk.values.reading import Reading, unread
from copydesk.values.roles import Role
from tests.laws.truth import ROLES, assert_total_account, assert_verbatim, visible
from tests.support.articles import PARAGRAPH, folded
from tests.support.html_pages import Printed, adapted, carries_html, lay_out_html
from tests.support.languages import FOLDERS, Foreign, foreign

FEWER = settings(max_examples=settings().max_examples // 4)
"""For what takes much time: a page of HTML costs ten times as much as a text capture."""
NOT_SHOWN = "iframe | noembed | noframes | script | style | template | title"
SHOWN = "//text()[not(ancestor::{})]".format(" or ancestor::".join(NOT_SHOWN.split(" | ")))
ADDRESSES = {
    "watch": "",
    "q": "http://www.kcna.kp/{folder}/article/q/0a1b2c3d4e5f60718293a4b5c6d7e8f9.kcmsf",
    "detail": "http://www.kcna.kp/{folder}/article/detail/0a1b2c3d4e5f60718293a4b5c6d7e8f9",
    "cojp": "http://www.kcna.co.jp/item/2010/201012/news08/20101208-11{folder}.html",
    "naenara": "http://naenara.com.kp/main/index/{folder}/first",
}
"""Where the pages of a layout are; only those of Naenara are known by it."""
OLD_FOLDERS = {"en": "ee", "es": "ss"}
CAPTURE_FIELDS = frozenset(
    ("captured", "input_sha256", "input_file", "frontmatter_sha256", "capture_url", "capture_layout", "warnings")
)


class _Data(HTMLParser):
    """Collects the text of HTML, without what the named elements hold."""

    def __init__(self, without: tuple[str, ...] = ()) -> None:
        super().__init__(convert_charrefs=True)
        self.without = without
        self.said: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the signature of HTMLParser
        if tag in self.without:
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            self._inside.remove(tag)

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.said.append(data)


def address_of(layout: str, lang: str = "en") -> str:
    """Return the address of a page in a layout, in the edition of a language; empty where none is needed."""
    return ADDRESSES[layout].format(folder=(OLD_FOLDERS if layout == "cojp" else FOLDERS).get(lang, ""))


def captured_html(page: str | bytes, layout: str, article: Printed, *, name: str = "page.html") -> Capture:
    """Return a page as a capture, with no more said of its saving than its layout needs.

    A page of layout detail tells no year, so the capture says that it was made ten days behind its dateline; one of
    kcna.co.jp without a dateline tells no language but by its address.
    """
    whole = foreign(article)
    day = whole.article.dateline_day or whole.article.published
    said = (day + datetime.timedelta(10)).isoformat() if layout == "detail" else ""
    needed = layout == "naenara" or (layout == "cojp" and not whole.dateline_text)
    url = address_of(layout, whole.lang) if needed else ""
    return Capture(page.encode() if isinstance(page, str) else page, name, url, said)


def document_of(article: Printed, layout: str, **shape: bool | int | str) -> Document:
    """Return the document of the page that carries an article; ``shape`` is as of `lay_out_html`."""
    return normalize(captured_html(lay_out_html(article, layout, **shape), layout, article))  # type: ignore[arg-type]


def truth_of(article: Printed, layout: str) -> list[tuple[Role, str]]:
    """Return the blocks that a document has of an article; Naenara has no lists, so that bullets stay text."""
    whole = adapted(foreign(article), layout)
    if layout == "naenara":
        return [(ROLES[PARAGRAPH], folded(text)) for text in whole.article.blocks()]
    return [(ROLES[kind], text) for kind, text in whole.article.body()]


def assert_true_to_html(article: Printed, layout: str, document: Document) -> None:
    """The document says of an article what its page says in this layout."""
    whole = adapted(foreign(article), layout)
    truth, facts, front = whole.article, carries_html(layout), document.frontmatter

    assert document.account.layout == LAYOUT_IDS[layout]
    assert [(element.role, element.text) for element in document.elements] == truth_of(article, layout)
    assert document.title == folded(truth.title)
    assert front["lang"] == whole.lang
    assert document.account.unread() == []
    assert front.get("author", []) == ([truth.byline] if truth.byline else [])
    assert front.get("source_label", "") == (truth.label if "label" in facts else "")
    assert_days_of(whole, layout, document)
    said = [(item.title, item.date, item.teaser) for item in document.account.related]
    listed = truth.related if "related" in facts else ()
    assert said == [(item.title, item.date.isoformat(), item.teaser) for item in listed]


LAYOUT_IDS = {
    "watch": "kcnawatch-html",
    "q": "kcna-q",
    "detail": "kcna-detail",
    "cojp": "kcna-item",
    "naenara": "naenara-page",
}
"""The layouts that read the pages."""


def assert_days_of(whole: Foreign, layout: str, document: Document) -> None:
    """The days, the dateline and its parts are those of the article, as far as the layout shows them."""
    truth, facts, front = whole.article, carries_html(layout), document.frontmatter
    day = truth.dateline_day
    dated = truth.published if "published" in facts else day
    assert front.get("date") == (dated.isoformat() if dated else None)
    if "captured" in facts:
        assert front["captured"] == truth.captured.isoformat()
    if not whole.dateline_text or day is None:
        assert not {"dateline", "dateline_place", "dateline_date", "agency"} & front.keys()
        return
    assert folded(str(front["dateline"])) == folded(whole.dateline_text)
    assert front["dateline_place"] == truth.dateline_place
    assert front["dateline_date"] == day.isoformat()
    assert front["agency"] == truth.agency


def assert_marks_of(whole: Foreign, layout: str, document: Document) -> None:
    """The end mark and the stamp stand in the account, whole and alone in their spans."""
    truth, reading = adapted(whole, layout).article, document.account.reading
    assert [reading.text(span) for span in reading.of(Role.END_MARK)] == [mark for mark in (truth.end.strip(),) if mark]
    assert [reading.text(span) for span in reading.of(Role.STAMP)] == [mark for mark in (truth.stamp,) if mark]


def shown(page: str) -> str:
    """Return the visible characters that a page shows, damaged or not, read with lxml alone."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    root = etree.fromstring(page.encode("utf-8", "replace"), parser)
    return "" if root is None else visible("".join(map(str, root.xpath(SHOWN))))  # roots behind `</html>` are in it


def shown_by_tokens(page: str) -> str:
    """Return the visible characters that a page without fault shows, read without lxml."""
    reader = _Data(tuple(NOT_SHOWN.split(" | ")))
    reader.feed(page)
    reader.close()
    return visible("".join(reader.said))


def assert_page_is_whole(page: Page, text: str) -> None:
    """The blocks that are shown have each visible character that the page shows, in order."""
    inside = "".join(page.text[block.start : block.end] for block in page.blocks[: page.shown])
    assert visible(inside) == shown(text)


def assert_head_in_account(reading: Reading) -> None:
    """Each thing that the head of a page says has a span of its own, and only these have the role of metadata."""
    told = [(note.start, note.end, note.value) for note in reading.page.notes]
    assert [(span.start, span.end, reading.text(span)) for span in reading.of(Role.METADATA)] == told


def assert_rendered(document: Document) -> None:
    """Rendered, the body shows the visible characters of its blocks and no others."""
    assert list(laws.faithful(document)) == []


def assert_lawful_document(document: Document) -> None:
    """The account is total, the body verbatim and shown when rendered, and the file reads back as it was written."""
    reading = document.account.reading
    if reading.page.markup is not None:
        assert_page_is_whole(reading.page, decode(reading.capture.data, reading.capture.encoding, html=True).text)
    assert_total_account(reading)
    assert_head_in_account(reading)
    assert_verbatim(document)
    assert_rendered(document)
    assert json.dumps(as_json(document.account, document.elements))
    assert list(laws.readable(document)) == []


def assert_lawful_html(capture: Capture) -> str:
    """A capture becomes a lawful document or is rejected with a code, and its account is total; say which it is."""
    try:
        document = normalize(capture)
    except Rejection as problem:
        assert problem.code
        assert str(problem)
        assert_unread_is_total(capture)
        return problem.code
    assert_lawful_document(document)
    assert normalize(capture).markdown == document.markdown
    return "document"


def assert_unread_is_total(capture: Capture) -> None:
    """The page of a capture, if it has one, is in its account before any rule has read it."""
    try:
        page = paginate(capture)
    except Rejection:
        return
    assert_total_account(unread(capture, page))


def without_capture_fields(document: Document) -> dict[str, object]:
    """Return the frontmatter that all captures of an article share."""
    return {key: value for key, value in document.frontmatter.items() if key not in CAPTURE_FIELDS}
