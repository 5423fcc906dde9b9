from __future__ import annotations

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
