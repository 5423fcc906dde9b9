from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from copydesk import inputs
from copydesk.batch.engines import Apart, Engine, here
from copydesk.batch.values import Outcome, Settings, Task
from copydesk.batch.work import convert_one
from copydesk.convert import convert
from copydesk.desk.selection import Selection
from copydesk.errors import CopydeskError
from copydesk.inputs import Input
from tests.support.specimens import SEEDS
from tests.support.trouble import plugin

APART = Apart(jobs=1, timeout=3, memory=400)


@pytest.fixture(scope="module")
def page() -> bytes:
    """Return the bytes of a capture of layout A."""
    return (SEEDS / "kcna" / "layout-a" / "capture.txt").read_bytes()


def run(folder: Path, page: bytes, code: str, engine: Engine) -> dict[str, Outcome]:
    """Convert five captures, the third by a plugin that makes trouble, and return what became of each by its name."""
    (folder / "plugins").mkdir()
    (folder / "plugins" / "trouble.py").write_text(plugin(code), "utf-8")
    captures = folder / "captures"
    captures.mkdir()
    for number in range(1, 6):
        text = page.replace(b"KCNA.kp", b"Trouble") if number == 3 else page
        (captures / f"{number}.txt").write_bytes(text)
    settings = Settings(str(folder / "out"), plugins=Selection(folders=(str(folder / "plugins"),)))
    outcomes = list(convert(inputs.find([str(captures)]).inputs, settings, engine))
    return {Path(outcome.input).name: outcome for outcome in outcomes}


def check_costs_one(found: dict[str, Outcome], folder: Path, code: str) -> Outcome:
    """Assert that one document has failed with a code and the others are whole, in order; return the one."""
    assert [*found] == [f"{number}.txt" for number in range(1, 6)]
    assert [outcome.status for outcome in found.values()] == ["written", "written", "failed", "written", "written"]
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["1.md", "2.md", "4.md", "5.md"]
    assert found["3.txt"].code == code
    return found["3.txt"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_law_a_hang_costs_its_document(tmp_path: Path, page: bytes, jobs: int) -> None:
    """Law: a plugin that never returns is a failed line with the limit and the remedy, and not the end."""
    found = run(tmp_path, page, "time.sleep(60)", APART._replace(jobs=jobs, timeout=1))
    failed = check_costs_one(found, tmp_path, "timeout")

    assert failed.message.startswith("it took longer than 1 s, and was stopped; ")
    assert "--timeout" in failed.message


def test_law_a_loop_in_the_library_costs_its_document(tmp_path: Path, page: bytes) -> None:
    """Law: a pattern that backtracks without end, in code that is not Python, is stopped too."""
    code = "import re; re.match('(a|a)*b', 'a' * 60)"

    check_costs_one(run(tmp_path, page, code, APART._replace(timeout=1)), tmp_path, "timeout")


def test_law_a_crash_costs_its_document(tmp_path: Path, page: bytes) -> None:
    """Law: a worker that dies, as by a fault in native code, is a failed line that says how it ended."""
    failed = check_costs_one(run(tmp_path, page, "os.kill(os.getpid(), signal.SIGSEGV)", APART), tmp_path, "crashed")

    assert "ended with signal SIGSEGV" in failed.message


def test_a_worker_that_is_killed_while_it_writes_leaves_nothing(tmp_path: Path, page: bytes) -> None:
    """Half an output is in no place, and the temporary file is removed."""
    code = "os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)"
    failed = check_costs_one(run(tmp_path, page, code, APART), tmp_path, "crashed")

    assert "signal SIGKILL" in failed.message
    assert [path.name for path in (tmp_path / "out").rglob("*") if path.suffix != ".md"] == []


def test_a_run_that_is_given_up_while_a_worker_writes_leaves_nothing(tmp_path: Path, page: bytes) -> None:
    """A worker that does not come back from writing is ended when nobody asks any more, and its half is removed."""
    (tmp_path / "plugins").mkdir()
    (tmp_path / "plugins" / "trouble.py").write_text(plugin("os.replace = lambda *_: time.sleep(60)"))
    for number, text in enumerate((page, page.replace(b"KCNA.kp", b"Trouble"))):
        (tmp_path / f"{number}.txt").write_bytes(text)
    settings = Settings(str(tmp_path / "out"), plugins=Selection(folders=(str(tmp_path / "plugins"),)))
    tasks = [Task(Input(str(tmp_path / f"{number}.txt"), ""), settings, f"{number}.md") for number in range(2)]
    results = APART._replace(timeout=30)(convert_one, tasks)
    next(results)
    while not list((tmp_path / "out").glob(".copydesk-*.tmp")):
        time.sleep(0.02)
    results.close()  # type: ignore[attr-defined]  # it is a generator

    assert [path.name for path in (tmp_path / "out").iterdir()] == ["0.md"]


def test_law_an_exit_costs_its_document(tmp_path: Path, page: bytes) -> None:
    """Law: a plugin that ends its process at once is a failed line with the exit code."""
    failed = check_costs_one(run(tmp_path, page, "os._exit(7)", APART), tmp_path, "crashed")

    assert "ended with exit code 7" in failed.message


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="memory is limited on Linux alone")
def test_law_a_flood_of_memory_costs_its_document(tmp_path: Path, page: bytes) -> None:
    """Law: a plugin that takes memory without end meets a limit, and the machine does not notice."""
    failed = check_costs_one(run(tmp_path, page, "hoard = [bytes(1 << 24) for _ in range(1 << 20)]", APART),
                             tmp_path, "rule")  # fmt: skip

    assert "MemoryError" in failed.message


@pytest.mark.parametrize("engine", [here, APART], ids=["here", "apart"])
def test_law_a_recursion_costs_its_document(tmp_path: Path, page: bytes, engine: Engine) -> None:
    """Law: a plugin that calls itself without end is a failed line, by whatever engine."""
    check_costs_one(run(tmp_path, page, "trouble(reading)", engine), tmp_path, "rule")


def test_engines_agree(tmp_path: Path) -> None:
    """Every engine gives the same outcomes and the same bytes, whatever the number of workers."""
    found = inputs.find([str(SEEDS)]).inputs
    engines: dict[str, Engine] = {"here": here, "one": APART, "two": APART._replace(jobs=2)}
    outcomes = {
        name: [outcome._replace(output="", seconds=0)
               for outcome in convert(found, Settings(str(tmp_path / name)), engine)]
        for name, engine in engines.items()
    }  # fmt: skip
    trees = {name: {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.md")}
             for name in engines}  # fmt: skip

    assert len(trees["here"]) > 100
    assert trees["here"] == trees["one"] == trees["two"]
    assert outcomes["here"] == outcomes["one"] == outcomes["two"]


def test_dated_names_are_made_apart_too(tmp_path: Path, page: bytes) -> None:
    """What hangs while names are found costs its document there, and is not tried again."""
    (tmp_path / "trouble.py").write_text(plugin("time.sleep(60)"), "utf-8")
    for name, text in (("good.txt", page), ("bad.txt", page.replace(b"KCNA.kp", b"Trouble"))):
        (tmp_path / name).write_bytes(text)
    settings = Settings(str(tmp_path / "out"), name="dated", plugins=Selection(folders=(str(tmp_path),)))
    found = inputs.find([str(tmp_path)]).inputs
    bad, good = convert(found, settings, APART._replace(timeout=1))

    assert (bad.status, bad.code) == ("failed", "timeout")
    assert good.output == (tmp_path / "out" / "kcna" / "2023" / Path(good.output).name).as_posix()


def _unknown(task: Task) -> str:
    return task.item.path


def test_workers_that_cannot_start_end_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no worker can do the work, the command ends with the reason and a way around it."""
    monkeypatch.setattr(_unknown, "__module__", "made_up_engine_work")
    monkeypatch.setitem(sys.modules, "made_up_engine_work", sys.modules[__name__])  # which no worker can import
    tasks = iter([Task(Input("a", "a"), Settings())])

    with pytest.raises(CopydeskError, match=r"no worker could .*; convert in this process with --timeout 0"):
        list(APART(_unknown, tasks))
