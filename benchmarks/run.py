"""Measure everything on one core, and print the numbers with their goals: `python benchmarks/run.py`.

The exit code is 1 if a goal is missed. Absolute times are in the JSON only: they tell of the machine.
"""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]

if TYPE_CHECKING:
    from benchmarks.measure import Row

HEADINGS = ("What", "Against", "Times as long", "By CPU, without writing", "Goal", "")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks and print a table, or JSON."""
    args = _parser().parse_args(arguments)
    _stay_on_one_core()
    with TemporaryDirectory(prefix="copydesk-benchmarks-") as folder:
        rows = list(_told(row for name in args.only or BENCHMARKS for row in BENCHMARKS[name](Path(folder), args)))
    print(args.form(rows))
    return 0 if all(row.reached for row in rows) else 1


def _told(rows: Iterable[Row]) -> Iterator[Row]:
    """Give the rows, and tell of each on a terminal as soon as it is known."""
    for row in rows:
        if sys.stderr.isatty():
            print(*filter(None, row.cells()), sep="  ", file=sys.stderr)
        yield row


def _parser() -> ArgumentParser:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=_count, default=30, metavar="N", help="how often each is timed (%(default)s)")
    parser.add_argument("--captures", type=_count, default=50, metavar="N", help="how many captures (%(default)s)")
    parser.add_argument("--only", action="append", choices=BENCHMARKS, metavar="NAME",
                        help="run this benchmark alone; may be given again (%(choices)s)")  # fmt: skip
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


def _stay_on_one_core() -> None:
    """Keep this process and those it starts on one core, on systems that can; a peer may start threads."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


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


BENCHMARKS: dict[str, Callable[[Path, Namespace], Iterable[Row]]] = {
    "process": _process,
    "text": _text,
    "html": _html,
    "dispatch": _dispatch,
    "warcs": _warcs,
    "growth": _growth,
}


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
