from __future__ import annotations

import pytest

from copydesk.plugin import FURNITURE, PARAGRAPH, Layout, css, maybe, some
from tests.desk.by_hand import outline
from tests.desk.html_by_hand import letters, read_html_by

BODY = css("div.body", some(PARAGRAPH))
LAYOUT = Layout("x", page=(BODY,))


def body(html: str) -> str:
    """Return the first letters of the roles in a body: `p` for paragraph, `c` for cell (and caption)."""
    return letters(f"<div class='body'>{html}</div>", LAYOUT)


@pytest.mark.parametrize(
    "table",
    [
        "<tr><td>a<td>b<tr><td>c<td>d",
        "<tr><th>a<th>b<tr><td>c<td>d",
        "<tr><th>a<td>b<tr><th>c<td>d",
        "<thead><tr><th>a<th>b<tbody><tr><td>c<td>d",
        "<tr><td>a<td><td>b<tr><td>c<td>d",
        "<tr><td colspan=2>a<tr><td>b<td>c<tr><td>d",
        "<tr><td><b>a</b><td><a href=x>b</a> <tr><td>c<br>c<td><span>d</span>",
    ],
)
def test_a_table_of_short_cells_holds_data(table: str) -> None:
    """Where each cell is one block at most and some row has several, the cells are cells."""
    assert body(f"x<table>{table}</table>y") == "pccccp"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("<tr><td>a<tr><td>b", "pp"),
        ("<tr><td><p>a</p><td>b", "pp"),
        ("<tr><td>a<br><br>b<td>c", "ppp"),
        ("<tr><td>a<ul><li>b</ul><td>c", "plp"),
        ("<tr><td>a<tr><td>b<td><table><tr><td>c</table>", "ppp"),
    ],
)
def test_a_table_that_holds_the_page_together_is_none_of_data(table: str, expected: str) -> None:
    """One column, or cells with several blocks, are paragraphs in reading order."""
    assert body(f"<table>{table}</table>") == expected


def test_a_table_of_data_in_one_of_layout_is_one_of_data() -> None:
    """The outer table holds the page together, the inner one has cells."""
    table = "<table><tr><td>a<td><table><tr><td>c<td>d</table></table>"

    assert body(table) == "pcc"
    assert body("<table><tr><td>a<td>b<tr><td colspan=2><table><tr><td>c<td>d</table></table>") == "ppcc"
    assert body(f"<table><tr><td>{table}</table>") == "pcc"


def test_tables_are_told_apart_one_by_one() -> None:
    """A table of layout spoils no other."""
    data, layout = "<table><tr><td>a<td>b</table>", "<table><tr><td>c<tr><td>d</table>"

    assert body(data + layout + data) == "ccppcc"


def test_a_table_around_the_region_is_none_of_it() -> None:
    """A region that is itself within a table, or a cell, looks at nothing outside."""
    assert letters("<table><tr><td><div class='body'><p>a</p><p>b</p></div><td>c</table>", LAYOUT) == "ppf"
    cells = Layout("x", page=(css("td.body", some(PARAGRAPH)),))
    assert letters("<table><tr><td class='body'>a<td>b</table>", cells) == "pf"
    assert letters("<table><tr><td class='body'>a<td class='body'>b</table>", cells) == "pp"
    rows = Layout("x", page=(css("table.body", some(PARAGRAPH)),))
    assert letters("<table class='body'><tr><td>a<td>b</table>", rows) == "cc"


def test_what_others_have_taken_is_not_looked_at() -> None:
    """A block in a cell that an entry before has taken does not spoil the table."""
    layout = Layout("x", page=(maybe(css("td p", some(FURNITURE))), BODY))

    assert letters("<div class='body'><table><tr><td>a<p>ad</p><td>b</table></div>", layout) == "cfc"


def test_the_account_says_that_it_is_a_table() -> None:
    """The rule of a cell names the gap and the tag."""
    (one, _) = read_html_by("<div class='body'><table><tr><td>a<td>b</table></div>", LAYOUT).spans

    assert (one.role.value, one.rule) == ("cell", "x: some paragraph, in table")


def test_a_table_with_a_caption_holds_data() -> None:
    """What stands above a table of data says what it holds."""
    table = "<table><caption>Jars</caption><tr><td>a<td>b<tr><td>c<td>d</table>"

    assert outline(read_html_by(f"<div class='body'>{table}</div>", LAYOUT)) == [
        ("caption", "Jars"),
        ("cell", "a"),
        ("cell", "b"),
        ("cell", "c"),
        ("cell", "d"),
    ]
