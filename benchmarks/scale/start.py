"""Cold starts: whole processes from their start to their end, against a Python that does nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path

from benchmarks import process
from benchmarks.corpus import fill
from benchmarks.measure import Result, Work, compare

BASELINE = "python -c pass"


def measure(folder: Path, *, rounds: int) -> Iterator[Result]:
    """Compare four ways to call the command with `python -c pass`, all from an installed wheel."""
    capture = str(fill(folder / "captures", 1)[0])
    environment = process.environment(process.install(folder))
    names = count()

    def command(*arguments: str) -> None:
        process.run([sys.executable, "-c", process.RUN, *arguments], environment)

    def into_folder() -> None:
        command("convert", capture, "-o", str(folder / f"out-{next(names)}"))

    works: list[tuple[str, Work, float | None]] = [
        ("convert, to standard output", partial(command, "convert", capture), process.GOAL),
        ("convert -o, into a folder", into_folder, None),
        ("--help", partial(command, "--help"), None),
        ("--version", partial(command, "--version"), None),
    ]
    theirs = partial(process.run, [sys.executable, "-c", "pass"], environment)
    for what, ours, goal in works:
        ours()  # the first time reads the files from the disk
        yield compare(f"cold start: {what}", BASELINE, [(ours, theirs)], rounds=rounds, goal=goal)
