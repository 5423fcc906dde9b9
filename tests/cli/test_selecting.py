from __future__ import annotations

import json
from pathlib import Path

import pytest

from copydesk.desk.selection import FOLDERS
from tests.cli.test_convert import LAYOUT_A, run

SOURCE = """
from copydesk.plugin import Source, hookimpl

@hookimpl
def copydesk_sources():
    return (Source("acme", "Acme", labels=("Acme",)),)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a plugin that works, and one that does not."""
    (tmp_path / "acme.py").write_text(SOURCE, "utf-8")
    (tmp_path / "bad.py").write_text("import nothing_of_this_name\n", "utf-8")
    return tmp_path


def test_plugins_shows_files_and_what_is_off(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each plugin is listed with its origin and its state, whether it takes part or not."""
    code, out, _ = run(capsys, "plugins", "--json", "--plugins-dir", folder, "--only", "acme", "--only", "bad")
    found = {plugin["name"]: plugin for plugin in json.loads(out)}

    assert code == 1
    states = {name: plugin["state"] for name, plugin in found.items()}
    assert (states.pop("acme"), states.pop("bad")) == ("active", "left out")
    assert {"kcna", "kcnawatch", "naenara"} < states.keys()
    assert set(states.values()) == {"off"}
    assert found["acme"]["origin"] == (folder / "acme.py").as_posix()
    assert "bad.py:1: ModuleNotFoundError" in found["bad"]["problem"]


def test_convert_says_what_is_left_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A plugin that cannot be used is said before all else, and costs nothing but itself."""
    code, out, err = run(capsys, "convert", LAYOUT_A, "--plugins-dir", folder)

    assert code == 0
    assert out.startswith("---\n")
    assert err.startswith(f"plugin bad ({folder / 'bad.py'}) is left out: ")
    assert "acme" not in err


def test_the_options_count_before_the_environment(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder of the environment takes part, and `--only` chooses among all."""
    monkeypatch.setenv(FOLDERS, str(folder))

    assert run(capsys, "convert", LAYOUT_A, "--only", "acme")[0] == 3
    assert run(capsys, "convert", LAYOUT_A, "--only", "kcna", "--only", "kcnawatch")[0] == 0
    assert run(capsys, "explain", LAYOUT_A, "--only", "acme")[0] == 3


def test_a_name_that_no_plugin_has_ends_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt plugin is an error of the command, and nothing is converted without it."""
    code, out, err = run(capsys, "convert", LAYOUT_A, "--only", "kcn")

    assert (code, out) == (1, "")
    assert "no plugin is called 'kcn'; there are dprk-today, kcna, kcnawatch, naenara, " in err
