from __future__ import annotations

import json
from pathlib import Path

import pytest

from copydesk.batch.quarantine import settle
from copydesk.batch.values import Outcome
from copydesk.errors import CopydeskError

STOPPED = Outcome("", "a/Page.TXT", "rejected", "", "normalize", "empty", "the capture is empty")


def stopped(folder: Path, data: bytes = b"words \xff") -> Outcome:
    """Return the outcome of a capture that was rejected."""
    path = folder / "captures" / "a" / "Page.TXT"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return STOPPED._replace(input=path.as_posix())


def files(folder: Path) -> dict[str, bytes]:
    """Return the files of a quarantine."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_was_stopped_is_kept_beside_its_reason(tmp_path: Path) -> None:
    """The capture is there byte for byte, and its line of the report beside it."""
    settle(str(tmp_path / "q"), stopped(tmp_path))
    found = files(tmp_path / "q")

    assert found["a/Page.txt"] == b"words \xff"
    assert json.loads(found["a/Page.txt.reason.json"])["code"] == "empty"
    assert len(found) == 2


def test_what_is_a_document_by_now_is_taken_out(tmp_path: Path) -> None:
    """A capture that was converted after all leaves the quarantine; others stay."""
    outcome = stopped(tmp_path)
    other = tmp_path / "q" / "mine.txt"
    settle(str(tmp_path / "q"), outcome)
    other.write_text("mine", "utf-8")
    settle(str(tmp_path / "q"), outcome._replace(status="written", id="x"))

    assert files(tmp_path / "q") == {"mine.txt": b"mine"}


def test_what_cannot_be_read_leaves_its_reason(tmp_path: Path) -> None:
    """Of an input that is not there, and of standard input, the reason alone is kept."""
    settle(str(tmp_path / "q"), STOPPED._replace(input=str(tmp_path / "nowhere"), relative="nowhere.txt"))
    settle(str(tmp_path / "q"), STOPPED._replace(input="-", relative="stdin"))

    assert sorted(files(tmp_path / "q")) == ["nowhere.txt.reason.json", "stdin.reason.json"]


def test_a_quarantine_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    """Where a capture cannot be kept, the run ends and says so: nothing is lost in silence."""
    (tmp_path / "q").write_text("a file", "utf-8")

    with pytest.raises(CopydeskError, match=r"the quarantine cannot be written: .*; make room"):
        settle(str(tmp_path / "q"), stopped(tmp_path))


def test_two_inputs_of_one_name_are_both_kept(tmp_path: Path) -> None:
    """Captures of one relative path from two folders are both there, and each leaves by itself."""
    one, other = stopped(tmp_path / "one", b"one"), stopped(tmp_path / "other", b"other")
    for outcome in (one, other, one, other):
        settle(str(tmp_path / "q"), outcome)

    assert sorted(data for name, data in files(tmp_path / "q").items() if "reason" not in name) == [b"one", b"other"]

    settle(str(tmp_path / "q"), other._replace(status="written", id="x"))

    assert sorted(files(tmp_path / "q")) == ["a/Page.txt", "a/Page.txt.reason.json"]


def test_what_is_somebodys_own_is_left_alone(tmp_path: Path) -> None:
    """A file that is in the way, without a reason beside it, is not written over."""
    own = tmp_path / "q" / "a" / "Page.txt"
    own.parent.mkdir(parents=True)
    own.write_text("mine", "utf-8")
    settle(str(tmp_path / "q"), stopped(tmp_path))

    assert own.read_text("utf-8") == "mine"
    assert b"words \xff" in files(tmp_path / "q").values()
