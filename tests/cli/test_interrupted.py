from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from copydesk.batch.engines import WorkerLost
from copydesk.batch.stopping import Stop
from copydesk.batch.values import STATUSES, Outcome, Settings, Task, stopped
from copydesk.inputs import Input
from tests.support.slow import captures, rows, statuses, tree
from tests.support.terminal import COPYDESK, CTRL_C, Terminal

T = TypeVar("T")

MANY = 30
OPTIONS = ("-o", "out", "--plugins-dir", "plugins", "--report", "r.jsonl")
GOES_ON = "interrupted; the same command goes on from here: "
ENGINES = {"here": ("--timeout", "0"), "apart": ("-j", "1"), "two": ("-j", "2")}


def on_screen(folder: Path, *options: str, command: tuple[str, ...] = ("convert", "in")) -> Terminal:
    """Start a run in a terminal; the captures are below the folder, in `in`."""
    return Terminal([*COPYDESK, *command, *options], folder, columns=160)


def has_begun(folder: Path, count: int = 3) -> Callable[[], bool]:
    """Return what tells whether so many inputs are in the report."""
    return lambda: len(rows(folder / "r.jsonl")) > count


def run(folder: Path, *argv: str) -> subprocess.CompletedProcess[str]:
    """Run a command outside of a terminal."""
    return subprocess.run([*COPYDESK, *argv], cwd=folder, capture_output=True, text=True, check=False)


def check_is_true(folder: Path, terminal: Terminal, out: str = "out") -> None:
    """Assert that counts, report and folder agree, the report is open at its end, and the terminal is as it was."""
    counts = statuses(folder / "r.jsonl")
    said = " + ".join(f"{counts[status]} {status}" for status in STATUSES)

    assert f"{sum(counts.values())} inputs = {said}" in terminal.lines()
    assert counts["written"] == len(tree(folder / out)) > 0
    assert [] == [name for name in tree(folder / out) if not name.endswith(".md")]
    assert "summary" not in rows(folder / "r.jsonl")[-1]
    assert (terminal.screen().cursor.x, terminal.screen().cursor.hidden) == (0, False)


@pytest.mark.parametrize("options", ENGINES.values(), ids=ENGINES)
def test_law_an_interrupted_run_goes_on(tmp_path: Path, options: tuple[str, ...]) -> None:
    """Law: Ctrl-C finishes what is in hand and counts it, and the command that is printed makes the tree whole."""
    captures(tmp_path, MANY)
    terminal = on_screen(tmp_path, *OPTIONS, *options)
    terminal.wait_for(has_begun(tmp_path))
    terminal.press(CTRL_C)
    code, last = terminal.end(), terminal.lines()[-1]

    assert code == 130
    check_is_true(tmp_path, terminal)
    assert sum(statuses(tmp_path / "r.jsonl").values()) < MANY
    assert last == f"{GOES_ON}{shlex.join(['copydesk', 'convert', 'in', *OPTIONS, *options])}"

    written = len(tree(tmp_path / "out"))
    again = run(tmp_path, *shlex.split(last.removeprefix(GOES_ON))[1:])
    run(tmp_path, "convert", "in", "-o", "whole", "--plugins-dir", "plugins")

    assert again.returncode == 0
    assert f"{MANY} inputs = {MANY - written} written + {written} unchanged + 0 rejected" in again.stderr
    assert tree(tmp_path / "whole") == tree(tmp_path / "out")


@pytest.mark.parametrize("options", ENGINES.values(), ids=ENGINES)
def test_a_run_ends_in_order_when_it_is_terminated(tmp_path: Path, options: tuple[str, ...]) -> None:
    """SIGTERM ends a run as Ctrl-C does, with exit code 143."""
    captures(tmp_path, MANY)
    terminal = on_screen(tmp_path, *OPTIONS, *options)
    terminal.wait_for(has_begun(tmp_path))
    terminal.process.send_signal(signal.SIGTERM)

    assert terminal.end() == 143
    check_is_true(tmp_path, terminal)


def test_a_signal_to_the_workers_too_fails_no_document(tmp_path: Path) -> None:
    """Where SIGTERM reaches all processes, as of a service that is stopped, no document counts as failed for that."""
    captures(tmp_path, MANY)
    terminal = on_screen(tmp_path, *OPTIONS)
    terminal.wait_for(has_begun(tmp_path))
    os.killpg(terminal.process.pid, signal.SIGTERM)

    assert terminal.end() == 143
    assert {"written"} == {*statuses(tmp_path / "r.jsonl")}
    assert [] == [name for name in tree(tmp_path / "out") if not name.endswith(".md")]


def test_a_terminal_that_is_closed_ends_a_run_in_order(tmp_path: Path) -> None:
    """When the terminal hangs up, what is in hand is written and in the report."""
    captures(tmp_path, MANY)
    terminal = on_screen(tmp_path, *OPTIONS, "--timeout", "0")
    terminal.wait_for(has_begun(tmp_path))
    terminal.close()

    assert terminal.process.wait(timeout=30) == 129
    assert statuses(tmp_path / "r.jsonl")["written"] == len(tree(tmp_path / "out")) < MANY


@pytest.mark.parametrize("options", [("--timeout", "0"), ("--timeout", "300")], ids=["here", "apart"])
def test_a_second_time_ends_at_once(tmp_path: Path, options: tuple[str, ...]) -> None:
    """A document that hangs holds up the first Ctrl-C, which says so, and not the second."""
    captures(tmp_path, 5)
    captures(tmp_path, 1, "Hangs", first=5)
    terminal = on_screen(tmp_path, *OPTIONS, *options)
    terminal.wait_for(has_begun(tmp_path, 5))
    terminal.press(CTRL_C)
    terminal.wait_for(lambda: b"a second Ctrl-C ends at once" in terminal.printed)
    time.sleep(0.5)
    still_runs = terminal.process.poll() is None
    pressed = time.monotonic()
    terminal.press(CTRL_C)

    assert (still_runs, terminal.end()) == (True, 130)
    assert time.monotonic() - pressed < 20
    check_is_true(tmp_path, terminal)
    assert terminal.lines()[-1].startswith(GOES_ON)


def test_waiting_for_standard_input_ends_at_once(tmp_path: Path) -> None:
    """While nothing is in hand, as before anything is typed, one Ctrl-C is enough."""
    terminal = on_screen(tmp_path, "-o", "out", "--report", "r.jsonl", command=("convert", "-"))
    terminal.wait_for(has_begun(tmp_path, 0))
    time.sleep(0.3)
    terminal.press(CTRL_C)

    assert terminal.end() == 130
    assert b"Traceback" not in terminal.printed


def test_names_from_documents_are_interrupted(tmp_path: Path) -> None:
    """While documents are made for their names alone, nothing is written, and Ctrl-C ends that too."""
    captures(tmp_path, MANY)
    terminal = on_screen(tmp_path, *OPTIONS, "--name", "dated")
    terminal.wait_for(lambda: b" of 30 inputs" in terminal.printed)
    terminal.press(CTRL_C)

    assert terminal.end() == 130
    assert terminal.lines()[-1].startswith(GOES_ON)
    assert "0 inputs = 0 written + 0 unchanged + 0 rejected + 0 failed" in terminal.lines()


def test_an_interrupted_retry_goes_on(tmp_path: Path) -> None:
    """What a retry did not reach is in the report as before, and the same command does the rest."""
    for capture in captures(tmp_path, MANY).iterdir():
        capture.write_bytes(b"")
    run(tmp_path, "convert", "in", *OPTIONS)
    assert statuses(tmp_path / "r.jsonl") == {"rejected": MANY}

    captures(tmp_path, MANY)
    terminal = on_screen(tmp_path, "--timeout", "0", command=("retry", "r.jsonl"))
    terminal.wait_for(lambda: any((tmp_path / "out").glob("*.md")))
    terminal.press(CTRL_C)
    code, found = terminal.end(), statuses(tmp_path / "r.jsonl")

    assert code == 130
    assert terminal.lines()[-1] == f"{GOES_ON}copydesk retry r.jsonl --timeout 0"
    assert 0 < found["written"] == len(tree(tmp_path / "out")) < MANY
    assert found["rejected"] == MANY - found["written"]
    assert rows(tmp_path / "r.jsonl")[-1]["summary"]["rejected"] == found["rejected"]

    run(tmp_path, "retry", "r.jsonl")
    assert statuses(tmp_path / "r.jsonl") == {"written": MANY}


FIRST_MOMENT = """
import os, signal
from multiprocessing.forkserver import ForkServer
from copydesk.batch.engines import Apart
from copydesk.batch.values import Settings, Task
from copydesk.inputs import Input

def interrupted(server):
    started(server)
    os.kill(server._forkserver_pid, signal.SIGINT)

def work(task):
    return task.name

if __name__ == "__main__":
    started, ForkServer.ensure_running = ForkServer.ensure_running, interrupted
    print(*Apart(1, 30, 0)(work, [Task(Input("a", "a"), Settings(), "done")]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="workers are started otherwise there")
def test_workers_do_not_hear_ctrl_c_while_they_start(tmp_path: Path) -> None:
    """Ctrl-C before the process that workers come from has loaded anything neither ends it nor prints a traceback."""
    (tmp_path / "first.py").write_text(FIRST_MOMENT, "utf-8")
    found = subprocess.run([sys.executable, "first.py"], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert ("done\n", "") == (found.stdout, found.stderr)


def tasks(count: int) -> list[Task]:
    """Return so many tasks that nobody does."""
    return [Task(Input(str(number), str(number)), Settings()) for number in range(count)]


def ahead(work: Callable[[Task], T], tasks: Iterable[Task]) -> Iterator[T | Outcome]:
    """Do as engines do that hand out tasks before they are asked: three at a time."""
    waiting = []
    for task in tasks:
        waiting.append(task)
        if len(waiting) == 3:
            yield work(waiting.pop(0))
    yield from map(work, waiting)


def given(count: int, last: int, work: Callable[[Task], object], number: int) -> tuple[list[object], bool]:
    """Return what an engine gives of so many tasks when a signal comes after some, and whether the run was ended."""
    found: list[object] = []
    try:
        with Stop() as stop:
            for outcome in stop.over(ahead)(work, tasks(count)):
                found.append(outcome)
                if len(found) == last:
                    os.kill(os.getpid(), number)
    except KeyboardInterrupt:
        return found, True
    return found, False


def name(task: Task) -> str:
    """Return the name of a task's input."""
    return task.item.shown


def test_what_is_in_hand_is_given() -> None:
    """After the signal no task is handed out, those that were are done, and then the run is ended."""
    assert (["0", "1", "2", "3"], True) == given(9, 2, name, signal.SIGINT)


def test_what_is_done_already_is_whole() -> None:
    """A signal when the last task has been handed out ends nothing."""
    assert (["0", "1", "2"], False) == given(3, 2, name, signal.SIGINT)


def test_a_lost_worker_is_no_outcome_of_a_run_that_ends() -> None:
    """A worker that is lost is an outcome before the signal; behind it the signal is why, and the run is ended."""
    found, is_ended = given(9, 2, lambda task: stopped(task, "normalize", WorkerLost("it ended")), signal.SIGTERM)

    assert (2, True) == (len(found), is_ended)


def test_an_engine_that_breaks_by_the_signal_ends_the_run() -> None:
    """What an engine raises behind the signal is no fault of it, and before it is."""

    def breaks(task: Task) -> str:
        if name(task) == "2":
            raise OSError("no worker")
        return name(task)

    assert (["0", "1"], True) == given(9, 2, breaks, signal.SIGTERM)
    with pytest.raises(OSError, match="no worker"):
        given(9, 0, breaks, signal.SIGTERM)


def test_signals_are_as_before_afterwards() -> None:
    """A signal that was ignored stays ignored, as under nohup, and all are handled as before at the end."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with Stop():
            during = [signal.getsignal(number) for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)]
        after = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    finally:
        signal.signal(signal.SIGHUP, before)

    assert during[0] == signal.SIG_IGN
    assert signal.default_int_handler not in during
    assert [signal.default_int_handler, signal.SIG_DFL] == after
