from __future__ import annotations

import subprocess
import sys

import pytest

from copydesk.markdown.needs import needs_markup
from tests.markdown.marked_pages import made


@pytest.mark.parametrize(
    "html", ["", "<p>a</p><h2>b</h2>", "<div><a href='/'>menu</a></div><p>a</p>", "<p>a <s>b</s></p>"]
)
def test_plain_articles_need_no_markup(html: str) -> None:
    """Text, and links in the furniture of a page, are no reason to load anything."""
    elements, page = made(html)
    body = [element for element in elements if element.text != "menu"]

    assert not needs_markup(body, page)


@pytest.mark.parametrize(
    "html",
    [
        *("<p>a <b>b</b></p>", "<b><p>a</p></b>", "<p>a<br>b</p>", "<p>a<img src='/x'></p>", "<img src='/x'>"),
        *("<ul><li>a</li></ul>", "<blockquote>a</blockquote>", "<table><tr><td>a</td></tr></table>"),
    ],
)
def test_markup_is_needed(html: str) -> None:
    """Whatever the plain writer can't say is seen."""
    elements, page = made(html)

    assert needs_markup(elements, page)


def test_asking_loads_nothing() -> None:
    """To ask whether markup is needed costs no heavy import."""
    code = (
        "import sys; import copydesk.markdown.needs; "
        "sys.exit(any(name in sys.modules for name in ('markdownify', 'bs4', 'lxml', 'copydesk.markdown.marked')))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
