"""Kind and visible text of each block of an HTML page, so that any engine can be asked."""

from __future__ import annotations

from html.parser import HTMLParser

from tests.markdown.rendering import Block

_NAMES = {"": "paragraph", "h2": "heading h2", "li": "list_item", "blockquote": "quote"}
_WITHOUT_KIND = ("p", "ul", "thead", "tbody")
_UNSEEN = ("a", "span")
_BLOCKS = frozenset(
    (
        *("p", "ul", "ol", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr"),
        *("table", "thead", "tbody", "tr", "td", "th", "div", "dl", "dt", "dd", "section"),
    )
)


class _Reader(HTMLParser):
    """Collects the blocks; a tag within a line that is no link stands in the text, where nobody expects it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._open: list[str] = []
        self._text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the signature of HTMLParser
        if tag in _BLOCKS:
            self.finish()
            self._open.append(tag)
        elif tag not in _UNSEEN:
            self._text += f"<{tag}>"

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.finish()
            self._open.remove(tag)

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_comment(self, data: str) -> None:
        self._text += f"<!--{data}-->"

    def finish(self) -> None:
        """Close the block that is being read."""
        text, self._text = self._text.strip("\n"), ""
        if text.strip(" "):
            kind = "/".join(tag for tag in self._open if tag not in _WITHOUT_KIND)
            self.blocks.append((_NAMES.get(kind, kind), text))


def read(html: str) -> list[Block]:
    """Return kind and visible text of each block."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.finish()
    return reader.blocks
