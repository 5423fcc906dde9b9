"""The field: a whole folder of HTML by Copydesk and by other programs, with as many processes each, writing files."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from benchmarks.forms import Built
from benchmarks.measure import Missing
from benchmarks.peers import PEERS
from benchmarks.scale import pool, runs
from benchmarks.scale.parts import SLOW, Scale, corpus
from benchmarks.scale.rows import Peer
from benchmarks.scale.watch import Usage

AGAINST = "copydesk"
TRAFILATURA = "import sys; from trafilatura.cli import main; sys.exit(main())"
"""What the installed command does."""

Command = Callable[[Path, Path, int], list[str]]
"""Returns what converts a folder into another with so many processes."""


class Program(NamedTuple):
    """A program: its name, the module it is imported by, and the command that converts a folder."""

    name: str
    module: str
    command: Command


def _trafilatura(source: Path, target: Path, jobs: int) -> list[str]:
    return [sys.executable, "-c", TRAFILATURA, "--input-dir", str(source), "--output-dir", str(target), "--markdown",
            "--with-metadata", "--parallel", str(jobs)]  # fmt: skip


def _pool(name: str, source: Path, target: Path, jobs: int) -> list[str]:
    return [sys.executable, pool.__file__, name, str(source), str(target), str(jobs)]


PROGRAMS = (
    Program("trafilatura, its command", "trafilatura", _trafilatura),
    *(Program(f"{peer.name}, in a pool", peer.module, partial(_pool, peer.name)) for peer in PEERS),
)
"""The one that converts a folder by a command of its own, and those of which we make one."""


def measure(folder: Path, scale: Scale) -> Iterator[Peer | Missing]:
    """Convert the same pages by Copydesk and by all programs that are installed."""
    with corpus(folder / "field", "HTML", scale.part(SLOW)) as built:
        ours = runs.converted(built.path, folder / "field" / "out", built.documents, "-j", str(scale.jobs))
        for program in PROGRAMS:
            yield beside(program, built, ours, scale.jobs)


def beside(program: Program, built: Built, ours: Usage, jobs: int) -> Peer | Missing:
    """Convert a corpus by a program, and hold what it took against what Copydesk did."""
    if not _installed(program.module):
        return Missing(program.name, AGAINST, "not installed")
    target = built.path.with_name("by-peer")
    target.mkdir()
    try:
        usage = runs.run(program.command(built.path, target, jobs))
        files = runs.files_in(target)
    except runs.RunError as problem:
        return Missing(program.name, AGAINST, f"failed: {str(problem).strip().splitlines()[-1]}")
    finally:
        shutil.rmtree(target)
    if not files:
        return Missing(program.name, AGAINST, "no text")
    return Peer(program.name, jobs, built.documents, files, usage.wall, usage.cpu, ours.wall, ours.cpu)


def _installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # the package that it should be in
        return False
