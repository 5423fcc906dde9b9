"""A sheet: a page with what the layouts look for looked up once."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from copydesk.contract.patterns import Pattern
from copydesk.values.capture import Page
from copydesk.values.many import many
from copydesk.values.reading import Span
from copydesk.values.roles import Role

if TYPE_CHECKING:
    from copydesk.contract.selectors import Index

KEY = 4
"""Landmarks are found by this many characters of plain text at their start."""


class Sheet:
    """A page or some of its blocks, the first characters of each, and a cache of what was looked for where.

    ``numbers`` are the numbers of the blocks on the page. What only the head of a page says is on no sheet.
    """

    __slots__ = ("_index", "_matches", "_places", "blocks", "keys", "numbers", "page", "size", "text")

    def __init__(self, page: Page, numbers: Sequence[int] | None = None) -> None:
        text = page.text
        self.page = page
        self.text = text
        self.numbers = range(page.shown) if numbers is None else numbers
        self.blocks = page.blocks[: page.shown] if numbers is None else [page.blocks[n] for n in numbers]
        self.size = len(self.blocks)
        self.keys = [text[start : start + KEY] for start, _, _, _ in self.blocks]
        self._index: Index | None = None
        self._places: dict[str, list[int]] = {}
        self._matches: dict[tuple[int, int], re.Match[str] | None] = {}

    @property
    def index(self) -> Index | None:
        """The elements of an HTML page, looked up once; None for a text capture."""
        if self._index is None and self.page.markup is not None:
            from copydesk.contract.selectors import Index

            self._index = Index(self.page.markup)
        return self._index

    def spans(self, role: Role, rule: str, first: int = 0, last: int | None = None) -> list[Span]:
        """Return a span with a role for each block, or for those from ``first`` to before ``last``."""
        blocks = zip(self.blocks[first:last], self.numbers[first:last], strict=True)
        return many(Span, [(start, end, role, rule, number) for (start, end, _, _), number in blocks])

    def match(self, pattern: Pattern, block: int, at: int = -1) -> re.Match[str] | None:
        """Match a landmark at a block, or at the place ``at`` within it."""
        if block >= self.size:
            return None
        start, end, _, _ = self.blocks[block]
        if at > start:
            return pattern.find(self.text, at, end)
        key = (id(pattern), block)
        if key not in self._matches:
            self._matches[key] = pattern.find(self.text, start, end)
        return self._matches[key]

    def candidates(self, pattern: Pattern, block: int) -> list[int] | range:
        """Return the blocks from ``block`` on at which a landmark may stand, in order."""
        key = pattern.literal[:KEY]
        if len(key) < KEY:
            return range(block, self.size)
        if key not in self._places:
            self._places[key] = [number for number, said in enumerate(self.keys) if said == key]
        places = self._places[key]
        return places[bisect_left(places, block) :]

    def has(self, pattern: Pattern) -> bool:
        """Tell whether a landmark stands anywhere on the page."""
        return any(self.match(pattern, block) for block in self.candidates(pattern, 0))

    def alike(self, one: int, other: int) -> bool:
        """Tell whether two blocks say the same, whatever their white space."""
        (start, end, _, _), (first, last, _, _) = self.blocks[one], self.blocks[other]
        return self.text[start:end] == self.text[first:last] or self.said(one) == self.said(other)

    def said(self, block: int) -> str:
        """Return the text of a block, white space folded."""
        start, end, _, _ = self.blocks[block]
        return " ".join(self.text[start:end].split())
