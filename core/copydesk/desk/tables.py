"""Which tables of a body hold data, and which only hold a page together."""

from __future__ import annotations

from collections import Counter

from copydesk.desk.regions import Region
from copydesk.values.markup import Markup

CELLS = frozenset(("td", "th"))


class Tables:
    """The tables within a region that hold data: each cell is one block at most, and a row has several cells."""

    __slots__ = ("_data", "_markup")

    def __init__(self, region: Region, markup: Markup) -> None:
        self._markup = markup
        self._data: set[int] = set()
        top = set(region.nodes)
        blocks = Counter(block.node for block in region.sheet.blocks if markup.tags[block.node] != "caption")
        seen: dict[int, list[int]] = {}
        spoilt: set[int] = set()
        for node, count in blocks.items():
            tables = self._tables(node, top)
            if not tables:
                continue
            seen.setdefault(tables[0], []).append(node)
            if markup.tags[node] not in CELLS or count > 1:
                spoilt.add(tables[0])
            spoilt.update(tables[1:])  # a table around another holds the page together
        self._data = {table for table, cells in seen.items() if table not in spoilt and self._has_columns(cells)}

    def has(self, node: int) -> bool:
        """Tell whether an element is a cell of a table that holds data."""
        if not self._data or self._markup.tags[node] not in CELLS:
            return False
        table = next((n for n in self._markup.ancestors(node) if self._markup.tags[n] == "table"), -1)
        return table in self._data

    def _tables(self, node: int, top: set[int]) -> list[int]:
        """Return the tables around an element within the region, from the inside out."""
        found = []
        for around in self._markup.ancestors(node):
            if self._markup.tags[around] == "table":
                found.append(around)
            if around in top:
                break
        return found

    def _has_columns(self, cells: list[int]) -> bool:
        return max(Counter(self._markup.parents[cell] for cell in cells).values()) > 1
