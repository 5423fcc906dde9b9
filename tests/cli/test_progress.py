from __future__ import annotations

import io
import json
import os
import pty
import re
import subprocess
import sys
import time
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from copydesk.batch.recorder import Recorder
from copydesk.batch.stopping import Stop
from copydesk.batch.values import Outcome, Settings
from copydesk.cli import progress, telling
from copydesk.cli.progress import Far, Pace, duration, line
from copydesk.desk.selection import Selection, host_of
from tests.cli.test_convert import LAYOUT_A
from tests.cli.test_convert import run as run_here
from tests.support.slow import captures, statuses, tree
from tests.support.terminal import COPYDESK, NONE, Terminal, lines

MANY = 30
OPTIONS = ("-o", "out", "--plugins-dir", "plugins", "--timeout", "0")
CONTROL = re.compile(rb"\x1b")
BAD_NAMES = ("0024[red]x[bold].txt", "0025\x1b[31m\x1b[2J.txt", "0026\nnew line.txt", f"0027{'y' * 150}.txt",
             "0028\udcff.txt", "0028한국.txt")  # fmt: skip


def on_screen(folder: Path, *options: str, columns: int = 100, variables: Mapping[str, str] = NONE) -> Terminal:
    """Run a conversion in a terminal to its end; the captures are below the folder, in `in`."""
    terminal = Terminal([*COPYDESK, "convert", "in", *options], folder, columns, variables=variables)
    terminal.end()
    return terminal


def summary(count: int, rejected: int = 0) -> str:
    """Return the last line of a run."""
    return f"{count} inputs = {count - rejected} written + 0 unchanged + {rejected} rejected + 0 failed"


# In words


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "0 s"), (43.4, "43 s"), (59.7, "1 min 0 s"), (103, "1 min 43 s"), (3599.9, "1 h 0 min"),
     (7500, "2 h 5 min"), (90000, "1 d 1 h")],
)  # fmt: skip
def test_a_time_is_said_in_two_units(seconds: float, said: str) -> None:
    """A time has the two largest of its units, rounded before they are chosen."""
    assert said == duration(seconds)


def test_a_line_says_how_far_a_run_is() -> None:
    """A line has what is known: inputs, rate and time left, and what became of them."""
    counts = {"written": 11_990, "rejected": 8, "failed": 2, "diagnostics": 1_200}
    whole = Far("convert", 12_000, 100_000, 850.4, 103.4, counts)
    became = "11,990 written + 0 unchanged + 8 rejected + 2 failed; 1,200 with warnings"

    assert f"convert: 12,000 of 100,000 inputs, 850 a second, 1 min 43 s left: {became}" == line(whole)
    assert f"convert: 12,000 inputs, 0.25 a second: {became}" == line(whole._replace(total=None, left=None, rate=0.25))
    assert f"retry: 12,000 of 100,000 inputs: {became}" == line(whole._replace(command="retry", rate=None, left=None))


@pytest.mark.parametrize("text", ["plain", "한국 [red] \\", "a b"])
def test_what_can_be_printed_is_said_as_it_is(text: str) -> None:
    """A text that can be printed is said as it is."""
    assert text == telling.visible(text)


def test_what_cannot_be_printed_is_shown() -> None:
    """Commands of a terminal, line ends and marks of direction are written as in Python."""
    assert r"\x1b[31m \n \t \x9b \u202e \udcff" == telling.visible("\x1b[31m \n \t \x9b \u202e \udcff")


# The rate


def paced(*stretches: tuple[float, float], step: float = 0.2) -> float:
    """Return the rate that is told after stretches of so many seconds at so many inputs a second."""
    now, done, rate = 0.0, 0.0, None
    pace = Pace(now)
    for seconds, speed in stretches:
        for _ in range(round(seconds / step)):
            now, done = now + step, done + speed * step
            rate = pace.rate(now, int(done))
    assert rate is not None
    return rate


@pytest.mark.parametrize("speed", [0.02, 0.7, 12, 850, 90_000])
def test_a_steady_rate_is_told_as_it_is(speed: float) -> None:
    """Whether a document takes a minute or a moment, the rate is that of the run."""
    assert paced((60 / min(speed, 1), speed)) == pytest.approx(speed, rel=0.1)


@pytest.mark.parametrize(("before", "after"), [(90_000, 500), (500, 90_000), (2_000, 3)])
def test_a_rate_of_the_past_is_forgotten(before: float, after: float) -> None:
    """Six seconds after a rerun meets the first new document, or the last, the rate is that of now."""
    assert paced((30, before), (6, after)) == pytest.approx(after, rel=0.1)


def test_a_rate_falls_while_nothing_is_done() -> None:
    """A document that hangs is seen in the rate."""
    assert paced((30, 100), (30, 0)) < 1


# On a terminal


def test_a_run_is_shown_and_nothing_of_it_stays(tmp_path: Path) -> None:
    """A display says how far a run is; at the end there is the summary, and the cursor below it, to be seen."""
    captures(tmp_path, MANY)
    terminal = on_screen(tmp_path, *OPTIONS)
    shown = terminal.printed.decode()

    assert re.search(r"convert: \d+ of 30 inputs, [\d.]+ a second, \d s left", shown)
    assert re.search(r"\d+ written \+ 0 unchanged \+ 0 rejected \+ 0 failed\r", shown)
    assert terminal.lines() == [summary(MANY)]
    assert (0, 1, False) == (terminal.screen().cursor.x, terminal.screen().cursor.y, terminal.screen().cursor.hidden)


@pytest.mark.parametrize("columns", [20, 37, 80, 300])
def test_messages_stand_above_the_display_whole(tmp_path: Path, columns: int) -> None:
    """Whatever is in a name and however wide the terminal is, a message is there as it is elsewhere."""
    folder = captures(tmp_path, MANY)
    for name in BAD_NAMES:
        (folder / name).write_bytes(b"")
    plain = subprocess.run([*COPYDESK, "convert", "in", "--no-plugins", "-o", "plain"], cwd=tmp_path, text=True,
                           capture_output=True, check=False).stderr  # fmt: skip
    terminal = on_screen(tmp_path, *OPTIONS, columns=columns)
    expected = [text for text in plain.splitlines() if "rejected: empty" in text]

    assert len(BAD_NAMES) == len(expected)
    expected.append(summary(MANY + len(BAD_NAMES), len(BAD_NAMES)))
    assert lines("\r\n".join(expected).encode(), columns) == terminal.lines()
    assert b"\x1b[?25l" in terminal.printed
    assert b"\x1b[2J" not in terminal.printed


@pytest.mark.parametrize("columns", range(20, 300, 7))
def test_the_display_fits_each_terminal(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two lines are drawn, none wider than the terminal, and the inputs that are done are in the first."""
    from copydesk.cli.display import Display

    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm")
    counts = {"written": 11_990, "rejected": 8, "failed": 2, "diagnostics": 1_200}
    display = Display()
    display.draw(Far("convert", 12_000, 100_000, 850.4, 103.4, counts), [])
    drawn = re.sub(r"\x1b\[[\d;?]*\w", "", written.getvalue()).split("\n")
    display.close()

    assert 2 == len(drawn)
    assert columns >= max(map(len, drawn))
    assert "12,000" in drawn[0]
    assert ("1 min 43 s left" in drawn[0]) is (columns >= 53)
    assert drawn[1].startswith("11,990 written +"[:columns - 2])


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_a_plain_terminal_gets_plain_lines(tmp_path: Path, variables: dict[str, str]) -> None:
    """Where colours are not wanted or lines cannot be drawn over, no command goes to the terminal."""
    captures(tmp_path, MANY)
    terminal = on_screen(tmp_path, *OPTIONS, variables=variables)

    assert f"{summary(MANY)}\r\n" == terminal.printed.decode()


def test_rows_of_json_are_not_disturbed(tmp_path: Path) -> None:
    """With --json the display is on standard error alone, and where both are one terminal there is none."""
    captures(tmp_path, MANY)
    with open(tmp_path / "rows", "wb") as rows:
        terminal = Terminal([*COPYDESK, "convert", "in", *OPTIONS, "--json"], tmp_path, stdout=rows.fileno())
        terminal.end()
    found = [json.loads(text) for text in (tmp_path / "rows").read_text("utf-8").splitlines()]

    assert MANY == found[-1]["summary"]["inputs"] == len([row for row in found if "input" in row])
    assert CONTROL.search(terminal.printed)
    assert not CONTROL.search(on_screen(tmp_path, *OPTIONS, "-o", "other", "--json").printed)


def test_quiet_is_quiet(tmp_path: Path) -> None:
    """With -q nothing is shown."""
    captures(tmp_path, MANY)

    assert b"" == on_screen(tmp_path, *OPTIONS, "-q").printed


LOADED = """
import sys
from copydesk.cli import main
if "GIVEN":
    from copydesk.cli import progress
    progress.SHORT = float("GIVEN")
main(sys.argv[1:])
print("loaded:", *sorted({"rich", "threading", "copydesk.cli.progress"} & {*sys.modules}))
"""


def loaded(folder: Path, *argv: str, short: str = "") -> str:
    """Convert in a terminal, and return which modules of the display were loaded for that."""
    program = LOADED.replace("GIVEN", short)
    terminal = Terminal([sys.executable, "-c", program, "convert", *argv, "--timeout", "0"], folder)
    terminal.end()
    return terminal.lines()[-1]


def test_one_capture_loads_no_display(tmp_path: Path) -> None:
    """One capture in a terminal loads nothing of it."""
    assert "loaded:" == loaded(tmp_path, str(LAYOUT_A))
    assert "loaded:" == loaded(tmp_path, str(LAYOUT_A), "-o", "out")


def test_what_is_short_loads_no_library(tmp_path: Path) -> None:
    """Only what takes longer than a short time loads the library of the display."""
    captures(tmp_path, MANY)

    assert 0.5 == progress.SHORT
    assert "loaded: copydesk.cli.progress threading" == loaded(tmp_path, "in", *OPTIONS, short="60")
    assert "loaded: copydesk.cli.progress rich threading" == loaded(tmp_path, "in", *OPTIONS, "-o", "b", short="0")


@pytest.mark.parametrize("problem", [OSError(5, "gone"), RuntimeError("at a loss")], ids=repr)
def test_a_display_that_fails_costs_no_line(problem: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be drawn, each line is written all the same, once, and in order."""

    class Broken:
        def draw(self, _: Far, lines: list[str]) -> None:
            if lines:
                raise problem

        def close(self) -> None:
            raise problem

    written: list[str] = []
    monkeypatch.setattr("copydesk.cli.display.Display", Broken)
    monkeypatch.setattr(progress, "SHORT", 0.0)
    shown = progress.Progress("convert", Counter(), Stop(), None, written.append, on_terminal=True)
    shown.start()
    for number in range(8):
        shown.say(str(number))
        time.sleep(progress.TICK / 3)
    shown.end()

    assert [str(number) for number in range(8)] == written


def test_a_terminal_that_is_gone_costs_nothing(tmp_path: Path) -> None:
    """Where the terminal is closed and the run goes on, each document is written and in the report."""
    folder = captures(tmp_path, MANY)
    (folder / "zz.txt").write_bytes(b"")
    master, slave = pty.openpty()
    command = [*COPYDESK, "convert", "in", *OPTIONS, "--report", "r.jsonl"]
    process = subprocess.Popen(command, cwd=tmp_path, stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
                               env=os.environ | {"TERM": "xterm"})  # fmt: skip
    os.close(slave)
    while b"?25l" not in os.read(master, 1 << 16):
        pass
    os.close(master)

    assert 3 == process.wait(timeout=60)
    assert {"written": MANY, "rejected": 1} == statuses(tmp_path / "r.jsonl")
    assert MANY == len(tree(tmp_path / "out"))


def test_a_reader_that_is_gone_costs_nothing(tmp_path: Path) -> None:
    """Where nobody reads the messages any more, the run goes on."""
    captures(tmp_path, MANY)
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([*COPYDESK, "convert", "in", *OPTIONS, "-v"], cwd=tmp_path, stderr=writing, check=False)
    os.close(writing)

    assert (0, MANY) == (done.returncode, len(tree(tmp_path / "out")))


# Elsewhere


def test_a_short_run_prints_what_it_always_did(tmp_path: Path) -> None:
    """Where standard error is no terminal and a run is short, there is the summary alone."""
    captures(tmp_path, MANY)
    done = subprocess.run([*COPYDESK, "convert", "in", *OPTIONS], cwd=tmp_path, capture_output=True, check=False)

    assert (b"", f"{summary(MANY)}\n".encode()) == (done.stdout, done.stderr)


@pytest.mark.parametrize("quiet", [False, True])
def test_a_long_run_prints_a_line_from_time_to_time(
    quiet: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where standard error is no terminal, a plain line says how far a long run is, less and less often."""
    monkeypatch.setattr(progress, "TICK", 0.02)
    monkeypatch.setattr(progress, "SPARING", (0.3, 60.0))
    folder = captures(tmp_path, MANY)
    _, _, err = run_here(capsys, "convert", folder, "-o", tmp_path / "out", "--plugins-dir", tmp_path / "plugins",
                         "--timeout", "0", *(["-q"] if quiet else []))  # fmt: skip
    *told, last = err.splitlines() or [""]
    shape = re.compile(r"convert: \d+ of 30 inputs, [\d.]+ a second, \d s left: \d+ written \+ 0 .* \+ 0 failed")

    assert [] == [text for text in told if not shape.fullmatch(text)]
    assert (len(told) in range(2, 6), last) == ((False, "") if quiet else (True, summary(MANY)))


def many(count: int, seconds: float) -> Iterator[Outcome]:
    """Give so many outcomes over a time."""
    for number in range(count):
        if not number % 100:
            time.sleep(seconds * 100 / count)
        yield Outcome(f"{number}.txt", f"{number}.txt", "written", f"{number}.md", id="x")


def test_a_document_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The display is drawn by the clock and not by documents: at most ten times a second, however many there are."""
    drawn: Counter[str] = Counter()

    class Drawn:
        def draw(self, *_: object) -> None:
            drawn["draw"] += 1

        def close(self) -> None:
            drawn["close"] += 1

    monkeypatch.setattr("copydesk.cli.display.Display", Drawn)
    monkeypatch.setattr(telling, "_has_terminal", lambda _: True)
    given = {"json": False, "quiet": False, "verbose": False, "out": "out", "fail_on": "never", "command": "convert"}
    args = Namespace(**given, arguments=[])
    begun = time.monotonic()
    recorder = Recorder("", "", Settings(), host_of(Selection()))
    code = telling.tell_all(many(20_000, 2), {}, args, recorder, Stop())
    seconds = time.monotonic() - begun

    assert (0, 1) == (code, drawn["close"])
    assert 2 <= drawn["draw"] <= seconds * 10
