from __future__ import annotations

import json
from pathlib import Path
from types import CodeType

import pytest

from copydesk.contract.places import NOWHERE, place_in, place_of, shown
from copydesk.plugin import Findings, Reading, doubt, ends, last

HERE = Path(__file__)
MARK = ends("mark", r"(?P<end_mark>-0-)")
LINE_OF_MARK = next(n for n, line in enumerate(HERE.read_text("utf-8").splitlines(), 1) if line.startswith("MARK ="))


def rule(_: Reading) -> Findings:
    """Find nothing."""
    return ()


def test_a_pattern_knows_where_it_is_written() -> None:
    """The place of a pattern is the line of the plugin that makes it, not one of the core."""
    assert (str(HERE), LINE_OF_MARK) == MARK.place


def test_a_rule_is_where_it_is_written() -> None:
    """A function is where its `def` stands, a habit where its pattern is."""
    code: CodeType = rule.__code__

    assert place_of(rule) == (str(HERE), code.co_firstlineno)
    assert place_of(last(MARK)) == MARK.place
    assert place_of(object()) == NOWHERE


def test_what_the_core_makes_of_a_habit_has_a_place() -> None:
    """A rule that the core makes of a plugin's pattern, such as a doubt, is where the pattern is."""
    assert place_of(doubt("odd", "is odd", last(MARK))) == MARK.place


@pytest.fixture
def plugin(tmp_path: Path) -> Path:
    """Return the path of a plugin's file."""
    return tmp_path / "acme" / "plugin.py"


def raised(path: Path, code: str) -> BaseException:
    """Return what a file raises when it is run."""
    with pytest.raises(Exception) as problem:  # noqa: PT011 - whatever a plugin does
        exec(compile(code, str(path), "exec"), {})
    return problem.value


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("\n1 / 0", 2),
        ("def f():\n  return {}['a']\n\nf()", 2),
        ("from copydesk.plugin import line\nline('x',\n     '(?P<nonsense>a)')", 2),  # raised in the core
        ("import json\n\njson.loads('{')", 3),  # raised in the library
        ("x = (\n", 1),  # no Python
    ],
)
def test_what_is_raised_stands_in_the_plugin(plugin: Path, code: str, line: int) -> None:
    """The place of an exception is the innermost line of the plugin, wherever it was raised from there."""
    problem = raised(plugin, code)

    assert place_in(problem) == (str(plugin), line)
    assert shown(place_in(problem)) == f"acme/plugin.py:{line}"


def test_what_no_plugin_raised_stands_nowhere() -> None:
    """An exception of the library alone has no place, and nothing is shown of it."""
    assert place_in(json.JSONDecodeError("x", "", 0)) == NOWHERE
    assert shown(NOWHERE) == ""
