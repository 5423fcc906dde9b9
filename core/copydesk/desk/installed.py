"""Installed plugins: the entry points of the group `copydesk`, found without importing `importlib.metadata`.

That module costs as much time as everything else that a small run imports. Its answer and this one are held
equal by a test.
"""

import os
import sys
from collections.abc import Iterator
from typing import NamedTuple

GROUP = "copydesk"
_METADATA = (".dist-info", ".egg-info")


class EntryPoint(NamedTuple):
    """A plugin's name, what to import for it (`module` or `module:attribute`), and its distribution."""

    name: str
    target: str
    distribution: str
    version: str


def entry_points() -> list[EntryPoint]:
    """Return the entry points of all distributions on `sys.path`; the first of a name and distribution counts."""
    found: dict[tuple[str, str], EntryPoint] = {}
    for folder in sys.path:
        for point in _in_folder(folder or "."):
            found.setdefault((point.distribution, point.name), point)
    return sorted(found.values())


def _in_folder(folder: str) -> Iterator[EntryPoint]:
    try:
        names = [name for name in os.listdir(folder) if name.endswith(_METADATA)]
    except OSError:
        return
    for name in names:
        try:
            with open(f"{folder}/{name}/entry_points.txt", encoding="utf-8") as file:
                text = file.read()
        except (OSError, UnicodeDecodeError):
            continue
        if f"[{GROUP}]" in text.replace(" ", ""):
            distribution, _, version = name.rpartition(".")[0].partition("-")
            yield from _in_text(text, distribution.replace("_", "-"), version.partition("-")[0])


def _in_text(text: str, distribution: str, version: str) -> Iterator[EntryPoint]:
    """Read the lines `name = target` of the group; brackets behind a target name extras, which are of no use here."""
    group = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            group = line.strip("[] ")
        elif group == GROUP and "=" in line and not line.startswith(("#", ";")):
            name, _, target = line.partition("=")
            yield EntryPoint(name.strip(), target.partition("[")[0].strip(), distribution, version)
