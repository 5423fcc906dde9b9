from __future__ import annotations

import importlib
import importlib.metadata
import sys
from pathlib import Path

import pytest

from copydesk.desk.installed import GROUP, EntryPoint, entry_points


def by_the_library() -> list[EntryPoint]:
    """Return what `importlib.metadata` finds, in the form of Copydesk."""
    found = []
    for point in importlib.metadata.entry_points(group=GROUP):
        assert point.dist is not None
        target = f"{point.module}:{point.attr}" if point.attr else point.module
        found.append(EntryPoint(point.name, target, point.dist.name, point.dist.version))
    return sorted(found)


def install(folder: Path, name: str, text: str | bytes, *, version: str = "1.0", kind: str = "dist-info") -> None:
    """Put a distribution with this `entry_points.txt` into a folder."""
    home = folder / (f"{name.replace('-', '_')}-{version}.{kind}")
    home.mkdir(parents=True)
    (home / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", "utf-8")
    (home / "entry_points.txt").write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the one folder that is looked into."""
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    importlib.invalidate_caches()
    return tmp_path


def test_what_is_installed_is_what_the_library_finds() -> None:
    """In the environment of this run, both find the same, and Copydesk's own plugins are among it."""
    found = entry_points()

    assert found == by_the_library()
    assert {"kcna", "kcnawatch", "naenara"} <= {point.name for point in found if point.distribution == "copydesk"}


ODD = {
    "plain": "[copydesk]\nacme = acme_news\n",
    "no last line end": "[copydesk]\nacme = acme_news",
    "an attribute": "[copydesk]\nacme = acme_news.plugin:hooks.all\n",
    "no spaces": "[copydesk]\nacme=acme_news\n",
    "many spaces": "  [copydesk]  \n\n   acme   =   acme_news:hooks  \n",
    "CRLF": "[console_scripts]\r\nx = y:z\r\n\r\n[copydesk]\r\nacme = acme_news\r\n",
    "other groups around": "[a]\nacme = wrong\n[copydesk]\nacme = acme_news\nb = b\n[copydesk.more]\nacme = wrong\n",
    "the group twice": "[copydesk]\nacme = one\n[x]\ny = z\n[copydesk]\nb = two\n",
    "comments": "# [copydesk]\n[copydesk]\n# acme = wrong\nacme = acme_news\n",
    "extras": "[copydesk]\nacme = acme_news:hooks [fast, safe]\n",
    "odd names": "[copydesk]\nacme.news-1 and_more = acme_news\n한국 = acme_news\n",
    "an empty group": "[copydesk]\n",
    "another group": "[console_scripts]\ncopydesk = copydesk.cli:main\n",
    "nothing": "",
    "a group like ours": "[copydeskx]\nacme = wrong\n[xcopydesk]\nacme = wrong\n[Copydesk]\nacme = wrong\n",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
@pytest.mark.parametrize("kind", ["dist-info", "egg-info"])
def test_an_odd_file_is_read_as_the_library_reads_it(folder: Path, text: str, kind: str) -> None:
    """Both answers are equal, whatever a file of entry points looks like."""
    install(folder, "acme-news", text, version="2.0.1", kind=kind)
    if kind == "egg-info":
        (folder / "acme_news-2.0.1.egg-info" / "METADATA").rename(folder / "acme_news-2.0.1.egg-info" / "PKG-INFO")

    assert entry_points() == by_the_library()


def test_what_is_found_is_right(folder: Path) -> None:
    """Name, target, distribution and version are those of the file and its folder; extras are left off."""
    install(folder, "acme-news", ODD["extras"], version="2.0.1")

    assert entry_points() == [EntryPoint("acme", "acme_news:hooks", "acme-news", "2.0.1")]


def test_several_distributions_come_in_one_order(folder: Path) -> None:
    """Entry points are sorted, so that nothing depends on the order of a folder."""
    for name in ("b-news", "c-news", "a-news"):
        install(folder, name, f"[copydesk]\nz = {name[0]}_z\ny = {name[0]}_y\n")

    assert [(point.name, point.distribution) for point in entry_points()] == [
        ("y", "a-news"), ("y", "b-news"), ("y", "c-news"), ("z", "a-news"), ("z", "b-news"), ("z", "c-news"),
    ]  # fmt: skip
    assert entry_points() == by_the_library()


def test_the_first_folder_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a distribution that is installed twice, the one that would be imported is asked."""
    monkeypatch.setattr(sys, "path", [str(tmp_path / "one"), str(tmp_path / "missing"), str(tmp_path / "two")])
    install(tmp_path / "one", "acme", "[copydesk]\nacme = new\n", version="2.0")
    install(tmp_path / "two", "acme", "[copydesk]\nacme = old\n", version="1.0")

    assert entry_points() == [EntryPoint("acme", "new", "acme", "2.0")]
    assert entry_points() == by_the_library()


def test_a_broken_file_is_nobody_s(folder: Path) -> None:
    """A file that is no text, a folder in its place and a file in place of a folder stop nobody else."""
    install(folder, "good", "[copydesk]\ngood = good_news\n")
    install(folder, "bytes", b"[copydesk]\nbad = \xff\xfe\n")
    (folder / "folder-1.0.dist-info" / "entry_points.txt").mkdir(parents=True)
    (folder / "file-1.0.dist-info").write_text("[copydesk]\nbad = bad\n", "utf-8")
    (folder / "bare-1.0.dist-info").mkdir()

    assert entry_points() == [EntryPoint("good", "good_news", "good", "1.0")]


@pytest.mark.parametrize("line", ["just words", "= target", "[", "[]", "]", ";x", "name ="])
def test_a_line_that_is_no_pair_stops_nobody(folder: Path, line: str) -> None:
    """A line that is neither group nor pair hides no other pair of the group before it."""
    install(folder, "acme", f"[copydesk]\nacme = acme_news\n{line}\n")

    assert EntryPoint("acme", "acme_news", "acme", "1.0") in entry_points()


def test_the_current_folder_can_be_meant(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The empty string on the path is the folder in which Python was started."""
    install(folder, "acme", "[copydesk]\nacme = acme_news\n")
    monkeypatch.setattr(sys, "path", [""])
    monkeypatch.chdir(folder)

    assert [point.name for point in entry_points()] == ["acme"]


@pytest.mark.parametrize("group", ["copydesk", "other"])
def test_nothing_is_taken_from_a_distribution_that_is_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, group: str
) -> None:
    """What an older copy, farther down the path, had and the newer has not is gone."""
    monkeypatch.setattr(sys, "path", [str(tmp_path / "one"), str(tmp_path / "two")])
    install(tmp_path / "one", "acme", f"[{group}]\nacme = new\n", version="2.0")
    install(tmp_path / "two", "acme", "[copydesk]\ngone = old\n", version="1.0")

    assert entry_points() == by_the_library()
