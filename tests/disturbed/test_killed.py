from __future__ import annotations

import fcntl
import os
import time
from functools import partial
from pathlib import Path
from random import Random
from signal import SIGHUP, SIGTERM

import pytest

from tests.disturbed import captures
from tests.disturbed.conftest import Reference
from tests.disturbed.runs import CONVERT, HERE, Gate, Run, kill, run
from tests.disturbed.sums import check_accounted, leftovers, outcomes, outputs, rows, tree

ENGINES = {"one": ("-j1",), "two": ("-j2",), "here": HERE}
TO = ("-o", "out")


def check_whole(folder: Path, reference: Reference, inputs: int) -> None:
    """Check that a run over all again gives the tree of an undisturbed run, and accounts for every input."""
    ended = run(*CONVERT, *TO, *HERE, cwd=folder)
    counts = check_accounted(folder / "report.jsonl", folder / "out", inputs)

    assert ended.code == 3, ended.err
    assert tree(folder / "out") == reference("mirror")
    assert "failed" not in counts


def check_true(folder: Path, reference: Reference) -> None:
    """Check that all that a killed run has left is true: files are whole, and those that its report names are there."""
    report, left, whole = folder / "report.jsonl", tree(folder / "out"), reference("mirror")

    assert {name: data for name, data in left.items() if whole.get(name) != data} == {}
    assert set(outputs(report)) <= set(left)
    assert "summary" not in rows(report)[-1]


@pytest.mark.parametrize(("engine", "at"), [
    ("one", "rule"), ("one", "replace"), ("two", "rule"), ("two", "write"), ("here", "write"), ("here", "replace"),
])  # fmt: skip
def test_law_nothing_is_lost_with_the_command(
    desk: Path, tmp_path: Path, reference: Reference, inputs: int, at: str, engine: str
) -> None:
    """Law: where the command is killed with documents in hand, what is there is whole, and the rerun makes the tree.

    Its workers end by themselves, also those whose plugin never comes back.
    """
    gate = Gate(tmp_path / "gate", at)
    with Run(*CONVERT, *TO, *ENGINES[engine], cwd=desk, environment=gate.environment) as running:
        running.wait_for(gate)
        running.kill()
        check_true(desk, reference)

        assert running.outlived_by(5) == []
        assert 0 < len(tree(desk / "out")) < len(reference("mirror"))

    check_whole(desk, reference, inputs)


@pytest.mark.parametrize(("engine", "at"), [("one", "write"), ("two", "replace"), ("here", "write")])
def test_a_killed_command_leaves_no_temporary_file(desk: Path, tmp_path: Path, at: str, engine: str) -> None:
    """What was half written when the command was killed is removed by the rerun."""
    gate = Gate(tmp_path / "gate", at)
    with Run(*CONVERT, *TO, *ENGINES[engine], cwd=desk, environment=gate.environment) as running:
        running.wait_for(gate)
        running.kill()
        running.outlived_by(5)
    assert leftovers(desk / "out") != []
    run(*CONVERT, *TO, *HERE, cwd=desk)

    assert leftovers(desk / "out") == []


@pytest.mark.parametrize("signal", [SIGTERM, SIGHUP], ids=["SIGTERM", "SIGHUP"])
def test_law_nothing_is_lost_with_a_command_that_is_told_to_end(
    desk: Path, tmp_path: Path, reference: Reference, inputs: int, signal: int
) -> None:
    """Law: the signals by which a machine is shut down and a terminal closed lose no more than a kill does."""
    gate = Gate(tmp_path / "gate", "write")
    with Run(*CONVERT, *TO, "-j1", cwd=desk, environment=gate.environment) as running:
        running.wait_for(gate)
        running.send(signal)
        gate.open()  # what is in hand is finished
        assert running.ended().code == 128 + signal
        check_true(desk, reference)

        assert running.outlived_by(5) == []

    check_whole(desk, reference, inputs)


@pytest.mark.parametrize(("jobs", "at"), [("-j1", "rule"), ("-j1", "write"), ("-j2", "rule"), ("-j2", "replace")])
def test_law_a_killed_worker_costs_what_it_had(
    desk: Path, tmp_path: Path, reference: Reference, inputs: int, at: str, jobs: str
) -> None:
    """Law: where a worker is killed, the document that it had has failed, all others are there, and nothing is left.

    The rerun makes the tree.
    """
    gate = Gate(tmp_path / "gate", at)
    with Run(*CONVERT, *TO, jobs, cwd=desk, environment=gate.environment) as running:
        running.wait_for(gate)
        lost = gate.held()[0]
        assert lost in [worker.pid for worker in running.workers()]
        kill(lost)
        gate.open()
        code, err = running.ended()
    counts = check_accounted(desk / "report.jsonl", desk / "out", inputs)
    failed = [row for row in outcomes(desk / "report.jsonl").values() if row["status"] == "failed"]

    assert (code, "Traceback" in err, counts["failed"]) == (1, False, 1)
    assert (failed[0]["code"], "signal SIGKILL" in failed[0]["message"]) == ("crashed", True)
    assert leftovers(desk / "out") == []
    assert tree(desk / "out").items() < reference("mirror").items()

    check_whole(desk, reference, inputs)


def test_retry_brings_what_a_killed_worker_had(
    desk: Path, tmp_path: Path, reference: Reference, inputs: int
) -> None:
    """The report of a run that lost workers is enough to complete the tree."""
    gate = Gate(tmp_path / "gate", "write")
    with Run(*CONVERT, *TO, "-j2", cwd=desk, environment=gate.environment) as running:
        running.wait_for(gate)
        for worker in running.workers():
            kill(worker.pid)
        gate.open()
        assert running.ended().code == 1
    assert run("retry", "report.jsonl", cwd=desk).code == 3
    counts = check_accounted(desk / "report.jsonl", desk / "out", inputs)

    assert "failed" not in counts
    assert tree(desk / "out") == reference("mirror")


def test_law_nothing_is_lost_at_any_moment(desk: Path, reference: Reference, inputs: int) -> None:
    """Law: a command that is killed again and again, at moments that nobody chose, gets to the same tree in the end."""
    dice = Random(7)
    killed = 0
    for jobs in ("-j1", "-j2", "-j2", "-j1", "-j2", "-j2"):
        (desk / "report.jsonl").unlink(missing_ok=True)
        with Run(*CONVERT, *TO, jobs, "--anew", cwd=desk) as running:
            running.wait_until(partial(running.has_reported, dice.randrange(inputs // 2)))
            time.sleep(dice.random() / 50)
            running.kill()
            assert running.outlived_by(5) == []
            if "summary" not in rows(desk / "report.jsonl")[-1]:  # it was not at its end, as where a machine is busy
                killed += 1
                check_true(desk, reference)

    assert killed
    check_whole(desk, reference, inputs)


def test_law_nothing_is_lost_with_workers_at_any_moment(desk: Path, reference: Reference, inputs: int) -> None:
    """Law: where workers are killed at moments that nobody chose, the rerun makes the tree, whatever came of it."""
    dice = Random(8)
    with Run(*CONVERT, *TO, "-j2", cwd=desk) as running:
        while running.is_running():
            for worker in running.workers()[:1]:
                kill(worker.pid)
            time.sleep(0.05 + dice.random() / 10)
        assert running.ended().code in (1, 3)
        assert running.outlived_by(5) == []
    assert leftovers(desk / "out") == []

    check_whole(desk, reference, inputs)


def test_law_nothing_is_lost_with_the_process_that_starts_workers(
    desk: Path, tmp_path: Path, reference: Reference, inputs: int
) -> None:
    """Law: where the process is killed that starts the workers, nothing outlives the run; the rerun makes the tree."""
    gate = Gate(tmp_path / "gate", "rule")
    with Run(*CONVERT, *TO, "-j2", "--timeout", "3", cwd=desk, environment=gate.environment) as running:
        running.wait_for(gate)
        kill(running.workers()[0].parent)
        gate.open()
        assert running.ended().code in (1, 3)
        assert running.outlived_by(5) == []

    check_whole(desk, reference, inputs)


def test_retry_after_an_interruption_gives_the_names_of_the_whole_run(desk: Path, tmp_path: Path) -> None:
    """A capture that shares its name with one that a killed run did not reach gets no second file by retrying."""
    (desk / "few").mkdir()
    (desk / "few" / "Same.txt").write_bytes(b"")
    (desk / "few" / "same.txt").write_bytes(captures.page(captures.HELD_LABEL))
    gate = Gate(tmp_path / "gate", "rule")
    arguments = ("convert", "few", *CONVERT[2:], *TO)
    with Run(*arguments, cwd=desk, environment=gate.environment) as running:
        running.wait_for(gate)
        running.kill()
    (desk / "few" / "Same.txt").write_bytes(captures.page())
    run("retry", "report.jsonl", cwd=desk)
    run(*arguments, cwd=desk)

    check_accounted(desk / "report.jsonl", desk / "out", 2)


def test_a_worker_that_is_killed_while_it_waits_costs_nothing(desk: Path, reference: Reference, inputs: int) -> None:
    """Where the system takes a worker that has nothing to do, another comes in its place, and the run goes on."""
    os.mkfifo(desk / "pipe")
    with Run(*CONVERT[:-1], "pipe", *TO, "-j1", cwd=desk) as running, open(desk / "pipe", "rb") as pipe:
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, 4096)  # the command waits until somebody reads its report
        running.wait_until(partial(stands_still, desk / "out"))
        for worker in running.workers():
            kill(worker.pid)
        time.sleep(0.5)
        report = pipe.read()
        code, err = running.ended()
    (desk / "report.jsonl").write_bytes(report)

    assert (code, "Traceback" in err) == (3, False)
    assert "failed" not in check_accounted(desk / "report.jsonl", desk / "out", inputs)
    assert tree(desk / "out") == reference("mirror")


def stands_still(out: Path) -> bool:
    """Tell whether there are files, and none comes in a second."""
    before = tree(out)
    time.sleep(1)
    return 0 < len(before) == len(tree(out))
