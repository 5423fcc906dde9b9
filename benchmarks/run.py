"""Measure, and print the numbers with their goals: `python benchmarks/run.py`. The exit code is 1 if a goal is missed.

`--only scale` measures whole runs over up to 100,000 documents, on all cores, in about a quarter of an hour; it
takes 3 GB of disk. Absolute times are in the JSON only, but for the throughput: they tell of the machine.
"""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]

if TYPE_CHECKING:
    from benchmarks.measure import Row

    Benchmark = Callable[[Path, Namespace], Iterable[Row]]

HEADINGS = ("What", "Against", "Times as long", "By CPU, without writing", "Goal", "")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks and print a table, or JSON."""
    args = _parser().parse_args(arguments)
    rows = [row for name in _names(args.only or BENCHMARKS) for row in _kept(name, args)]
    print(args.form(rows))
    return 0 if all(row.reached for row in rows) else 1


def _names(chosen: Iterable[str]) -> Iterator[str]:
    """Give the benchmarks that are chosen, each once; `scale` stands for all of its parts."""
    yield from dict.fromkeys(name for each in chosen for name in (SCALE if each == "scale" else [each]))


def _kept(name: str, args: Namespace) -> list[Row]:
    """Measure one of the benchmarks and, where that is wanted, save it before the next, which may fail."""
    rows = list(_told(_rows(name, args)))
    if args.save:
        from benchmarks.scale import saved

        saved.save(args.save, args.documents, {name: rows})
    return rows


def _rows(name: str, args: Namespace) -> Iterator[Row]:
    """Measure one of the benchmarks, in a folder of its own; those that need no workers stay on one core."""
    with TemporaryDirectory(prefix="copydesk-benchmarks-") as folder, _on_one_core(name not in ON_ALL_CORES):
        yield from ALL[name](Path(folder), args)


def _told(rows: Iterable[Row]) -> Iterator[Row]:
    """Give the rows, and tell of each on a terminal as soon as it is known."""
    for row in rows:
        if sys.stderr.isatty():
            print(*filter(None, row.cells()), sep="  ", file=sys.stderr)
        yield row


def _parser() -> ArgumentParser:
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=_count, default=30, metavar="N", help="how often each is timed (%(default)s)")
    parser.add_argument("--captures", type=_count, default=50, metavar="N", help="how many captures (%(default)s)")
    parser.add_argument("--only", action="append", choices=[*ALL, "scale"], metavar="NAME",
                        help="run this benchmark alone; may be given again (%(choices)s)")  # fmt: skip
    parser.add_argument("--documents", type=_count, default=100_000, metavar="N",
                        help="how many documents the scale is for (%(default)s); times are taken over parts of them")
    parser.add_argument("--repeats", type=_count, default=2, metavar="N",
                        help="how often each run of the scale is timed (%(default)s)")  # fmt: skip
    parser.add_argument("--jobs", type=_count, default=None, metavar="N", help="the most workers (one for each core)")
    parser.add_argument("--save", type=Path, metavar="FILE", help="put what was found into this file, beside the parts "
                        "that are in it from the same machine")  # fmt: skip
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--json", dest="form", action="store_const", const=as_json, default=as_table,
                       help="print JSON, with the times of this machine")  # fmt: skip
    forms.add_argument("--readme", dest="form", action="store_const", const=as_markdown,
                       help="print the table that README shows")  # fmt: skip
    return parser


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


@contextmanager
def _on_one_core(wanted: bool) -> Iterator[None]:
    """Keep this process and those it starts on one core, on systems that can; a peer may start threads."""
    if not wanted or sys.platform != "linux":
        yield
        return
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


def _process(folder: Path, args: Namespace) -> Iterator[Row]:
    from benchmarks import process

    yield process.measure(folder / "process", rounds=args.rounds)


def _text(folder: Path, args: Namespace) -> Iterator[Row]:
    from benchmarks import text

    yield text.measure(folder / "text", captures=args.captures, rounds=args.rounds)


def _html(folder: Path, args: Namespace) -> Iterable[Row]:
    from benchmarks import html

    return html.measure(folder / "html", captures=args.captures, rounds=args.rounds)


def _dispatch(_: Path, args: Namespace) -> Iterable[Row]:
    from benchmarks import dispatch

    return dispatch.measure(captures=args.captures, rounds=args.rounds)


def _warcs(folder: Path, args: Namespace) -> Iterable[Row]:
    from benchmarks import warcs

    return warcs.measure(folder / "warcs", captures=args.captures, rounds=args.rounds)


def _growth(_: Path, __: Namespace) -> Iterable[Row]:
    from benchmarks import growth

    return growth.measure()


def _start(folder: Path, args: Namespace) -> Iterable[Row]:
    from benchmarks.scale import start

    return start.measure(folder, rounds=args.rounds)


def _part(name: str, folder: Path, args: Namespace) -> Iterable[Row]:
    """Measure a part of the scale that watches whole runs with all their processes."""
    from benchmarks.measure import Missing
    from benchmarks.scale import field, parts, runs

    if not runs.can_watch():
        return [Missing(name, "", "only Linux tells what all processes took")]
    scale = parts.Scale(args.documents, args.repeats, args.jobs or parts.cores())
    measures: dict[str, Callable[[Path, parts.Scale], Iterable[Row]]] = {
        "throughput": parts.throughput, "workers": parts.workers, "memory": parts.memory, "rerun": parts.rerun,
        "field": field.measure}  # fmt: skip
    return measures[name](folder, scale)


BENCHMARKS: dict[str, Benchmark] = {
    "process": _process,
    "text": _text,
    "html": _html,
    "dispatch": _dispatch,
    "warcs": _warcs,
    "growth": _growth,
}
"""What is measured where nobody says what."""
ON_ALL_CORES = ("throughput", "workers", "memory", "rerun", "field")
SCALE: dict[str, Benchmark] = {
    "start": _start,
    "dispatch": _dispatch,
    **{name: partial(_part, name) for name in ON_ALL_CORES},
}
"""The parts of the scale."""
ALL = BENCHMARKS | SCALE


def as_json(rows: Iterable[Row]) -> str:
    """Return all that was found, with absolute times."""
    return json.dumps([{**row._asdict(), "reached": row.reached} for row in rows], indent=1)


def as_table(rows: Iterable[Row]) -> str:
    """Return a line for each row, in columns."""
    cells = [HEADINGS, *(row.cells() for row in rows)]
    wide = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join("  ".join(f"{cell:<{w}}" for cell, w in zip(line, wide, strict=True)).rstrip() for line in cells)


def as_markdown(rows: Iterable[Row]) -> str:
    """Return the table of README: of the growing pages it has the fastest-growing alone."""
    from benchmarks.growth import Growth, worst

    rows = list(rows)
    growing = [row for row in rows if isinstance(row, Growth)]
    told: list[Row] = [row for row in rows if not isinstance(row, Growth)]
    lines = [HEADINGS[:-1], ("---",) * (len(HEADINGS) - 1)]
    lines += [row.cells()[:-1] for row in (*told, *worst(growing))]
    return "\n".join(f"| {' | '.join(cells)} |".replace("  ", " ") for cells in lines)


if __name__ == "__main__":
    # So that the benchmarks and the tests' generator of pages are found, and `html` is the standard library's.
    sys.path[0] = str(ROOT)
    sys.exit(main())
