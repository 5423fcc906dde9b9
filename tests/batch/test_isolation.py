"""What happens to one of the tasks of a chunk, with real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest

from copydesk.batch import chunks, serving
from copydesk.batch.chunks import WINDOW
from copydesk.batch.engines import Apart
from copydesk.batch.values import Outcome, Settings, Task
from copydesk.batch.workers import Worker
from copydesk.inputs import Input
from tests.batch import works

ROOT = Path(__file__).resolve().parents[2]
APART = Apart(jobs=1, timeout=20, memory=0)


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let workers find the works of these tests."""
    monkeypatch.syspath_prepend(ROOT)


@pytest.fixture
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the first chunk be a large one, so that a task is known to be in the middle of it."""
    made = chunks.Chunks.__init__

    def init(self: chunks.Chunks, tasks: Iterable[Task], jobs: int) -> None:
        made(self, tasks, jobs)
        self._size = 10

    monkeypatch.setattr(chunks.Chunks, "__init__", init)
    monkeypatch.setattr(chunks.Chunks, "learn", lambda *_: None)


def run(folder: Path, deeds: dict[int, str], engine: Apart = APART, count: int = 10) -> list[Outcome]:
    """Do the work on tasks, some of which have deeds, and return their outcomes."""
    results = engine(works.note, [works.task(n, folder, deeds.get(n, "")) for n in range(count)])
    return list(results)


def check(folder: Path, outcomes: list[Outcome], failed: Iterable[int], code: str) -> None:
    """Assert that some failed with a code, and that each other was done once, with the outcome that it had then."""
    assert [outcome.input for outcome in outcomes] == [f"{n}" for n in range(len(outcomes))]
    assert {int(outcome.input): outcome.code for outcome in outcomes if outcome.code} == dict.fromkeys(failed, code)
    told = [outcome.message.rstrip(".") for outcome in outcomes if not outcome.code]
    done = [" ".join(line[:2]) for line in works.lines(folder)]
    assert sorted(told) == sorted(done)


@pytest.mark.usefixtures("_large")
@pytest.mark.parametrize("at", [(0,), (2,), (9,), (2, 3), (0, 5, 9), tuple(range(10))], ids=str)
@pytest.mark.parametrize("deed", ["kill", "exit"])
def test_law_a_worker_that_is_lost_costs_one_task_of_its_chunk(tmp_path: Path, at: tuple[int, ...], deed: str) -> None:
    """Law: what was done before in the chunk stays so and is not done again, and the rest is done by another."""
    outcomes = run(tmp_path, dict.fromkeys(at, deed))

    check(tmp_path, outcomes, at, "crashed")
    said = "signal SIGKILL" if deed == "kill" else "exit code 7"
    assert all(said in outcomes[n].message for n in at)


@pytest.mark.usefixtures("_large")
@pytest.mark.parametrize("deed", ["hang", "loop"])
@pytest.mark.parametrize("at", [0, 4, 9])
def test_law_a_hang_costs_one_task_of_its_chunk(tmp_path: Path, at: int, deed: str) -> None:
    """Law: a task that never ends is stopped when its own time is up, even in the middle of a library."""
    begun = time.monotonic()
    check(tmp_path, run(tmp_path, {at: deed}, APART._replace(timeout=0.5)), [at], "timeout")

    assert time.monotonic() - begun < 10


@pytest.mark.usefixtures("_large")
def test_law_the_time_limit_is_that_of_a_task(tmp_path: Path) -> None:
    """Law: a chunk may take longer than a task may."""
    check(tmp_path, run(tmp_path, dict.fromkeys(range(10), "slow"), APART._replace(timeout=1)), [], "")


@pytest.mark.usefixtures("_large")
def test_a_task_that_takes_no_alarm_is_stopped_too(tmp_path: Path) -> None:
    """Where the system's alarm does nothing, the parent watches."""
    check(tmp_path, run(tmp_path, {4: "deaf"}, APART._replace(timeout=0.5)), [4], "timeout")


@pytest.mark.usefixtures("_large")
@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux alone")
def test_law_a_flood_that_nobody_catches_costs_one_task_of_its_chunk(tmp_path: Path) -> None:
    """Law: a worker that has no memory left is replaced."""
    check(tmp_path, run(tmp_path, {4: "flood"}, APART._replace(memory=400)), [4], "crashed")


@pytest.mark.usefixtures("_large")
def test_a_signal_to_all_processes_is_left_to_the_parent(tmp_path: Path) -> None:
    """A worker that is asked to end goes on: its parent knows when there is nothing more to do."""
    check(tmp_path, run(tmp_path, {4: "end"}), [], "")


@pytest.mark.parametrize("jobs", [1, 3])
def test_large_results_come_whole(tmp_path: Path, jobs: int) -> None:
    """A result that no pipe holds arrives at once, and so does all that was told around it."""
    begun = time.monotonic()
    outcomes = run(tmp_path, dict.fromkeys(range(0, 60, 3), "long"), APART._replace(jobs=jobs), 60)

    check(tmp_path, outcomes, [], "")
    assert [len(outcome.message) == works.LONG for outcome in outcomes] == [n % 3 == 0 for n in range(60)]
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("jobs", [1, 2])
def test_large_tasks_arrive_whole(jobs: int) -> None:
    """A document that no pipe holds arrives, also where its worker has another that comes back as large."""
    sizes = [1] * 20 + [0, 10, 3_000_000, 70_000, 0, 40_000, 5_000_000, 1] * 4
    tasks = [Task(Input(f"{n}", ""), Settings(), data=b"x" * size) for n, size in enumerate(sizes)]

    assert sizes == [len(outcome.message) for outcome in APART._replace(jobs=jobs)(works.echo, tasks)]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux alone")
def test_a_document_that_no_worker_can_take_costs_itself() -> None:
    """Bytes for which a worker has not the memory are a failed line, and the others are not affected."""
    sizes = [1, 2, 80_000_000, 3, 4]
    tasks = [Task(Input(f"{n}", ""), Settings(), data=bytes(size)) for n, size in enumerate(sizes)]
    codes = [outcome.code or len(outcome.message) for outcome in APART._replace(memory=30)(works.echo, tasks)]

    assert codes == [1, 2, "crashed", 3, 4]


def _refuse() -> object:
    raise AssertionError("a settled task is shipped")


class Unshipped(bytes):
    """Bytes that cannot be sent to a worker."""

    def __reduce__(self) -> Any:
        return _refuse()


@pytest.mark.parametrize("jobs", [1, 2])
def test_settled_tasks_are_given_in_their_turn(tmp_path: Path, jobs: int) -> None:
    """The outcome of a settled task is given as it is, in the order of the tasks, and no worker has it."""
    settled = {n: Outcome(f"{n}", "", "unchanged") for n in [0, 1, *range(20, 90), 150, 199]}
    tasks = [works.task(n, tmp_path)._replace(settled=settled.get(n), data=Unshipped() if n in settled else None)
             for n in range(200)]  # fmt: skip
    outcomes = list(APART._replace(jobs=jobs)(works.note, tasks))

    assert [f"{n}" for n in range(200)] == [outcome.input for outcome in outcomes]
    assert all(outcomes[n] is settled[n] for n in settled)
    assert len(works.lines(tmp_path)) == 200 - len(settled)


def test_the_item_of_an_outcome_is_that_of_the_task(tmp_path: Path) -> None:
    """An outcome has the very input of its task, though it did not travel."""
    tasks = [works.task(n, tmp_path) for n in range(3)]

    assert all(task.item is outcome.item for task, outcome in zip(tasks, APART(works.note, tasks), strict=True))


def test_a_slow_consumer_costs_nothing(tmp_path: Path) -> None:
    """Workers wait for who takes their results, and that is not the time of a task."""
    results = APART._replace(timeout=0.5)(works.note, [works.task(n, tmp_path, "long") for n in range(40)])
    outcomes = []
    for outcome in results:
        outcomes.append(outcome)
        if len(outcomes) in (3, 20):
            time.sleep(2.5)

    check(tmp_path, outcomes, [], "")


def test_others_go_on_beside_a_slow_task(tmp_path: Path) -> None:
    """While one task is in hand the other worker goes on, and no more is drawn than the window holds."""
    drawn = 0

    def tasks() -> Iterator[Task]:
        nonlocal drawn
        for number in range(1_000_000):
            drawn += 1
            yield works.task(number, tmp_path, "slow" if number == 0 else "")

    results = APART._replace(jobs=2)(works.note, tasks())
    next(results)
    done = len(works.lines(tmp_path))
    results.close()  # type: ignore[attr-defined]  # it is a generator

    assert done > 20
    assert drawn <= 2 * WINDOW


def alive(pids: Iterable[int]) -> list[int]:
    """Return which processes there still are."""
    return [pid for pid in pids if Path(f"/proc/{pid}").exists() and "zombie" not in _state(pid)]


def _state(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/status").read_text("ascii", errors="replace")
    return "zombie"


def until(holds: Callable[[], bool], seconds: float = 10) -> bool:
    """Wait until something holds, and tell whether it does."""
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    return holds()


@pytest.mark.parametrize("deed", ["", "hang"])
def test_who_stops_asking_leaves_no_process(tmp_path: Path, deed: str) -> None:
    """A generator that is closed lets its workers finish, and ends those that do not; the other tasks stay undrawn."""
    drawn: list[int] = []

    def tasks() -> Iterator[Task]:
        for number in range(1000):
            drawn.append(number)
            yield works.task(number, tmp_path, deed if number > 1 else "")

    results = APART._replace(jobs=2)(works.begun, tasks())
    assert [next(results).input, next(results).input] == ["0", "1"]
    assert until(lambda: len(works.lines(tmp_path, "begun")) > 2)

    results.close()  # type: ignore[attr-defined]  # it is a generator

    assert active_children() == []
    assert len(drawn) <= 2 * WINDOW
    done = len(works.lines(tmp_path))
    time.sleep(0.2)
    assert len(works.lines(tmp_path)) == done


@pytest.mark.skipif(not os.path.exists("/proc/self"), reason="processes are looked up in /proc")
@pytest.mark.parametrize("deed", ["", "hang"])
def test_a_parent_that_is_killed_leaves_no_process(tmp_path: Path, deed: str) -> None:
    """Workers end when nobody asks for more: an idle or busy one at once, and one that hangs when its time is up."""
    code = (f"from tests.batch import works; from copydesk.batch.engines import Apart; from pathlib import Path; "
            f"folder = Path({str(tmp_path)!r}); tasks = (works.task(n, folder, {deed!r}) for n in range(1000000)); "
            "print(sum(1 for _ in Apart(2, 2, 0)(works.begun, tasks)))")  # fmt: skip
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    try:
        assert until(lambda: len({line[1] for line in works.lines(tmp_path, "begun")}) > 1, 60)
    finally:
        parent.kill()
        parent.wait()
    pids = {int(line[1]) for line in works.lines(tmp_path, "begun")}

    assert until(lambda: alive(pids) == [])


def test_a_worker_that_is_killed_while_it_is_idle_is_replaced(tmp_path: Path) -> None:
    """What ends while it has nothing in hand costs nothing."""

    def tasks() -> Iterator[Task]:
        for number in range(3):
            for _, _, pid in works.lines(tmp_path):
                with suppress(ProcessLookupError):
                    os.kill(int(pid), signal.SIGKILL)
            yield works.task(number, tmp_path)

    check(tmp_path, list(APART(works.note, tasks())), [], "")


def test_a_frame_says_what_it_holds() -> None:
    """No result is taken for the beginning of a chunk."""
    assert all(serving._packed(result, works.task(0, Path())) != serving.BEGUN for result in ("", b"", None))


def test_a_worker_that_is_let_go_ends_by_itself() -> None:
    """Nobody has to end a process that has nothing to do."""
    worker = Worker(works.note, 20, 0)
    worker.let_go()

    assert (worker.see_off(60), worker._process.exitcode) == ([], 0)
