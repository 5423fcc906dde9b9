from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_convert import LAYOUT_A, run
from tests.support.specimens import SEEDS


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Return a folder with a good capture, an empty one, and one with the name of the first in other letters."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "good.txt").write_bytes(LAYOUT_A.read_bytes())
    (folder / "Good.txt").write_bytes(b"")
    (folder / "late.txt").write_bytes(b"")
    return folder


def statuses(report: Path) -> dict[str, str]:
    """Return the status of each input by its name."""
    rows = [json.loads(text) for text in report.read_text("utf-8").splitlines()]
    return {row["relative"]: row["status"] for row in rows if "input" in row}


@pytest.mark.parametrize("name", ["mirror", "dated"])
def test_retry_does_what_was_stopped_and_nothing_else(
    inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """After retrying, the tree and the report are those of one run over the mended inputs."""
    report, quarantine = tmp_path / "r.jsonl", tmp_path / "q"
    code, _, _ = run(capsys, "convert", inbox, "-o", tmp_path / "out", "--name", name, "--report", report,
                     "--quarantine", quarantine)  # fmt: skip
    assert code == 3
    assert statuses(report) == {"good.txt": "written", "Good.txt": "rejected", "late.txt": "rejected"}
    assert len(list(quarantine.rglob("*.reason.json"))) == 2
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.md")}

    (inbox / "Good.txt").write_bytes((SEEDS / "kcna" / "juche-wrong" / "capture.txt").read_bytes())
    code, _, err = run(capsys, "retry", report, "--quarantine", quarantine)

    assert code == 3
    assert "2 inputs = 1 written + 0 unchanged + 1 rejected + 0 failed" in err
    assert statuses(report) == {"good.txt": "written", "Good.txt": "written", "late.txt": "rejected"}
    assert json.loads(report.read_text("utf-8").splitlines()[-1])["summary"]["written"] == 2
    assert len(list(quarantine.rglob("*.reason.json"))) == 1
    assert {path: path.stat().st_mtime_ns for path in before} == before

    run(capsys, "convert", inbox, "-o", tmp_path / "anew", "--name", name)
    trees = [{path.relative_to(tmp_path / top): path.read_bytes() for path in (tmp_path / top).rglob("*.md")}
             for top in ("out", "anew")]  # fmt: skip
    assert trees[0] == trees[1]


def test_retry_with_nothing_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where everything was written, nothing is done, and that is no failure."""
    report = tmp_path / "r.jsonl"
    run(capsys, "convert", LAYOUT_A, "-o", tmp_path / "out", "--report", report)
    before = report.read_text("utf-8")

    assert run(capsys, "retry", report, "-q")[0] == 0
    assert report.read_text("utf-8") == before


def test_retry_says_that_a_run_was_interrupted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A report without counts does not name what the run did not reach, and retry says so."""
    report = tmp_path / "r.jsonl"
    run(capsys, "convert", LAYOUT_A, "-o", tmp_path / "out", "--report", report)
    report.write_text("".join(report.read_text("utf-8").splitlines(keepends=True)[:-1]), "utf-8")

    assert "the run was interrupted" in run(capsys, "retry", report)[2]


def test_retry_of_a_run_without_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A run to standard output left nothing that could be added to."""
    report = tmp_path / "r.jsonl"
    run(capsys, "convert", LAYOUT_A, "--report", report)
    code, _, err = run(capsys, "retry", report)

    assert code == 1
    assert "its run wrote no files" in err
