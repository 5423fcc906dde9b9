"""Measure everything and print the ratios with their goals: `python benchmarks/run.py [--json]`.

The exit code is 1 if a goal is missed. Absolute times are in the JSON only: they tell of the machine.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]

if TYPE_CHECKING:
    from benchmarks.measure import Result


def main() -> int:
    """Run the benchmarks and print a table, or JSON."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON, with the times of this machine")
    parser.add_argument("--rounds", type=int, default=30, metavar="N", help="how often each is timed (%(default)s)")
    parser.add_argument("--captures", type=int, default=50, metavar="N", help="how many captures (%(default)s)")
    args = parser.parse_args()
    if args.rounds < 1 or args.captures < 1:
        parser.error("--rounds and --captures must be 1 or more")
    with TemporaryDirectory(prefix="copydesk-benchmarks-") as folder:
        results = list(_results(Path(folder), rounds=args.rounds, captures=args.captures))
    print(_as_json(results) if args.json else _as_table(results))
    return 0 if all(result.reached for result in results) else 1


def _results(folder: Path, *, rounds: int, captures: int) -> Iterator[Result]:
    from benchmarks import process, text

    yield process.measure(folder / "process", rounds=rounds)
    yield text.measure(folder / "text", captures=captures, rounds=rounds)


def _as_json(results: list[Result]) -> str:
    return json.dumps([{**result._asdict(), "reached": result.reached} for result in results], indent=1)


def _as_table(results: list[Result]) -> str:
    rows = [("what", "against", "ratio", "goal", "")]
    for found in results:
        said = "reached" if found.reached else "missed"
        rows.append((found.subject, found.baseline, f"{found.ratio:.1f}", f"at most {found.goal:.0f}", said))
    wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(f"{cell:<{w}}" for cell, w in zip(row, wide, strict=True)).rstrip() for row in rows)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))  # so that the benchmarks and the tests' generator of pages are found
    sys.exit(main())
