"""Loading: plugins one by one, each failure reported and left out."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from types import SimpleNamespace
from typing import NamedTuple, TypeVar

import pluggy

from copydesk.contract import hooks
from copydesk.contract.layouts import Layout
from copydesk.contract.patterns import Pattern
from copydesk.contract.places import place_in, shown
from copydesk.contract.selectors import Selector
from copydesk.contract.sources import Source
from copydesk.desk.installed import FILE, EntryPoint
from copydesk.desk.routing import Desk
from copydesk.errors import CopydeskError, PluginError

Value = TypeVar("Value", Layout, Source)

OWN = "copydesk"
"""The distribution whose plugins are loaded first, so that no other can take their names."""


LONGEST = 10.0
"""So many seconds the plugin of somebody else may take to be loaded."""


class Plugin(NamedTuple):
    """What became of a plugin: its hooks, sources and layouts, or the ``problem`` for which it was left out.

    ``off`` is one that was not to take part.
    """

    name: str
    version: str
    origin: str
    hooks: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    layouts: tuple[str, ...] = ()
    problem: str = ""
    off: bool = False

    @property
    def state(self) -> str:
        """`active`, `off`, `left out`, or `damaged`: active with a pattern that cannot be used."""
        if self.off:
            return "off"
        if not self.problem:
            return "active"
        return "damaged" if self.hooks else "left out"


class Host:
    """The desk with all plugins that loaded, and what became of each."""

    __slots__ = ("_versions", "desk", "plugins")

    def __init__(self, desk: Desk, plugins: tuple[Plugin, ...]) -> None:
        self.desk = desk
        self.plugins = plugins
        self._versions = {plugin.name: plugin.version for plugin in reversed(plugins)}  # of two, the first counts

    def version_of(self, plugin: str) -> str:
        """Return the version of a plugin by its name, or the empty string."""
        return self._versions.get(plugin, "")


def faults(host: Host) -> dict[str, list[str]]:
    """Return, for each plugin, what is wrong with its patterns: they are compiled here, and otherwise on first use."""
    found: dict[str, list[str]] = {}
    for layout in host.desk.layouts.values():
        without = [entry for run in layout.without for entry in run]
        said = found.setdefault(layout.plugin, [])
        _try_patterns([*layout.entries, *without, *layout.rules, *_in_parts(layout)], said)
    for source in host.desk.sources.values():
        rules = [rule for habits in source.habits.values() for rule in habits]
        _try_patterns(rules, found.setdefault(source.plugin, []))
    return {plugin: said for plugin, said in found.items() if said}


def _in_parts(layout: Layout) -> Iterator[object]:
    """Give the entries of an HTML layout, their selectors, and the entries in its regions."""
    for part in layout.parts:
        yield part.entry
        yield getattr(part.entry, "selector", None)
        yield from getattr(part.entry, "entries", ())


def _try_patterns(parts: Iterable[object], said: list[str]) -> None:
    for part in parts:
        for pattern in (part, getattr(part, "pattern", None), getattr(part, "behind", None)):
            try:
                if isinstance(pattern, Pattern):
                    _ = pattern.compiled
                elif isinstance(pattern, Selector):
                    _ = pattern.names
            except PluginError as problem:
                said.append(str(problem))


def load(points: Iterable[EntryPoint]) -> Host:
    """Load plugins by their entry points: Copydesk's own first, then by name."""
    manager = pluggy.PluginManager(hooks.PROJECT)
    manager.add_hookspecs(hooks)
    ordered = sorted(points, key=lambda point: (point.distribution != OWN, point))
    desk = Desk(own=[point.name for point in ordered if point.distribution == OWN])
    return Host(desk, tuple(_load(manager, desk, point) for point in ordered))


def _load(manager: pluggy.PluginManager, desk: Desk, point: EntryPoint) -> Plugin:
    plugin = Plugin(point.name, point.version, point.origin)
    try:
        if point.distribution == OWN:
            return _registered(plugin, manager, desk, _import(point.target))
        return _within_limits(plugin, manager, desk, point)
    except CopydeskError as problem:
        return plugin._replace(problem=_with_place(problem, str(problem)))
    except (Exception, SystemExit) as problem:  # a plugin may raise anything at import, and costs only itself
        return plugin._replace(problem=_with_place(problem, f"{type(problem).__name__}: {problem}"))


def _within_limits(plugin: Plugin, manager: pluggy.PluginManager, desk: Desk, point: EntryPoint) -> Plugin:
    from copydesk.limits import TookTooLong, within

    try:
        with within(LONGEST):
            return _registered(plugin, manager, desk, _import(point.target))
    except TookTooLong as problem:
        said = f"{problem} to load it; do nothing but make values when a module is imported"
        raise PluginError(_with_place(problem, said)) from None


def _with_place(problem: BaseException, said: str) -> str:
    return ": ".join(filter(None, (shown(place_in(problem)), " ".join(said.split()))))


def _import(target: str) -> object:
    if target.startswith(FILE):
        from copydesk.desk.single import import_file

        return import_file(target.removeprefix(FILE))
    module, _, attribute = target.partition(":")
    found: object = import_module(module)
    for name in filter(None, attribute.split(".")):
        found = getattr(found, name)
    return found


def _registered(plugin: Plugin, manager: pluggy.PluginManager, desk: Desk, module: object) -> Plugin:
    """Register a module with pluggy, call its hooks and put what they give on the desk."""
    if manager.has_plugin(plugin.name):
        raise PluginError(f"another plugin is called {plugin.name!r} already; rename the entry point, or the file")
    offered = _offered(module)
    manager.register(offered, plugin.name)
    try:
        manager.check_pending()
        layouts = _called(manager, offered, "copydesk_layouts", Layout, plugin.name)
        sources = _called(manager, offered, "copydesk_sources", Source, plugin.name)
        desk.add(layouts, sources)
    except pluggy.PluginValidationError as problem:
        manager.unregister(offered)
        said = " ".join(str(problem).split())
        raise PluginError(f"{said}; the hooks are copydesk_sources and copydesk_layouts") from None
    except BaseException:
        manager.unregister(offered)
        raise
    names = tuple(sorted(caller.name for caller in manager.get_hookcallers(offered) or ()))
    return plugin._replace(
        hooks=names, sources=tuple(source.id for source in sources), layouts=tuple(layout.id for layout in layouts)
    )


def _offered(module: object) -> object:
    """Return what a module marks as hooks, and no more: pluggy inspects each name of what it is given."""
    marked = f"{hooks.PROJECT}_impl"
    return SimpleNamespace(**{name: value for name, value in vars(module).items() if hasattr(value, marked)})


def _called(manager: pluggy.PluginManager, offered: object, hook: str, kind: type[Value], name: str) -> list[Value]:
    found: list[Value] = []
    for implementation in getattr(manager.hook, hook).get_hookimpls():
        if implementation.plugin is offered:
            for value in implementation.function() or ():
                if not isinstance(value, kind):
                    raise PluginError(f"{hook} gave {value!r}; it must give {kind.__name__} values")
                value.plugin = name
                found.append(value)
    return found
