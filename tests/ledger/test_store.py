from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest

from copydesk import inputs
from copydesk.batch.values import Settings
from copydesk.convert import Run
from copydesk.ledger import Ledger, LedgerError, store
from copydesk.ledger.listing import Listing
from tests.cli.test_convert import run
from tests.ledger.folders import OTHER, PAGE, Folder


def test_a_lock_that_cannot_be_is_no_obstacle(folder: Folder) -> None:
    """Where there is no lock a run goes on, and takes nobody for killed."""
    folder.convert()
    lock = folder.out / ".copydesk" / "ledger.sqlite.lock"
    lock.unlink()
    lock.mkdir()
    left = folder.out / ".copydesk-01234567-0123456789abcdef.tmp"
    left.write_bytes(b"half")
    with sqlite3.connect(folder.out / ".copydesk" / "ledger.sqlite") as ledger:
        ledger.execute("UPDATE runs SET ended = 0")

    assert folder.convert()["one.txt"] == "unchanged"
    assert left.exists()


def test_a_lock_that_is_no_lock_is_no_obstacle(folder: Folder) -> None:
    """A file in the place of the lock that SQLite cannot read stops no run."""
    folder.convert()
    (folder.out / ".copydesk" / "ledger.sqlite.lock").write_bytes(b"no database" * 1000)

    assert folder.convert()["one.txt"] == "unchanged"


def test_runs_that_begin_at_once_see_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No run begins between the moment in which another finds itself alone and the one in which it says so."""
    monkeypatch.setattr(store, "PATIENCE", 0)
    path = os.fspath(tmp_path / "l.sqlite")
    found: list[Ledger] = []

    def meanwhile(ledger: Ledger) -> bool:
        if not found:
            found.append(ledger)
            with Ledger(path) as other, pytest.raises(LedgerError, match="wait until the other run has ended"):
                other.begin("in between")
        return True

    with Ledger(path) as one:
        monkeypatch.setattr(Ledger, "_is_alone", meanwhile)
        assert not one.begin("first")


def test_both_killed(tmp_path: Path) -> None:
    """Of two runs that were killed the next one alone learns, and the one after it finds nothing."""
    path = os.fspath(tmp_path / "l.sqlite")
    with Ledger(path) as one, Ledger(path) as two:
        assert not one.begin("one")
        assert not two.begin("two")

    for killed in (True, False):
        with Ledger(path) as three:
            assert three.begin("three") is killed
            three.end()


@pytest.mark.parametrize("name", ["'", '"', "%", "?mode=ro", "\udcff", "한 글", "x" * 200])
def test_a_ledger_has_any_name(tmp_path: Path, name: str) -> None:
    """The name of a folder is a name, whatever is in it."""
    with Ledger.of(os.fspath(tmp_path / name)) as ledger:
        ledger.begin("a run")

    assert os.listdir(os.fspath(tmp_path / name / ".copydesk"))


def test_a_ledger_that_cannot_be_a_file(folder: Folder) -> None:
    """A folder in the place of the ledger is named, with the remedy."""
    (folder.out / ".copydesk" / "ledger.sqlite").mkdir(parents=True)

    code, _, err = run(folder.capsys, "convert", folder.captures, "-o", folder.out)

    assert code == 1
    assert "ledger.sqlite': the ledger cannot be used: unable to open database file; make it a file in a folder" in err


def test_documents_go_into_a_folder(folder: Folder) -> None:
    """A file in the place of the folder of the documents is named, with the remedy."""
    folder.out.write_bytes(b"")

    code, _, err = run(folder.capsys, "convert", folder.captures, "-o", folder.out)

    assert code == 1
    assert "the ledger cannot be used: Not a directory; make it a file in a folder where you may write" in err


def test_a_ledger_that_may_not_be_written(tmp_path: Path) -> None:
    """A ledger on a disk that is only to be read is named, with the remedy."""
    with Ledger(os.fspath(tmp_path / "l.sqlite")) as ledger:
        ledger.ask("PRAGMA query_only = ON")

        with pytest.raises(LedgerError, match="where you may write"):
            ledger.begin("a run")


def test_a_ledger_of_another_version(tmp_path: Path) -> None:
    """A ledger that another version of Copydesk keeps is not touched."""
    path = tmp_path / "l.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 2")
    before = path.read_bytes()

    with pytest.raises(LedgerError, match="of version 2, and not 1; remove it"):
        Ledger(os.fspath(path))
    assert path.read_bytes() == before


def test_a_transaction_is_done_or_not(tmp_path: Path) -> None:
    """What raises in a transaction undoes it, also while the rows of a question are still to come."""
    with Ledger(os.fspath(tmp_path / "l.sqlite")) as ledger:
        ledger.ask("INSERT INTO runs (converter) VALUES ('a'), ('b'), ('c')")
        rows = ledger.ask("SELECT converter FROM runs")
        with suppress(KeyboardInterrupt), ledger.transaction():
            ledger.write("INSERT INTO runs (converter) VALUES (?)", [("d",)])
            next(rows)
            raise KeyboardInterrupt

        assert not ledger.connection.in_transaction
        assert [row for (row,) in ledger.ask("SELECT converter FROM runs")] == ["a", "b", "c"]


def test_listing_waits_for_nobody(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another run settles its names this one lists its inputs."""
    monkeypatch.setattr(store, "PATIENCE", 0)
    with Ledger.of(os.fspath(folder.out)) as one, Ledger.of(os.fspath(folder.out)) as two, one.transaction():
        listing = Listing(two, mirrored=True)
        listing.fill(inputs.sightings([os.fspath(folder.captures)]))

        assert listing.total == 3


def test_a_suffix_that_is_no_text(folder: Folder) -> None:
    """A file is passed over whatever its name ends in."""
    with open(os.fsencode(folder.captures) + b"/x.\xff", "wb") as file:
        file.write(b"x")

    folder.convert()

    assert folder.rows()[-1]["summary"]["passed_over"] == {".\udcff": 1}


def test_documents_beside_their_captures(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the documents nor the ledger are ever captures, also where all is in one folder."""
    (folder.captures / "deep").mkdir()
    (folder.captures / "deep" / "three.txt").write_bytes(PAGE.replace(b"ten", b"eleven"))
    monkeypatch.chdir(folder.captures)
    arguments = ("convert", ".", "-o", ".", "--report", folder.report, "--timeout", "0")
    run(folder.capsys, *arguments)
    written = {row["relative"] for row in folder.rows() if row.get("status") == "written"}
    run(folder.capsys, *arguments)

    assert written == {"one.txt", "two.txt", "deep/three.txt"}
    assert {row["relative"] for row in folder.rows() if row.get("status") == "unchanged"} == written
    assert folder.rows()[-1]["summary"]["passed_over"] == {".md": 3, "hidden": 1}
    code, _, err = run(folder.capsys, "convert", ".copydesk", "-o", folder.out)
    assert (code, "no capture in this folder" in err) == (1, True)


def test_a_folder_that_was_moved_with_its_ledger(folder: Folder) -> None:
    """A folder of documents goes on elsewhere; so does a copy, beside the first."""
    folder.convert()
    before = {name: data for name, (data, _) in folder.tree().items()}
    shutil.copytree(folder.out, folder.root / "copy")
    (folder.captures / "one.txt").write_bytes(OTHER.replace(b"Pyongyang", b"Gyongpyan", 1))
    folder.convert()

    run(folder.capsys, "convert", folder.captures, "-o", folder.root / "copy", "--report", folder.report)
    assert [row["status"] for row in folder.rows() if "input" in row] == ["rejected", "written", "unchanged"]
    assert {name: data for name, (data, _) in folder.tree().items()} != before
    assert (folder.root / "copy" / "one.md").read_bytes() == (folder.out / "one.md").read_bytes()


def is_free(ledger: Path) -> bool:
    """Tell whether a run could write into a ledger now."""
    connection = sqlite3.connect(ledger, timeout=0, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
    return True


@pytest.mark.parametrize("name", ["mirror", "dated"])
def test_a_run_that_lasts_keeps_nobody_waiting(folder: Folder, name: str) -> None:
    """From one outcome to the next, and while it tells what has gone, a run leaves the ledger to others."""
    folder.put(again=PAGE, gone=OTHER)
    folder.convert("--name", name)
    (folder.captures / "gone.txt").unlink()
    settings = Settings(os.fspath(folder.out), name)
    with Ledger.of(settings.out) as ledger:
        run = Run(settings, ledger)
        run.list(inputs.sightings([os.fspath(folder.captures)]))
        for told in (run.outcomes(), run.groups(), run.gone(prune=False)):
            free = [is_free(folder.out / ".copydesk" / "ledger.sqlite") for _ in told]
            assert free
            assert all(free)


def test_the_ledger_of_a_folder_elsewhere_is_one_for_all_spellings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slash at the end of an address makes no other folder of it, and another folder has another ledger."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    paths = []
    for folder in ("memory://bucket/out", "memory://bucket/out/", "memory://bucket/other"):
        with Ledger.of(folder) as ledger:
            paths.append(ledger.path)

    assert paths[0] == paths[1] != paths[2]
    assert paths[0].startswith(str(tmp_path / "copydesk"))
