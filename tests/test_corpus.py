from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import scan
from copydesk.corpus import Problem, files
from copydesk.errors import FrontmatterError
from copydesk.frontmatter.writing import compose
from tests.frontmatter.samples import BODY, WHOLE

MARKDOWN = compose(WHOLE, BODY)
PARTS = st.text(st.sampled_from("a-.0é 한"), min_size=1, max_size=3).map(lambda part: f"x{part}x")


def put(folder: Path, *names: str) -> None:
    """Write a good article under each name."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(MARKDOWN.encode())


def test_articles_come_in_order(tmp_path: Path) -> None:
    """Articles come sorted by their whole path with `/`, also where a folder and a file begin alike."""
    names = ["a-b.md", "a.md", "a/z.md", "a0.md", "b/c/d.md", "b/c.md", "é.md"]
    put(tmp_path, *reversed(names))

    assert sorted(names) == [Path(article.path).relative_to(tmp_path).as_posix() for article in scan(tmp_path)]


@given(st.lists(st.lists(PARTS, min_size=1, max_size=3), max_size=8))
def test_order_is_that_of_paths(found: list[list[str]]) -> None:
    """Whatever the names are, the order is that of the paths as strings."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for parts in found:
            put(Path(folder), "/".join(parts) + ".md")
        paths = [path.removeprefix(f"{folder}/") for path in files(folder)]

        assert sorted({"/".join(parts) + ".md" for parts in found}) == paths


def test_a_scan_is_lazy(tmp_path: Path) -> None:
    """An article is read when it is asked for: a broken one behind it does no harm until then."""
    put(tmp_path, "a.md")
    (tmp_path / "b.md").write_text("broken", "utf-8")
    found = scan(tmp_path)

    assert ["a.md"] == [Path(article.path).name for article in islice(found, 1)]
    with pytest.raises(FrontmatterError, match=r"b\.md:1: the file has no frontmatter; "):
        next(found)


def test_problems_are_told_and_not_left_out(tmp_path: Path) -> None:
    """With a function for problems the scan goes on, and each file is an article or a problem."""
    put(tmp_path, "a.md", "d.md")
    (tmp_path / "b.md").write_text("broken", "utf-8")
    (tmp_path / "c.md").write_text("---\ntitle: mine\n---\n", "utf-8")
    (tmp_path / "e.md").symlink_to(tmp_path / "nowhere")
    told: list[Problem] = []
    found = [*scan(tmp_path, problem=told.append)]

    assert 2 == len(found)
    first, second, third = map(str, told)
    assert "b.md:1: the file has no frontmatter" in first
    assert "c.md:1: the frontmatter has no 'schema'; keep other notes in a folder of their own" in second
    assert "e.md" in third


def test_what_is_passed_over_is_counted(tmp_path: Path) -> None:
    """Hidden entries, linked folders and other files are no articles; whoever wants to know can count them."""
    put(tmp_path, "a.md", ".obsidian/b.md", "other/c.md")
    (tmp_path / "link").symlink_to(tmp_path / "other")
    (tmp_path / "image.PNG").touch()
    passed: dict[str, int] = {}
    found = [Path(path).name for path in files(tmp_path, passed_over=passed)]

    assert ["a.md", "c.md"] == found
    assert {"hidden": 1, ".png": 1, "linked folder": 1} == passed


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    """What is no folder raises, even where problems are only told."""
    with pytest.raises(FileNotFoundError):
        next(scan(tmp_path / "nowhere", problem=print))
    put(tmp_path, "a.md")
    with pytest.raises(NotADirectoryError):
        next(scan(tmp_path / "a.md", problem=print))
