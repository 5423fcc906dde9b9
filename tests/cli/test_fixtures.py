from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.test_convert import run
from tests.support.specimens import SEEDS


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """Return a folder with two cases, of which nothing is expected yet."""
    for name in ("kcna/layout-a", "rejected/list-page"):
        shutil.copytree(SEEDS / name, tmp_path / "cases" / Path(name).name)
    for name in ("expected.md", "account.tsv", "rejected.json"):
        for path in tmp_path.rglob(name):
            path.unlink()
    return tmp_path / "cases"


def recorded(cases: Path) -> dict[str, bytes]:
    """Return what is proposed and expected, by path."""
    files = (path for path in sorted(cases.rglob("*")) if path.name in ("expected.md", "account.tsv", "rejected.json"))
    return {path.relative_to(cases).as_posix(): path.read_bytes() for path in files}


def test_record_proposes_and_accept_accepts(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The two commands, one after the other, leave what the specimens have, and say what they did."""
    code, out, _ = run(capsys, "fixtures", "record", cases)
    assert (code, out.splitlines()[-1]) == (0, "2 cases, 2 proposed")
    assert f"{(cases / 'layout-a').as_posix()}: look at proposed/, then accept it" in out
    assert [path for path in recorded(cases) if "/proposed/" not in path] == []

    code, out, _ = run(capsys, "fixtures", "accept", cases)

    assert (code, out.splitlines()[-1]) == (0, "2 cases, 2 accepted")
    assert recorded(cases) == {
        "layout-a/account.tsv": (SEEDS / "kcna/layout-a/account.tsv").read_bytes(),
        "layout-a/expected.md": (SEEDS / "kcna/layout-a/expected.md").read_bytes(),
        "list-page/rejected.json": (SEEDS / "rejected/list-page/rejected.json").read_bytes(),
    }


def test_nothing_is_done_twice(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is as expected is not proposed, and what is not proposed cannot be accepted."""
    for what in ("record", "accept"):
        run(capsys, "fixtures", what, cases)
    before = recorded(cases)

    assert run(capsys, "fixtures", "record", cases)[:2] == (0, "2 cases, 0 proposed\n")
    assert run(capsys, "fixtures", "accept", cases)[:2] == (0, "2 cases, 0 accepted\n")
    assert recorded(cases) == before


def test_one_case_can_be_named(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is a case itself is recorded alone."""
    assert run(capsys, "fixtures", "record", cases / "layout-a")[1].endswith("\n1 case, 1 proposed\n")
    assert {path.split("/")[0] for path in recorded(cases)} == {"layout-a"}


def test_the_plugins_can_be_selected(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A case is recorded as the plugins that take part make it."""
    run(capsys, "fixtures", "record", cases / "layout-a", "--only", "kcnawatch")
    text = (cases / "layout-a" / "proposed" / "expected.md").read_text("utf-8")

    assert 'source_id: "unknown"' in text


@pytest.mark.parametrize("what", ["record", "accept"])
def test_a_folder_without_cases_is_an_error(what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing to do is told with the folder and the remedy, and the exit code is 1."""
    code, out, err = run(capsys, "fixtures", what, tmp_path)

    assert (code, out) == (1, "")
    assert f"{tmp_path.as_posix()}: no case.yaml in this folder; make a folder for each case" in err


def test_what_is_no_case_is_an_error(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A case with a mistake stops the command before anything is written."""
    (cases / "list-page" / "case.yaml").write_text("url: [", "utf-8")
    code, _, err = run(capsys, "fixtures", "record", cases)

    assert code == 1
    assert "list-page/case.yaml" in err
    assert recorded(cases) == {}
