"""Write the tables and the plot of `docs/speed.md` from `docs/speed.json`: `python -m benchmarks.page`."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.measure import Missing, Result
from benchmarks.plot import draw
from benchmarks.scale.rows import FLAT, RERUN, SPEED_UP, WORKER_COST, Memory, Peer, Rate, Rerun, Workers
from benchmarks.scale.saved import Saved, load

DOCS = Path(__file__).resolve().parents[1] / "docs"
DATA, PAGE, PLOT = DOCS / "speed.json", DOCS / "speed.md", DOCS / "speed.svg"

MARKED = re.compile(r"(<!-- measured: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
"""A stretch of the page that is written from what was measured."""
NUMBER = re.compile(r"[\d.,]*")

Line = Sequence[str]


def main() -> int:
    """Write the page and the plot anew."""
    found = load(DATA)
    PAGE.write_text(filled(PAGE.read_text("utf-8"), found), "utf-8")
    PLOT.write_text(plot(found), "utf-8")
    return 0


def plot(found: Saved) -> str:
    """Return the plot of what was measured."""
    return draw(row for rows in found.parts.values() for row in rows)


def filled(page: str, found: Saved) -> str:
    """Return the page with what was measured in each stretch that is marked; a part that was not measured says so."""

    def stretch(match: re.Match[str]) -> str:
        return f"{match[1]}\n{told(match[2], found)}\n\n{match[3]}"

    return MARKED.sub(stretch, page)


def told(part: str, found: Saved) -> str:
    """Return what the page says of a part."""
    if part == "machine":
        return _machine(found)
    rows = found.parts.get(part)
    return "\n".join(_table(TABLES[part](rows))) if rows else "Not measured."


def _machine(found: Saved) -> str:
    system, cores, python = (found.machine[key] for key in ("system", "cores", "python"))
    return (f"Measured on a machine with {system} and {cores} cores, by {python}, over up to {found.documents:,} "
            "documents.")  # fmt: skip


def _table(lines: Iterable[Line]) -> Iterator[str]:
    """Give the lines of a table, the first of which are the headings; columns of numbers are set to the right."""
    headings, *rows = lines
    columns = zip(*rows, strict=True)
    yield _line(headings)
    yield _line(["---:" if all(map(NUMBER.fullmatch, column)) else "---" for column in columns])
    yield from map(_line, rows)


def _line(cells: Line) -> str:
    return f"| {' | '.join(cells)} |".replace("  ", " ")


def _throughput(rows: Sequence[Rate]) -> Iterator[Line]:
    yield "Captures", "Documents", "Documents a second", "MB a second"
    for row in rows:
        yield (row.kind, f"{row.documents:,}", f"{row.documents_a_second:,.0f}", f"{row.megabytes_a_second:.1f}")


def _workers(rows: Sequence[Workers]) -> Iterator[Line]:
    yield "Workers", "Times as fast as one", "Goal", "Times the processor's time of one", "Goal"
    for row in rows:
        goal = _goal(f"at least {SPEED_UP:g}", row.speed_up >= SPEED_UP) if row.jobs == 2 else ""
        cost = _goal(f"at most {WORKER_COST:g}", row.cost <= WORKER_COST)
        yield f"{row.jobs}", f"{row.speed_up:.2f}", goal, f"{row.cost:.2f}", cost


def _memory(rows: Sequence[Memory]) -> Iterator[Line]:
    numbers = rows[0].documents
    yield "Corpus", "Process", *(f"{number:,} documents" for number in numbers), "Times as much in the end", "Goal"
    for row in rows:
        sizes = (f"{number:.1f}" for number in row.mebibytes)
        yield row.layout, row.process, *sizes, f"{row.growth:.2f}", _goal(f"at most {FLAT:g}", row.reached)


def _rerun(rows: Sequence[Rerun]) -> Iterator[Line]:
    yield "Corpus", "Documents", "With `--report`", "By the clock", "By the processor", "Goal"
    for row in rows:
        report = "yes" if row.report else "no"
        shares = f"{row.share:.2f}", f"{row.cpu / row.first_cpu:.2f}"
        yield row.kind, f"{row.documents:,}", report, *shares, _goal(f"at most {RERUN:g}", row.reached)


def _results(rows: Sequence[Result]) -> Iterator[Line]:
    yield "What", "Against", "Times as long", "Goal"
    for row in rows:
        goal = "" if row.goal is None else _goal(f"at most {row.goal:g}", row.reached)
        yield row.subject.removeprefix("cold start: "), row.baseline, f"{row.ratio:.2f}", goal


def _field(rows: Sequence[Peer | Missing]) -> Iterator[Line]:
    yield "Program", "Pages with a file", "Times as long as Copydesk", "Times the processor's time"
    for row in rows:
        if isinstance(row, Missing):
            yield row.subject, row.why, "", ""
        else:
            pages = f"{row.files:,} of {row.documents:,}"
            yield row.name, pages, f"{row.times_as_long:.1f}", f"{row.cpu / row.our_cpu:.1f}"


def _goal(goal: str, reached: bool) -> str:
    return goal if reached else f"{goal}: missed"


TABLES: dict[str, Callable[[Sequence[Any]], Iterator[Line]]] = {
    "throughput": _throughput,
    "workers": _workers,
    "memory": _memory,
    "rerun": _rerun,
    "start": _results,
    "dispatch": _results,
    "field": _field,
}
"""What makes the lines of the table of each part."""

if __name__ == "__main__":
    sys.exit(main())
