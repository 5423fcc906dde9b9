from __future__ import annotations

import re

import pytest

from copydesk.plugin import Layout
from tests.plugins.installed import HOST, LAYOUTS, OWN_PLUGINS, landmarks

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
