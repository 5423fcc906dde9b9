"""The fingerprint of an installation: it changes whenever what a run makes of the same bytes could change."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import import_module

from copydesk import __version__
from copydesk.desk.installed import FILE, EntryPoint, versions
from copydesk.desk.load import Host, Plugin
from copydesk.desk.selection import Selection, host_of, points_of
from copydesk.digest import hex_digest
from copydesk.errors import CopydeskError

OWN = ("copydesk", "copydesk_schemas")
"""The packages without plugins that Copydesk is made of."""

LIBRARIES = ("beautifulsoup4", "charset-normalizer", "cssselect", "fastwarc", "jsonschema-rs", "lxml", "markdownify",
             "pluggy", "pyyaml", "soupsieve", "zstandard")  # fmt: skip
"""The distributions by which captures are read and documents are made."""

_COMPILED = "__pycache__"


def fingerprint(selection: Selection) -> str:
    """Return a hash of all that shapes a document beside its capture and the settings: 64 hexadecimal digits.

    It is the same wherever the same installation stands, and for whatever reason its files are newer. A library that
    a plugin imports beside those of Copydesk is not in it, unless the plugin's own version or files change with it.
    """
    return hex_digest("\n".join(parts(selection)).encode("utf-8", "surrogateescape"))


@lru_cache(maxsize=8)
def parts(selection: Selection) -> tuple[str, ...]:
    """Return what a fingerprint is made of, a line a part, so that two installations can be told apart.

    Files are read once in a process, as its modules are: what is changed under a process changes neither.
    """
    host = host_of(selection)
    return tuple(sorted({*_python(), *_libraries(), *_own(), *_plugins(selection, host), *_schemas(host)}))


def differences(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """Say which parts are in one of two installations alone, by their names and versions."""
    alone = sorted({_named(part) for part in {*one} ^ {*other}})
    return ", ".join(alone)


def _named(part: str) -> str:
    return part.partition(" #")[0]


def _python() -> Iterator[str]:
    yield "python {}.{}".format(*sys.version_info)
    yield f"unicode {unicodedata.unidata_version}"


def _libraries() -> Iterator[str]:
    found = versions(LIBRARIES)
    return (f"library {name} {found.get(name, 'missing')}" for name in LIBRARIES)


def _own() -> Iterator[str]:
    return (f"package {name} {__version__} #{_digest(name)}" for name in OWN)


def _plugins(selection: Selection, host: Host) -> Iterator[str]:
    """Give a part for each plugin that takes part, and for one that was left out, of which no file is read."""
    points = {(point.name, point.origin): point for point in points_of(selection)}
    for plugin in host.plugins:
        if not plugin.off:
            yield f"plugin {plugin.name} {plugin.version} {plugin.state} #{_made_of(plugin, points)}"


def _made_of(plugin: Plugin, points: dict[tuple[str, str], EntryPoint]) -> str:
    point = points.get((plugin.name, plugin.origin))
    if point is None or plugin.state == "left out":
        return ""
    if point.is_file:  # it is loaded anew for each selection, so that its file is not kept
        return _of_file(point.target.removeprefix(FILE))
    return _digest(_top(point.target.partition(":")[0]))


def _top(module: str) -> str:
    """Return the outermost package of a module that is no namespace of several distributions."""
    names = module.split(".")
    packages = (".".join(names[:depth]) for depth in range(1, len(names)))
    return next((package for package in packages if getattr(sys.modules.get(package), "__file__", None)), module)


def _schemas(host: Host) -> Iterator[str]:
    """Give a part for each schema of a source that is not one of Copydesk's own: it may stand in any package."""
    from copydesk.schema import text

    for name in {source.schema for source in host.desk.sources.values() if ":" in source.schema}:
        try:
            yield f"schema {name} #{hex_digest(text(name).encode())}"
        except CopydeskError:
            yield f"schema {name} #"


@cache
def _digest(name: str) -> str:
    """Return the hash of all files of a package, with their paths in it, or of the one file of a module."""
    module = import_module(name)
    files = [f"{path} {digest}" for folder in getattr(module, "__path__", ()) for path, digest in _files(folder)]
    if not files:
        return _of_file(_on_disk(module.__file__ or ""))
    return hex_digest("\n".join(sorted(files)).encode("utf-8", "surrogateescape"))


def _files(folder: str) -> Iterator[tuple[str, str]]:
    """Give the path of each file below a folder, as it is there, and its hash; leave out what Python has compiled."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != _COMPILED]
        for name in names:
            path = os.path.join(place, name)
            yield os.path.relpath(path, folder).replace(os.sep, "/"), _of_file(path)


def _on_disk(path: str) -> str:
    """Return a path, or that of the archive in which it is: Python imports from ZIP archives too."""
    while path and not os.path.exists(path):
        path = os.path.dirname(path)
    return path


def _of_file(path: str) -> str:
    """Return the hash of a file, empty for one that cannot be read, such as a link that leads nowhere."""
    try:
        with open(path, "rb", buffering=0) as file:
            return hex_digest(file.read())
    except OSError:
        return ""
