from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from copydesk import Capture
from copydesk.desk.load import Host
from copydesk.desk.routing import Desk
from copydesk.errors import RuleError
from copydesk.pipeline import normalize
from copydesk.plugin import PARAGRAPH, Layout, line, some

PAGE = Capture(b"Head 1\nA sentence.", "page.txt")


def failing(_: str) -> str | None:
    """Fail as a plugin may."""
    raise ZeroDivisionError("no day")


@pytest.mark.parametrize(
    ("layout", "rule"),
    [
        (
            Layout("mine", page=(line("head", r"Head (?P<published>\d)", published=failing), some(PARAGRAPH))),
            "mine: head",
        ),
        (Layout("mine", page=(line("head", r"Head \d"), some(PARAGRAPH)), posted=failing), "mine: posted"),
    ],
    ids=["reader", "posted"],
)
def test_a_reader_that_raises_is_named(layout: Layout, rule: str) -> None:
    """Whatever a plugin's reader raises is a Copydesk error that names the rule."""
    with pytest.raises(RuleError, match="ZeroDivisionError") as problem:
        normalize(PAGE, host=Host(Desk([layout]), ()))

    assert problem.value.rule == rule


def test_an_unknown_source_is_answered_for_by_the_layout() -> None:
    """A page of nobody's source is written by the plain rules, and says so."""
    layout = Layout("mine", page=(line("head", r"Head \d"), some(PARAGRAPH)))
    document = normalize(PAGE, host=Host(Desk([layout]), ()))

    assert document.paragraphs == ["A sentence."]
    assert document.frontmatter["source_id"] == "unknown"
    assert [found.code for found in document.account.diagnostics] == ["unknown-source", "unknown-language", "undated"]


HEAVY = ("bs4", "charset_normalizer", "cssselect", "lxml", "markdownify")


@pytest.mark.parametrize(
    ("case", "needed"),
    [("layout-a/capture.txt", []), ("html-q/capture.html", ["cssselect", "lxml"])],
)
def test_libraries_are_loaded_where_they_are_needed(case: str, needed: list[str]) -> None:
    """A text capture loads none of the libraries for HTML, and a page without markup in its text not markdownify."""
    code = (
        "import sys; from copydesk import Capture, normalize; "
        "normalize(Capture(open(sys.argv[1], 'rb').read())); "
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])"
    )
    file = Path(__file__).parents[1] / "seeds" / "kcna" / case
    found = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=True)

    assert found.stdout.split() == needed
