from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path

import pytest

from copydesk import inputs
from copydesk.batch.values import Settings
from copydesk.convert import Run
from copydesk.ledger import Ledger
from tests.cli.test_convert import run
from tests.ledger.folders import OTHER, PAGE, Folder, gone

NOT_THERE = "its input is not there any more"


def test_an_output_without_input_is_told_and_kept(folder: Folder) -> None:
    """An output whose input was removed stays, and the report and the command say so, run after run."""
    folder.convert()
    (folder.captures / "one.txt").unlink()

    for _ in range(2):
        _, _, err = run(folder.capsys, "convert", folder.captures, "-o", folder.out, "--report", folder.report)
        assert gone(folder) == {"one.md": ("kept", NOT_THERE)}
        assert f"{folder.out}/one.md: kept: {NOT_THERE}" in err
        assert "1 output has no input any more; --prune removes it" in err
        assert (folder.out / "one.md").exists()


def test_prune_removes_what_is_as_it_was_written(folder: Folder) -> None:
    """`--prune` leaves the tree of a run that never saw the inputs, without empty folders."""
    (folder.captures / "deep" / "er").mkdir(parents=True)
    (folder.captures / "deep" / "er" / "three.txt").write_bytes(PAGE.replace(b"ten", b"eleven"))
    folder.convert()
    (folder.captures / "one.txt").unlink()
    shutil.rmtree(folder.captures / "deep")

    folder.convert("--prune")

    assert gone(folder) == {"one.md": ("removed", NOT_THERE), "deep/er/three.md": ("removed", NOT_THERE)}
    assert sorted(path.name for path in folder.out.iterdir()) == [".copydesk", "two.md"]
    folder.convert("--prune")
    assert gone(folder) == {}


def test_prune_keeps_what_a_person_edited(folder: Folder) -> None:
    """An edited output is never removed."""
    folder.convert()
    (folder.captures / "one.txt").unlink()
    edited = folder.out / "one.md"
    edited.write_bytes(edited.read_bytes() + b"\nA note.\n")

    folder.convert("--prune")

    assert gone(folder) == {"one.md": ("edited", NOT_THERE)}
    assert edited.exists()


def test_what_is_none_of_this_run_has_not_gone(folder: Folder) -> None:
    """A run over some of the inputs says nothing of the others, whose files are there."""
    folder.convert()

    assert folder.convert("--prune", inputs=(folder.captures / "two.txt",)) == {"two.txt": "unchanged"}
    assert gone(folder) == {}
    assert (folder.out / "one.md").exists()


def test_a_new_name_leaves_the_old_one_behind(folder: Folder) -> None:
    """Two inputs that want one name both get another; what the first had before is told, and removed on demand."""
    folder.convert()
    (folder.captures / "one.html").write_bytes(OTHER)

    folder.convert("--prune")

    (name, (fate, reason)), = gone(folder).items()
    assert (name, fate) == ("one.md", "removed")
    assert reason.startswith("its input is written to one-")
    anew = folder._replace(root=folder.root / "anew")
    anew.root.mkdir()
    (folder.captures).rename(anew.captures)
    anew.convert()
    assert list(folder.tree()) == list(anew.tree())


@pytest.mark.parametrize("name", ["mirror", "dated"])
def test_an_input_that_is_rejected_by_now_leaves_its_output(folder: Folder, name: str) -> None:
    """Where an input gives no document any more the old one stays, with or without pruning, and is told of."""
    folder.convert("--name", name)
    tree = folder.tree()
    (folder.captures / "one.txt").write_bytes(b"")

    for options in ((), ("--prune",)):
        assert folder.convert("--name", name, *options)["one.txt"] == "rejected"
        assert set(gone(folder).values()) == {("stale", "its input was rejected this time")}
    assert folder.tree() == tree


def test_an_input_that_is_rejected_under_its_new_name_leaves_its_output(folder: Folder) -> None:
    """A new name alone takes nothing away: the old output goes when there is one of the new name."""
    folder.convert()
    (folder.captures / "one.txt").write_bytes(b"")
    (folder.captures / "one.html").write_bytes(OTHER)

    assert folder.convert("--prune")["one.txt"] == "rejected"
    assert gone(folder) == {"one.md": ("stale", "its input was rejected this time")}
    assert (folder.out / "one.md").exists()


@pytest.fixture
def archive(folder: Folder) -> Folder:
    """Return the folder with an archive of two captures that was converted."""
    zipped(folder, one=PAGE, two=OTHER)
    folder.convert(inputs=(folder.root / "a.zip",))
    return folder


def zipped(folder: Folder, **captures: bytes) -> None:
    """Write an archive of captures."""
    with zipfile.ZipFile(folder.root / "a.zip", "w") as made:
        for stem, data in captures.items():
            made.writestr(f"{stem}.txt", data)


def test_a_member_that_its_container_has_no_more(archive: Folder) -> None:
    """A member has gone when its container was gone through and does not have it."""
    zipped(archive, two=OTHER)

    assert archive.convert("--prune", inputs=(archive.root / "a.zip",)) == {"a/two.txt": "unchanged"}
    assert gone(archive) == {"a/one.md": ("removed", "its container does not have it any more")}


def test_members_of_a_container_that_is_cut_have_not_gone(archive: Folder) -> None:
    """Of a container that breaks off nobody knows what it had."""
    path = archive.root / "a.zip"
    path.write_bytes(path.read_bytes()[: len(PAGE) + 100])

    archive.convert("--prune", inputs=(path,))

    assert gone(archive) == {}
    assert (archive.out / "a" / "two.md").exists()


def test_members_of_a_container_that_is_none_of_this_run(archive: Folder) -> None:
    """A container that this run does not look into keeps its documents."""
    zipped(archive, two=OTHER)

    archive.convert("--prune")

    assert gone(archive) == {}


def test_a_container_is_not_known_by_its_neighbour(archive: Folder) -> None:
    """A file whose name begins as that of a container says nothing of its members."""
    zipped(archive, two=OTHER)
    (archive.root / "a.zip.txt").write_bytes(PAGE)

    archive.convert("--prune", inputs=(archive.root / "a.zip.txt",))

    assert gone(archive) == {}


@pytest.mark.parametrize("by_person", [False, True])
def test_what_a_person_puts_back_stays(folder: Folder, *, by_person: bool) -> None:
    """An output that was seen to be missing, or removed, is forgotten: a file in its place is a person's."""
    folder.convert()
    path = folder.out / "one.md"
    data = path.read_bytes()
    (folder.captures / "one.txt").unlink()
    if by_person:
        path.unlink()
    folder.convert("--prune")
    assert not path.exists()
    path.write_bytes(data)

    folder.convert("--prune")

    assert gone(folder) == {}
    assert path.read_bytes() == data


def test_an_output_whose_new_input_was_never_reached(folder: Folder) -> None:
    """An output that has gone to another input is told of by the place of this one, though nothing came of it."""
    folder.convert()
    moved = folder.root / "moved"
    folder.captures.rename(moved)
    settings = Settings(os.fspath(folder.out))
    with Ledger.of(settings.out) as ledger:
        killed = Run(settings, ledger)
        killed.list(inputs.sightings([os.fspath(moved)]))
        next(killed.outcomes())
    (moved / "two.txt").unlink()

    folder.convert(inputs=(moved,))

    assert [row["gone"]["input"] for row in folder.rows() if "gone" in row] == [f"{moved}/two.txt"]


def test_captures_of_one_article_are_those_of_the_run(folder: Folder) -> None:
    """A group has the captures that this run came to, and is told where there are several."""
    folder.put(a=PAGE, b=PAGE, c=PAGE)
    paths = [folder.captures / f"{stem}.txt" for stem in "abc"]

    for count in (3, 2, 1):
        folder.convert(inputs=tuple(paths[:count]))
        groups = [row["group"] for row in folder.rows() if "group" in row]
        found = [[Path(each["output"]).name for each in group["captures"]] for group in groups]
        assert found == [[f"{stem}.md" for stem in "abc"[:count]]] * (count > 1)
