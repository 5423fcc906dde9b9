"""A sheet: a page with what the layouts look for looked up once."""

from __future__ import annotations

import re
from bisect import bisect_left

from copydesk.contract.patterns import Pattern
from copydesk.values.capture import Page

KEY = 4
"""Landmarks are found by this many characters of plain text at their start."""


class Sheet:
    """A page, the first characters of its blocks, and a cache of what was looked for where."""

    __slots__ = ("_matches", "_places", "blocks", "keys", "page", "size", "text")

    def __init__(self, page: Page) -> None:
        text = page.text
        self.page = page
        self.text = text
        self.blocks = page.blocks
        self.size = len(page.blocks)
        self.keys = [text[start : start + KEY] for start, _, _ in page.blocks]
        self._places: dict[str, list[int]] = {}
        self._matches: dict[tuple[int, int], re.Match[str] | None] = {}

    def match(self, pattern: Pattern, block: int, at: int = -1) -> re.Match[str] | None:
        """Match a landmark at a block, or at the place ``at`` within it."""
        if block >= self.size:
            return None
        start, end, _ = self.blocks[block]
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
        (start, end, _), (first, last, _) = self.blocks[one], self.blocks[other]
        return self.text[start:end] == self.text[first:last] or self.said(one) == self.said(other)

    def said(self, block: int) -> str:
        """Return the text of a block, white space folded."""
        start, end, _ = self.blocks[block]
        return " ".join(self.text[start:end].split())
