from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.disturbed import captures
from tests.disturbed.conftest import Reference
from tests.disturbed.runs import CONVERT, HERE, Ended, run
from tests.disturbed.sums import check_accounted, leftovers, outcomes, outputs, rows, tree

FULL = "No space left on device"
LARGE = captures.page(paragraphs=3000)
LIMIT = 200_000
"""In bytes: a large capture makes a larger file, and nothing else that a run writes gets there."""


@pytest.fixture
def disk(desk: Path) -> Iterator[Path]:
    """Return a folder of the desk that is a disk of its own, with room for a third of the tree."""
    folder = desk / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", str(folder)]
    made = subprocess.run(mount, capture_output=True, check=False)
    if made.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {made.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)


def make_room(disk: Path) -> None:
    """Make a disk larger than anything that is written to it."""
    subprocess.run(["mount", "-o", "remount,size=16m", disk], check=True)


def fill_up(disk: Path) -> None:
    """Leave no room on a disk."""
    with open(disk / "filling", "wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))


def check_told(ended: Ended, what: str, reason: str = FULL) -> None:
    """Check that a run ended with an error that says what cannot be written, why, and how to mend it."""
    last = ended.err.splitlines()[-1]

    assert ended.code == 1
    assert f"{what} cannot be written" in last
    assert f": {reason}; " in last
    assert "make room" in last


@pytest.mark.parametrize(("engine", "mended_by"), [(("-j1",), "retry"), (("-j2",), "rerun"), (HERE, "retry")],
                         ids=["one", "two", "here"])  # fmt: skip
def test_law_nothing_is_lost_on_a_full_disk(
    desk: Path, disk: Path, reference: Reference, inputs: int, engine: tuple[str, ...], mended_by: str
) -> None:
    """Law: what finds no room has failed, and says so; all else is whole; and once there is room the tree is made."""
    out = disk / "out"
    ended = run(*CONVERT, "-o", "disk/out", *engine, cwd=desk)
    counts = check_accounted(desk / "report.jsonl", out, inputs)
    failed = [row for row in outcomes(desk / "report.jsonl").values() if row["status"] == "failed"]

    assert ended.code == 1
    assert 10 < counts["failed"] == len(reference("mirror")) - len(tree(out)) < 70
    assert {(row["stage"], row["code"], "output" in row) for row in failed} == {("write", "write", False)}
    assert [row["message"] for row in failed if f"md': cannot be written: {FULL}; " not in row["message"]
            or "make room" not in row["message"] or "disk/out" not in row["message"]] == []  # fmt: skip
    assert tree(out).items() < reference("mirror").items()
    assert leftovers(disk) == []

    make_room(disk)
    again = (*CONVERT, "-o", "disk/out") if mended_by == "rerun" else ("retry", "report.jsonl")

    assert run(*again, *HERE, cwd=desk).code == 3
    assert "failed" not in check_accounted(desk / "report.jsonl", out, inputs)
    assert tree(out) == reference("mirror")


def test_law_files_stay_whole_that_find_no_room_for_their_new_text(
    desk: Path, disk: Path, reference: Reference, inputs: int
) -> None:
    """Law: where a file is to be written anew and the disk is full, it stays as it was."""
    make_room(disk)
    arguments = (*CONVERT, "-o", "disk/out", "--ledger", "ledger.sqlite")
    assert run(*arguments, *HERE, cwd=desk).code == 3
    fill_up(disk)
    ended = run(*arguments, "--related", cwd=desk)
    counts = check_accounted_but_for_old(desk / "report.jsonl", inputs)

    assert ended.code == 1
    assert counts > 20
    assert {name: data for name, data in tree(disk / "out").items() if name != "filling"} == reference("mirror")
    assert leftovers(disk) == []


def test_law_without_room_for_the_ledger_nothing_is_begun(desk: Path, disk: Path, reference: Reference) -> None:
    """Law: on a disk that is full from the start the command says so, and leaves tree and report as they are."""
    make_room(disk)
    arguments = (*CONVERT, "-o", "disk/out")
    assert run(*arguments, *HERE, cwd=desk).code == 3
    before = (desk / "report.jsonl").read_bytes()
    fill_up(disk)
    ended = run(*arguments, "--related", cwd=desk)

    assert ended.code == 1
    assert "disk/out/.copydesk/ledger.sqlite': the ledger cannot be used: " in ended.err
    assert "; make room, or name another one with --ledger" in ended.err
    assert {name: data for name, data in tree(disk / "out").items() if name != "filling"} == reference("mirror")
    assert (desk / "report.jsonl").read_bytes() == before
    assert leftovers(disk) == []


def check_accounted_but_for_old(report: Path, inputs: int) -> int:
    """Check that every input has its outcome, and return how many could not be written."""
    found = outcomes(report)
    failed = [row for row in found.values() if row["status"] == "failed"]

    assert len(found) == rows(report)[-1]["summary"]["inputs"] == inputs
    assert {row["stage"] for row in failed} == {"write"}
    return len(failed)


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
def test_law_a_report_on_a_full_disk_claims_no_more_than_is_there(
    desk: Path, disk: Path, reference: Reference, inputs: int, jobs: str
) -> None:
    """Law: where the report finds no room the command ends and says so, and all in it is so; a rerun makes the tree."""
    arguments = (*CONVERT[:-1], "disk/report.jsonl", "-o", "disk/out", jobs)
    ended = run(*arguments, cwd=desk)
    report = disk / "report.jsonl"

    check_told(ended, "'disk/report.jsonl': the report")
    assert "summary" not in rows(report)[-1]
    assert 5 < len(outcomes(report)) < inputs
    assert set(outputs(report)) <= set(tree(disk / "out"))
    assert tree(disk / "out").items() <= reference("mirror").items()

    make_room(disk)
    assert run(*arguments, *HERE, cwd=desk).code == 3
    check_accounted(report, disk / "out", inputs)
    assert tree(disk / "out") == reference("mirror")


def test_retry_on_a_full_disk_leaves_the_report_as_it_was(desk: Path, disk: Path) -> None:
    """A report that finds no room for its new text is the old one, whole."""
    make_room(disk)
    arguments = (*CONVERT[:-1], "disk/report.jsonl", "-o", "out")
    run(*arguments, *HERE, cwd=desk)
    before = (disk / "report.jsonl").read_bytes()
    fill_up(disk)
    ended = run("retry", "disk/report.jsonl", *HERE, cwd=desk)

    assert ended.code == 1
    assert f"copydesk retry: 'disk/report.jsonl': the report cannot be written anew: {FULL}; make room" in ended.err
    assert (disk / "report.jsonl").read_bytes() == before
    assert leftovers(disk) == []


def test_law_a_full_quarantine_is_told_of(desk: Path, disk: Path, reference: Reference, inputs: int) -> None:
    """Law: where the quarantine finds no room the command ends and says so; the rerun brings both to their end."""
    fill_up(disk)
    arguments = (*CONVERT, "-o", "out", "--quarantine", "disk/quarantine")
    ended = run(*arguments, cwd=desk)

    check_told(ended, "'disk/quarantine': the quarantine")
    assert leftovers(disk) == []
    assert tree(desk / "out").items() < reference("mirror").items()

    make_room(disk)
    assert run(*arguments, *HERE, cwd=desk).code == 3
    counts = check_accounted(desk / "report.jsonl", desk / "out", inputs)
    reasons = [name for name in tree(disk / "quarantine") if name.endswith(".reason.json")]
    assert len(reasons) == counts["rejected"]
    assert tree(desk / "out") == reference("mirror")


@pytest.mark.parametrize("options", [(), ("--json",)], ids=["document", "lines"])
def test_standard_output_that_is_full_is_told_of(desk: Path, options: tuple[str, ...]) -> None:
    """Where standard output finds no room the command says so, and does not say that it has written anything."""
    capture = "in/text/01.txt"
    shell = ("sh", "-c", 'exec "$0" "$@" >/dev/full')
    ended = run("convert", capture, *options, cwd=desk, before=shell)

    check_told(ended, "the output")
    assert "1 written" not in ended.err


def test_a_report_that_is_a_full_device_is_told_of(desk: Path) -> None:
    """Where not even the first line of the report finds room, nothing is converted."""
    ended = run(*CONVERT[:-1], "/dev/full", "-o", "out", cwd=desk)

    check_told(ended, "'/dev/full': the report")
    assert tree(desk / "out") == {}


@pytest.mark.parametrize("engine", [("-j2",), HERE], ids=["two", "here"])
def test_law_a_file_that_may_not_get_so_large_costs_itself(desk: Path, engine: tuple[str, ...]) -> None:
    """Law: where the system refuses a file in the middle of it, that document has failed, and nothing is left of it."""
    (desk / "few").mkdir()
    for name, data in {"1": captures.page(), "2": LARGE, "3": captures.page()}.items():
        (desk / "few" / f"{name}.txt").write_bytes(data)
    arguments = ("convert", "few", "-o", "out", "--report", "report.jsonl", *engine)
    ended = run(*arguments, cwd=desk, before=("prlimit", f"--fsize={LIMIT}"))
    counts = check_accounted(desk / "report.jsonl", desk / "out", 3)

    assert (ended.code, counts) == (1, {"written": 2, "failed": 1})
    assert "'out/2.md': cannot be written: File too large; " in outcomes(desk / "report.jsonl")["few/2.txt"]["message"]
    assert sorted(tree(desk / "out")) == ["1.md", "3.md"]
    assert leftovers(desk / "out") == []

    assert run("retry", "report.jsonl", cwd=desk).code == 0
    assert sorted(tree(desk / "out")) == ["1.md", "2.md", "3.md"]
    assert len(tree(desk / "out")["2.md"]) > LIMIT
