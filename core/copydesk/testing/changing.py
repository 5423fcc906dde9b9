"""Changing a case: one paragraph of its page is replaced, added or taken out, and all else stays as it is."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from copydesk.decoding import decode, is_html
from copydesk.errors import CopydeskError
from copydesk.limits import TookTooLong, within
from copydesk.pipeline import normalize
from copydesk.testing.cases import Case
from copydesk.testing.kit import Kit
from copydesk.values.capture import Capture
from copydesk.values.document import Document, Element
from copydesk.values.roles import PARAGRAPH

LONGEST = 5.0


class Place(NamedTuple):
    """Where a paragraph stands: its number in the body, its words, and the whole line or element around them."""

    number: int
    start: int
    end: int
    outer: tuple[int, int]


class Changeable(NamedTuple):
    """A page of a case as text, the document it becomes, and the paragraphs that can be changed."""

    case: Case
    text: str
    document: Document
    places: tuple[Place, ...]

    def capture(self, text: str) -> Capture:
        """Return the capture of the case with another text, in UTF-8."""
        return self.case.capture._replace(data=text.encode("utf-8", "surrogatepass"), encoding="utf-8")

    def replaced(self, place: Place, words: str) -> Capture:
        """Return the page with other words in the place of a paragraph."""
        return self.capture(self.text[: place.start] + self._written(words) + self.text[place.end :])

    def with_another(self, place: Place, words: str) -> Capture:
        """Return the page with another paragraph behind one."""
        return self.capture(self.text[: place.outer[1]] + self._another(place, words) + self.text[place.outer[1] :])

    def removed(self, place: Place) -> Capture:
        """Return the page without a paragraph."""
        return self.capture(self.text[: place.outer[0]] + self.text[place.outer[1] :])

    def with_more(self, count: int) -> Capture:
        """Return the page with so many paragraphs more behind the first that can be changed."""
        place = self.places[0]
        more = "".join(self._another(place, f"Number {number} was added to make the page long.")
                       for number in range(count))  # fmt: skip
        return self.capture(self.text[: place.outer[1]] + more + self.text[place.outer[1] :])

    def _another(self, place: Place, words: str) -> str:
        if not self.is_html:
            return f"\n\n{words}"
        around = self.text[slice(*place.outer)]
        return f"{around[: around.index('>') + 1]}{self._written(words)}{around[around.rindex('</') :]}"

    def _written(self, words: str) -> str:
        return html.escape(words, quote=False) if self.is_html else words

    @property
    def is_html(self) -> bool:
        """Whether the page is one of HTML."""
        return self.document.account.reading.page.markup is not None


def changeables(kit: Kit) -> Iterator[Changeable]:
    """Give the pages of the cases that become documents, with what can be changed in them."""
    for case, _ in kit.documents.values():
        text = _text_of(case)
        try:
            with within(LONGEST):
                bare = Changeable(case, text, normalize(_recoded(case, text), host=kit.host), ())
        except (CopydeskError, TookTooLong):
            continue
        places = _in_html(bare) if bare.is_html else _in_text(bare)
        yield bare._replace(places=tuple(places))


def _recoded(case: Case, text: str) -> Capture:
    return case.capture._replace(data=text.encode("utf-8", "surrogatepass"), encoding="utf-8")


def _text_of(case: Case) -> str:
    data = case.capture.data
    text = decode(data, case.capture.encoding, html=is_html(data)).text
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _plain(document: Document) -> Iterator[tuple[int, Element]]:
    """Give the paragraphs that are one stretch of one block, with their numbers."""
    for number, element in enumerate(document.elements):
        if element.role is PARAGRAPH and len(element.spans) == 1:
            yield number, element


def _in_text(page: Changeable) -> Iterator[Place]:
    reading = page.document.account.reading
    if reading.page.text != page.text:
        return
    for number, element in _plain(page.document):
        span = element.spans[0]
        block = reading.page.blocks[span.block]
        yield Place(number, span.start, span.end, (block.start, block.end))


def _in_html(page: Changeable) -> Iterator[Place]:
    """Give the paragraphs whose words stand once on the page, as they are, in an element `p` without others in it."""
    for number, element in _plain(page.document):
        words = page.document.account.reading.text(element.spans[0])
        said = html.escape(words, quote=False)
        found = [*re.finditer(rf"<p(?:\s[^<>]*)?>[^<>]*?(?P<words>{re.escape(said)})[^<>]*</p>", page.text)]
        if len(found) == 1 and page.text.count(said) == 1:
            yield Place(number, *found[0].span("words"), found[0].span())
