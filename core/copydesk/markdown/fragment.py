"""The body of a document as a small HTML fragment of our own: few tags, bounded nesting, texts that are Markdown.

Paragraphs and headings without markup that stand in no list or quote need no tags: they are Markdown as they are.
"""

from collections.abc import Iterator, Sequence
from html import escape as as_html
from itertools import groupby
from typing import NamedTuple

from copydesk.markdown.escape import escape
from copydesk.markdown.nesting import QUOTE, Level, Nearest, Nesting, in_common
from copydesk.markdown.passages import image_html, is_marked, passage_of
from copydesk.markdown.ranges import Image, Marked, image_of, marked
from copydesk.markdown.tables import Cell, Cells, table_html
from copydesk.values.capture import Page
from copydesk.values.document import Element
from copydesk.values.markup import Markup
from copydesk.values.roles import Role

_TAGS = {Role.HEADING: "h2", Role.PARAGRAPH: "p", Role.CAPTION: "p", Role.LIST_ITEM: "p", Role.QUOTE: "p",
         Role.IMAGE: "p", Role.CELL: "p"}  # fmt: skip
_MARKER = {"h2": "## "}
_OPENS = frozenset((Role.LIST_ITEM, Role.QUOTE))
_NOTHING = Markup((), (), (), (), (), ())


class Box(NamedTuple):
    """A part of the fragment: a tag with boxes in it, or with its HTML; an item has a number.

    Of one without markup, ``plain`` is the Markdown of its text.
    """

    tag: str
    html: str
    boxes: "list[Box]"
    number: int = 0
    plain: str = ""


class Part(NamedTuple):
    """A part of a body: HTML, or what is Markdown already."""

    html: str
    markdown: str = ""


def fragment(elements: Sequence[Element], page: Page, base: str) -> Iterator[Part]:
    """Give the parts of a body. Raises ``ValueError`` for a role that makes no block."""
    body = Box("", "", [])
    body_of = _Body(page, base, elements)
    open_boxes, open_levels = [body], list[Level]()
    ended: set[int] = set()  # items that a heading or a table has ended do not go on behind it
    for element, told, box in body_of.boxes():
        levels = tuple(level for level in told if level.node not in ended)
        same = in_common(open_levels, levels)
        fewer = levels if element.role in _OPENS else levels[:same]
        if box.tag != "p":
            same, fewer = 0, ()
            ended.update(level.node for level in open_levels if level.tag != QUOTE and level.node >= 0)
        del open_boxes[same + 1 :], open_levels[same:]
        for level in fewer[same:]:
            open_boxes.append(_opened(open_boxes[-1], level))
            open_levels.append(level)
        open_boxes[-1].boxes.append(box)
    for is_plain, boxes in groupby(body.boxes, key=_is_plain):
        if is_plain:
            yield from (Part("", f"{_MARKER.get(box.tag, '')}{box.plain}") for box in boxes)
        else:
            yield Part("".join(map(_html, boxes)))


def _is_plain(box: Box) -> bool:
    return bool(box.plain)


def _opened(outer: Box, level: Level) -> Box:
    """Put a quote, or an item with its list if there is no such list at the end, into a box."""
    if level.tag == QUOTE:
        outer.boxes.append(Box(QUOTE, "", []))
        return outer.boxes[-1]
    if not outer.boxes or outer.boxes[-1].tag != level.tag:
        outer.boxes.append(Box(level.tag, "", []))
    item = Box("li", "", [], level.number)
    outer.boxes[-1].boxes.append(item)
    return item


class _Body:
    """The elements of a body, one by one as boxes."""

    __slots__ = ("_base", "_blocks", "_cells", "_elements", "_levels", "_marked", "_markup", "_page", "_used")

    def __init__(self, page: Page, base: str, elements: Sequence[Element]) -> None:
        self._page, self._base = page, base
        self._elements = [e for e in elements if e.text or e.role is Role.IMAGE]
        self._markup = page.markup or _NOTHING
        self._levels = Nesting(self._markup).levels(self._elements, page)
        alone = [element.node for element in elements if element.role is Role.IMAGE]
        spans = [span for element in elements for span in element.spans]
        first, last = min((s.start for s in spans), default=0), max((s.end for s in spans), default=0)
        self._marked = marked(self._markup, base, alone, first, last) if page.markup else Marked({}, [])
        self._cells = Cells(self._markup) if any(e.role is Role.CELL for e in elements) else None
        self._blocks = Nearest(self._markup, *{self._markup.tags[b.node] for b in page.blocks if b.node >= 0})
        self._used: set[int] = set()

    def boxes(self) -> Iterator[tuple[Element, tuple[Level, ...], Box]]:
        """Give each element with its levels and its box; the cells of a table are one."""
        pairs = zip(self._elements, self._levels, strict=True)
        for table, group in groupby(pairs, key=lambda pair: self._table(pair[0])):
            if table >= 0:
                cells = [(self._cell(element), self._passage(element)) for element, _ in group]
                yield self._elements[0]._replace(role=Role.CELL), (), Box("table", _table([*cells]), [])
            else:
                yield from ((e, levels, box) for e, levels in group if (box := self._box(e)) is not None)

    def _table(self, element: Element) -> int:
        cell = self._cell(element)
        return cell.table if cell else -1

    def _cell(self, element: Element) -> Cell | None:
        if element.role is not Role.CELL or self._cells is None or not element.spans:
            return None
        return self._cells.place(self._page.blocks[element.spans[0].block].node)

    def _box(self, element: Element) -> Box | None:
        if element.role is Role.IMAGE:
            image = image_of(self._markup, element.node, self._base) if element.node < len(self._markup.tags) else None
            return Box("p", image_html(image, titled=True), []) if image else None
        if element.role not in _TAGS:
            raise ValueError(f"role {element.role.value!r} makes no block of a body; give one of {', '.join(_TAGS)}")
        images = list(self._images(element))
        if images or is_marked(element, self._page, self._marked):
            return Box(_TAGS[element.role], passage_of(element, self._page, self._marked, images), [])
        plain = escape(element.text, heading=element.role is Role.HEADING)
        return Box(_TAGS[element.role], as_html(plain), [], plain=plain)

    def _passage(self, element: Element) -> str:
        return passage_of(element, self._page, self._marked, list(self._images(element)))

    def _images(self, element: Element) -> Iterator[Image]:
        """Give the images in an element's spans that stand in its blocks and were in no element before."""
        for span in element.spans:
            for image in self._marked.images_in(span.start, span.end):
                block = self._page.blocks[span.block].node
                if image.node not in self._used and self._blocks(image.node) == self._blocks(block):
                    self._used.add(image.node)
                    yield image


def _table(cells: list[tuple[Cell | None, str]]) -> str:
    return table_html([(cell, text) for cell, text in cells if cell])


def _html(box: Box) -> str:
    if box.tag in ("ul", "ol"):
        return _list_html(box, loose=not _is_tight(box))
    if box.tag == "table":
        return box.html
    return f"<{box.tag}>{box.html}{''.join(map(_html, box.boxes))}</{box.tag}>"


def _list_html(box: Box, *, loose: bool) -> str:
    items = "".join(f'<li value="{item.number}">{_item_html(item, loose=loose)}</li>' for item in box.boxes)
    return f"<{box.tag}>{items}</{box.tag}>"


def _item_html(item: Box, *, loose: bool) -> str:
    pieces = []
    for box in item.boxes:
        if box.tag in ("ul", "ol"):
            pieces.append(_list_html(box, loose=loose))
        else:
            pieces.append(_html(box) if loose else box.html)
    return "".join(pieces)


def _is_tight(box: Box) -> bool:
    """Tell whether a list can do without blank lines: its items are a line, and perhaps a list that starts at one."""
    return all(
        item.boxes[0].tag == "p" and len(item.boxes) <= 2 and all(map(_can_follow, item.boxes[1:]))
        for item in box.boxes
    )


def _can_follow(box: Box) -> bool:
    """Tell whether a part of an item can stand right below a line of text."""
    return box.tag in ("ul", "ol") and box.boxes[0].number <= 1 and _is_tight(box)
