from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from copydesk.desk.installed import EntryPoint
from copydesk.desk.load import Host, faults, load
from copydesk.plugin import PARAGRAPH, Layout, Source, ends, every, hookimpl, last, line, some
from tests.desk.made_up import Make, layout, layouts, source, sources

GOOD = "good"


@pytest.fixture
def good(make: Make) -> EntryPoint:
    """Return the entry point of a plugin that loads, behind all others by name."""
    return make(f"z-{GOOD}", sources(source(GOOD)), layouts(layout(f"{GOOD}-page")))


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], EntryPoint]]:
    """Write a plugin of one file that can be imported, and forget it afterwards."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def write(code: str) -> EntryPoint:
        (tmp_path / "made_up_file.py").write_text(code, "utf-8")
        return EntryPoint("bad", "made_up_file", "acme", "1.0")

    yield write
    sys.modules.pop("made_up_file", None)


def check_left_out(host: Host, name: str, *said: str) -> None:
    """Assert that one plugin is left out with a reason, and that the good one is there, whole."""
    states = {plugin.name: plugin.state for plugin in host.plugins}
    (bad,) = (plugin for plugin in host.plugins if plugin.name == name)

    assert states == {name: "left out", f"z-{GOOD}": "active"}
    assert [part for part in said if part not in bad.problem] == []
    assert (bad.hooks, bad.sources, bad.layouts) == ((), (), ())
    assert list(host.desk.sources) == [GOOD]
    assert list(host.desk.layouts) == [f"{GOOD}-page"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import no_such_module", ("ModuleNotFoundError", "no_such_module")),
        ("from copydesk.plugin import lines", ("ImportError", "lines")),
        ("x = 1 / 0", ("ZeroDivisionError: division by zero",)),
        ("this is no Python", ("SyntaxError",)),
        ("raise SystemExit(3)", ("SystemExit: 3",)),
        ("import sys; sys.exit()", ("SystemExit",)),
        ("def f(): f()\nf()", ("RecursionError",)),
        ("import copydesk.plugin as p\nX = p.line('x', '(?P<endmark>a)')", ("line('x')", "did you mean 'end_mark'")),
        ("from copydesk.plugin import Source\nX = Source('A B', 'x')", ("source 'A B'",)),
    ],
)  # fmt: skip
def test_a_plugin_that_cannot_be_imported_is_left_out(
    package: Callable[[str], EntryPoint], good: EntryPoint, code: str, said: tuple[str, ...]
) -> None:
    """Whatever happens while a plugin is imported costs that plugin alone, with the reason."""
    check_left_out(load([package(code), good]), "bad", *said)


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("no_such_module", "ModuleNotFoundError: No module named 'no_such_module'"),
        ("no_such.module", "ModuleNotFoundError: No module named 'no_such'"),
        ("copydesk:nothing", "AttributeError"),
        ("copydesk.plugin:Source.nothing", "AttributeError"),
        ("", "ValueError: Empty module name"),
        (":x", "ValueError: Empty module name"),
    ],
)
def test_an_entry_point_that_points_nowhere_is_left_out(good: EntryPoint, target: str, said: str) -> None:
    """A module or attribute that is not there is the reason."""
    check_left_out(load([EntryPoint("bad", target, "acme", "1.0"), good]), "bad", said)


def test_law_a_plugin_that_never_loads_is_left_out(
    package: Callable[[str], EntryPoint], good: EntryPoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Law: a module that loops or waits when it is imported costs itself alone, and its line is named."""
    monkeypatch.setattr("copydesk.desk.load.LONGEST", 0.2)
    for code in ("x = 1\nwhile True:\n    pass", "import time\ntime.sleep(60)"):
        host = load([package(code), good])
        sys.modules.pop("made_up_file", None)

        check_left_out(host, "bad", "made_up_file.py:", "took longer than 0.2 s to load it; do nothing but make values")


def test_a_wrong_hook_name_is_left_out(make: Make, good: EntryPoint) -> None:
    """A misspelt hook would never be called: the plugin is left out, and the message has the right names."""

    @hookimpl
    def copydesk_source() -> Any:
        return ()

    bad = make("bad", copydesk_source, layouts(layout("lost")))

    check_left_out(load([bad, good]), "bad", "copydesk_source", "the hooks are copydesk_sources and copydesk_layouts")


def test_a_hook_with_an_argument_is_left_out(make: Make, good: EntryPoint) -> None:
    """A hook has no arguments; one that wants some is refused, with what it wants."""

    @hookimpl
    def copydesk_layouts(config: object) -> Any:
        return (config,)

    check_left_out(load([make("bad", copydesk_layouts), good]), "bad", "copydesk_layouts", "config")


def test_a_plugin_that_is_refused_does_no_harm_to_the_next(make: Make, good: EntryPoint) -> None:
    """A plugin with a misspelt hook and a wrong argument leaves nothing behind that is held against others."""

    @hookimpl
    def copydesk_a_hook() -> Any:
        return ()

    @hookimpl
    def copydesk_layouts(config: object) -> Any:
        return (config,)

    check_left_out(load([make("bad", copydesk_a_hook, copydesk_layouts, sources(source("lost"))), good]), "bad")


@pytest.mark.parametrize(
    ("hook", "said"),
    [
        (sources(layout("x")), "copydesk_sources gave Layout('x'); it must give Source values"),
        (layouts(source("x")), "copydesk_layouts gave Source('x'); it must give Layout values"),
        (layouts(layout("x"), None), "copydesk_layouts gave None; it must give Layout values"),
        (sources("kcna"), "copydesk_sources gave 'kcna'; it must give Source values"),
    ],
)
def test_a_hook_that_gives_a_wrong_value_is_left_out(make: Make, good: EntryPoint, hook: Any, said: str) -> None:
    """The message has the hook, the value and what it must be; the good values beside it are not taken."""
    check_left_out(load([make("bad", hook), good]), "bad", said)


def test_a_hook_that_gives_one_value_is_left_out(make: Make, good: EntryPoint) -> None:
    """A bare value instead of a list of them is refused, and not taken apart."""

    @hookimpl
    def copydesk_sources() -> Any:
        return source("x")

    check_left_out(load([make("bad", copydesk_sources), good]), "bad", "TypeError", "not iterable")


def test_a_hook_that_raises_is_left_out(make: Make, good: EntryPoint) -> None:
    """An error in a hook, also in the middle of what it gives, costs all of the plugin and nothing else."""

    @hookimpl
    def copydesk_sources() -> Any:
        yield source("lost")
        raise LookupError("no such agency")

    check_left_out(
        load([make("bad", layouts(layout("lost")), copydesk_sources), good]), "bad", "LookupError: no such agency"
    )


def test_a_hook_that_exits_is_left_out(make: Make, good: EntryPoint) -> None:
    """A hook cannot end the process."""

    @hookimpl
    def copydesk_layouts() -> Any:
        raise SystemExit("enough")

    check_left_out(load([make("bad", copydesk_layouts), good]), "bad", "SystemExit: enough")


@pytest.mark.parametrize(
    ("hooks", "said"),
    [
        ((layouts(layout("lost")), sources(source("first"))), "the source id 'first' of Source('first')"),
        ((layouts(layout("lost")), sources(source("x", "FIRST"))), "the label 'first' of Source('x')"),
        ((layouts(layout("lost"), layout("page")), sources(source("x"))), "the layout id 'page' of Layout('page')"),
    ],
)  # fmt: skip
def test_the_second_of_two_owners_is_left_out(make: Make, hooks: Any, said: str) -> None:
    """A duplicate id or label is refused, both are named with their plugins, and the first stays whole."""
    first = make("first", sources(source("first")), layouts(layout("page")))
    host = load([make("second", *hooks), first])
    problem = {plugin.name: plugin.problem for plugin in host.plugins}

    assert problem["first"] == ""
    assert problem["second"].startswith(f"{said} in plugin 'second' belongs to ")
    assert "in plugin 'first' already; rename or leave out one of them" in problem["second"]
    assert (list(host.desk.sources), list(host.desk.layouts)) == (["first"], ["page"])


def test_two_plugins_of_one_name_are_two(make: Make) -> None:
    """The second plugin of a name is left out with a reason, and the first stays."""
    one, other = make("same", sources(source("one"))), make("same-again", sources(source("other")))
    host = load([one, other._replace(name="same")])

    assert [plugin.state for plugin in host.plugins] == ["active", "left out"]
    assert "same" in host.plugins[1].problem
    assert list(host.desk.sources) == ["one"]


def test_a_problem_is_one_line(make: Make) -> None:
    """The reason for which a plugin is left out can be shown in one line."""

    @hookimpl
    def copydesk_layouts(config: object) -> Any:
        return (config,)

    (plugin,) = load([make("bad", copydesk_layouts)]).plugins

    assert "\n" not in plugin.problem


def test_a_pattern_that_cannot_be_used_is_a_fault(make: Make, good: EntryPoint) -> None:
    """Patterns are compiled on first use; who asks for the faults of a host hears of each, by plugin and pattern."""
    head, mark = line("bad head", r"Head("), ends("bad mark", r"-0-[")
    never = line("bad absence", r"Never(")
    page = Layout("page", page=(some(PARAGRAPH), head), without=(never,), rules=(every(mark),))
    agency = Source("agency", "The Agency", habits={"en": (last(mark), every(mark, behind=head))})
    found = faults(load([make("bad", layouts(page), sources(agency)), good]))

    assert list(found) == ["bad"]
    assert [problem.split(": ")[1] for problem in found["bad"]] == [
        *("line('bad head')", "line('bad absence')", "ends('bad mark')"),
        *("ends('bad mark')", "ends('bad mark')", "line('bad head')"),
    ]
