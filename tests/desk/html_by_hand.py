"""HTML pages made by hand: cut, read by layouts, refused."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from copydesk.contract.layouts import Layout
from copydesk.desk.choose import choose
from copydesk.desk.read_html import read_html
from copydesk.desk.regions import Regions
from copydesk.desk.routing import Desk
from copydesk.desk.sheet import Sheet
from copydesk.errors import Rejection
from copydesk.page import paginate
from copydesk.values.capture import Capture, Page
from copydesk.values.markup import Markup
from copydesk.values.reading import Reading

HIDDEN = ("script", "style", "template", "title")
"""What a browser shows no text of; the list stands here a second time, so that the tests do not trust the first."""


def page_of(html: str) -> Page:
    """Return the page of an HTML capture, by the way that every capture takes."""
    return paginate(capture_of(html))


def capture_of(html: str, **known: str) -> Capture:
    """Return a capture that is seen to be HTML whatever it begins with; ``known`` is url, name or captured."""
    return Capture(f"<!DOCTYPE html>{html}".encode(), **known)


def markup_of(page: Page) -> Markup:
    """Return the elements of an HTML page."""
    assert page.markup is not None
    return page.markup


def blocks(html: str) -> list[str]:
    """Return the text of each block that a page shows."""
    page = page_of(html)
    return [page.text[block.start : block.end] for block in page.blocks[: page.shown]]


def roots_of(html: str) -> list[Any]:
    """Parse a page with lxml alone and return its roots."""
    root = etree.fromstring(html.encode(), etree.HTMLParser(encoding="utf-8", huge_tree=True))
    return [root, *root.itersiblings()]


def elements_of(html: str) -> list[Any]:
    """Return the elements of a page in document order, by lxml alone."""
    return [element for root in roots_of(html) for element in root.iter(etree.Element)]


def shown(element: Any) -> str:
    """Return the text of an element without what is not shown, by lxml alone."""
    if not isinstance(element.tag, str) or element.tag in HIDDEN:
        return ""
    inner = [(element.text or ""), *(shown(child) + (child.tail or "") for child in element)]
    return "".join(inner)


def ink(text: str) -> str:
    """Return a text without white space."""
    return "".join(text.split())


def read_html_by(html: str, *layouts: Layout, **known: str) -> Reading:
    """Return the reading of an HTML page by the one of the layouts that fits, with what is said of the choice."""
    capture = capture_of(html, **known)
    sheet = Sheet(paginate(capture))
    choice = choose(Desk(layouts), sheet, capture)
    assert isinstance(choice.fit, Regions)
    reading = read_html(capture, sheet, choice.layout, choice.fit)
    return reading._replace(flags=(*reading.flags, *choice.flags))


def html_rejected(html: str, *layouts: Layout, **known: str) -> Rejection:
    """Return why no layout fits an HTML page."""
    with pytest.raises(Rejection) as problem:
        read_html_by(html, *layouts, **known)
    return problem.value


def letters(html: str, *layouts: Layout) -> str:
    """Return the first letter of the role of each span, by the layout that fits; `f` for what is outside."""
    return "".join(span.role.value[0] for span in read_html_by(html, *layouts).spans)


def codes(reading: Reading) -> list[tuple[str, str]]:
    """Return code and severity of each flag of a reading."""
    return [(flag.code, flag.severity) for flag in reading.flags]
