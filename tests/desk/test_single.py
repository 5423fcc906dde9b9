from __future__ import annotations

import sys
from pathlib import Path

import pytest

from copydesk.desk.load import load
from copydesk.desk.single import in_folder
from copydesk.errors import PluginError

PLUGIN = """
from dataclasses import dataclass
from copydesk.plugin import Source, hookimpl

@dataclass
class Agency:
    id: str

@hookimpl
def copydesk_sources():
    return (Source(Agency("acme").id, "Acme", labels=("Acme",)),)
"""


def test_each_file_of_a_folder_is_a_plugin(tmp_path: Path) -> None:
    """A plugin of one file has the name of the file, its path as origin, and a hash of it as version."""
    (tmp_path / "acme.py").write_text(PLUGIN, "utf-8")
    (plugin,) = load(in_folder(str(tmp_path))).plugins

    assert (plugin.name, plugin.state, plugin.sources) == ("acme", "active", ("acme",))
    assert plugin.origin == str(tmp_path / "acme.py")
    assert plugin.version.startswith("0+sha256.")
    assert " " not in plugin.version


def test_the_version_tells_what_stands_in_the_file(tmp_path: Path) -> None:
    """Another byte is another version, so that a document tells which plugin made it."""
    path = tmp_path / "acme.py"
    path.write_text(PLUGIN, "utf-8")
    (before,) = in_folder(str(tmp_path))
    path.write_text(f"{PLUGIN}\n", "utf-8")
    (after,) = in_folder(str(tmp_path))

    assert before.version != after.version
    assert before._replace(version="") == after._replace(version="")


def test_what_is_no_plugin_is_passed_over(tmp_path: Path) -> None:
    """Files of another kind, and those that begin with a dot or an underscore, are no plugins."""
    for name in ("b.py", "a.py", "_shared.py", ".hidden.py", "notes.txt", "a.pyc"):
        (tmp_path / name).write_text("", "utf-8")

    assert [point.name for point in in_folder(str(tmp_path))] == ["a", "b"]


def test_nothing_is_left_in_the_folder(tmp_path: Path) -> None:
    """No compiled copy is written beside a plugin, and whether Python writes others is as before."""
    (tmp_path / "acme.py").write_text(PLUGIN, "utf-8")
    before = sys.dont_write_bytecode
    load(in_folder(str(tmp_path)))

    assert [path.name for path in tmp_path.iterdir()] == ["acme.py"]
    assert sys.dont_write_bytecode == before


def test_a_file_that_raises_costs_itself_alone(tmp_path: Path) -> None:
    """A plugin that cannot be imported is left out with its line, and leaves no module behind."""
    (tmp_path / "acme.py").write_text(PLUGIN, "utf-8")
    (tmp_path / "bad.py").write_text("\nx = 1 / 0", "utf-8")
    good, bad = load(in_folder(str(tmp_path))).plugins

    assert (good.state, bad.state) == ("active", "left out")
    assert bad.problem == f"{tmp_path.name}/bad.py:2: ZeroDivisionError: division by zero"
    assert [name for name in sys.modules if name.startswith("copydesk_single_") and name.endswith("bad_py")] == []


@pytest.mark.parametrize("name", ["with space.py", "ä.py", "-a.py"])
def test_a_name_that_cannot_be_written_down_is_refused(tmp_path: Path, name: str) -> None:
    """The name stands in each document's frontmatter, in front of the version."""
    (tmp_path / name).write_text("", "utf-8")

    with pytest.raises(PluginError, match="cannot be the name of a plugin; use letters, digits, - and _"):
        in_folder(str(tmp_path))


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    """A folder that cannot be read is an error with its path, the reason and the remedy."""
    with pytest.raises(PluginError, match=r"nowhere'.*No such file or directory; name a folder of \.py files"):
        in_folder(str(tmp_path / "nowhere"))
