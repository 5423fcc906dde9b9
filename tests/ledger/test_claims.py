from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from copydesk import inputs
from copydesk.batch.values import Settings
from copydesk.convert import Run
from copydesk.digest import hex_digest
from copydesk.ledger import Ledger, LedgerError, naming, store
from tests.cli.test_convert import run
from tests.ledger.folders import OTHER, PAGE, Folder, gone


def test_two_runs_never_share_an_output(folder: Folder) -> None:
    """Inputs of one name that are converted one after the other into one folder both keep their documents."""
    other = folder.root / "other"
    other.mkdir()
    (other / "one.txt").write_bytes(OTHER)
    folder.convert()
    before = folder.tree()

    for _ in range(2):
        folder.convert(inputs=(other,))
        names = [name for name in folder.tree() if name not in before]
        assert len(names) == 1
        assert names[0].startswith("one-")
        assert before.items() <= folder.tree().items()
    assert folder.convert()["one.txt"] == "unchanged"


def test_an_output_whose_input_has_gone_is_free(folder: Folder) -> None:
    """A corpus that was moved is converted to the names that it had."""
    folder.convert()
    folder.captures.rename(folder.root / "moved")

    folder.convert(inputs=(folder.root / "moved",))

    assert list(folder.tree()) == ["one.md", "two.md"]


def test_runs_side_by_side(folder: Folder) -> None:
    """Many commands at a time into one folder all find their place in the ledger."""
    for number in range(6):
        (folder.captures / f"more-{number}").mkdir()
        (folder.captures / f"more-{number}" / "page.txt").write_bytes(PAGE)
    command = [sys.executable, "-m", "copydesk", "convert", "-o", str(folder.out), "-q"]
    runs = [subprocess.Popen([*command, str(path)]) for path in sorted(folder.captures.glob("more-*"))]

    assert [run.wait(60) for run in runs] == [0] * 6
    with sqlite3.connect(folder.out / ".copydesk" / "ledger.sqlite") as ledger:
        assert ledger.execute("SELECT count(*) FROM documents").fetchone() == (6,)
        assert ledger.execute("SELECT count(*) FROM runs WHERE ended").fetchone() == (6,)
    assert len(folder.tree()) == 6


def left_behind(folder: Folder) -> list[str]:
    """Return the temporary files in the tree."""
    return [path.name for path in folder.out.rglob(".copydesk-*.tmp")]


def test_what_a_killed_run_left_is_removed_by_the_next(folder: Folder) -> None:
    """After a run that was killed its half-written files go; while another run lives they may be in its hands."""
    deep = folder.out / "deep"
    deep.mkdir(parents=True)
    (deep / ".copydesk-01234567-0123456789abcdef.tmp").write_bytes(b"half")
    with Ledger.of(os.fspath(folder.out)) as killed:
        assert not killed.begin("a run that does not end")
        folder.convert()
        assert len(left_behind(folder)) == 1

    folder.convert()

    assert left_behind(folder) == []


def test_after_a_run_that_has_ended_nobody_looks(folder: Folder) -> None:
    """Going through the whole tree is left out where no run was killed; a stranger's file is let alone."""
    folder.convert()
    (folder.out / ".copydesk-01234567-0123456789abcdef.tmp").write_bytes(b"half")

    folder.convert()

    assert len(left_behind(folder)) == 1


def test_an_input_that_is_passed_over_keeps_its_name(folder: Folder) -> None:
    """A file that was named by itself once has its output, also where a run over its folder passes it over."""
    (folder.captures / "one.md").write_bytes(OTHER)
    folder.convert(inputs=(folder.captures / "one.md",))
    before = folder.tree()

    folder.convert("--prune")

    assert before.items() < folder.tree().items()
    assert gone(folder) == {}


def test_a_name_that_another_run_is_at_is_taken(folder: Folder) -> None:
    """Inputs that a run finds below another folder leave the names alone that a run beside it has given them."""
    (folder.captures / "d").mkdir()
    (folder.captures / "d" / "page.txt").write_bytes(PAGE)
    other = folder.root / "other"
    (other / "d").mkdir(parents=True)
    (other / "d" / "page.txt").write_bytes(OTHER)
    settings = Settings(os.fspath(folder.out))
    with Ledger.of(settings.out) as ledger:
        beside = Run(settings, ledger)
        beside.list(inputs.sightings([os.fspath(folder.captures)]))
        outcomes = beside.outcomes()
        first = next(outcomes)
        folder.convert(inputs=(folder.captures / "d", other))

    assert first.output == f"{folder.out}/d/page.md"
    names = [Path(row["output"]).relative_to(folder.out).as_posix() for row in folder.rows() if "input" in row]
    assert names[0] == "page.md"
    assert names[1].startswith("d/page-")


def test_a_name_that_a_run_has_taken_over_is_its_own(folder: Folder) -> None:
    """The name of an input that has gone is another's from the moment in which a run gives it to this one."""
    folder.convert()
    folder.captures.rename(folder.root / "moved")
    other = folder.root / "other"
    other.mkdir()
    (other / "one.txt").write_bytes(OTHER)
    settings = Settings(os.fspath(folder.out))
    with Ledger.of(settings.out) as ledger:
        beside = Run(settings, ledger)
        beside.list(inputs.sightings([os.fspath(folder.root / "moved")]))
        next(beside.outcomes())
    folder.convert(inputs=(other,))

    assert [Path(row["output"]).name.startswith("one-") for row in folder.rows() if "input" in row] == [True]


def test_where_nobody_may_look_a_name_is_taken(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """An input that may be there keeps its name."""
    folder.convert()
    before = folder.tree()
    other = folder.root / "other"
    other.mkdir()
    (other / "one.txt").write_bytes(OTHER)
    look = os.lstat

    def refused(path: str, *rest: Any, **more: Any) -> os.stat_result:
        if str(folder.captures) in os.fspath(path):
            raise PermissionError(13, "Permission denied")
        return look(path, *rest, **more)

    monkeypatch.setattr(os, "lstat", refused)
    folder.convert(inputs=(other,))

    assert before.items() < folder.tree().items()


def test_a_claim_is_all_that_is_known_of_an_input(folder: Folder) -> None:
    """Until it is converted an input has nothing of the one whose name it takes but what that one wrote."""
    folder.convert()
    moved = folder.root / "moved"
    folder.captures.rename(moved)
    (moved / "two.txt").rename(moved / "tWO.html")
    settings = Settings(os.fspath(folder.out))
    with Ledger.of(settings.out) as ledger:
        beside = Run(settings, ledger)
        beside.list(inputs.sightings([os.fspath(moved)]))
        next(beside.outcomes())
        run = beside.ledger.run
    with sqlite3.connect(folder.out / ".copydesk" / "ledger.sqlite") as known:
        row = known.execute("SELECT name, identity, path, context, key, wanted, id, outcome, run, output_sha256 "
                            "FROM documents WHERE folded = 'two.md'").fetchone()  # fmt: skip

    place = os.fsencode(moved / "tWO.html")
    digest = hex_digest((folder.out / "two.md").read_bytes())
    assert row == ("tWO.md", place, place, "", "", "tWO.md", "", "", run, digest)


def test_inputs_of_one_path_below_two_folders(folder: Folder) -> None:
    """Inputs that share even the path below their folders have the hash of their whole paths in their names."""
    other = folder.root / "other"
    other.mkdir()
    (other / "one.txt").write_bytes(OTHER)

    folder.convert(inputs=(folder.captures, other))

    hashes = [hex_digest(os.fsencode(place / "one.txt"))[:8] for place in (folder.captures, other)]
    assert sorted(folder.tree()) == sorted(["two.md", *(f"one-{digits}.md" for digits in hashes)])


def test_two_runs_settle_one_after_the_other(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a run looks which names are free no other takes any."""
    monkeypatch.setattr(store, "PATIENCE", 0)
    settings = Settings(os.fspath(folder.out))
    settle = naming._settle

    def meanwhile(ledger: Ledger) -> None:
        with Ledger(ledger.path) as other, pytest.raises(LedgerError, match="wait until the other run has ended"):
            other.ask("BEGIN IMMEDIATE")
        settle(ledger)

    monkeypatch.setattr(naming, "_settle", meanwhile)
    with Ledger.of(settings.out) as ledger:
        beside = Run(settings, ledger)
        beside.list(inputs.sightings([os.fspath(folder.captures)]))

        assert [outcome.status for outcome in beside.outcomes()] == ["rejected", "written", "written"]


def test_retry_keeps_the_last_name(folder: Folder) -> None:
    """An input that had two names, one after the other, is written under the second."""
    folder.convert()
    folder.put(one=b"")
    (folder.captures / "one.html").write_bytes(OTHER)
    folder.convert()
    digits = hex_digest(b"one.txt")[:8]
    folder.put(one=PAGE)

    run(folder.capsys, "retry", folder.report, "--timeout", "0")

    assert [Path(row["output"]).name for row in folder.rows() if row.get("relative") == "one.txt"] == [
        f"one-{digits}.md"
    ]


def test_retry_keeps_the_name_of_its_way_to_name(folder: Folder) -> None:
    """Another run that named otherwise has no part in the names of the one that is done again."""
    folder.convert("--name", "dated")
    first = {row["relative"]: row.get("output", "") for row in folder.rows() if "input" in row}
    dated = Path(first["one.txt"])
    dated.write_bytes(dated.read_bytes() + b"\nA note.\n")
    assert folder.convert("--name", "dated")["one.txt"] == "failed"
    kept = folder.report.read_bytes()
    folder.convert()
    folder.report.write_bytes(kept)
    dated.unlink()

    run(folder.capsys, "retry", folder.report, "--timeout", "0")

    assert {row["relative"]: row.get("output", "") for row in folder.rows() if "input" in row} == first


def test_retry_keeps_a_name_whose_reason_has_gone(folder: Folder) -> None:
    """A name that was given because another was taken stays, though the other is free when it is done again."""
    other = folder.root / "other"
    other.mkdir()
    (other / "one.txt").write_bytes(OTHER)
    folder.convert(inputs=(other,))
    name = f"one-{hex_digest(os.fsencode(folder.captures / 'one.txt'))[:8]}.md"
    (folder.out / name).mkdir()
    assert folder.convert()["one.txt"] == "failed"
    (folder.out / name).rmdir()
    (other / "one.txt").unlink()

    run(folder.capsys, "retry", folder.report, "--timeout", "0")

    assert [Path(row["output"]).name for row in folder.rows() if row.get("relative") == "one.txt"] == [name]
