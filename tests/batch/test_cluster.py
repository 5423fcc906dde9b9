from __future__ import annotations

import io
import json
import os
import socket
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from copydesk import inputs
from copydesk.batch import cluster
from copydesk.batch.child import Order, do
from copydesk.batch.cluster import Cluster
from copydesk.batch.engines import Engine, here
from copydesk.batch.values import Outcome, Settings, Task
from copydesk.batch.work import convert_one
from copydesk.cli import main
from copydesk.convert import convert
from copydesk.desk.selection import Selection
from copydesk.errors import CopydeskError
from copydesk.inputs import Input
from tests.batch.clusters import RESTART, kill, processes, scheduler, until, worker
from tests.support.specimens import SEEDS
from tests.support.trouble import plugin


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a scheduler with two workers, and give its address."""
    folder = tmp_path_factory.mktemp("cluster")
    with scheduler(folder) as (found, _), worker(folder, "one", found), worker(folder, "two", found):
        until(lambda: len(processes(found)) == 2)
        yield found


@pytest.fixture(scope="module")
def page() -> bytes:
    """Return the bytes of a capture of layout A."""
    return (SEEDS / "kcna" / "layout-a" / "capture.txt").read_bytes()


def lay_out(folder: Path, page: bytes, code: str, count: int = 5, trouble: tuple[int, ...] = (3,)) -> Settings:
    """Write captures into a folder, some of them of a source that makes trouble, and return the settings."""
    (folder / "plugins").mkdir()
    (folder / "plugins" / "trouble.py").write_text(plugin(code), "utf-8")
    (folder / "captures").mkdir()
    for number in range(1, count + 1):
        text = page.replace(b"KCNA.kp", b"Trouble") if number in trouble else page
        (folder / "captures" / f"{number:03}.txt").write_bytes(text)
    return Settings(str(folder / "out"), plugins=Selection(folders=(str(folder / "plugins"),)))


def begin(folder: Path, settings: Settings, engine: Engine) -> Iterator[Outcome]:
    """Begin to convert the captures in a folder."""
    return convert(inputs.find([str(folder / "captures")]).inputs, settings, engine)


def tree(folder: Path) -> dict[str, str]:
    """Return the hash of each file in a folder but for the ledger."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.parent.name != ".copydesk")
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def check_costs_one(outcomes: list[Outcome], folder: Path, code: str) -> Outcome:
    """Assert that the third of five documents has failed with a code and the others are whole; return the one."""
    assert [Path(outcome.input).name for outcome in outcomes] == [f"00{number}.txt" for number in range(1, 6)]
    assert [outcome.status for outcome in outcomes] == ["written", "written", "failed", "written", "written"]
    assert sorted(tree(folder / "out")) == ["001.md", "002.md", "004.md", "005.md"]
    assert outcomes[2].code == code
    return outcomes[2]


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: bytes) -> Path:
    """Return a folder that is the current one, with captures in files and in containers of both kinds."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for name in ("b.txt", "a.txt"):
        (tmp_path / "in" / name).write_bytes(page)
    with tarfile.open(tmp_path / "in" / "more.tar.gz", "w:gz") as archive:
        for name in ("two.txt", "one.txt", "empty.txt"):
            member = tarfile.TarInfo(name)
            member.size = 0 if name == "empty.txt" else len(page)
            archive.addfile(member, io.BytesIO(page[: member.size]))
    lines = [{"text": page.decode(), "name": f"{number}.txt"} for number in range(3)]
    (tmp_path / "in" / "lines.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    return tmp_path


def command(inbox: Path, *options: str) -> tuple[int, list[dict[str, Any]], dict[str, str]]:
    """Convert all that is there by the command, and return exit code, report and tree, and remove both."""
    code = main(["convert", "in", str(SEEDS), "-o", "out", "--report", "report.jsonl", "-q", *options])
    report = [json.loads(line) for line in (inbox / "report.jsonl").read_text("utf-8").splitlines()]
    for row in report:
        row.pop("seconds", None)
    found = tree(inbox / "out")
    (inbox / "out").rename(inbox / f"out-{len(list(inbox.iterdir()))}")
    return code, report, found


@pytest.mark.parametrize("name", ["mirror", "dated"])
def test_law_a_cluster_makes_the_same_bytes(address: str, inbox: Path, name: str) -> None:
    """Law: workers in other folders make the same tree, report and exit code as one process, by relative paths."""
    one = command(inbox, "--name", name, "--timeout", "0")
    other = command(inbox, "--name", name, "--scheduler", address)

    assert len(one[2]) > 100
    assert any("more.tar.gz!two.txt" in row.get("input", "") for row in one[1])
    assert one == other


def test_a_second_run_finds_all_unchanged(address: str, tmp_path: Path, page: bytes) -> None:
    """What an earlier run has written is unchanged, and not written by this one."""
    settings = lay_out(tmp_path, page, "pass")
    first = list(begin(tmp_path, settings, Cluster(address, 30, 0)))
    time.sleep(0.02)  # more than a tick of the file system's clock
    second = list(begin(tmp_path, settings, Cluster(address, 30, 0)))

    assert [outcome.status for outcome in first] == ["written"] * 5
    assert [outcome.status for outcome in second] == ["unchanged"] * 5


def test_law_a_lost_worker_costs_nothing(address: str, tmp_path: Path, page: bytes) -> None:
    """Law: workers that are killed in the middle lose nothing; what they wrote counts as written, and once."""
    settings = lay_out(tmp_path, page, "time.sleep(0.1)", count=30, trouble=tuple(range(31)))
    expected = list(begin(tmp_path, settings._replace(out=str(tmp_path / "alone")), here))
    outcomes = begin(tmp_path, settings, Cluster(address, 30, 0))
    found = [next(outcomes)]
    done = len(tree(tmp_path / "out"))
    until(lambda: len(tree(tmp_path / "out")) >= done + 3)
    kill(address)
    found += outcomes

    assert [outcome.input for outcome in found] == [outcome.input for outcome in expected]
    assert {outcome.status for outcome in found} == {"written"}
    assert tree(tmp_path / "out") == tree(tmp_path / "alone")


def test_law_a_hang_costs_its_document(address: str, tmp_path: Path, page: bytes) -> None:
    """Law: a pattern that backtracks without end is stopped at the limit, and its worker goes on."""
    before = processes(address)
    settings = lay_out(tmp_path, page, "re.match('(a|a)*b', 'a' * 60)")
    failed = check_costs_one(list(begin(tmp_path, settings, Cluster(address, 1, 0))), tmp_path, "timeout")

    assert failed.message.startswith("it took longer than 1 s, and was stopped; ")
    assert processes(address) == before


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", "ended with signal SIGSEGV"),
        ("os._exit(7)", "ended with exit code 7"),
        ("os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)", "ended with signal SIGKILL"),
    ],
    ids=["fault", "exit", "while it writes"],
)
def test_law_a_crash_costs_its_document(address: str, tmp_path: Path, page: bytes, code: str, said: str) -> None:
    """Law: a document that ends its process is a failed line that says how, leaves nothing, and its worker goes on."""
    before = processes(address)
    settings = lay_out(tmp_path, page, code)
    failed = check_costs_one(list(begin(tmp_path, settings, Cluster(address, 30, 0))), tmp_path, "crashed")

    assert said in failed.message
    assert processes(address) == before


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="memory is limited on Linux alone")
def test_law_a_flood_of_memory_costs_its_document(address: str, tmp_path: Path, page: bytes) -> None:
    """Law: a plugin that takes memory without end meets the limit of the run."""
    settings = lay_out(tmp_path, page, "hoard = [bytes(1 << 24) for _ in range(1 << 20)]")

    check_costs_one(list(begin(tmp_path, settings, Cluster(address, 30, 400))), tmp_path, "rule")


def test_law_who_kills_workers_costs_its_document(address: str, tmp_path: Path, page: bytes) -> None:
    """Law: a document by which worker after worker is lost is found out, and fails alone."""
    settings = lay_out(tmp_path, page, "os.kill(os.getppid(), signal.SIGKILL); time.sleep(9)")
    failed = check_costs_one(list(begin(tmp_path, settings, Cluster(address, 30, 0))), tmp_path, "crashed")

    assert "the workers that had it were lost" in failed.message


def test_settled_tasks_are_not_shipped(address: str) -> None:
    """A task that has its outcome gives it in its place, and no worker is asked."""
    tasks = [Task(Input(f"{number}", f"{number}"), Settings()) for number in range(100)]
    tasks = [task if number % 7 else task._replace(settled=Outcome(f"settled {number}", "", "unchanged"))
             for number, task in enumerate(tasks)]  # fmt: skip
    found = [result.input for result in Cluster(address, 30, 0)(convert_one, iter(tasks))]

    assert found == [str(number) if number % 7 else f"settled {number}" for number in range(100)]


def test_nobody_has_to_ask_for_the_rest(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bounded number of tasks is drawn ahead, and who stops asking leaves the rest."""
    monkeypatch.setattr(cluster, "AHEAD", 1)
    drawn: list[int] = []

    def tasks() -> Iterator[Task]:
        for number in range(10_000):
            drawn.append(number)
            yield Task(Input(f"{number}", f"{number}"), Settings())

    results = Cluster(address, 30, 0)(convert_one, tasks())

    assert [next(results).input, next(results).input] == ["0", "1"]

    results.close()  # type: ignore[attr-defined]  # it is a generator

    assert len(drawn) < 500


def other_library(folder: Path) -> str:
    """Return a path on which lxml has another version."""
    (folder / "path" / "lxml-99.0.dist-info").mkdir(parents=True)
    return str(folder / "path")


def test_another_installation_is_told_before_the_run(address: str, tmp_path: Path, page: bytes) -> None:
    """Where a worker has another version of a library, the run ends before it begins and says which."""
    settings = lay_out(tmp_path, page, "pass")
    with worker(tmp_path, "other", address, PYTHONPATH=other_library(tmp_path)):
        until(lambda: len(processes(address)) == 3)

        with pytest.raises(CopydeskError, match=r"1 of 3 workers cannot .*library lxml 99.0.*; install the same"):
            list(begin(tmp_path, settings, Cluster(address, 30, 0)))

    until(lambda: len(processes(address)) == 2)

    assert not (tmp_path / "out").exists()


def test_a_plugin_that_a_worker_cannot_find_is_told(tmp_path: Path, page: bytes) -> None:
    """What is wrong at a worker is said in its own words."""
    settings = lay_out(tmp_path, page, "pass")
    answer = do(Order(tuple(settings.plugins._replace(folders=(str(tmp_path / "gone"),)))), 0)

    assert "gone': no plugins can be read there" in answer.fault


def test_another_installation_that_comes_late_is_left_out(
    address: str, tmp_path: Path, page: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A worker with another installation that comes in mid-run gets no work, is told of, and loses nothing."""
    monkeypatch.setattr(cluster, "AHEAD", 1)
    settings = lay_out(tmp_path, page, "time.sleep(0.05)", count=80, trouble=tuple(range(81)))
    outcomes = begin(tmp_path, settings, Cluster(address, 30, 0))
    found = [next(outcomes)]
    with worker(tmp_path, "other", address, PYTHONPATH=other_library(tmp_path)):
        until(lambda: len(processes(address)) == 3)
        found += outcomes
    until(lambda: len(processes(address)) == 2)

    assert [outcome.status for outcome in found] == ["written"] * 80
    assert capsys.readouterr().err.count("is left out: it has another installation (library lxml ") == 1


def free_port() -> int:
    """Return a port of this machine at which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.mark.parametrize(
    ("address", "said"), [("tcp://127.0.0.1:{}", "no scheduler answers at"), ("nowhere", "missing port number")]
)
def test_no_scheduler_is_told(
    address: str, said: str, inbox: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no scheduler answers, the command ends with the address and the remedy."""
    monkeypatch.setattr(cluster, "CONNECT", 1)
    code = main(["convert", "in", "-o", "out", "--scheduler", address.format(free_port())])
    err = capsys.readouterr().err

    assert code == 1
    assert said in err
    assert "start one with 'dask scheduler'" in err
    assert "Traceback" not in err
    assert tree(inbox / "out") == {}


def test_no_workers_and_a_lost_scheduler_are_told(
    tmp_path: Path, page: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scheduler without workers is told soon, and one that is lost in mid-run with how much is done."""
    settings = lay_out(tmp_path, page, "time.sleep(0.1)", count=40, trouble=tuple(range(41)))
    with scheduler(tmp_path) as (address, process):
        monkeypatch.setattr(cluster, "CONNECT", 1)

        with pytest.raises(CopydeskError, match="has no workers; start some with"):
            list(begin(tmp_path, settings, Cluster(address, 30, 0)))

        monkeypatch.setattr(cluster, "CONNECT", RESTART)
        with worker(tmp_path, "one", address):
            outcomes = begin(tmp_path, settings, Cluster(address, 30, 0))
            found = [next(outcomes)]
            process.kill()

            with pytest.raises(CopydeskError, match=r"was lost after (\d+) of the inputs; the same command") as lost:
                found.extend(outcomes)

    assert f" after {len(found)} of " in str(lost.value)


def test_a_missing_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library the remedy is the extra that brings it."""
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(CopydeskError, match=r"pip install 'copydesk\[dask\]'"):
        list(Cluster("tcp://127.0.0.1:1", 30, 0)(convert_one, []))


def test_jobs_are_the_workers_affair(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """To ask for processes beside a scheduler is wrong use."""
    with pytest.raises(SystemExit) as stopped:
        main(["convert", "in", "-o", "out", "--scheduler", "tcp://127.0.0.1:1", "-j", "2"])

    assert (stopped.value.code, (inbox / "out").exists()) == (2, False)
    assert "--jobs 2 is of no use with --scheduler" in capsys.readouterr().err


def test_nothing_of_dask_is_imported_without_a_scheduler(inbox: Path) -> None:
    """A run without a scheduler pays nothing for Dask."""
    program = ("import sys; from copydesk.cli import main; main(['convert', 'in', '-o', 'out', '--timeout', '0']); "
               "print(sorted({'dask', 'distributed', 'copydesk.batch.cluster'} & {*sys.modules}))")  # fmt: skip
    done = subprocess.run([sys.executable, "-c", program], cwd=inbox, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
