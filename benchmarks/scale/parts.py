"""What is measured at scale, each part with the corpora that it needs; none is left on the disk behind it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.build import KINDS, Plan, entries
from benchmarks.forms import Built, write
from benchmarks.scale import runs
from benchmarks.scale.rows import Memory, Rate, Rerun, Workers
from benchmarks.scale.watch import Usage


class Scale(NamedTuple):
    """How large all is: so many documents where memory is looked at, parts of them elsewhere; so many times each."""

    documents: int
    repeats: int
    jobs: int

    def part(self, divisor: int) -> int:
        """Return a part of the documents, one at least."""
        return max(1, self.documents // divisor)


QUICK, SLOW = 25, 100
"""What part of the documents is converted where time is measured: of text and the mix, and of HTML."""

LAYOUTS = {
    "folders of 1,000": ("folder", False),
    "one folder": ("folder", True),
    "JSON Lines": ("jsonl", False),
    "WARC": ("warc", False),
}
"""The forms whose memory is looked at, each with whether it is flat."""
IN_ONE = ("--timeout", "0")


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def corpus(folder: Path, kind: str, documents: int, layout: str = "folders of 1,000") -> Iterator[Built]:
    """Build a corpus, and remove it and all that was made of it in the end."""
    form, flat = LAYOUTS[layout]
    try:
        yield write(entries(Plan(documents, KINDS[kind])), folder / "in", form, flat=flat)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def throughput(folder: Path, scale: Scale) -> Iterator[Rate]:
    """Convert text and HTML in one process."""
    for kind, divisor in (("text", QUICK), ("HTML", SLOW)):
        with corpus(folder / "rate", kind, scale.part(divisor)) as built:
            best = least([_fresh(built, folder, *IN_ONE) for _ in range(scale.repeats)])
        yield Rate(kind, built.documents, built.size, best.wall, best.cpu)


def workers(folder: Path, scale: Scale) -> Iterator[Workers]:
    """Convert the mix with one worker and with more, in turns: twice as many each time, up to the number of cores."""
    numbers = [1, *_doubled(scale.jobs)]
    found: dict[int, list[Usage]] = {jobs: [] for jobs in numbers}
    with corpus(folder / "workers", "mix", scale.part(QUICK)) as built:
        for turn in range(scale.repeats):
            for jobs in numbers if turn % 2 else reversed(numbers):
                found[jobs].append(_fresh(built, folder, "-j", str(jobs)))
    one = least(found[1])
    for jobs in numbers[1:]:
        best = least(found[jobs])
        yield Workers(jobs, built.documents, best.wall, best.cpu, one.wall, one.cpu)


def _doubled(most: int) -> list[int]:
    """Return 2, 4, 8 and so on, and the number itself in the end."""
    return sorted({*(1 << power for power in range(1, most.bit_length()) if 1 << power <= most), most} - {1})


def memory(folder: Path, scale: Scale) -> Iterator[Memory]:
    """Look up the memory of a run over text, in each form: of its own process and of a worker."""
    numbers = sorted({scale.part(divisor) for divisor in (100, 10, 1)})[-3:]
    for layout in LAYOUTS:
        found = [_peaks(folder, layout, number, scale.jobs) for number in numbers]
        yield Memory(layout, "the parent", tuple(numbers), tuple(usage.parent / 2**20 for usage in found))
        yield Memory(layout, "a worker", tuple(numbers), tuple(usage.worker / 2**20 for usage in found))


def _peaks(folder: Path, layout: str, documents: int, jobs: int) -> Usage:
    with corpus(folder / "memory", "text", documents, layout) as built:
        return _fresh(built, folder, "-j", str(jobs), peaks=True)


def rerun(folder: Path, scale: Scale) -> Iterator[Rerun]:
    """Convert a corpus a second time into the same folder, where nothing has changed since the first."""
    for kind in KINDS:
        with corpus(folder / "rerun", kind, scale.part(SLOW if kind == "HTML" else QUICK)) as built:
            for report in (False, True):
                pairs = [_twice(built, folder / "rerun", report=report) for _ in range(scale.repeats)]
                first, second = (least(side) for side in zip(*pairs, strict=True))
                yield Rerun(kind, report, built.documents, second.wall, second.cpu, first.wall, first.cpu)


def _twice(built: Built, folder: Path, *, report: bool) -> tuple[Usage, Usage]:
    out = folder / "out"
    options = ("--report", str(folder / "report.jsonl")) if report else ()
    first = runs.convert(built.path, out, *options)
    return first, runs.converted(built.path, out, built.documents, *options)


def _fresh(built: Built, folder: Path, *options: str, peaks: bool = False) -> Usage:
    return runs.converted(built.path, folder / "out", built.documents, *options, peaks=peaks)


def least(usages: Sequence[Usage]) -> Usage:
    """Return the shortest time by the clock and the least of the processor, each of any of the runs."""
    return usages[0]._replace(wall=min(usage.wall for usage in usages), cpu=min(usage.cpu for usage in usages))
