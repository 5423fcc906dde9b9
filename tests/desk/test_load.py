from __future__ import annotations

import sys
from types import ModuleType

import pytest

from copydesk.desk.installed import EntryPoint, entry_points
from copydesk.desk.load import OWN, load
from copydesk.desk.selection import installed
from copydesk.plugin import hookimpl
from tests.desk.made_up import Make, layout, layouts, source, sources


def test_a_hook_may_give_nothing(make: Make) -> None:
    """None and an empty list are nothing, and no fault."""

    @hookimpl
    def copydesk_sources() -> None:
        return None

    (plugin,) = load([make("empty", copydesk_sources, layouts())]).plugins

    assert (plugin.state, plugin.hooks) == ("active", ("copydesk_layouts", "copydesk_sources"))


def test_own_plugins_are_loaded_first(make: Make) -> None:
    """No plugin of another can take an id of Copydesk's own, whatever its name; the rest comes by name."""
    own = make("own", sources(source("kcna")), distribution=OWN)
    thief = make("a-thief", sources(source("kcna")), distribution="aaa")
    host = load([make("b", sources(source("b"))), thief, own])

    assert [plugin.name for plugin in host.plugins] == ["own", "a-thief", "b"]
    assert [plugin.state for plugin in host.plugins] == ["active", "left out", "active"]


def test_a_plugin_says_what_it_has(make: Make) -> None:
    """A plugin is listed with version, origin, hooks, sources and layouts; its values know whose they are."""
    point = make(
        "acme", sources(source("a"), source("b")), layouts(layout("p")), version="2.1", distribution="acme-news"
    )
    host = load([point])
    (plugin,) = host.plugins

    assert (plugin.name, plugin.version, plugin.origin, plugin.state) == ("acme", "2.1", "acme-news 2.1", "active")
    assert plugin.hooks == ("copydesk_layouts", "copydesk_sources")
    assert (plugin.sources, plugin.layouts, plugin.problem) == (("a", "b"), ("p",), "")
    assert [value.plugin for value in host.desk.sources.values()] == ["acme", "acme"]
    assert [value.plugin for value in host.desk.layouts.values()] == ["acme"]
    assert (host.version_of("acme"), host.version_of("nobody")) == ("2.1", "")


def test_an_entry_point_may_name_an_attribute(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """`module:a.b` is what stands there in the module."""
    make("inner", sources(source("inner")))
    outer = ModuleType("made_up_outer")
    outer.__dict__["plugins"] = ModuleType("plugins")
    outer.__dict__["plugins"].inner = sys.modules["made_up_inner"]
    monkeypatch.setitem(sys.modules, "made_up_outer", outer)

    host = load([EntryPoint("x", "made_up_outer:plugins.inner", "acme", "1")])

    assert list(host.desk.sources) == ["inner"]


def test_without_plugins_the_desk_is_empty() -> None:
    """A host without plugins is a host."""
    host = load([])

    assert (host.plugins, host.desk.sources, host.desk.layouts) == ((), {}, {})


def test_the_bundled_plugins_load() -> None:
    """All that Copydesk brings is active, at Copydesk's own version."""
    from copydesk import __version__

    host = load(point for point in entry_points() if point.distribution == OWN)

    sources = {"dprk-today", "kcna", "naenara", "pyongyang-times", "voice-of-korea"}

    assert {plugin.name: plugin.problem for plugin in host.plugins} == dict.fromkeys({*sources, "kcnawatch"}, "")
    assert {plugin.version for plugin in host.plugins} == {__version__}
    assert {name: found.plugin for name, found in host.desk.sources.items()} == {name: name for name in sources}
    assert sorted(host.desk.layouts) == [
        *("kcna-day-page", "kcna-day-page-at-host", "kcna-detail", "kcna-item", "kcna-q"),
        *(f"kcnawatch-{name}" for name in ("a", "a1", "b", "c", "d", "e", "html")),
        "naenara-page",
    ]


def test_the_installed_plugins_are_loaded_once() -> None:
    """A process has one host."""
    assert installed() is installed()
