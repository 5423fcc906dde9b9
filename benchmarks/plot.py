"""Draw what was measured at scale as an SVG of three panels: workers, memory, second runs.

It stands on a ground of its own, so that it can be read on a page of any colour, and follows the reader's choice of
light or dark where a browser tells it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from benchmarks.measure import Row
from benchmarks.scale.rows import RERUN, SPEED_UP, Memory, Rerun, Workers

WIDTH, HEIGHT = 900, 330
TOP, BOTTOM = 86, 278
"""Where the axes of each panel begin and end."""
PANEL = 230
"""How wide the axes of a panel are."""
LEFTS = (56, 352, 648)

LIGHT = {"ground": "#ffffff", "edge": "#d0d7de", "grid": "#e6eaef", "ink": "#1f2328", "soft": "#59636e",
         "one": "#0b62c4", "two": "#bc4c00"}  # fmt: skip
DARK = {"ground": "#161b22", "edge": "#3d444d", "grid": "#2b323b", "ink": "#f0f6fc", "soft": "#a3adb8",
        "one": "#6cb0ff", "two": "#ff9e64"}  # fmt: skip
SHAPES = """\
text { font: 12px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
.title { font-size: 14px; font-weight: 600; }
.told { font-weight: 600; }
.goal { stroke-dasharray: 5 4; }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; }"""
COLOURS = """\
text {{ fill: {soft}; }}
.title, .told {{ fill: {ink}; }}
.ground {{ fill: {ground}; stroke: {edge}; }}
.grid {{ stroke: {grid}; }}
.axis {{ stroke: {soft}; }}
.goal {{ stroke: {ink}; }}
.one.line {{ stroke: {one}; }}
.two.line {{ stroke: {two}; }}
.one.fill {{ fill: {one}; }}
.two.fill {{ fill: {two}; }}"""
"""All that has a colour, without variables: not every program that shows SVG knows them."""

Points = Sequence[tuple[float, float]]
Scaled = Callable[[float], float]


class Panel(NamedTuple):
    """A panel: its left edge, and what turns numbers into places across and down."""

    left: float
    across: Scaled
    down: Scaled


def draw(rows: Iterable[Row]) -> str:
    """Return the whole SVG; a panel of which nothing was measured says so."""
    rows = list(rows)
    panels = [
        *workers([row for row in rows if isinstance(row, Workers)]),
        *memory([row for row in rows if isinstance(row, Memory)]),
        *reruns([row for row in rows if isinstance(row, Rerun)]),
    ]
    head = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            'aria-label="Speed-up by workers, memory by documents, a second run against the first">')  # fmt: skip
    ground = f'<rect class="ground" x="0.5" y="0.5" width="{WIDTH - 1}" height="{HEIGHT - 1}" rx="8"/>'
    return "\n".join([head, f"<style>\n{style()}\n</style>", ground, *panels, "</svg>", ""])


def style() -> str:
    """Return the style sheet: the colours for a light page, and those for a dark one."""
    dark = COLOURS.format_map(DARK)
    return f"{SHAPES}\n{COLOURS.format_map(LIGHT)}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}"


def workers(rows: Sequence[Workers]) -> Iterator[str]:
    """Draw how many times as fast more workers are than one."""
    yield from _titles(0, "Speed-up", f"against one; dashed: at least {SPEED_UP:g}×")
    if not rows:
        yield from _nothing(0)
        return
    found = [(1, 1.0), *((row.jobs, row.speed_up) for row in rows)]
    top = float(max(2, *(jobs for jobs, _ in found)))
    panel = _panel(0, _linear(0, len(found)), _linear(0, top))
    yield from _frame(panel, [(place + 0.5, f"{jobs}") for place, (jobs, _) in enumerate(found)],
                      [(tick, f"{tick:g}×") for tick in _ticks(top)], "workers")  # fmt: skip
    for place, (_, speed_up) in enumerate(found):
        yield from _bar("one", panel, place + 0.3, 0.4, speed_up, f"{speed_up:.2f}×")
    yield from (_line("goal", panel, [(place + 0.1, SPEED_UP), (place + 0.9, SPEED_UP)])
                for place, (jobs, _) in enumerate(found) if jobs == 2)  # fmt: skip


def memory(rows: Sequence[Memory]) -> Iterator[str]:
    """Draw the memory of the parent and of a worker over the documents: a line for each form of the corpus."""
    yield from _titles(1, "Memory", "highest MiB; a line for each form")
    if not rows:
        yield from _nothing(1)
        return
    numbers = rows[0].documents
    top = _rounded(max(max(row.mebibytes) for row in rows) * 1.15)
    panel = _panel(1, _logarithmic(numbers[0], numbers[-1]), _linear(0, top))
    yield from _frame(panel, [(float(number), f"{number:,}") for number in numbers],
                      [(tick, f"{tick:g}") for tick in _ticks(top)], "documents")  # fmt: skip
    for kind, process in (("one", "the parent"), ("two", "a worker")):
        lines = [list(zip(row.documents, row.mebibytes, strict=True)) for row in rows if row.process == process]
        for points in lines:
            yield from _curve(kind, panel, points)
    yield from _legend(panel, [("one", "the parent"), ("two", "a worker")])


def reruns(rows: Sequence[Rerun]) -> Iterator[str]:
    """Draw what a second run takes of the first, without a report and with one."""
    yield from _titles(2, "Second run", f"of the first; dashed: at most {RERUN:.0%}")
    if not rows:
        yield from _nothing(2)
        return
    top = _rounded(max(RERUN, *(row.share for row in rows)) * 1.15)
    kinds = list(dict.fromkeys(row.kind for row in rows))
    panel = _panel(2, _linear(0, len(kinds)), _linear(0, top))
    yield from _frame(panel, [(place + 0.5, kind) for place, kind in enumerate(kinds)],
                      [(tick, f"{tick:.0%}") for tick in _ticks(top)], "corpus")  # fmt: skip
    for row in rows:
        place = kinds.index(row.kind) + (0.53 if row.report else 0.11)
        yield from _bar("two" if row.report else "one", panel, place, 0.36, row.share, f"{row.share:.0%}")
    yield _line("goal", panel, [(0, RERUN), (len(kinds), RERUN)])
    yield from _legend(panel, [("one", "without a report"), ("two", "with a report")])


def _panel(number: int, across: Callable[[float], float], down: Callable[[float], float]) -> Panel:
    """Return a panel, from what turns numbers into parts of its width and height."""
    left = LEFTS[number]
    return Panel(left, lambda x: left + across(x) * PANEL, lambda y: BOTTOM - down(y) * (BOTTOM - TOP))


def _linear(least: float, most: float) -> Scaled:
    return lambda number: (number - least) / (most - least or 1)


def _logarithmic(least: float, most: float) -> Scaled:
    scaled = _linear(math.log(least), math.log(most))
    return lambda number: scaled(math.log(number))


def _rounded(number: float) -> float:
    """Return a number that is no less, and of which a quarter is easy to read."""
    power = 10.0 ** math.floor(math.log10(number))
    return next(step * power for step in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10) if step * power >= number)


def _ticks(top: float) -> list[float]:
    """Return where the lines of the grid are: four steps from nothing to the top."""
    return [top * part / 4 for part in range(5)]


def _titles(number: int, title: str, below: str) -> Iterator[str]:
    yield _text(LEFTS[number], 30, title, "title")
    yield _text(LEFTS[number], 49, below)


def _nothing(number: int) -> Iterator[str]:
    yield _text(LEFTS[number], TOP + 40, "not measured")


def _frame(
    panel: Panel, across: Iterable[tuple[float, str]], down: Iterable[tuple[float, str]], what: str
) -> Iterator[str]:
    """Draw the grid with its numbers, and what stands below it."""
    right = panel.left + PANEL
    for place, told in down:
        y = panel.down(place)
        yield f'<path class="grid" d="M{panel.left:g} {y:.1f}H{right:g}"/>'
        yield _text(panel.left - 8, y + 4, told, "", "end")
    yield f'<path class="axis" d="M{panel.left:g} {BOTTOM:g}H{right:g}"/>'
    for place, told in across:
        yield _text(panel.across(place), BOTTOM + 18, told, "", "middle")
    yield _text(panel.left + PANEL / 2, BOTTOM + 38, what, "", "middle")


def _curve(kind: str, panel: Panel, points: Points) -> Iterator[str]:
    yield _line(f"{kind} line", panel, points)
    for x, y in points:
        yield f'<circle class="{kind} fill" cx="{panel.across(x):.1f}" cy="{panel.down(y):.1f}" r="3.5"/>'


def _line(kind: str, panel: Panel, points: Points) -> str:
    path = "L".join(f"{panel.across(x):.1f} {panel.down(y):.1f}" for x, y in points)
    return f'<path class="{kind}" d="M{path}"/>'


def _bar(kind: str, panel: Panel, place: float, wide: float, number: float, told: str) -> Iterator[str]:
    """Draw a bar from nothing to a number, and above it what it tells."""
    x, y, width = panel.across(place), panel.down(number), panel.across(wide) - panel.across(0)
    yield f'<rect class="{kind} fill" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{BOTTOM - y:.1f}" rx="2"/>'
    yield _text(x + width / 2, y - 5, told, "told", "middle")


def _legend(panel: Panel, kinds: Iterable[tuple[str, str]]) -> Iterator[str]:
    for number, (kind, told) in enumerate(kinds):
        x = panel.left + number * PANEL * 0.56
        yield f'<rect class="{kind} fill" x="{x:.1f}" y="{TOP - 16}" width="10" height="10" rx="2"/>'
        yield _text(x + 15, TOP - 7, told)


def _text(x: float, y: float, told: str, kind: str = "", anchor: str = "start") -> str:
    named = f' class="{kind}"' if kind else ""
    placed = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text{named} x="{x:.1f}" y="{y:.1f}"{placed}>{escape(told)}</text>'
