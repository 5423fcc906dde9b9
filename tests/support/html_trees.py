"""Pages of HTML read with lxml, without anything of the project's."""

from __future__ import annotations

from lxml import etree

from tests.support.html_parts import folded

TITLES = {
    "watch": "//h1[@class='article-title']",
    "q": "//div[@class='article-main-title']",
    "detail": "//main/article/div[@class='container']/h1[@class='text-center text-danger']",
    "cojp": "//table[last()]//p[2]",
    "naenara": "//h2[@class='title']",
}
BODIES = {
    "watch": "//div[@class='article-content']/p",
    "q": "//div[@class='article-content-body']/div[@class='content-wrapper']/p",
    "detail": "//main/article/div[@class='container']/p",
    "cojp": "//table[last()]//p[position() > 2]",
    "naenara": "//div[@class='content']/p",
}
def tree_of(page: str) -> etree._Element:
    """Return the tree of a page, without what a browser makes no text of."""
    tree = etree.fromstring(page.encode(), etree.HTMLParser(encoding="utf-8"))
    etree.strip_elements(tree, "template", "script", "style", "svg", with_tail=False)
    return tree


def texts(tree: etree._Element, path: str) -> list[str]:
    """Return the text of each element of a path, as a browser folds it."""
    found = tree.xpath(path)
    assert isinstance(found, list)
    return [folded(str(element.xpath("string()"))) for element in found]
