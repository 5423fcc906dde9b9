"""Whether the plugin loads, and all of its patterns and selectors can be used."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.desk.load import faults
from copydesk.testing.kit import Kit


def loads(kit: Kit) -> Iterator[str]:
    """The plugin is active: it is known, nothing of it is left out, and each pattern and selector compiles."""
    name, plugin = kit.spec.plugin, kit.plugin
    if plugin is None:
        known = ", ".join(sorted(plugin.name for plugin in kit.host.plugins))
        yield f"no plugin is called {name!r}; there are {known}; install its package once more, or name its folder"
    elif plugin.problem:
        yield f"plugin {name!r} ({plugin.origin}) is {plugin.state}: {plugin.problem}"
    elif not plugin.hooks:
        yield f"plugin {name!r} ({plugin.origin}) has no hook; mark copydesk_sources or copydesk_layouts with @hookimpl"
    elif not (plugin.sources or plugin.layouts):
        yield f"plugin {name!r} ({plugin.origin}) gives no source and no layout; return them from its hooks"
    yield from faults(kit.host).get(name, ())
