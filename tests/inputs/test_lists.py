from __future__ import annotations

import io
import sys
import tracemalloc
from pathlib import Path

import pytest

from copydesk.cli import main
from copydesk.inputs import InputError, find
from copydesk.inputs.lists import paths
from tests.cli.test_convert import LAYOUT_A, run, tree


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a.txt\nb c.txt\n", ["a.txt", "b c.txt"]),
        (b"\xef\xbb\xbfa.txt\r\n\r\nb.txt", ["a.txt", "b.txt"]),
        (b"a\nb.txt\0c.txt\0", ["a\nb.txt", "c.txt"]),
        (b"\xff.txt\n", ["\udcff.txt"]),
        (b"", []),
    ],
)
def test_a_list_has_a_path_a_line_or_nuls(data: bytes, expected: list[str], tmp_path: Path) -> None:
    """A NUL anywhere means that line feeds belong to the names, as `find -print0` has it."""
    (tmp_path / "list").write_bytes(data)

    assert expected == list(paths(str(tmp_path / "list")))


@pytest.mark.parametrize("mark", [b"\n", b"\0", b"\r\n"])
def test_law_a_list_is_given_as_it_is_read(mark: bytes, tmp_path: Path) -> None:
    """Law: whatever its length, a list gives each path once, and no more of it than a little is in memory."""
    names = [f"folder/{n}/{'x' * (n % 300)}.txt" for n in range(30_000)]
    (tmp_path / "list").write_bytes(mark.join(name.encode() for name in names) + mark)
    tracemalloc.start()
    same = all(map(str.__eq__, paths(str(tmp_path / "list")), names))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert same
    assert len(list(paths(str(tmp_path / "list")))) == 30_000
    assert peak < 1 << 20


@pytest.mark.parametrize("data", [b"a.txt\n" * 20_000 + b"b\0c.txt\n", b"x" * 200_000, b"x" * 200_000 + b"\n"])
def test_what_is_no_list_is_told(data: bytes, tmp_path: Path) -> None:
    """A NUL far behind the start of a list of lines, and a line that no path can be, are no names of files."""
    (tmp_path / "list").write_bytes(data)

    with pytest.raises(InputError, match=r"list': '.+' is no path; give a list with a path a line"):
        list(paths(str(tmp_path / "list")))


def test_a_list_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """The list is named with the reason."""
    with pytest.raises(InputError, match=r"list': the list cannot be read: No such file"):
        next(paths(str(tmp_path / "list")))


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder, which is the current one, with three captures in it."""
    for name in ("in/a.txt", "in/sub/a.txt", "in/sub/deep/[a].txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(LAYOUT_A.read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_list_by_standard_input(
    inbox: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outputs mirror the paths of the list, and a path that is not there fails by itself."""
    given = b"in/a.txt\n./in/sub/a.txt\nin/gone.txt\nin/a.txt\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    code, _, err = run(capsys, "convert", "--from-file", "-", "-o", inbox / "out")

    assert code == 1
    assert "in/gone.txt: failed: read: 'in/gone.txt': cannot be read: No such file" in err
    assert "3 inputs = 2 written + 0 unchanged + 0 rejected + 1 failed" in err
    assert tree(inbox / "out") == ["in/a.md", "in/sub/a.md"]


@pytest.mark.usefixtures("inbox")
def test_a_list_may_name_folders_and_containers() -> None:
    """A folder in a list is searched, below its own path, and its patterns are taken as names."""
    found = find([], listed=["in/sub", "in/*.txt"]).inputs

    assert ["in/sub/a.txt", "in/sub/deep/[a].txt", "in/*.txt"] == [item.relative for item in found]


@pytest.mark.usefixtures("inbox")
def test_a_pattern_is_expanded() -> None:
    """Patterns that no shell expanded name all that they match, and a file of that name comes first."""
    assert ["in/a.txt", "in/sub/a.txt"] == [item.path for item in find(["in/**/a.txt"]).inputs]
    assert ["in/sub/deep/[a].txt"] == [item.path for item in find(["in/sub/deep/[a].txt"]).inputs]
    with pytest.raises(InputError, match="nothing matches this pattern; check it"):
        find(["in/*.html"])


def test_there_must_be_an_input(capsys: pytest.CaptureFixture[str]) -> None:
    """Neither arguments nor a list is wrong use, and so is standard input for both."""
    for argv, said in (([], "no inputs; name a file"), (["-", "--from-file", "-"], "standard input is either")):
        with pytest.raises(SystemExit) as caught:
            main(["convert", *argv])

        assert caught.value.code == 2
        assert said in capsys.readouterr().err
