from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from copydesk.batch.values import Outcome, Settings, Task
from copydesk.convert import Run
from copydesk.inputs import Input, Sighting
from copydesk.ledger import Ledger

T = TypeVar("T")

ID = "example-2024-01-01-0123456789ab"


def engine(_: Callable[[Task], T], tasks: Iterable[Task]) -> Iterator[T | Outcome]:
    """Do nothing for each task but tell that it is done."""
    for number, task in enumerate(tasks):
        item = task.item
        yield Outcome(item.shown, item.relative, "written", f"out/{number}.md", id=f"{ID}{number // 2}", name="same.md",
                      sha256="0" * 64, output_sha256="1" * 64, item=item)  # fmt: skip


def sightings(folder: Path, count: int) -> Iterator[Sighting]:
    """Give so many inputs, none of which is there."""
    for number in range(count):
        path = f"{folder}/in/{number:06}.txt"
        yield Sighting((0, f"{number:06}.txt", 0), path, Input(path, f"{number:06}.txt"))


def peak(folder: Path, count: int, name: str) -> int:
    """Return how much memory a run over so many inputs, and one over as many others behind it, takes at most."""
    settings = Settings(str(folder / "out"), name)
    tracemalloc.start()
    for other in ("one", "two"):
        with Ledger(str(folder / f"{count}.sqlite")) as ledger:
            run = Run(settings, ledger)
            run.list(sightings(folder / other, count))
            assert sum(1 for _ in run.outcomes(engine)) == count
            assert sum(1 for _ in run.groups()) == count // 2
            assert sum(1 for _ in run.gone(prune=True)) == 0
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found


@pytest.mark.parametrize("name", ["mirror", "dated"])
def test_a_run_takes_no_more_memory_for_more_inputs(tmp_path: Path, name: str) -> None:
    """Inputs, names, what is known of them and what has gone are on the disk."""
    few, many = (peak(tmp_path, count, name) for count in (1_500, 6_000))

    assert many - few < 1_000_000  # by so much it depends on when what was done is written down
