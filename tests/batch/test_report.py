from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # its stubs are a package of their own
import pytest

from copydesk.batch.report import SCHEMA, ReportError, line, opening, read
from copydesk.batch.values import Outcome, Settings
from copydesk.desk.selection import Selection, host_of
from copydesk.schema import load
from copydesk.vocabulary import misspelt
from tests.cli.test_convert import LAYOUT_A, run
from tests.support.specimens import SEEDS

WRITTEN = Outcome("a.txt", "a.txt", "written", "out/a.md", id="x-undated-000000000000", layout="l", source="s",
                  sha256="0" * 64, seconds=0.5)  # fmt: skip
STOPPED = Outcome("b.txt", "b.txt", "rejected", "", "normalize", "empty", "the capture is empty")


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a report."""
    return [json.loads(text) for text in path.read_text("utf-8").splitlines()]


def faults(row: dict[str, Any]) -> list[str]:
    """Return what the schema finds wrong with a line."""
    return [error.message for error in jsonschema.Draft202012Validator(load(SCHEMA)).iter_errors(row)]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report of a run over all specimens."""
    from copydesk.cli import main

    folder = tmp_path_factory.mktemp("run")
    main(["convert", str(SEEDS), "-o", str(folder / "out"), "-q", "--report", str(folder / "report.jsonl")])
    return folder / "report.jsonl"


def test_law_inputs_are_written_unchanged_rejected_or_failed(whole: Path) -> None:
    """Law: each input has one line, and the counts at the end are those of the lines."""
    first, *lines, last = rows(whole)
    outcomes = [row for row in lines if "group" not in row]
    statuses = [row["status"] for row in outcomes]

    assert first["report"] == "copydesk/report/1"
    assert len({row["input"] for row in outcomes}) == len(outcomes) == last["summary"]["inputs"]
    assert {status: statuses.count(status) for status in set(statuses)} == {
        status: count for status, count in last["summary"].items() if status in statuses
    }
    assert sum(last["summary"][status] for status in ("written", "unchanged", "rejected", "failed")) == len(outcomes)


def test_every_line_is_as_the_schema_says(whole: Path) -> None:
    """The report has a schema of its own, with no misspelt word, and each of its lines is valid by it."""
    found = rows(whole)

    assert misspelt(load(SCHEMA)) == []
    assert [fault for row in found for fault in faults(row)] == []
    assert len(found) > 120


@pytest.mark.parametrize(
    "change",
    [
        {"status": "lost"}, {"status": "rejected"}, {"sha256": "0"}, {"seconds": -1}, {"stage": "nowhere"}, {"odd": 1},
        {"diagnostics": [{"code": "x"}]}, {"input": ""}, {"relative": None},
    ],
)  # fmt: skip
def test_the_schema_refuses_other_lines(change: dict[str, Any]) -> None:
    """A line with another status, a wrong type, an unknown key or without its reason is none."""
    assert faults(line(WRITTEN)) == []
    assert faults(line(WRITTEN) | change) != []


def test_a_report_is_read_back(tmp_path: Path) -> None:
    """Settings and outcomes are what they were."""
    settings = Settings("out", "dated", strict=True, plugins=Selection(("kcna",), own=True))
    path = tmp_path / "r.jsonl"
    texts = [json.dumps(row) for row in (opening(settings, host_of(Selection())), line(WRITTEN), line(STOPPED))]
    path.write_text("\n".join(texts) + "\n", "utf-8")
    kept = read(str(path))

    assert (kept.settings, kept.outcomes, kept.summary) == (settings, [WRITTEN, STOPPED], {})


def test_the_last_outcome_of_an_input_counts(tmp_path: Path) -> None:
    """A report may have an input twice, as after another try, and may break off in its last line."""
    path = tmp_path / "r.jsonl"
    again = STOPPED._replace(status="failed", code="write")
    texts = [json.dumps(row) for row in (opening(Settings("out"), host_of(Selection())), line(STOPPED), line(again))]
    path.write_text("\n".join([*texts, '{"input": "c.tx']), "utf-8")

    assert read(str(path)).outcomes == [again]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ":1: this is no report"),
        ('{"a": 1}\n', ":1: this is no report"),
        ('{"report": "copydesk/report/1"}\nx\n{}\n', ":2: this is no line of JSON"),
    ],
)
def test_what_is_no_report_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """A file that is none is refused with its line and the remedy."""
    path = tmp_path / "r.jsonl"
    path.write_text(text, "utf-8")

    with pytest.raises(ReportError, match=said):
        read(str(path))
    with pytest.raises(ReportError, match="cannot be read"):
        read(str(tmp_path / "nothing"))


def test_a_report_that_cannot_be_written_ends_the_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is converted whose outcome could not be written down."""
    code, out, err = run(capsys, "convert", LAYOUT_A, "--report", tmp_path / "no" / "r.jsonl")

    assert (code, out) == (1, "")
    assert "the report cannot be written: No such file or directory; name another file" in err
