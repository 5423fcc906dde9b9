from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.disturbed.captures import page
from tests.disturbed.runs import HERE, Ended, run
from tests.disturbed.sums import check_accounted, leftovers, outcomes, tree

PLAIN = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
"""What takes from the system's administrator the right to read and write what the modes of files do not allow."""

ARGUMENTS = ("convert", "in", "-o", "out", "--report", "report.jsonl")
JOBS = pytest.mark.parametrize("jobs", ["-j1", "-j2"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with eight captures below `in`, in two folders."""
    for number in range(8):
        place = tmp_path / "in" / ("first", "second")[number % 2]
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number}.txt").write_bytes(page(f"KCNA.kp {number} (En)"))
    return tmp_path


def convert(folder: Path, *more: str) -> Ended:
    """Convert the captures without special rights."""
    return run(*ARGUMENTS, *more, cwd=folder, before=PLAIN)


def failures(folder: Path) -> dict[str, str]:
    """Return what is said of the inputs that failed, in the report."""
    found = outcomes(folder / "report.jsonl").items()
    return {name: row["message"] for name, row in found if row["status"] == "failed"}


def check_mended(folder: Path, inputs: int) -> None:
    """Check that a rerun and a run into another folder give the same tree, with all inputs written."""
    assert convert(folder, *HERE).code == 0
    counts = check_accounted(folder / "report.jsonl", folder / "out", inputs)
    assert convert(folder, *HERE, "-o", "anew").code == 0

    assert set(counts) <= {"written", "unchanged"}
    assert tree(folder / "out") == tree(folder / "anew")


@JOBS
def test_law_an_unreadable_file_costs_itself(folder: Path, jobs: str) -> None:
    """Law: what may not be read has failed with the reason and the remedy; all others are there; the rerun has it."""
    closed = folder / "in" / "first" / "2.txt"
    closed.chmod(0)
    ended = convert(folder, jobs)
    counts = check_accounted(folder / "report.jsonl", folder / "out", 8)

    assert (ended.code, counts) == (1, {"written": 7, "failed": 1})
    assert failures(folder) == {
        "in/first/2.txt": "'in/first/2.txt': cannot be read: Permission denied; make it a readable file"
    }

    closed.chmod(0o600)
    check_mended(folder, 8)


@JOBS
def test_law_what_is_no_file_costs_itself(folder: Path, jobs: str) -> None:
    """Law: a link to nowhere, one to itself, and what cannot be read for anybody have failed; the rest is there."""
    nowhere, circle, memory = (folder / "in" / f"{name}.txt" for name in ("nowhere", "circle", "memory"))
    nowhere.symlink_to("nothing")
    circle.symlink_to(circle)
    memory.symlink_to("/proc/self/mem")
    ended = convert(folder, jobs)
    counts = check_accounted(folder / "report.jsonl", folder / "out", 11)
    said = failures(folder)

    assert (ended.code, counts) == (1, {"written": 8, "failed": 3})
    assert [name for name, message in said.items() if f"{name!r}: cannot be read: " not in message] == []
    assert "No such file or directory" in said["in/nowhere.txt"]
    assert "Too many levels" in said["in/circle.txt"]

    for path in (nowhere, circle, memory):
        path.unlink()
        path.write_bytes(page())
    check_mended(folder, 11)


def test_an_input_that_goes_while_it_is_listed_costs_itself(folder: Path) -> None:
    """A path of a list that leads nowhere, and one that leads to a folder without captures, do the others no harm."""
    (folder / "list").write_text("in/first/0.txt\nin/gone.txt\nin/second/1.txt\n", "utf-8")
    ended = run("convert", "--from-file", "list", *ARGUMENTS[2:], cwd=folder, before=PLAIN)

    assert ended.code == 1
    assert check_accounted(folder / "report.jsonl", folder / "out", 3) == {"written": 2, "failed": 1}
    assert "'in/gone.txt': cannot be read: No such file" in failures(folder)["in/gone.txt"]


@JOBS
def test_an_unreadable_container_costs_itself(folder: Path, jobs: str) -> None:
    """A container that may not be read has failed, and the files beside it are there."""
    closed = folder / "in" / "pages.zip"
    closed.write_bytes(b"PK")
    closed.chmod(0)
    ended = convert(folder, jobs)
    counts = check_accounted(folder / "report.jsonl", folder / "out", 9)

    assert (ended.code, counts) == (1, {"written": 8, "failed": 1})
    assert "Permission denied" in failures(folder)["in/pages.zip"]


def test_an_unreadable_folder_is_told_of(folder: Path) -> None:
    """A folder that may not be listed could hide any number of captures: the command fails, and says so."""
    closed = folder / "in" / "second"
    closed.chmod(0)
    ended = convert(folder)

    assert ended.code == 1
    assert "'in/second/': cannot be listed: Permission denied; make the folder readable" in ended.err

    closed.chmod(0o700)
    check_mended(folder, 8)


@JOBS
def test_law_a_folder_that_may_not_be_written_to_costs_its_own_files(folder: Path, jobs: str) -> None:
    """Law: what goes where nothing may be written has failed by its path; all others are there; the rerun has it."""
    closed = folder / "out" / "first"
    closed.mkdir(parents=True)
    closed.chmod(0o500)
    ended = convert(folder, jobs)
    counts = check_accounted(folder / "report.jsonl", folder / "out", 8)

    assert (ended.code, counts) == (1, {"written": 4, "failed": 4})
    assert failures(folder)["in/first/2.txt"].startswith("'out/first/2.md': cannot be written: Permission denied; ")
    assert leftovers(folder) == []

    closed.chmod(0o700)
    check_mended(folder, 8)


@JOBS
def test_law_a_folder_in_the_place_of_a_file_costs_that_file(folder: Path, jobs: str) -> None:
    """Law: an output that is a folder, and a folder of outputs that is a file, cost what should go there."""
    (folder / "out" / "first" / "2.md").mkdir(parents=True)
    (folder / "out" / "second").write_bytes(b"")
    ended = convert(folder, jobs)
    said = failures(folder)

    assert ended.code == 1
    assert sorted(said) == ["in/first/2.txt", *(f"in/second/{number}.txt" for number in (1, 3, 5, 7))]
    assert "'out/first/2.md': cannot be written: Is a directory; " in said["in/first/2.txt"]
    assert "'out/second/1.md': cannot be written: Not a directory; " in said["in/second/1.txt"]
    assert leftovers(folder) == []

    (folder / "out" / "first" / "2.md").rmdir()
    (folder / "out" / "second").unlink()
    check_mended(folder, 8)


@pytest.mark.parametrize(("option", "said"), [
    ("--report", "'closed/x': the report cannot be written: Permission denied; name another file"),
    ("--quarantine", "'closed/x': the quarantine cannot be written: Permission denied; make room, or name another"),
], ids=["report", "quarantine"])  # fmt: skip
def test_what_is_kept_of_a_run_and_may_not_be_written_ends_it(folder: Path, option: str, said: str) -> None:
    """Where the report or the quarantine may not be written, the command says so, and a rerun goes on from there."""
    (folder / "in" / "0.txt").write_bytes(b"")
    (folder / "closed").mkdir(mode=0o500)
    ended = run("convert", "in", "-o", "out", option, "closed/x", cwd=folder, before=PLAIN)

    assert ended.code == 1
    assert said in ended.err

    (folder / "in" / "0.txt").write_bytes(page())
    check_mended(folder, 9)


def test_an_output_folder_that_may_not_be_made_is_told_of(folder: Path) -> None:
    """Where the output folder itself cannot be made, the command says so, and nothing counts as written."""
    (folder / "closed").mkdir(mode=0o500)
    ended = run("convert", "in", "-o", "closed/out", *ARGUMENTS[4:], cwd=folder, before=PLAIN)
    found = outcomes(folder / "report.jsonl") if (folder / "report.jsonl").exists() else {}

    assert ended.code == 1
    assert "'closed/out" in ended.err
    assert "Permission denied; " in ended.err
    assert {row["status"] for row in found.values()} <= {"failed"}
