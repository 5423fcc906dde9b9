"""Which plugins take part: those that are installed, those of one file in a folder, or some of these by name."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from copydesk.desk.installed import EntryPoint, entry_points
from copydesk.desk.load import OWN, Host, Plugin, load
from copydesk.errors import PluginError

NAMES = "COPYDESK_PLUGINS"
FOLDERS = "COPYDESK_PLUGINS_DIR"


class Selection(NamedTuple):
    """Plugins by ``names`` (all, where there is none), with those in ``folders``; ``own``: Copydesk's own and these."""

    names: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    own: bool = False


def from_environment() -> Selection:
    """Return what the environment says: names with commas between, folders as in `PATH`; empty is not set."""
    names = filter(None, map(str.strip, os.environ.get(NAMES, "").split(",")))
    return Selection(tuple(names), tuple(filter(None, os.environ.get(FOLDERS, "").split(os.pathsep))))


def installed() -> Host:
    """Return the host of the plugins that the environment selects."""
    return host_of(from_environment())


@lru_cache(maxsize=8)
def host_of(selection: Selection) -> Host:
    """Load the plugins of a selection, once in a process.

    Raises PluginError for a folder that cannot be read, and for a name that no plugin has.
    """
    points = points_of(selection)
    _check_known(selection.names, points)
    off = [point for point in points if not _takes_part(point, selection)]
    host = load(point for point in points if point not in off)
    return Host(host.desk, (*host.plugins, *(_off(point) for point in off)))


def points_of(selection: Selection) -> list[EntryPoint]:
    """Return the entry points of all plugins there are, also of those that are not to take part."""
    return [*entry_points(), *_in_folders(selection.folders)]


def _in_folders(folders: Sequence[str]) -> list[EntryPoint]:
    if not folders:
        return []
    from copydesk.desk.single import in_folder

    return [point for folder in folders for point in in_folder(folder)]


def _check_known(names: Sequence[str], points: Sequence[EntryPoint]) -> None:
    known = sorted({point.name for point in points})
    for name in names:
        if name not in known:
            raise PluginError(f"no plugin is called {name!r}; there are {', '.join(known) or 'none'}")


def _takes_part(point: EntryPoint, selection: Selection) -> bool:
    if selection.names:
        return point.name in selection.names
    return not selection.own or point.distribution == OWN or point.is_file


def _off(point: EntryPoint) -> Plugin:
    return Plugin(point.name, point.version, point.origin, off=True)
