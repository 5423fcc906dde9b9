from __future__ import annotations

import ast
import re

import pytest

from copydesk import Capture, normalize
from copydesk.contract.habits import Habit
from copydesk.desk.installed import entry_points
from copydesk.desk.load import OWN
from copydesk.desk.selection import installed
from copydesk.errors import Rejection
from copydesk.testing.checks.code import imported
from copydesk.testing.kit import Spec, kit_of
from tests.desk.by_hand import reading_of
from tests.support.specimens import SEEDS

OWN_PLUGINS = sorted(point.name for point in entry_points() if point.distribution == OWN)
KITS = {name: kit_of(Spec(name, (str(SEEDS),))) for name in OWN_PLUGINS}
FILES = [pytest.param(path, id=f"{path.parent.name}/{path.name}") for kit in KITS.values() for path in kit.files]


def test_every_installed_plugin_is_active() -> None:
    """No plugin of this environment is left out, and Copydesk's own are those that are tested here."""
    assert {plugin.name: plugin.problem for plugin in installed().plugins if plugin.problem} == {}
    assert OWN_PLUGINS == ["dprk-today", "kcna", "kcnawatch", "naenara", "pyongyang-times", "voice-of-korea"]
    assert len(FILES) > 6


def test_no_source_is_called_as_a_layout_is() -> None:
    """An id in the account means one thing."""
    desk = installed().desk

    assert desk.layouts.keys() & desk.sources.keys() == set()


@pytest.mark.parametrize("path", FILES)
def test_a_plugin_is_small(path: object) -> None:
    """A file of a plugin is read at one sitting."""
    assert len(path.read_text("utf-8").splitlines()) < 150  # type: ignore[attr-defined]


def test_no_two_plugins_import_each_other() -> None:
    """What plugins share has one direction, so that either can be read, and left out, by itself."""
    packages = {path.parent.name for kit in KITS.values() for path in kit.files}
    files = [path for kit in KITS.values() for path in kit.files]
    edges = {(path.parent.name, module.split(".")[0])
             for path in files for _, module in imported(ast.parse(path.read_bytes()))}  # fmt: skip
    between = {(one, other) for one, other in edges if other in packages and one != other}

    assert {(one, other) for one, other in between if (other, one) in between} == set()
    assert between


RARE = (
    reading_of("A sentence of the agency.", "www.kcna.kp (Juche113.5.27.)"),
    reading_of("Pyongyang, May 9 (KCNA) -- One line.", "Pyongyang, May 9 (KCNA) -- Another."),
)
"""Pages with what no specimen shows."""


@pytest.mark.parametrize("name", OWN_PLUGINS)
def test_each_rule_finds_something(name: str) -> None:
    """None of the plugin's rules is dead: a specimen shows it, or one of the pages above."""
    kit = KITS[name]
    seen = [step for case in kit.cases for step in kit.own_steps(case)]
    seen += [(ruled, page) for ruled in kit.rules for page in RARE]
    alive = {id(ruled.rule) for ruled, reading in seen if list(ruled.rule(reading))}

    assert [ruled.name for ruled in kit.rules if id(ruled.rule) not in alive] == []


def test_there_are_habits() -> None:
    """The rules that the checks walk through are those of the sources, function and habit."""
    rules = [ruled.rule for ruled in KITS["kcna"].rules]

    assert [name for name in ("kcna", "kcnawatch", "naenara", "pyongyang-times") if not KITS[name].rules] == []
    assert len([rule for rule in rules if isinstance(rule, Habit)]) > 10
    assert [rule for rule in rules if not isinstance(rule, Habit)]


def test_each_layout_of_no_articles_says_so() -> None:
    """A layout of pages that are no articles refuses its specimens with its reason."""
    kit = KITS["kcna"]
    refusing = [layout for layout in kit.layouts if layout.refuse]
    reasons = {}
    for case in kit.cases:
        if kit.layout_of(case) in {layout.id for layout in refusing}:
            with pytest.raises(Rejection, match=re.escape(f"(it fits {kit.layout_of(case)})")) as problem:
                normalize(case.capture, host=kit.host)
            reasons[kit.layout_of(case)] = problem.value.message.partition(" (it fits")[0]

    assert {layout.id: layout.refuse for layout in refusing} == reasons


CUT_OFF = "More From KCNA.kp (En)\nOther\nOther\nA teaser\nMay 09, 2023\nA teaser\nNext\nNext\nA te"
BROKEN_OFF = {
    "kcnawatch-d": f"A Title\nDate: 09/05/2023\nPyongyang, May 9 (KCNA) -- Text. -0-\n{CUT_OFF}",
    "kcnawatch-e": f"A Title\nPyongyang, May 9, 2023 16:22 KST (KCNA) -- Text. -0-\n{CUT_OFF}",
}


@pytest.mark.parametrize("page", BROKEN_OFF.values(), ids=BROKEN_OFF)
def test_a_list_that_breaks_off_is_no_body(page: str) -> None:
    """The items of a capture that ends in its list are refused or unread, and never text of the article."""
    try:
        document = normalize(Capture(page.encode()), host=installed())
    except Rejection:
        return

    assert document.paragraphs == ["Text."]
