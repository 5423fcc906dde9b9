from __future__ import annotations

import os
from pathlib import Path

import pytest

from copydesk import Capture, normalize
from copydesk.desk.selection import FOLDERS, NAMES, Selection, from_environment, host_of, installed
from copydesk.errors import PluginError
from tests.support.specimens import SEEDS

PLUGIN = """
from copydesk.plugin import Source, hookimpl

@hookimpl
def copydesk_sources():
    return (Source({id!r}, "Acme", labels=("Acme",)),)
"""


def states(selection: Selection) -> dict[str, str]:
    """Return the state of each plugin by its name."""
    return {plugin.name: plugin.state for plugin in host_of(selection).plugins}


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """Return a folder with a plugin of one file."""
    (tmp_path / "acme.py").write_text(PLUGIN.format(id="acme"), "utf-8")
    return str(tmp_path)


def test_without_a_word_all_take_part(folder: str) -> None:
    """Every installed plugin is active, and those of a folder beside them."""
    found = states(Selection(folders=(folder,)))

    assert {"kcna", "kcnawatch", "naenara", "acme"} <= found.keys()
    assert found["acme"] == "active"
    assert "off" not in found.values()


def test_names_select(folder: str) -> None:
    """The plugins that are named take part, and the others are off: they are listed, and do nothing."""
    host = host_of(Selection(("kcnawatch", "acme"), (folder,)))
    found = {plugin.name: plugin.state for plugin in host.plugins}

    assert (found["kcnawatch"], found["acme"], found["kcna"], found["naenara"]) == ("active", "active", "off", "off")
    assert set(host.desk.sources) == {"acme"}


def test_own_leaves_out_what_others_have_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With Copydesk's own alone, a plugin of another distribution is off."""
    (tmp_path / "acme_news-1.0.dist-info").mkdir()
    (tmp_path / "acme_news-1.0.dist-info" / "entry_points.txt").write_text("[copydesk]\nnews = json\n", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    host_of.cache_clear()
    found = states(Selection(own=True))
    host_of.cache_clear()

    assert (found["news"], found["kcna"]) == ("off", "active")


def test_a_name_that_no_plugin_has_is_refused() -> None:
    """A misspelt name would turn every plugin off: it is an error, with the names that there are."""
    with pytest.raises(PluginError, match=r"no plugin is called 'kcnw'; there are dprk-today, kcna, kcnawatch, "):
        host_of(Selection(("kcnw",)))


def test_a_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    """A file cannot pass for an installed plugin: it is left out, and the message says so."""
    (tmp_path / "kcna.py").write_text(PLUGIN.format(id="other"), "utf-8")
    host = host_of(Selection(folders=(str(tmp_path),)))
    (left_out,) = (plugin for plugin in host.plugins if plugin.state == "left out")

    assert left_out.problem.startswith("another plugin is called 'kcna' already; rename")
    assert "other" not in host.desk.sources


def test_the_environment_selects(monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    """The variables hold names with commas and folders as in `PATH`; an empty one is as none."""
    monkeypatch.setenv(NAMES, "kcna, acme")
    monkeypatch.setenv(FOLDERS, f"{folder}{os.pathsep}")

    assert from_environment() == Selection(("kcna", "acme"), (folder,))
    assert set(installed().desk.sources) == {"kcna", "acme"}

    monkeypatch.setenv(NAMES, "")
    monkeypatch.setenv(FOLDERS, "")

    assert from_environment() == Selection()


def test_a_host_is_loaded_once() -> None:
    """The plugins of a selection are loaded once in a process."""
    assert host_of(Selection()) is host_of(Selection())
    assert installed() is installed()


def test_the_document_names_the_file(tmp_path: Path) -> None:
    """A document made by a plugin of one file has its name and the hash of it."""
    (tmp_path / "songun.py").write_text(
        'from copydesk.plugin import Source, hookimpl\n\n@hookimpl\ndef copydesk_sources():\n'
        '    return (Source("dprk-today-of-mine", "DPRK Today", labels=("DPRK Today of mine",)),)\n',
        "utf-8",
    )
    host = host_of(Selection(folders=(str(tmp_path),)))
    page = (SEEDS / "kcna" / "layout-a" / "capture.txt").read_bytes().replace(b"KCNA.kp", b"DPRK Today of mine")
    document = normalize(Capture(page), host=host)

    assert document.frontmatter["source_id"] == "dprk-today-of-mine"
    assert str(document.frontmatter["plugin"]).startswith("songun 0+sha256.")
