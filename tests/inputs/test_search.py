from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import Rejection
from copydesk.inputs import Input, InputError, find, read

SEGMENTS = st.text("abAB.é -", min_size=1, max_size=5).filter(lambda name: name.strip(" .") == name)
SUFFIXES = st.sampled_from((".txt", ".TXT", ".text", ".html", ".jpg", "", ".md"))
FOLDERS = st.lists(st.one_of(SEGMENTS, st.just(".hidden")), max_size=3)
NAMES = st.builds(lambda folders, stem, suffix: "/".join((*folders, stem + suffix)), FOLDERS, SEGMENTS, SUFFIXES)


def plant(root: Path, names: Iterable[str]) -> None:
    """Make a tree of files; one that stands in the way of another is left out."""
    for name in names:
        path = root / name
        if not path.exists() and not any(parent.is_file() for parent in path.parents):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name, "utf-8")


def up_to_hidden(name: str) -> str:
    """Return a path as far as a search goes: to its first hidden part."""
    parts = name.split("/")
    end = next((n for n, part in enumerate(parts, 1) if part.startswith(".")), len(parts))
    return "/".join(parts[:end])


def is_capture(name: str) -> bool:
    """Tell whether a search should find this file."""
    hidden = any(part.startswith(".") for part in name.split("/"))
    return name.lower().endswith((".txt", ".text", ".html")) and not hidden


def relatives(folder: Path) -> list[str]:
    """Return what a search of a folder finds."""
    return [item.relative for item in find([str(folder)]).inputs]


def test_a_folder_gives_its_captures_in_code_point_order(tmp_path: Path) -> None:
    """The order is that of the relative paths, whatever the file system says, with capitals before small letters."""
    plant(tmp_path, ["b.txt", "a/z.txt", "a.text", "é.txt", "C.TXT", "a/b/c.txt", "a-b.txt"])

    assert relatives(tmp_path) == ["C.TXT", "a-b.txt", "a.text", "a/b/c.txt", "a/z.txt", "b.txt", "é.txt"]


def test_an_input_keeps_the_path_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The path of an input begins with the argument, so that the frontmatter names no folder of the machine."""
    plant(tmp_path, ["in/sub/a.txt", "b.txt"])
    monkeypatch.chdir(tmp_path)

    assert (Input("in/sub/a.txt", "sub/a.txt"), Input("./b.txt", "b.txt")) == find(["in/", "./b.txt"]).inputs


def test_the_minus_sign_is_standard_input() -> None:
    """Standard input is one input, however often it is named, and its output has a usable name."""
    assert (Input("-", "stdin"),) == find(["-", "-"]).inputs


def test_a_file_named_by_itself_is_always_an_input(tmp_path: Path) -> None:
    """Neither its suffix nor a dot in front keeps a file out that is named, and it is not passed over then."""
    plant(tmp_path, [".a", "b.jpg", "c.txt"])
    folder = str(tmp_path)

    found = find([folder, f"{folder}/.a", f"{folder}/b.jpg"])

    assert [item.relative for item in found.inputs] == ["c.txt", ".a", "b.jpg"]
    assert found.passed_over == {}


def test_one_file_is_one_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another spelling, a folder around it or a link to that folder do not make a second input of a file."""
    plant(tmp_path, ["in/a.txt"])
    (tmp_path / "link").symlink_to("in", target_is_directory=True)
    monkeypatch.chdir(tmp_path)

    found = find(["in/a.txt", "./in/a.txt", "in/../in/a.txt", str(tmp_path / "in/a.txt"), "link/a.txt", "in", "link"])

    assert (Input("in/a.txt", "a.txt"),) == found.inputs


def test_a_linked_file_is_an_input_of_its_own(tmp_path: Path) -> None:
    """A link to a file has its own name, so leaving it out would lose a name in silence."""
    plant(tmp_path, ["a.txt"])
    (tmp_path / "b.txt").symlink_to("a.txt")

    assert relatives(tmp_path) == ["a.txt", "b.txt"]


def test_linked_folders_are_counted_and_not_entered(tmp_path: Path) -> None:
    """A folder that links back to its parent ends no search and is not passed over in silence."""
    plant(tmp_path, ["a/b.txt"])
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)

    found = find([str(tmp_path)])

    assert [item.relative for item in found.inputs] == ["a/b.txt"]
    assert found.passed_over == {"linked folder": 1}


def test_a_broken_link_fails_when_it_is_read(tmp_path: Path) -> None:
    """A link to nothing, or to itself, is an input that cannot be read, and not a file that was never seen."""
    (tmp_path / "a.txt").symlink_to("nothing")
    (tmp_path / "b.txt").symlink_to("b.txt")

    first, second = find([str(tmp_path)]).inputs

    with pytest.raises(InputError, match=r"a\.txt': cannot be read: No such file"):
        read(first)
    with pytest.raises(InputError, match=r"b\.txt': cannot be read"):
        read(second)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    """Reading a pipe that nobody writes to would wait for ever."""
    plant(tmp_path, ["a.txt"])
    os.mkfifo(tmp_path / "b.txt")

    assert find([str(tmp_path)]).passed_over == {"special file": 1}


def test_what_is_passed_over_is_counted_by_suffix(tmp_path: Path) -> None:
    """Suffixes are counted in lower case; a hidden folder is one entry, whatever is in it."""
    plant(tmp_path, ["a.txt", "b.JPG", "c/d.jpg", "README", ".git/x.txt", ".git/y.txt", ".hidden.txt"])

    assert find([str(tmp_path)]).passed_over == {"": 1, ".jpg": 2, "hidden": 2}


@given(st.sets(NAMES), st.randoms())
def test_counts_add_up_with_the_tree(names: set[str], random: SimpleNamespace) -> None:
    """Every file is an input or passed over, hidden folders counting once, and the order of creation plays no part."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shuffled = sorted({"always.txt", *names})
        random.shuffle(shuffled)
        plant(root, shuffled)
        files = [path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()]
        seen = {up_to_hidden(name) for name in files}
        found = find([folder])

        assert len(seen) == len(found.inputs) + sum(found.passed_over.values())
        assert sorted(filter(is_capture, files)) == [item.relative for item in found.inputs]


def test_no_arguments_find_nothing() -> None:
    """A list without arguments is no error: whether one is needed is the caller's matter."""
    assert find([]) == ((), {})


def test_other_suffixes_can_be_asked_for(tmp_path: Path) -> None:
    """The suffixes of a capture are the caller's choice."""
    plant(tmp_path, ["a.txt", "b.html"])

    assert [item.relative for item in find([str(tmp_path)], suffixes=(".html",)).inputs] == ["b.html"]


def test_a_missing_path_is_told_with_the_remedy(tmp_path: Path) -> None:
    """A path that leads nowhere is named, and what to do is said."""
    with pytest.raises(InputError, match=r"nowhere\.txt': no such file or folder; check the path"):
        find([str(tmp_path / "nowhere.txt")])


def test_a_folder_without_captures_is_told_with_what_it_holds(tmp_path: Path) -> None:
    """A folder that gives nothing is an error that says what was passed over and what a capture is."""
    plant(tmp_path, ["a.pdf", "b.pdf", "c"])

    said = r"passed over: 1 without suffix, 2 \.pdf\); captures end in \.htm or \.html or"
    with pytest.raises(InputError, match=said):
        find([str(tmp_path)])


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    """An empty folder is an error that counts nothing."""
    with pytest.raises(InputError, match="no capture in this folder; captures end in"):
        find([str(tmp_path)])


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A subfolder that is closed to us stops the search: what is in it would be lost in silence."""
    plant(tmp_path, ["a.txt", "closed/b.txt"])
    scandir = os.scandir

    def guarded(path: str) -> object:
        if "closed" in path:
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)

    with pytest.raises(InputError, match=r"closed/': cannot be listed: Permission denied; make the folder readable"):
        find([str(tmp_path)])


def test_a_file_is_read_as_it_is(tmp_path: Path) -> None:
    """Bytes come as they are in the file: no decoding, no line ends changed."""
    (tmp_path / "a.txt").write_bytes(b"\xff\r\n\x00")

    assert read(Input(str(tmp_path / "a.txt"), "a.txt")) == b"\xff\r\n\x00"


def test_standard_input_is_read_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard input gives its bytes."""
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"\xffabc")))

    assert read(Input("-", "stdin")) == b"\xffabc"


@pytest.mark.parametrize("name", ["a.txt", "-"])
def test_the_limit_is_the_largest_size_that_is_read(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A capture of exactly the limit is read, one byte more is rejected as `too-large`."""
    (tmp_path / "a.txt").write_bytes(b"12345")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"12345")))

    with pytest.raises(Rejection) as caught:
        read(Input(name, name), limit=4)
    assert caught.value.code == "too-large"
    assert str(caught.value).startswith(repr(name))

    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"12345")))
    assert read(Input(name, name), limit=5) == b"12345"


def test_a_large_file_is_not_read_whole(tmp_path: Path) -> None:
    """A file of a terabyte is rejected by its size; reading it would end in MemoryError."""
    with open(tmp_path / "a.txt", "wb") as handle:
        handle.truncate(2**40)

    with pytest.raises(Rejection, match=f"{2**40} bytes, and a capture has at most {16 * 2**20}"):
        read(Input(str(tmp_path / "a.txt"), "a.txt"))


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="the system has no endless device")
def test_an_endless_device_is_not_read_for_ever() -> None:
    """What has no size is read to the limit and one byte further."""
    with pytest.raises(Rejection, match="more than 1000 bytes"):
        read(Input("/dev/zero", "zero"), limit=1000)


def test_what_cannot_be_read_is_told_with_path_and_reason(tmp_path: Path) -> None:
    """An error of the system becomes one that names the path, the reason and the remedy."""
    with pytest.raises(InputError, match=r"gone\.txt': cannot be read: No such file or directory; make it a readable"):
        read(Input(str(tmp_path / "gone.txt"), "gone.txt"))
    with pytest.raises(InputError, match="cannot be read"):
        read(Input(str(tmp_path), "folder"))
