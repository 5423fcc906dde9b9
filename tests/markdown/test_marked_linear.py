from __future__ import annotations

from collections.abc import Callable
from time import process_time

import pytest

from copydesk.markdown.marked import write_marked
from tests.markdown.marked_pages import made

BASE = "http://base.example/d/page.html"

_Make = Callable[[int], str]
_HOSTILE: dict[str, _Make] = {
    "nested emphasis": lambda size: f"<p>{'<b>' * size}a{'</b>' * size}</p>",
    "nested emphasis around text": lambda size: f"<p>{'<b>a<i>' * size}a{'</i></b>' * size}</p>",
    "neighbours": lambda size: f"<p>{'<b>a</b> <i>b</i> ' * size}</p>",
    "spaces": lambda size: f"<p>a{' ' * 10 * size}<b>b</b>{' ' * 10 * size}c</p>",
    "links": lambda size: f"<p>{'<a href=/x>a</a> ' * size}</p>",
    "images": lambda size: f"<p>a{'<img src=/x alt=a>' * size}</p>",
    "breaks": lambda size: f"<p>{'a<br>' * size}</p>",
    "nested lists": lambda size: f"{'<ul><li>a' * size}{'</li></ul>' * size}",
    "nested quotes": lambda size: f"{'<blockquote>a' * size}{'</blockquote>' * size}",
    "items": lambda size: f"<ol>{'<li>a</li>' * size}</ol>",
    "rows": lambda size: f"<table>{'<tr><td>a</td><td>b</td></tr>' * size}</table>",
    "nested tables": lambda size: f"{'<table><tr><td>a' * size}{'</td></tr></table>' * size}",
}


@pytest.mark.parametrize("kind", _HOSTILE)
def test_linear_time(kind: str) -> None:
    """Eight times the elements take far less than the 64 times of a quadratic search."""
    small, large = (_cost(kind, size) for size in (400, 3200))

    assert large < 24 * small + 0.05


def _cost(kind: str, size: int) -> float:
    """Return the least processor time, in seconds, of writing a body."""
    elements, page = made(_HOSTILE[kind](size))
    times = []
    for _ in range(2):
        before = process_time()
        write_marked(elements, page, BASE)
        times.append(process_time() - before)
    return min(times)


@pytest.mark.parametrize("kind", [kind for kind in _HOSTILE if kind.startswith(("nested", "spaces"))])
def test_no_deep_recursion(kind: str) -> None:
    """Ten thousand elements, one in the other, and a hundred thousand spaces are written."""
    elements, page = made(_HOSTILE[kind](10_000))

    assert write_marked(elements, page, BASE).count("a")
