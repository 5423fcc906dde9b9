from __future__ import annotations

import re
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))  # pytest itself does not find the benchmarks

from benchmarks import page, plot, run
from benchmarks.measure import Missing, Result, Row
from benchmarks.scale.rows import Memory, Peer, Rate, Rerun, Workers
from benchmarks.scale.saved import Saved, load

SVG = "{http://www.w3.org/2000/svg}"
PARTS: dict[str, list[Row]] = {
    "throughput": [Rate("text", 5000, 50_000_000, 4.0, 4.0)],
    "workers": [Workers(2, 100, 5.0, 11.0, 10.0, 10.0), Workers(4, 100, 4.0, 10.4, 10.0, 10.0)],
    "memory": [Memory("WARC", "the parent", (10, 100, 1000), (20.0, 20.0, 20.5)),
               Memory("WARC", "a worker", (10, 100, 1000), (40.0, 40.0, 60.0))],
    "rerun": [Rerun("text", False, 1234, 1.0, 2.0, 10.0, 10.0), Rerun("text", True, 1234, 3.0, 2.0, 10.0, 10.0)],
    "start": [Result("cold start: --help", "python -c pass", 2.5, 2.0, None, 1.0, 1.0),
              Result("cold start: convert", "python -c pass", 8.5, 2.0, 8.0, 1.0, 1.0)],
    "field": [Peer("other", 2, 1000, 990, 30.0, 40.0, 10.0, 20.0), Missing("third", "copydesk", "not installed")],
}  # fmt: skip
FOUND = Saved({"system": "Linux", "cores": "2", "python": "CPython 3.12.1"}, 1000, PARTS)
LINES = {
    "machine": "Measured on a machine with Linux and 2 cores, by CPython 3.12.1, over up to 1,000 documents.",
    "throughput": "| text | 5,000 | 1,250 | 12.5 |",
    "workers": "| 2 | 2.00 | at least 1.7 | 1.10 | at most 1.08: missed |\n| 4 | 2.50 | | 1.04 | at most 1.08 |",
    "memory": "| WARC | the parent | 20.0 | 20.0 | 20.5 | 1.02 | at most 1.05 |\n"
              "| WARC | a worker | 40.0 | 40.0 | 60.0 | 1.50 | at most 1.05: missed |",
    "rerun": "| text | 1,234 | no | 0.10 | 0.20 | at most 0.15 |\n"
             "| text | 1,234 | yes | 0.30 | 0.20 | at most 0.15: missed |",
    "start": "| --help | python -c pass | 2.50 | |\n| convert | python -c pass | 8.50 | at most 8: missed |",
    "dispatch": "Not measured.",
    "field": "| other | 990 of 1,000 | 3.0 | 2.0 |\n| third | not installed | | |",
}  # fmt: skip


def test_the_page_is_what_was_measured() -> None:
    """Each stretch of the page that is marked is what `python -m benchmarks.page` writes of the file beside it."""
    text = page.PAGE.read_text("utf-8")

    assert page.filled(text, load(page.DATA)) == text


def test_the_plot_is_what_was_measured() -> None:
    """So is the plot."""
    assert page.plot(load(page.DATA)) == page.PLOT.read_text("utf-8")


def test_the_page_tells_of_all_parts() -> None:
    """Each part of the scale has a stretch, once, and the page shows the plot."""
    text = page.PAGE.read_text("utf-8")

    assert sorted(["machine", *run.SCALE]) == sorted(name for _, name, _ in page.MARKED.findall(text))
    assert f"]({page.PLOT.name})" in text


@pytest.mark.parametrize(("part", "lines"), LINES.items())
def test_a_stretch_tells_the_ratios(part: str, lines: str) -> None:
    """The last lines of a stretch are the rows of its part, with goals, and which of them are missed."""
    told = page.filled(f"# Page\n\n<!-- measured: {part} -->\nold\n<!-- end -->\n\nrest\n", FOUND)

    assert told.startswith(f"# Page\n\n<!-- measured: {part} -->\n\n")
    assert told.endswith(f"{lines}\n\n<!-- end -->\n\nrest\n")


def _texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def _bars(svg: str, kind: str) -> list[float]:
    """Return the heights of the bars of a kind; what explains the colours is a square."""
    bars = (each for each in ElementTree.fromstring(svg).iter(f"{SVG}rect") if each.get("class") == f"{kind} fill")
    return [float(each.get("height", 0)) for each in bars if each.get("height") != each.get("width")]


def test_bars_are_as_high_as_what_they_tell() -> None:
    """A bar of twice the number is twice as high, and tells the number."""
    svg = plot.draw([*PARTS["workers"], *PARTS["rerun"]])
    one, two, four, share = _bars(svg, "one")

    assert [2.0, 2.5] == pytest.approx([two / one, four / one], abs=0.01)
    assert [3 * share] == pytest.approx(_bars(svg, "two"), rel=0.02)
    assert {"1.00×", "2.00×", "2.50×", "10%", "30%"} <= set(_texts(svg))


def test_lines_go_through_what_they_tell() -> None:
    """The points of memory stand by their documents, as high as their MiB."""
    svg = plot.draw(PARTS["memory"])
    circles = [each for each in ElementTree.fromstring(svg).iter(f"{SVG}circle") if each.get("class") == "two fill"]
    across, down = ([float(each.get(axis, 0)) for each in circles] for axis in ("cx", "cy"))
    heights = [plot.BOTTOM - y for y in down]

    assert across[1] - across[0] == pytest.approx(across[2] - across[1], abs=0.2)
    assert [1.0, 1.0, 1.5] == pytest.approx([height / heights[0] for height in heights], abs=0.01)


def test_what_was_not_measured_is_not_drawn() -> None:
    """A panel without rows says so."""
    assert 3 == _texts(plot.draw([])).count("not measured")
    assert 1 == _texts(plot.draw([*PARTS["workers"], *PARTS["memory"]])).count("not measured")


def test_nothing_is_drawn_outside() -> None:
    """Bars and points stay within the picture, however bad the numbers are."""
    bad: list[Row] = [Workers(2, 1, 50.0, 50.0, 10.0, 10.0), Rerun("text", False, 1, 99.0, 1.0, 9.0, 1.0),
                      Memory("WARC", "a worker", (1, 10, 100), (1.0, 1.0, 9999.0))]  # fmt: skip
    picture = ElementTree.fromstring(plot.draw(bad))
    heights = [float(each.get("y", 0)) for each in picture.iter(f"{SVG}rect") if "fill" in each.get("class", "")]
    heights += [float(each.get("cy", 0)) for each in picture.iter(f"{SVG}circle")]

    assert all(40 < y <= plot.BOTTOM for y in heights)


def test_each_colour_has_one_for_the_dark() -> None:
    """What has a colour on a light page has another on a dark one."""
    light, _, dark = plot.style().partition("@media (prefers-color-scheme: dark)")
    colours = [re.findall(r"#[0-9a-f]{6}", sheet) for sheet in (light, dark)]

    assert len(colours[0]) == len(colours[1]) > 0
    assert not set(colours[0]) & set(colours[1])
    assert plot.LIGHT.keys() == plot.DARK.keys()
