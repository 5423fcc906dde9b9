"""Shipping: tasks such that a process in another folder can do them, and outcomes as if it had been done here."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any

from copydesk.batch.values import Outcome, Settings, Task
from copydesk.desk.selection import Selection
from copydesk.errors import CopydeskError
from copydesk.inputs import STDIN


def from_anywhere(task: Task) -> Task:
    """Return a task such that its files are found from every folder."""
    item = task.item
    if item.path != STDIN and "://" not in item.opened:
        item = item._replace(at=os.path.abspath(item.opened))
    return task._replace(item=item, settings=_settled(task.settings))


@lru_cache(maxsize=8)
def _settled(settings: Settings) -> Settings:
    return settings._replace(out=_whole(settings.out), plugins=whole(settings.plugins))


def whole(selection: Selection) -> Selection:
    """Return a selection of plugins with the whole paths of its folders."""
    return selection._replace(folders=tuple(map(os.path.abspath, selection.folders)))


def _whole(folder: str) -> str:
    return os.path.abspath(folder) if folder and "://" not in folder else folder


def as_given(result: Any, task: Task) -> Any:
    """Return an outcome with the paths as they were given."""
    if not isinstance(result, Outcome):
        return result
    given, output = task.settings.out, result.output
    if output and (shipped := _whole(given)) != given:
        from pathlib import Path

        output = Path(given, os.path.relpath(output, shipped)).as_posix()
    return result._replace(item=task.item, output=output)


def now(out: str) -> int:
    """Return what the clock of the file system says where the outputs go (ns), or 0 where there is none."""
    if not out or "://" in out:
        return 0
    from tempfile import TemporaryFile

    folder = os.path.abspath(out)
    while not os.path.isdir(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    try:
        with TemporaryFile(dir=folder) as file:
            return os.fstat(file.fileno()).st_mtime_ns
    except OSError as problem:
        reason = problem.strerror
        raise CopydeskError(f"{out!r}: nothing can be written there: {reason}; choose another output") from None
