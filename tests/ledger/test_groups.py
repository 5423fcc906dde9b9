from __future__ import annotations

import json

from copydesk.schema import validator
from tests.cli.test_convert import run
from tests.ledger.folders import OTHER, PAGE, Folder


def test_captures_of_one_article_are_told_and_kept(folder: Folder) -> None:
    """Captures whose documents share their `id` stand together in the report, and none is dropped, run after run."""
    folder.put(again=PAGE.replace(b"January 11, 2026", b"January 12, 2026").replace(b"Jan 11, 2026", b"Jan 12, 2026"))

    for _ in range(2):
        folder.convert()
        (group,) = [row["group"] for row in folder.rows() if "group" in row]
        ids = {row["id"] for row in folder.rows() if row.get("relative") in ("one.txt", "again.txt")}
        captures = [(each["output"].rpartition("/")[2], each["captured"]) for each in group["captures"]]

        assert ids == {group["id"]}
        assert captures == [("again.md", "2026-01-12"), ("one.md", "2026-01-11")]
        assert set(folder.tree()) == {"again.md", "one.md", "two.md"}


def test_articles_that_were_captured_once_are_in_no_group(folder: Folder) -> None:
    """Two articles are no captures of one."""
    folder.convert()

    assert not [row for row in folder.rows() if "group" in row]


def test_lines_of_json_on_standard_output_are_those_of_the_report(folder: Folder) -> None:
    """`--json` prints groups and what has gone as the report has them."""
    folder.put(again=PAGE)
    folder.convert()
    (folder.captures / "two.txt").unlink()
    _, out, _ = run(folder.capsys, "convert", folder.captures, "-o", folder.out, "--report", folder.report, "--json")
    printed = [json.loads(line) for line in out.splitlines()]

    assert [row for row in printed if "input" not in row] == [row for row in folder.rows()[1:] if "input" not in row]
    assert [next(iter(row)) for row in printed[-3:]] == ["group", "gone", "summary"]


def test_groups_and_what_has_gone_keep_to_the_schema(folder: Folder) -> None:
    """All lines of a report with a group and an output without input are valid by the report's schema."""
    folder.put(again=PAGE, more=OTHER)
    folder.convert()
    (folder.captures / "two.txt").unlink()
    folder.convert("--prune")
    check = validator("copydesk_schemas:report/line.yaml")

    assert {next(iter(row)) for row in folder.rows()} >= {"group", "gone", "report", "summary"}
    assert [list(check.iter_errors(row)) for row in folder.rows()] == [[]] * len(folder.rows())
