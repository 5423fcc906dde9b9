from __future__ import annotations

import ast
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from copydesk.desk.installed import entry_points
from copydesk.desk.load import OWN


def files() -> list[Path]:
    """Return the Python files of Copydesk's own plugins."""
    found = []
    for point in entry_points():
        if point.distribution == OWN:
            spec = find_spec(point.target.partition(":")[0])
            assert spec is not None
            assert spec.origin is not None
            found += sorted(Path(spec.origin).parent.glob("**/*.py"))
    return found


FILES = [pytest.param(path, id=f"{path.parent.name}/{path.name}") for path in files()]
PACKAGES = {path.parent.name for path in files()}
IMPURE = frozenset(
    ("asyncio", "builtins", "ctypes", "glob", "http", "importlib", "io", "locale", "multiprocessing", "os", "pathlib",
     "random", "secrets", "shutil", "signal", "socket", "sqlite3", "subprocess", "sys", "tempfile", "threading", "time",
     "urllib", "uuid")
)  # fmt: skip
"""Modules by which a plugin could read a file, a clock, the network, the environment or dice."""
CALLS = frozenset(("open", "eval", "exec", "compile", "__import__", "input", "print", "today", "now", "utcnow"))


def imported(path: Path) -> set[str]:
    """Return the modules that a file imports."""
    tree = ast.parse(path.read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return names | {
        "." * node.level + (node.module or "") for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
    }


@pytest.mark.parametrize("path", FILES)
def test_a_plugin_imports_public_names_alone(path: Path) -> None:
    """A plugin uses `copydesk`, `copydesk.plugin`, other plugins and the pure part of the standard library."""
    foreign = {
        name
        for name in imported(path)
        if name not in ("copydesk", "copydesk.plugin")
        and name.split(".")[0] not in PACKAGES
        and name.split(".")[0] not in sys.stdlib_module_names - IMPURE
    }

    assert foreign == set()


@pytest.mark.parametrize("path", FILES)
def test_a_plugin_reads_nothing_but_its_page(path: Path) -> None:
    """A plugin opens no file, asks no clock and runs no text as code."""
    calls = [node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    names = {call.id for call in calls if isinstance(call, ast.Name)}
    names |= {call.attr for call in calls if isinstance(call, ast.Attribute) and call.attr != "compile"}

    assert names & CALLS == set()


@pytest.mark.parametrize("path", FILES)
def test_a_plugin_is_small(path: Path) -> None:
    """A file of a plugin is read at one sitting."""
    assert len(path.read_text("utf-8").splitlines()) < 150


def test_no_two_plugins_import_each_other() -> None:
    """What plugins share has one direction, so that either can be read, and left out, by itself."""
    edges = {(path.parent.name, name.split(".")[0]) for path in files() for name in imported(path)}
    between = {(one, other) for one, other in edges if one in PACKAGES and other in PACKAGES and one != other}

    assert {(one, other) for one, other in between if (other, one) in between} == set()
