"""Runs of a command, in a process tree of its own, and what each took."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.scale import watch
from benchmarks.scale.watch import Usage

COPYDESK = (sys.executable, "-m", "copydesk")
INTERVAL = 0.05
"""How often memory is looked up, in seconds."""


class RunError(Exception):
    """A run that ended otherwise than it should: its time means nothing."""


def can_watch() -> bool:
    """Tell whether this system tells what all processes of a command took."""
    return sys.platform == "linux"


def run(command: Sequence[str], *, peaks: bool = False) -> Usage:
    """Run a command and return what it took, with all its processes; raise RunError where its exit code is not 0."""
    watcher = [sys.executable, "-S", watch.__file__, str(INTERVAL if peaks else 0), *command]
    found = subprocess.run(watcher, env=environment(), capture_output=True, text=True, check=False)
    if found.returncode:
        raise RunError(f"{watcher}: exit code {found.returncode}: {found.stderr[-2000:]}")
    usage = Usage(**json.loads(found.stdout))
    if usage.code:
        raise RunError(f"{list(command)}: exit code {usage.code}: {found.stderr[-2000:]}")
    return usage


def environment() -> dict[str, str]:
    """Return the environment of a run: that of this process, without settings of Copydesk's."""
    return {key: value for key, value in os.environ.items() if not key.startswith("COPYDESK_")}


def convert(path: Path, out: Path, *options: str, peaks: bool = False) -> Usage:
    """Run `copydesk convert` over a corpus; the exit code is 0 only if every document is written, or there already."""
    return run([*COPYDESK, "convert", str(path), "-o", str(out), "-q", *options], peaks=peaks)


def converted(path: Path, out: Path, documents: int, *options: str, peaks: bool = False) -> Usage:
    """Convert a corpus into a new folder, see that a file came of each document, and remove the folder."""
    usage = convert(path, out, *options, peaks=peaks)
    found = files_in(out)
    if found != documents:
        raise RunError(f"{path}: {found} files came of {documents} documents")
    shutil.rmtree(out)
    return usage


def files_in(folder: Path) -> int:
    """Return how many files below a folder have something in them; what is hidden is a run's own, and no document."""
    return sum(path.is_file() and path.stat().st_size > 0
               for path in folder.rglob("*") if "/." not in f"/{path.relative_to(folder).as_posix()}")  # fmt: skip
