from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.disturbed import captures, planted
from tests.disturbed.runs import CONVERT, HERE, run
from tests.disturbed.sums import Tree, tree

collect_ignore_glob = [] if sys.platform == "linux" else ["test_*.py"]  # processes are looked for in /proc

Reference = Callable[[str], Tree]


@pytest.fixture(scope="session")
def files() -> dict[str, bytes]:
    """Return the captures of the runs by their paths."""
    return captures.captures()


@pytest.fixture(scope="session")
def inputs(files: dict[str, bytes]) -> int:
    """Return how many inputs there are."""
    return captures.inputs_of(files)


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]) -> Path:
    """Return a folder with the captures in `in` and a plugin in `plugins`, which no test changes."""
    return laid(tmp_path_factory.mktemp("undisturbed"), files)


@pytest.fixture
def desk(tmp_path: Path, place: Path) -> Path:
    """Return a folder of the test's own, with the captures in `in` and the plugin in `plugins`."""
    for name in ("in", "plugins"):
        (tmp_path / name).symlink_to(place / name)
    return tmp_path


@pytest.fixture(scope="session")
def reference(place: Path) -> Reference:
    """Return what gives the tree of an undisturbed run, by how its files are named."""
    made: dict[str, Tree] = {}

    def of(name: str) -> Tree:
        if name not in made:
            shutil.rmtree(place / "out", ignore_errors=True)
            ended = run(*CONVERT, "-o", "out", "--name", name, *HERE, cwd=place)
            assert ended.code == 3, ended.err
            made[name] = tree(place / "out")
        return made[name]

    return of


def laid(folder: Path, files: dict[str, bytes]) -> Path:
    """Write captures and the plugin into a folder, and return it."""
    captures.fill(folder / "in", files)
    (folder / "plugins").mkdir()
    (folder / "plugins" / "held.py").write_text(planted.HELD, "utf-8")
    return folder
