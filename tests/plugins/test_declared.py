from __future__ import annotations

import re

import pytest

from copydesk.plugin import Layout
from tests.plugins.installed import HOST, LAYOUTS, OWN_PLUGINS, landmarks, selectors

SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"


def test_every_installed_plugin_is_active() -> None:
    """No plugin of this environment is left out, and Copydesk's own are among them."""
    assert {plugin.name: plugin.problem for plugin in HOST.plugins if plugin.problem} == {}
    assert {plugin.name for plugin in HOST.plugins} >= OWN_PLUGINS >= {"kcna", "kcnawatch", "naenara"}


def test_ids_are_slugs() -> None:
    """The ids of layouts and sources are lower-case words, and no source is called as a layout is."""
    ids = [*HOST.desk.layouts, *HOST.desk.sources]

    assert [name for name in ids if not re.fullmatch(SLUG, name)] == []
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_landmark_compiles(layout: Layout) -> None:
    """A pattern that `re` refuses is found here and not on the first page that has it."""
    for pattern in landmarks(layout):
        assert pattern.compiled.pattern


@pytest.mark.parametrize("layout", [param for param in LAYOUTS if HOST.desk.layouts[str(param.id)].is_html])
def test_every_selector_can_be_parsed(layout: Layout) -> None:
    """A selector that cannot be parsed is found here and not on the first page; each layout of HTML has one."""
    assert [selector.names for selector in selectors(layout)]
