"""Text captures in one process: read, normalized and written, against the same bytes read, split and written."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path

from benchmarks.corpus import fill
from benchmarks.measure import Result, Work, compare
from copydesk import Capture, inputs, normalize, outputs

GOAL = 5.0


def measure(folder: Path, *, captures: int, rounds: int) -> Result:
    """Compare Copydesk with read + decode + split + write, over captures of 8 to 15 KB."""
    out = folder / "out"
    out.mkdir(parents=True)
    names = count()

    def fresh() -> Path:
        return out / f"{next(names)}.md"

    paths = fill(folder / "captures", captures)
    pairs: list[tuple[Work, Work]] = [(partial(_ours, path, fresh), partial(_theirs, path, fresh)) for path in paths]
    for work in pairs[0]:  # the first time loads the plugins and the schema
        work()
    return compare("text capture, in one process", "read + decode + split + write", pairs, rounds=rounds, goal=GOAL)


def _ours(path: Path, fresh: Callable[[], Path]) -> None:
    data = inputs.read(inputs.Input(str(path), path.name))
    outputs.write(fresh(), normalize(Capture(data, path.name)).markdown)


def _theirs(path: Path, fresh: Callable[[], Path]) -> int:
    with open(path, "rb") as file:
        text = file.read().decode("utf-8")
    lines = text.splitlines()
    with open(fresh(), "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return len(lines)
