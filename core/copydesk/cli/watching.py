"""Running a command again and again, whenever a file that it depends on has changed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec

from copydesk.desk.installed import FILE, EntryPoint, entry_points
from copydesk.desk.selection import Selection
from copydesk.desk.single import in_folder
from copydesk.errors import CopydeskError

PAUSE = 0.3
"""Seconds between two looks at the files."""

Stamps = dict[str, tuple[int, int]]
"""The time of the last change and the size of each file."""


def watch(command: Sequence[str], files: Iterable[str], selection: Selection) -> int:
    """Run a command of Copydesk anew in a process of its own, now and after each change, until it is interrupted."""
    named = list(files)
    try:
        while True:
            before = _stamps([*named, *_of_plugins(selection)])
            subprocess.run([sys.executable, "-m", "copydesk", *command], check=False)
            print(f"--- watching {len(before)} files; Ctrl-C ends", file=sys.stderr, flush=True)
            while _stamps([*named, *_of_plugins(selection)]) == before:
                time.sleep(PAUSE)
    except KeyboardInterrupt:
        return 0


def _of_plugins(selection: Selection) -> Iterator[str]:
    """Give the files of Python of each plugin that takes part, and of its package."""
    try:
        points = [*entry_points(), *(point for folder in selection.folders for point in in_folder(folder))]
    except CopydeskError:  # a file that is just being written; the command says what is wrong with it
        points = entry_points()
    for point in points:
        if not selection.names or point.name in selection.names:
            yield from _of_point(point)


def _of_point(point: EntryPoint) -> Iterator[str]:
    if point.is_file:
        yield point.target.removeprefix(FILE)
        return
    try:
        spec = find_spec(point.target.partition(":")[0].partition(".")[0])
    except (ImportError, ValueError):
        return
    for folder in (spec and spec.submodule_search_locations) or ():
        yield from (os.path.join(base, name) for base, _, names in os.walk(folder) for name in names
                    if name.endswith((".py", ".yaml")))  # fmt: skip
    if spec and spec.origin and not spec.submodule_search_locations:
        yield spec.origin


def _stamps(files: Iterable[str]) -> Stamps:
    found: Stamps = {}
    for path in files:
        try:
            status = os.stat(path)
        except OSError:  # it is being replaced
            continue
        found[path] = (status.st_mtime_ns, status.st_size)
    return found
