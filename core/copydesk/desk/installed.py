"""Installed plugins: the entry points of the group `copydesk`, found without importing `importlib.metadata`.

That module costs as much time as everything else that a small run imports. Its answer and this one are held
equal by a test.
"""

import os
import sys
from collections.abc import Collection, Iterator
from typing import NamedTuple

GROUP = "copydesk"
_METADATA = (".dist-info", ".egg-info")


FILE = "file:"
"""The target of a plugin of one file begins with this, before the path; no module can be called so."""


class EntryPoint(NamedTuple):
    """A plugin's name, what to import for it (`module` or `module:attribute`), and its distribution.

    Of a plugin of one file, ``distribution`` is the path as it was given.
    """

    name: str
    target: str
    distribution: str
    version: str

    @property
    def is_file(self) -> bool:
        """Tell whether it is a plugin of one file."""
        return self.target.startswith(FILE)

    @property
    def origin(self) -> str:
        """Where the plugin is from: its distribution with the version, or its file."""
        return self.distribution if self.is_file else f"{self.distribution} {self.version}"


def entry_points() -> list[EntryPoint]:
    """Return the entry points of all distributions on `sys.path`; of two with one name, the first counts."""
    seen: set[str] = set()
    found: list[EntryPoint] = []
    for folder in sys.path:
        found += _in_folder(folder or ".", seen)
    return sorted(found)


def versions(distributions: Collection[str]) -> dict[str, str]:
    """Return the versions of those of some distributions that are installed; of two with one name, the first counts."""
    found: dict[str, str] = {}
    for folder in sys.path:
        for _, distribution, version in _distributions(folder or "."):
            if distribution in distributions:
                found.setdefault(distribution, version)
    return found


def _distributions(folder: str) -> Iterator[tuple[str, str, str]]:
    """Give the folder of metadata, the name and the version of each distribution in a folder."""
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(_METADATA))
    except OSError:
        return
    for name in names:
        distribution, _, version = name.rpartition(".")[0].partition("-")
        yield name, distribution.replace("_", "-").replace(".", "-").lower(), version.partition("-")[0]


def _in_folder(folder: str, seen: set[str]) -> Iterator[EntryPoint]:
    for name, distribution, version in _distributions(folder):
        if distribution in seen:
            continue
        seen.add(distribution)
        try:
            with open(f"{folder}/{name}/entry_points.txt", encoding="utf-8") as file:
                text = file.read()
        except (OSError, UnicodeDecodeError):
            continue
        if GROUP in text:
            yield from _in_text(text, distribution, version)


def _in_text(text: str, distribution: str, version: str) -> Iterator[EntryPoint]:
    """Read the lines `name = target` of the group; brackets behind a target name extras, which are of no use here."""
    group = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            group = line.strip("[] ")
        elif group == GROUP and "=" in line and not line.startswith(("#", ";")):
            name, _, target = line.partition("=")
            yield EntryPoint(name.strip(), target.partition("[")[0].strip(), distribution, version)
