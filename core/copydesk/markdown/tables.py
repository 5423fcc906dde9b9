"""Tables: which row and column of which table a cell stands in."""

from typing import NamedTuple

from copydesk.markdown.nesting import Nearest
from copydesk.values.markup import Markup

_SPARSE = 1000  # a table may have this many empty cells, and twenty for each that has text

_CELLS = ("td", "th")
_MAX_SPAN = 100


class Cell(NamedTuple):
    """A cell by its table, its row (both elements) and its column, from 0."""

    table: int
    row: int
    column: int


class Cells:
    """The places of all cells of a page, found in one pass."""

    __slots__ = ("_cell", "_places", "_table")

    def __init__(self, markup: Markup) -> None:
        self._cell, self._table = Nearest(markup, *_CELLS), Nearest(markup, "table")
        self._places: dict[int, Cell] = {}
        columns: dict[int, int] = {}
        for node, (tag, row) in enumerate(zip(markup.tags, markup.parents, strict=True)):
            if tag in _CELLS and row >= 0 and markup.tags[row] == "tr":
                column = columns.get(row, 0)
                columns[row] = column + _span(markup.attribute(node, "colspan"))
                self._places[node] = Cell(self._table(row), row, column)

    def place(self, node: int) -> Cell | None:
        """Return the place of the cell around an element; None outside a table."""
        found = self._places.get(self._cell(node))
        return found if found and found.table >= 0 else None


def _span(said: str) -> int:
    return min(max(int(said), 1), _MAX_SPAN) if said.isascii() and said.isdigit() and len(said) < 5 else 1


def table_html(cells: list[tuple[Cell, str]]) -> str:
    """Return the cells of one table, in order, as HTML: the first row is its head.

    Rows and columns without text are left out at the ends. A table of almost nothing but holes is none, and its texts
    are paragraphs.
    """
    rows: dict[int, dict[int, list[str]]] = {}
    for cell, text in cells:
        rows.setdefault(cell.row, {}).setdefault(cell.column, []).append(text)
    width = 1 + max(cell.column for cell, _ in cells)
    if width * len(rows) > _SPARSE + 20 * len(cells):
        return "".join(f"<p>{text}</p>" for _, text in cells)
    tags = ["th"] + ["td"] * (len(rows) - 1)
    return f"<table>{''.join(_row(row, width, tag) for row, tag in zip(rows.values(), tags, strict=True))}</table>"


def _row(row: dict[int, list[str]], width: int, tag: str) -> str:
    texts = (" ".join(row.get(column, ())) for column in range(width))
    return f"<tr>{''.join(f'<{tag}>{text}</{tag}>' for text in texts)}</tr>"
