from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))  # pytest itself does not find the benchmarks

from benchmarks import run
from benchmarks.forms import Built
from benchmarks.measure import Missing, Result, Row
from benchmarks.scale import field, parts, runs, saved, start
from benchmarks.scale.parts import Scale
from benchmarks.scale.rows import Memory, Peer, Rate, Rerun, Workers
from benchmarks.scale.watch import Usage

on_linux = pytest.mark.skipif(not runs.can_watch(), reason="only Linux tells what all processes took")

TINY = Scale(documents=20, repeats=1, jobs=2)


def _usage(wall: float, cpu: float = 0.0, **peaks: int) -> Usage:
    return Usage(0, wall, cpu, **peaks)


@pytest.mark.parametrize(("wall", "cpu", "jobs", "reached"), [
    (10.0, 20.0, 2, True), (12.0, 20.0, 2, False), (10.0, 22.0, 2, False), (10.0, 20.0, 4, True)])  # fmt: skip
def test_workers_are_fast_and_cost_little(wall: float, cpu: float, jobs: int, reached: bool) -> None:
    """The speed-up is the time of one to that of several, the cost the other way round, and both have a goal."""
    row = Workers(jobs, 100, wall, cpu, wall_of_one=20.0, cpu_of_one=20.0)

    assert (20.0 / wall, cpu / 20.0, reached) == (row.speed_up, row.cost, row.reached)


@pytest.mark.parametrize(("sizes", "growth", "reached"), [
    ((20.0, 40.0, 41.0), 1.025, True), ((40.0, 40.0, 44.0), 1.1, False)])  # fmt: skip
def test_memory_is_flat_from_the_last_but_one(sizes: tuple[float, ...], growth: float, reached: bool) -> None:
    """What ten times as many documents take is what counts; what the first thousand take is told beside."""
    row = Memory("WARC", "a worker", (1000, 10_000, 100_000), sizes)

    assert growth == pytest.approx(row.growth)
    assert reached is row.reached


@pytest.mark.parametrize(("wall", "share", "reached"), [(1.5, 0.15, True), (2.0, 0.2, False), (0.5, 0.05, True)])
def test_a_second_run_is_a_share_of_the_first(wall: float, share: float, reached: bool) -> None:
    """The second run's time is divided by the first's."""
    row = Rerun("text", False, 100, wall, 1.0, first_wall=10.0, first_cpu=8.0)

    assert share == pytest.approx(row.share)
    assert reached is row.reached
    assert ("second run: text", "first run", f"{share:.2f}", "0.12") == row.cells()[:4]


def test_a_rate_is_by_the_clock() -> None:
    """Documents and bytes are divided by the seconds that passed."""
    row = Rate("text", 100, 5_000_000, wall=2.0, cpu=1.0)

    assert (50.0, 2.5) == (row.documents_a_second, row.megabytes_a_second)


def test_a_peer_takes_times_as_long() -> None:
    """A peer's time is divided by ours, the other way round than a speed-up."""
    row = Peer("other", 2, 10, 9, wall=30.0, cpu=40.0, our_wall=10.0, our_cpu=20.0)

    assert ("other: 9 of 10 HTML pages", "copydesk, 2 workers", "3.0", "2.0") == row.cells()[:4]


@pytest.mark.parametrize(("cores", "numbers"), [(1, []), (2, [2]), (3, [2, 3]), (4, [2, 4]), (12, [2, 4, 8, 12])])
def test_workers_are_doubled_up_to_the_cores(
    cores: int, numbers: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each number is held against one worker, by the least of its times, and none is left out or done twice."""
    asked: list[int] = []

    def converted(*options: str) -> Usage:
        jobs = int(options[1])
        asked.append(jobs)
        return _usage(12 / jobs + len(asked), 12.0 + jobs)

    monkeypatch.setattr(parts, "_fresh", lambda _built, _folder, *options: converted(*options))
    found = list(parts.workers(tmp_path, Scale(25, 2, cores)))

    assert numbers == [row.jobs for row in found]
    assert sorted([1, *numbers] * 2) == sorted(asked)
    assert [(12.0 + row.jobs) / 13.0 for row in found] == [row.cost for row in found]


def test_runs_take_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who goes first changes with each turn, and the shortest of the times is what counts."""
    walls, asked = iter((8.0, 20.0, 16.0, 9.0)), []

    def converted(*options: str) -> Usage:
        asked.append(options[1])
        return _usage(next(walls), 1.0)

    monkeypatch.setattr(parts, "_fresh", lambda _built, _folder, *options: converted(*options))

    assert [2.0] == [row.speed_up for row in parts.workers(tmp_path, Scale(25, 2, 2))]
    assert ["2", "1", "1", "2"] == asked


def test_memory_is_looked_at_over_more_and_more_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each form has a row for the parent and one for a worker, over a hundredth, a tenth and all."""
    def fresh(built: Built, _folder: Path, *_options: str, peaks: bool) -> Usage:
        assert peaks
        return _usage(1.0, parent=built.documents << 20, worker=built.documents << 21)

    monkeypatch.setattr(parts, "_fresh", fresh)
    rows = list(parts.memory(tmp_path, Scale(300, 1, 2)))

    assert [(layout, process) for layout in parts.LAYOUTS for process in ("the parent", "a worker")] == [
        (row.layout, row.process) for row in rows]  # fmt: skip
    assert {((3, 30, 300), (3.0, 30.0, 300.0)), ((3, 30, 300), (6.0, 60.0, 600.0))} == {row[2:] for row in rows}
    assert not any(tmp_path.iterdir())


def test_a_second_run_is_into_the_same_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second of two runs has the same inputs, outputs and options, and each pair has a folder of its own."""
    asked: list[tuple[object, ...]] = []

    def convert(path: Path, out: Path, *options: str, **_: bool) -> Usage:
        asked.append((path, out, options, out.exists()))
        out.mkdir(exist_ok=True)
        (out / "0.md").write_text("one", "utf-8")
        return _usage(8.0 if len(asked) % 2 else 1.0, 4.0 if len(asked) % 2 else 1.0)

    monkeypatch.setattr(runs, "convert", convert)
    rows = list(parts.rerun(tmp_path, Scale(1, 1, 2)))

    assert [(1.0, 8.0, 1.0, 4.0)] * 6 == [(row.wall, row.first_wall, row.cpu, row.first_cpu) for row in rows]
    assert [False, True] * 6 == [there for *_, there in asked]
    assert [first[:3] for first in asked[::2]] == [second[:3] for second in asked[1::2]]
    assert [False, True] * 3 == [bool(options) for _, _, options, _ in asked[::2]]


@on_linux
@pytest.mark.parametrize("name", ["throughput", "workers", "memory", "rerun"])
def test_each_part_measures_real_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each row tells of time or memory that real runs took, and nothing is left on the disk."""
    monkeypatch.setattr(parts, "LAYOUTS", {key: parts.LAYOUTS[key] for key in ("folders of 1,000", "JSON Lines")})
    monkeypatch.setattr(parts, "KINDS", {"text": 0, "HTML": 100, "mix": 20})
    rows = list(getattr(parts, name)(tmp_path, TINY))

    assert rows
    assert all(number > 0 for row in rows for number in row._asdict().values() if isinstance(number, float))
    assert all(size > 10 for row in rows if isinstance(row, Memory) for size in row.mebibytes)
    assert not any(tmp_path.iterdir())


def test_cold_starts_are_those_of_the_command(tmp_path: Path) -> None:
    """Four ways to call it, none of which is as quick as a Python that does nothing."""
    rows = list(start.measure(tmp_path, rounds=1))

    assert ["cold start: convert, to standard output", "cold start: convert -o, into a folder", "cold start: --help",
            "cold start: --version"] == [row.subject for row in rows]  # fmt: skip
    assert all(row.ratio > 1 for row in rows)
    assert 2 == len(list(tmp_path.glob("out-*/*.md")))


@on_linux
def test_a_peer_converts_a_folder_in_a_pool(tmp_path: Path) -> None:
    """A program for one page converts them all, and what it made of them is counted and removed."""
    program = next(each for each in field.PROGRAMS if each.module == "markdownify")
    with parts.corpus(tmp_path / "corpus", "HTML", 3) as built:
        row = field.beside(program, built, _usage(0.001, 0.001), 2)

        assert ["in"] == [path.name for path in (tmp_path / "corpus").iterdir()]
    assert isinstance(row, Peer)
    assert (3, 3) == (row.documents, row.files)
    assert row.times_as_long > 1


def _saying(text: str) -> Callable[[Path, Path, int], list[str]]:
    return lambda _source, _target, _jobs: [sys.executable, "-c", text]


@on_linux
@pytest.mark.parametrize(("module", "text", "why"), [
    ("no_such_module", "", "not installed"),
    ("no.such.module", "", "not installed"),
    ("json", "pass", "no text"),
    ("json", "raise ValueError('bad page')", "failed: ValueError: bad page"),
])  # fmt: skip
def test_a_peer_that_gives_nothing_is_told_by_its_name(module: str, text: str, why: str, tmp_path: Path) -> None:
    """A program that is missing, fails, or makes no text, has a row that says so, and no ratio."""
    built = Built(tmp_path / "in", 3, 1000)

    assert Missing("other", "copydesk", why) == field.beside(
        field.Program("other", module, _saying(text)), built, _usage(1.0), 2)  # fmt: skip


ROWS: dict[str, list[Row]] = {
    "throughput": [Rate("text", 100, 1000, 2.0, 1.0)],
    "memory": [Memory("WARC", "a worker", (1, 10, 100), (1.0, 2.0, 3.0))],
    "field": [Peer("other", 2, 10, 9, 3.0, 4.0, 1.0, 2.0), Missing("third", "copydesk", "not installed")],
    "start": [Result("ours", "theirs", 1.96, 1.5, 2.0, 3.0, 1.53)],
}


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    """Rows of each kind come back as they were, with the number of documents and what may be said of the machine."""
    saved.save(tmp_path / "speed.json", 100, ROWS)

    assert saved.Saved(saved.machine(), 100, ROWS) == saved.load(tmp_path / "speed.json")


@pytest.mark.parametrize(("documents", "names"), [(100, ["memory", "start"]), (200, ["start"])])
def test_a_part_is_saved_beside_others_like_it(documents: int, names: list[str], tmp_path: Path) -> None:
    """Parts stay that were measured over as many documents; what was measured over others is put away."""
    path = tmp_path / "speed.json"
    saved.save(path, 100, {"memory": ROWS["memory"], "start": []})
    saved.save(path, documents, {"start": ROWS["start"]})

    assert names == sorted(saved.load(path).parts)
    assert ROWS["start"] == saved.load(path).parts["start"]


def test_the_machine_has_no_name() -> None:
    """It is told by its system, its cores and its Python."""
    import platform

    assert {"system", "cores", "python"} == saved.machine().keys()
    assert platform.node() not in saved.machine().values()


def test_scale_stands_for_its_parts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`--only scale` runs all of its parts and `--save` keeps them; without a name none of the long ones is run."""
    def measured(name: str) -> run.Benchmark:
        return lambda _folder, args: [Rate(name, args.documents, 1, 1.0, 1.0)]

    monkeypatch.setattr(run, "SCALE", {name: measured(name) for name in run.SCALE})
    monkeypatch.setattr(run, "ALL", {name: measured(name) for name in run.ALL})
    path = tmp_path / "speed.json"

    assert 0 == run.main(["--only", "scale", "--only", "memory", "--documents", "7", "--save", str(path)])
    assert list(run.SCALE) == list(json.loads(path.read_text("utf-8"))["parts"])
    assert not set(run.BENCHMARKS) & set(run.ON_ALL_CORES)
    assert run.ON_ALL_CORES == tuple(name for name in run.SCALE if name not in ("start", "dispatch"))


def test_what_was_measured_is_saved_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A part that fails after a quarter of an hour takes nothing of what was measured before it."""
    def failing(_folder: Path, _args: object) -> list[Row]:
        raise runs.RunError("it failed")

    monkeypatch.setattr(run, "ALL", {"start": lambda _folder, _args: ROWS["start"], "memory": failing})
    monkeypatch.setattr(run, "SCALE", run.ALL)
    path = tmp_path / "speed.json"
    with pytest.raises(runs.RunError):
        run.main(["--only", "scale", "--save", str(path)])

    assert ROWS["start"] == saved.load(path).parts["start"]


@on_linux
def test_only_the_parts_with_workers_are_on_all_cores() -> None:
    """A benchmark stays on one core while it runs, and the next may use all of them again."""
    import os

    before = os.sched_getaffinity(0)
    with run._on_one_core(True):
        assert 1 == len(os.sched_getaffinity(0))
    assert before == os.sched_getaffinity(0)
    with run._on_one_core(False):
        assert before == os.sched_getaffinity(0)


@on_linux
def test_the_script_measures_a_part(tmp_path: Path) -> None:
    """Run as a script, it measures runs of the command and saves them; its exit code tells of goals."""
    path = tmp_path / "speed.json"
    options = ["--only", "throughput", "--documents", "25", "--repeats", "1", "--save", str(path)]
    found = subprocess.run([sys.executable, run.__file__, *options], capture_output=True, text=True, check=False)

    assert (0, "") == (found.returncode, found.stderr)
    assert ["text", "HTML"] == [row["kind"] for row in json.loads(path.read_text("utf-8"))["parts"]["throughput"]]
