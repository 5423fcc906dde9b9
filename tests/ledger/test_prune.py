"""What `--prune` leaves alone, because its input may be there though it is not seen."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from copydesk import inputs
from copydesk.batch.values import Settings
from copydesk.convert import Run
from copydesk.ledger import Ledger, store
from copydesk.ledger.cut_off import cut_off
from tests.ledger.folders import OTHER, PAGE, Folder, gone
from tests.ledger.test_gone import NOT_THERE, zipped


@pytest.fixture
def corpora(folder: Folder) -> Folder:
    """Return the folder with a second one of captures beside, both converted."""
    other = folder.root / "other"
    other.mkdir()
    (other / "three.txt").write_bytes(PAGE.replace(b"ten", b"eleven"))
    folder.convert(inputs=(folder.captures, other))
    return folder


def unsure(folder: Path) -> tuple[str, str]:
    """Return the fate of an output whose input may be on a disk that is missing, and the reason."""
    return "unsure", f"{NOT_THERE}, and nothing is left of {folder}, so its disk may be missing"


def unmount(folder: Path) -> None:
    """Leave of a folder what is there when no disk is mounted on it."""
    folder.rename(folder.with_name("unmounted"))
    folder.mkdir()


def eject(folder: Path) -> None:
    """Leave nothing of a folder."""
    folder.rename(folder.with_name("ejected"))


@pytest.mark.parametrize("lose", [unmount, eject])
def test_a_corpus_whose_disk_is_missing_keeps_its_documents(corpora: Folder, lose: Callable[[Path], None]) -> None:
    """A run over another corpus removes nothing of one that is not there as a whole, and tells of it."""
    lose(corpora.captures)
    tree = corpora.tree()

    corpora.convert("--prune", inputs=(corpora.root / "other",))

    assert gone(corpora) == {"one.md": unsure(corpora.captures), "two.md": unsure(corpora.captures)}
    assert corpora.tree() == tree


def test_a_disk_inside_a_corpus_that_is_missing_keeps_its_documents(folder: Folder) -> None:
    """An empty folder may be where a disk is mounted at other times; once it is removed too, its documents go."""
    disk = folder.captures / "disk"
    (disk / "deep").mkdir(parents=True)
    (disk / "deep" / "three.txt").write_bytes(PAGE)
    folder.convert()
    unmount(disk)
    (folder.captures / "unmounted").rename(folder.root / "unmounted")

    folder.convert("--prune")
    assert gone(folder) == {"disk/deep/three.md": unsure(disk)}

    disk.rmdir()
    folder.convert("--prune")
    assert gone(folder) == {"disk/deep/three.md": ("removed", NOT_THERE)}


@pytest.mark.parametrize("lose", [unmount, eject])
def test_a_container_whose_disk_is_missing_keeps_its_documents(folder: Folder, lose: Callable[[Path], None]) -> None:
    """Of a container counts the folder in which it was found, whatever its members are called."""
    zipped(folder, one=PAGE, two=OTHER)
    disk = folder.root / "disk"
    (disk / "deep").mkdir(parents=True)
    (folder.root / "a.zip").rename(disk / "deep" / "a.zip")
    folder.convert(inputs=(disk,))
    lose(disk)

    folder.convert("--prune")

    assert gone(folder) == {"deep/a/one.md": unsure(disk), "deep/a/two.md": unsure(disk)}


def test_a_container_that_has_gone_takes_its_documents_along(folder: Folder) -> None:
    """Where a folder is there and has others, a container that is not there has gone."""
    zipped(folder, one=PAGE)
    (folder.captures / "deep").mkdir()
    (folder.root / "a.zip").rename(folder.captures / "deep" / "a.zip")
    folder.convert()
    (folder.captures / "deep" / "a.zip").unlink()
    (folder.captures / "deep").rmdir()

    folder.convert("--prune")

    assert gone(folder) == {"deep/a/one.md": ("removed", NOT_THERE)}


def test_a_folder_that_is_a_file_by_now(folder: Folder) -> None:
    """What stood in a folder that is none any more has gone."""
    deep = folder.captures / "deep"
    deep.mkdir()
    (deep / "three.txt").write_bytes(PAGE)
    folder.convert()
    (deep / "three.txt").unlink()
    deep.rmdir()
    deep.write_bytes(b"")

    folder.convert("--prune")

    assert gone(folder) == {"deep/three.md": ("removed", NOT_THERE)}


@pytest.mark.parametrize("asked", ["lstat", "scandir"])
def test_where_nobody_may_look_nothing_has_gone(corpora: Folder, monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    """An error of the system says nothing about a file: it has not gone."""
    (corpora.captures / "one.txt").unlink()
    look = getattr(os, asked)

    def refused(path: str, *rest: object, **more: object) -> object:
        if str(corpora.captures) in os.fspath(path):
            raise PermissionError(13, "Permission denied")
        return look(path, *rest, **more)

    monkeypatch.setattr(os, asked, refused)

    corpora.convert("--prune", inputs=(corpora.root / "other",))

    assert gone(corpora) == {}
    assert (corpora.out / "one.md").exists()


def test_the_keys_of_a_person_stay(folder: Folder) -> None:
    """A file that keeps a person's keys after `--force` is an edited one."""
    folder.convert()
    path = folder.out / "one.md"
    path.write_text(path.read_text("utf-8").replace("---\n", "---\nmine: 1\n", 1), "utf-8")
    folder.convert("--force")
    assert [row["relative"] for row in folder.rows() if "overwrote" in row] == ["one.txt"]
    folder.convert("--force")
    assert [row["relative"] for row in folder.rows() if "overwrote" in row] == []
    (folder.captures / "one.txt").unlink()

    folder.convert("--prune")

    assert gone(folder) == {"one.md": ("edited", NOT_THERE)}
    assert "mine: 1" in path.read_text("utf-8")


def test_runs_side_by_side_leave_each_other_their_outputs(folder: Folder) -> None:
    """What another run has written of the same inputs meanwhile has not gone, whichever began first."""
    folder.convert()
    settings = Settings(os.fspath(folder.out))
    with Ledger.of(settings.out) as one, Ledger.of(settings.out) as two:
        runs = [Run(settings, ledger) for ledger in (one, two)]
        for run in runs:
            run.list(inputs.sightings([os.fspath(folder.captures)]))
        for run in (*runs, runs[0]):
            assert [outcome.status for outcome in run.outcomes()] == ["rejected", "unchanged", "unchanged"]
            assert [list(run.gone(prune=True)) for run in runs] == [[], []]
    assert list(folder.tree()) == ["one.md", "two.md"]


def test_a_run_that_cannot_write_down_what_it_did_removes_nothing(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the ledger takes nothing in, as on a full disk, nobody knows what has gone."""
    folder.convert()
    (folder.captures / "one.txt").unlink()
    monkeypatch.setattr(store, "REMEMBER", "INSERT INTO nowhere VALUES (:run)")

    folder.convert("--prune")

    assert gone(folder) == {}
    assert list(folder.tree()) == ["one.md", "two.md"]


@pytest.mark.parametrize(("relative", "is_container", "root"), [
    ("b/c/d.txt", False, "a"),
    ("d.txt", False, "a/b/c"),
    ("b/c/d/x/y.txt", True, "a"),
    ("c/d/x.txt", True, "a/b"),
    ("other", True, "a/b/c"),
])  # fmt: skip
def test_the_folder_in_which_a_file_was_found(tmp_path: Path, relative: str, root: str, *, is_container: bool) -> None:
    """The relative path of an input tells which folder was given; where it does not, it is that of the file."""
    (tmp_path / "some.txt").touch()

    assert cut_off(f"{tmp_path}/a/b/c/d.txt", relative, is_container=is_container) == f"{tmp_path}/{root}"


def test_a_file_that_this_ledger_did_not_write_stays(folder: Folder) -> None:
    """What is as Copydesk writes it, but not as this output was written, is somebody's."""
    folder.convert()
    (folder.out / "one.md").write_bytes((folder.out / "two.md").read_bytes())
    (folder.captures / "one.txt").unlink()

    folder.convert("--prune")

    assert gone(folder) == {"one.md": ("edited", NOT_THERE)}
    assert (folder.out / "one.md").exists()


def test_a_file_in_the_place_of_an_output_that_never_was(folder: Folder) -> None:
    """Where an input never gave a document, what stands in its place is none of a run's business."""
    folder.convert()
    (folder.out / "empty.md").write_bytes(b"mine")

    folder.convert("--prune")
    (folder.captures / "empty.txt").unlink()
    folder.convert("--prune")

    assert gone(folder) == {}
    assert (folder.out / "empty.md").read_bytes() == b"mine"


def test_standard_input_never_goes(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """What came by standard input is nowhere to be looked for."""
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(PAGE)))
    assert folder.convert("--name", "dated", inputs=("-",)) == {"stdin": "written"}
    tree = folder.tree()

    folder.convert("--prune")

    assert gone(folder) == {}
    assert tree.items() < folder.tree().items()
