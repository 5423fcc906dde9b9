"""Pages with markup, made by hand from a little HTML, and what a reader sees of rendered Markdown."""

from __future__ import annotations

from html.parser import HTMLParser

from copydesk.markdown.fold import fold
from copydesk.values.capture import Block, Page
from copydesk.values.document import Element
from copydesk.values.markup import Attributes, Markup
from copydesk.values.reading import Span
from copydesk.values.roles import Role

_ROLES = {
    "h2": Role.HEADING,
    "figcaption": Role.CAPTION,
    "td": Role.CELL,
    "th": Role.CELL,
    "li": Role.LIST_ITEM,
    "blockquote": Role.QUOTE,
}
_BLOCKS = frozenset((*_ROLES, "p", "ul", "ol", "table", "tr", "div", "body"))
_INLINE = frozenset(
    ("a", "b", "cite", "code", "del", "dfn", "em", "i", "img", "kbd", "s", "samp", "strike", "strong", "tt", "var")
)
_VOID = ("br", "img")


class _Maker(HTMLParser):
    """Builds a page; white space is kept, `br` is a line feed, and `img` in no block is an image of the article."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.parents: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.attributes: list[Attributes] = []
        self.open = [-1]
        self.holders = [-1]
        self.text = ""
        self.chunks: list[str] = []
        self.start = 0
        self.size = 0
        self.blocks: list[Block] = []
        self.found: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.finish()
        self.tags.append(tag)
        self.parents.append(self.open[-1])
        self.starts.append(self.size)
        self.ends.append(self.size)
        self.attributes.append(tuple((key, value or "") for key, value in attrs))
        node = len(self.tags) - 1
        if tag == "br":
            self.handle_data("\n")
        elif tag == "img" and self.holders[-1] < 0:
            self.found.append(Element(Role.IMAGE, "", (), node))
        if tag not in _VOID:
            self.open.append(node)
            if tag in _BLOCKS:
                self.holders.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.finish()
            self.holders.pop()
        assert tag == self.tags[self.open[-1]], f"{tag} ends where {self.tags[self.open[-1]]} is open"
        self.ends[self.open.pop()] = self.size

    def handle_data(self, data: str) -> None:
        self.text += data
        self.size += len(data)

    def finish(self) -> None:
        """Close the open block."""
        text, self.text = self.text, ""
        start, self.start = self.start, self.size + bool(text)
        self.size = self.start
        self.chunks += (text, "\n" if text else "")
        if text.strip():
            node = self.holders[-1]
            span = Span(start, start + len(text), self.role(node), "rule", len(self.blocks))
            self.blocks.append(Block(span.start, span.end, 1, node))
            if said := fold(text):
                self.found.append(Element(span.role, said, (span,)))

    def role(self, node: int) -> Role:
        """Return the role that the tags of a block give it."""
        while node >= 0:
            if self.tags[node] in _ROLES:
                return _ROLES[self.tags[node]]
            node = self.parents[node]
        return Role.PARAGRAPH


def made(html: str) -> tuple[list[Element], Page]:
    """Return the elements and the page of a little HTML."""
    maker = _Maker()
    maker.feed(html)
    maker.close()
    maker.finish()
    inline = tuple(node for node, tag in enumerate(maker.tags) if tag in _INLINE)
    markup = Markup(tuple(maker.tags), tuple(maker.parents), tuple(maker.starts), tuple(maker.ends),
                    tuple(maker.attributes), inline)  # fmt: skip
    return maker.found, Page("".join(maker.chunks), tuple(maker.blocks), "utf-8", markup)


_SHOWN = ("a", "em", "strong", "code", "span", "thead", "tbody")
_LEAVES = ("p", "li", "blockquote", "h2", "td", "th", "ul", "ol", "table", "tr")


class _Seer(HTMLParser):
    """Collects the texts of the blocks, white space at line ends folded, and the inline tags with their texts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.marks: list[tuple[str, str]] = []
        self.way: list[str] = []
        self._text = ""
        self._open: list[tuple[str, str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag in _LEAVES:
            self.finish()
            self.way.append(tag)
        elif tag == "br":
            self._text += "\n"
        elif tag == "img":
            self.marks.append(("img", f"{said.get('alt') or ''} {said.get('src')}"))
        elif tag in _SHOWN:
            self._open.append((tag, said.get("href") or "", len(self._text)))
        else:
            self._text += f"<{tag}>"

    def handle_endtag(self, tag: str) -> None:
        if tag in _LEAVES:
            self.finish()
        elif tag in _SHOWN:
            opened, href, start = self._open.pop()
            if tag in ("a", "em", "strong", "code"):
                self.marks.append((f"{opened} {href}".strip(), self._text[start:]))

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_comment(self, data: str) -> None:
        self._text += f"<!--{data}-->"

    def finish(self) -> None:
        """Close the open block."""
        text, self._text = self._text, ""
        lines = (line.strip(" ") for line in text.split("\n"))
        if said := " ".join(line for line in lines if line):
            self.texts.append(said)


def seen(html: str) -> list[str]:
    """Return the text of each block of rendered Markdown; a tag that nobody wrote stands in it."""
    return _seer(html).texts


def marks(html: str) -> list[tuple[str, str]]:
    """Return the emphasis, code, links and images of rendered Markdown with their texts, in the order of their ends."""
    return _seer(html).marks


def way(html: str) -> list[str]:
    """Return the tags of the blocks in order."""
    return _seer(html).way


def _seer(html: str) -> _Seer:
    seer = _Seer()
    seer.feed(html)
    seer.close()
    seer.finish()
    return seer
