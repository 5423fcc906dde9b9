from __future__ import annotations

import os
import tempfile
from pathlib import Path
from unittest import mock
from uuid import uuid4

import fsspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from copydesk.errors import CopydeskError
from copydesk.frontmatter.writing import compose
from copydesk.outputs import EditedOutput, OutputError, edited, over, place, sweep, write

BODY = "First paragraph.\n\nSecond – paragraph.\n"
OWN = compose({"id": "kcna-2021-01-21-0123456789ab", "title": "A Title", "related": ["2021-01-20 B"]}, BODY)
NEXT = compose({"id": "kcna-2021-01-21-0123456789ab", "title": "Another Title"}, BODY)


def left_in(folder: Path) -> list[str]:
    """Return the names of all files in a folder, hidden ones too."""
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_is_written_as_it_is_given(tmp_path: Path) -> None:
    """The file holds the UTF-8 of the text with its line feeds, and nothing else is left in the folder."""
    path = tmp_path / "a.md"

    assert write(path, "é\n한\r\n") == "written"
    assert path.read_bytes() == "é\n한\r\n".encode()
    assert left_in(tmp_path) == ["a.md"]


def test_folders_are_made(tmp_path: Path) -> None:
    """All folders above an output are made when the first one is written."""
    path = tmp_path / "a" / "b" / "c.md"

    assert write(path, OWN) == "written"
    assert path.read_text("utf-8") == OWN


def test_a_path_without_a_folder_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bare name stands in the current folder."""
    monkeypatch.chdir(tmp_path)

    assert write(Path("a.md"), OWN) == "written"
    assert left_in(tmp_path) == ["a.md"]


def test_a_new_file_has_the_permissions_of_any_other(tmp_path: Path) -> None:
    """The file is as readable as one that was opened and written."""
    (tmp_path / "plain.md").write_text(OWN, "utf-8")

    write(tmp_path / "a.md", OWN)

    assert (tmp_path / "plain.md").stat().st_mode == (tmp_path / "a.md").stat().st_mode


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("text", [OWN, "a note of a person\n", ""])
def test_an_equal_file_is_not_touched(text: str, force: bool, tmp_path: Path) -> None:
    """A second run leaves time and identity of a file alone, even with force."""
    path = tmp_path / "a.md"
    path.write_bytes(text.encode())
    os.utime(path, ns=(1, 1))
    before = path.stat()

    assert write(path, text, force=force) == "unchanged"
    assert (before.st_mtime_ns, before.st_ino) == (path.stat().st_mtime_ns, path.stat().st_ino)


def test_an_own_file_is_written_anew(tmp_path: Path) -> None:
    """What Copydesk wrote and nobody changed is replaced when the document has changed."""
    path = tmp_path / "a.md"
    write(path, OWN)

    assert write(path, NEXT) == "written"
    assert path.read_text("utf-8") == NEXT


@given(st.integers(0, len(OWN)), st.integers(0, 5), st.text(max_size=5))
@example(OWN.index("\nFirst"), 1, "")
@example(len(OWN), 0, "\n")
@example(len(OWN) - 1, 1, "")
@example(0, 0, "\ufeff")
@example(0, len(OWN), "")
@example(0, 0, "\udc80")
def test_own_edits_are_safe(at: int, length: int, inserted: str) -> None:
    """Whatever a person took out or put in, anywhere in the file, is not overwritten without force."""
    changed = (OWN[:at] + inserted + OWN[at + length :]).encode("utf-8", "surrogateescape")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.md")
        path.write_bytes(changed)
        if changed == OWN.encode():
            assert write(path, NEXT) == "written"
            return

        with pytest.raises(EditedOutput, match=r"a\.md': .*; overwrite it with --force, or move it away"):
            write(path, NEXT)
        assert (changed, ["a.md"]) == (path.read_bytes(), left_in(Path(folder)))

        assert write(path, NEXT, force=True) == "written"
        assert path.read_bytes() == NEXT.encode()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (OWN.replace("First", "Last"), "its body was changed"),
        (OWN.replace("A Title", "My Title"), "its frontmatter was changed"),
        (OWN.replace("---\n\n", "---\n"), "its line ends or blank lines were changed"),
        (OWN.replace("\n", "\r\n"), "its line ends or blank lines were changed"),
        ("\ufeff" + OWN, "its line ends or blank lines were changed"),
        ('---\ntitle: "A"\n---\n\nbody\n', "it does not have the hashes that Copydesk writes"),
        ("A note.\n", "its frontmatter cannot be read as Copydesk's (line 1: the file has no frontmatter"),
        (OWN.replace('"A Title"', '"A Title'), "its frontmatter cannot be read as Copydesk's (line "),
        ("", "its frontmatter cannot be read as Copydesk's (line 1: "),
    ],
)
def test_the_reason_says_what_was_changed(text: str, reason: str) -> None:
    """A file that is edited or foreign is told with the reason."""
    assert (edited(text) or "").startswith(reason)


@pytest.mark.parametrize("text", [OWN, NEXT, compose({"id": "x"}, "")])
def test_own_writing_is_not_edited(text: str) -> None:
    """A file is Copydesk's own as it was composed, with and without a body."""
    assert edited(text) is None


def test_a_file_that_is_no_text_is_foreign(tmp_path: Path) -> None:
    """A file that is no UTF-8 cannot be Copydesk's writing."""
    path = tmp_path / "a.md"
    path.write_bytes(b"\xff\xfe")

    with pytest.raises(EditedOutput, match="it is no UTF-8 text, so Copydesk did not write it"):
        write(path, OWN)


@pytest.mark.parametrize("call", ["replace", "write", "close"])
@pytest.mark.parametrize("present", [True, False])
def test_a_failing_write_leaves_everything_as_it_was(
    call: str, present: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk fills up in the middle, the old file is whole and no temporary file is left."""
    path = tmp_path / "a.md"
    if present:
        write(path, OWN)
    with monkeypatch.context() as patched:
        patched.setattr(os, call, failing(call))
        with pytest.raises(OutputError, match=r"a\.md': cannot be written: No space left on device; choose another"):
            write(path, NEXT)

    assert left_in(tmp_path) == (["a.md"] if present else [])
    assert not present or path.read_text("utf-8") == OWN


def failing(call: str) -> object:
    """Return a stand-in for a system call that does half of its work and fails."""
    genuine = getattr(os, call)

    def fail(first: object, second: object = None) -> None:
        if call == "write":
            assert isinstance(second, bytes)
            genuine(first, second[:10])
        if call == "close":
            genuine(first)
        raise OSError(28, "No space left on device")

    return fail


def test_an_interrupted_write_leaves_everything_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person who stops the run between writing and renaming finds no temporary file."""
    path = tmp_path / "a.md"
    write(path, OWN)

    def interrupted(_: object, __: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            write(path, NEXT)

    assert (path.read_text("utf-8"), left_in(tmp_path)) == (OWN, ["a.md"])


def test_the_temporary_file_is_hidden_and_beside_the_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a file is written it has a name in the same folder that starts with a dot and ends in `.tmp`."""
    seen: list[Path] = []
    replace = os.replace

    def watched(temporary: str, place: str) -> None:
        seen.append(Path(temporary))
        replace(temporary, place)

    monkeypatch.setattr(os, "replace", watched)

    write(tmp_path / f"{'x' * 252}.md", OWN)

    assert [tmp_path] == [path.parent for path in seen]
    assert seen[0].name.startswith(".")
    assert seen[0].name.endswith(".tmp")


def test_a_short_write_is_carried_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that takes the bytes in portions gets them all, in order."""
    genuine = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: genuine(handle, data[:7]))

    write(tmp_path / "a.md", OWN)

    assert (tmp_path / "a.md").read_bytes() == OWN.encode()


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    """A folder with the name of the output is left alone, with force too."""
    (tmp_path / "a.md").mkdir()

    with pytest.raises(OutputError, match=r"a\.md': cannot be written: "):
        write(tmp_path / "a.md", OWN, force=True)
    assert left_in(tmp_path) == ["a.md"]


def test_a_file_where_a_folder_is_needed_is_told(tmp_path: Path) -> None:
    """A file with the name of a folder that is needed is left alone."""
    (tmp_path / "a").write_text("note", "utf-8")

    with pytest.raises(OutputError, match=r"b\.md': cannot be written: "):
        write(tmp_path / "a" / "b.md", OWN)


def test_a_folder_without_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that cannot be written to is an error with path, reason and remedy."""

    def refused(path: str, *_: object) -> int:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "open", refused)

    with pytest.raises(OutputError, match=r"a\.md': cannot be written: Permission denied; choose another output"):
        write(tmp_path / "a.md", OWN)


def test_a_text_that_no_file_can_hold_is_told(tmp_path: Path) -> None:
    """A lone surrogate has no UTF-8; the error is Copydesk's and nothing is written."""
    with pytest.raises(OutputError, match="take lone surrogates out of the text"):
        write(tmp_path / "a.md", "\ud800")
    assert left_in(tmp_path) == []


def test_the_errors_have_one_base() -> None:
    """Whoever catches CopydeskError catches what a write can raise."""
    assert issubclass(OutputError, CopydeskError)
    assert issubclass(EditedOutput, CopydeskError)


def test_what_a_killed_process_left_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The temporary file of an output can be removed afterwards; those of other outputs, and files, stay."""
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", lambda *_: None)  # as if the process had ended here
        write(tmp_path / "a.md", "half")
        write(tmp_path / "b.md", "other")
    (tmp_path / "mine.tmp").write_text("mine", "utf-8")
    assert len(list(tmp_path.iterdir())) == 3

    sweep(tmp_path / "a.md")
    sweep(tmp_path / "nowhere" / "a.md")

    assert sorted(path.read_text("utf-8") for path in tmp_path.iterdir()) == ["mine", "other"]


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("out", "out/sub/a.md"),
        ("out/", "out/sub/a.md"),
        ("file:///out", "/out/sub/a.md"),
        ("s3://bucket", "s3://bucket/sub/a.md"),
        ("s3://bucket/out/", "s3://bucket/out/sub/a.md"),
        ("memory://", "memory://sub/a.md"),
        ("simplecache::s3://bucket/out", "simplecache::s3://bucket/out/sub/a.md"),
        ("zip://out::s3://bucket/a.zip", "zip://out/sub/a.md::s3://bucket/a.zip"),
    ],
)
def test_an_output_has_a_place_here_or_elsewhere(folder: str, expected: str) -> None:
    """A name stands below the folder, in a URL in the part that is a path there."""
    assert expected == place(folder, "sub/a.md")


def test_law_what_is_elsewhere_is_as_safe_as_what_is_here() -> None:
    """Law: an output elsewhere is written, left alone and refused as one here is, and nothing is left beside it."""
    path = f"memory://{uuid4().hex}/sub/a.md"
    system = fsspec.filesystem("memory")

    assert [write(path, OWN), write(path, OWN), write(path, NEXT)] == ["written", "unchanged", "written"]
    system.pipe(path, NEXT.encode() + b"mine\n")
    with pytest.raises(EditedOutput, match=r"sub/a\.md': its body was changed; overwrite it with --force"):
        write(path, OWN)
    assert over(path, OWN) == (OWN, "its body was changed")
    assert write(path, OWN, force=True) == "written"
    with mock.patch("os.scandir", side_effect=AssertionError):
        sweep(path)
    assert [name.rpartition("/")[2] for name in system.find(path.rpartition("/")[0])] == ["a.md"]
    system.pipe(path, b"\xff")
    with pytest.raises(EditedOutput, match="it is no UTF-8 text"):
        write(path, OWN)


def test_what_cannot_be_written_elsewhere_is_told() -> None:
    """A file system to which nothing can be written is an error of its output, with the reason."""
    with pytest.raises(OutputError, match=r"'http://127\.0\.0\.1:9/a\.md': cannot be written: .+; choose another"):
        write("http://127.0.0.1:9/a.md", OWN)
