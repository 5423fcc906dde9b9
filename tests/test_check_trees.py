from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

import pytest

from copydesk import schema, source_schema
from copydesk.check import check_file, check_tree
from copydesk.cli import main
from copydesk.desk.selection import host_of
from copydesk.frontmatter.writing import compose
from copydesk.names import dated, from_template, mirror
from copydesk.names.faults import name_faults
from copydesk.shapes import SHAPES
from tests.frontmatter.samples import HOSTILE
from tests.test_check import HEX, MARKDOWN, WHOLE, made

PLUGIN = """
from copydesk.plugin import Source, hookimpl

@hookimpl
def copydesk_sources():
    return (Source("acme-paper", "Acme Paper", labels=("Acme",), schema="acme_paper:paper.yaml"),)
"""
NARROWER = "$ref: copydesk/article/1\nproperties:\n  edition: {type: string, description: its edition}\n"
ACME = {**WHOLE, "id": f"acme-paper-2021-01-21-{HEX}", "source_id": "acme-paper", "source_name": "Acme Paper"}

NAMES = [
    ("con.md", "'con.md' in the name is a device to Windows"),
    ("sub/Lpt1.d/a.md", "'Lpt1.d' in the name is a device to Windows"),
    ("index.md", "'index' is the page of a folder"),
    ("a/README.md", "'README' is the page of a folder"),
    ("a:b.md", "':' in the name 'a:b.md' is not safe"),
    ("a/what?.md", "'?' in the name"),
    ("a#b/c.md", "'#' in the name 'a#b' is not safe"),
    ("[a].md", "'[' in the name"),
    ("a\u202eb.md", "'\\u202e' in the name"),
    (".hidden.md", "'.' in the name '.hidden.md' is not safe"),
    ("v1.2.md", "a dot stands inside the name 'v1.2.md'"),
    ("dots./a.md", "'.' in the name 'dots.' is not safe"),
    (normalize("NFD", "é.md"), "'e\\u0301.md' in the name is not in Unicode's form NFC"),
    ("a.MD", "does not end with '.md'"),
]


def write(root: Path, name: str, content: str = MARKDOWN) -> Path:
    """Write a file with its folders."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    return path


@pytest.mark.parametrize(("name", "fact"), NAMES, ids=[ascii(name) for name, _ in NAMES])
def test_a_name_that_some_system_refuses_is_found(tmp_path: Path, name: str, fact: str) -> None:
    """A name that is not safe everywhere is an error on line 1, once, with a remedy; the file itself is good."""
    path = write(tmp_path, name)
    (fault,) = check_tree([tmp_path])

    assert (str(path), 1, "", "error", True) == (*fault[:4], bool(fault.remedy))
    assert fact in fault.message


REMEDIES = [
    ("a:b.c.md", "':' in the name 'a:b.c.md' is not safe on every system", "call it 'a-b-c.md'"),
    ("v1.2?/a.md", "'?' in the name 'v1.2?' is not safe on every system", "call it 'v1.2-'"),
    (
        "v1.2.md",
        "a dot stands inside the name 'v1.2.md', and tools take what follows for its kind",
        "call it 'v1-2.md'",
    ),
    (f"{'a' * 70}?.md", f"'?' in the name '{'a' * 56}...' is not safe on every system", f"call it '{'a' * 70}-.md'"),
]


@pytest.mark.parametrize(("name", "fact", "remedy"), REMEDIES)
def test_a_better_name_is_given(name: str, fact: str, remedy: str) -> None:
    """The remedy is a name that is good; a folder may keep its dots, and a long name is shown by its beginning."""
    better = remedy.removeprefix("call it ").strip("'")

    assert (fact, remedy) in list(name_faults(name))
    assert list(name_faults(better)) == []


def test_a_file_of_another_kind_is_not_judged_by_its_end(tmp_path: Path) -> None:
    """Whoever has a file checked that is no `.md` gets its faults, and no word on how its name ends."""
    assert [] == check_file(write(tmp_path, "page.markdown"))
    assert [] == check_file(write(tmp_path, "index.txt"))


def test_a_name_may_be_too_long() -> None:
    """A name of more than 255 bytes, which this file system refuses too, is found by its bytes and not its letters."""
    assert list(name_faults("한" * 84 + ".md")) == []
    assert list(name_faults("a/" + "한" * 85 + ".md")) == [("the name has 258 bytes of UTF-8", "shorten it to 255")]


@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
def test_what_copydesk_names_is_found_good(hostile: str) -> None:
    """No name that Copydesk gives to a file has a fault, whatever the input and the title were."""
    whole = {**WHOLE, "title": hostile}
    given = [mirror(f"a/{hostile}.txt"), dated(whole), from_template("{title}/{source_id}-{title}", whole, "a.txt")]

    assert [] == [fault for name in given for fault in name_faults(name)]


def test_two_names_that_are_one_on_other_systems(tmp_path: Path) -> None:
    """Names that differ in case or in Unicode's form alone are an error of the later file, which names the first."""
    first = write(tmp_path, "a/Title.md")
    second = write(tmp_path, "a/title.md", made(input_sha256="0" * 64))
    write(tmp_path, "b/title.md", made(input_sha256="1" * 64))
    if first.samefile(second):
        pytest.fail("this file system is blind to case, and the test cannot be made on it")
    (fault,) = check_tree([tmp_path])

    assert (str(second), 1, "", "error") == fault[:4]
    assert f"the name is that of {first} where case does not count" == fault.message


def test_a_tree_is_read_in_the_order_of_its_paths(tmp_path: Path) -> None:
    """Files come sorted whatever the order of the folders, once each, and only Markdown."""
    names = ["b/c.md", "b.md", "a/z.md", "a/b/c.md", "Z.md", "ü.md"]
    for name in random.Random(1).sample(names, len(names)):
        write(tmp_path, name, "no frontmatter\n")
    write(tmp_path, "a/page.html", "no frontmatter")
    expected = [str(tmp_path / name) for name in sorted(names)]

    assert expected == [fault.path for fault in check_tree([tmp_path])]
    assert expected == [fault.path for fault in check_tree([tmp_path / "b", tmp_path, tmp_path / "b" / "c.md"])]


def test_hidden_folders_are_passed_over(tmp_path: Path) -> None:
    """What Git and Obsidian keep for themselves is no document."""
    write(tmp_path, ".obsidian/plugins/notes.md", "no frontmatter\n")
    write(tmp_path, "a/.trash/b.md", "no frontmatter\n")

    assert [] == list(check_tree([tmp_path]))
    assert ["the file has no frontmatter"] == [fault.message for fault in check_tree([tmp_path / ".obsidian"])]


def test_a_file_is_checked_below_the_widest_folder_that_was_named(tmp_path: Path) -> None:
    """A file that is reached twice is checked once, and a folder above the named one is nobody's business."""
    root = tmp_path / "con" / "a:b"
    path = write(root, "c.md")

    assert [] == list(check_tree([root, path]))
    assert [] == check_file(path)


@pytest.fixture
def acme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Install a plugin with a source that has a schema of its own, and give the package's folder."""
    site = tmp_path / "site"
    package = site / "acme_paper"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(PLUGIN, "utf-8")
    (package / "paper.yaml").write_text(NARROWER, "utf-8")
    (site / "acme-1.0.dist-info").mkdir()
    (site / "acme-1.0.dist-info" / "entry_points.txt").write_text("[copydesk]\nacme = acme_paper\n", "utf-8")
    monkeypatch.syspath_prepend(site)
    monkeypatch.delitem(sys.modules, "acme_paper", raising=False)
    caches = (host_of, source_schema.of_source, schema.load, schema.validator, schema._about)
    for cached in caches:
        cached.cache_clear()
    yield package
    sys.modules.pop("acme_paper", None)
    monkeypatch.undo()
    for cached in caches:
        cached.cache_clear()


@pytest.mark.usefixtures("acme")
def test_the_schema_of_an_installed_plugin_is_used(tmp_path: Path) -> None:
    """A document of a source that a plugin brings is checked against the schema of that source."""
    good = write(
        tmp_path,
        "good.md",
        compose({**ACME, "edition": "late"}, "Rice planting began in the south.\n\nThe work goes on.\n"),
    )
    bad = write(tmp_path, "bad.md", good.read_text("utf-8").replace('edition: "late"', "edition: 3"))
    line = good.read_text("utf-8").split("\n").index('edition: "late"') + 1

    assert [] == check_file(good)
    assert (line, "edition", "3 is an integer, not a string") in [(f.line, f.key, f.message) for f in check_file(bad)]


@pytest.mark.usefixtures("acme")
def test_the_schema_of_an_installed_plugin_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """`copydesk schema` knows a plugin's source by its id, in every shape."""
    assert (0, NARROWER) == (main(["schema", "acme-paper"]), capsys.readouterr().out)
    for shape in SHAPES:
        assert main(["schema", "acme-paper", "--as", shape]) == 0
        assert "edition" in capsys.readouterr().out


def test_a_source_that_no_plugin_has_is_checked_as_any_article(tmp_path: Path) -> None:
    """Where the plugin is not installed, the schema of all articles still holds."""
    text = compose({**ACME, "edition": "late"}, "Rice planting began in the south.\n\nThe work goes on.\n")

    assert [] == check_file(write(tmp_path, "good.md", text))
    assert ["lang"] == [
        fault.key
        for fault in check_file(write(tmp_path, "bad.md", text.replace('lang: "en', 'lang: "!')))
        if fault.severity == "error"
    ]


def test_a_broken_schema_of_a_plugin_is_a_fault(acme: Path, tmp_path: Path) -> None:
    """A plugin's schema with a typing error is told for each of its documents, which are checked as any article."""
    (acme / "paper.yaml").write_text(NARROWER.replace("type:", "tpye:"), "utf-8")
    path = write(
        tmp_path, "a.md", compose({**ACME, "lang": "!"}, "Rice planting began in the south.\n\nThe work goes on.\n")
    )
    found = check_file(path)

    assert ["lang", "source_id"] == [fault.key for fault in found]
    assert "'tpye' at properties/edition is no keyword" in found[1].message


def test_no_plugin_is_loaded_for_a_source_of_copydesk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A check of known sources stays as light as it was: only an unknown id asks the plugins."""

    def refuse() -> None:
        raise AssertionError("the plugins were loaded")

    monkeypatch.setattr("copydesk.desk.selection.installed", refuse)
    source_schema.of_source.cache_clear()

    assert [] == check_file(write(tmp_path, "a.md"))
    assert [] == check_file(
        write(tmp_path, "b.md", made(id=f"unknown-2021-01-21-{HEX}", source_id="unknown", source_name="Unknown"))
    )
    with pytest.raises(AssertionError, match="the plugins were loaded"):
        check_file(write(tmp_path, "c.md", compose(ACME, "a\n")))


def test_a_path_may_be_given_in_any_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names are checked below the folder that was named, whether it ends with a slash, is `.` or is absolute."""
    write(tmp_path, "a/con.md")
    monkeypatch.chdir(tmp_path)

    for way in (".", f"a{os.sep}", "a", tmp_path):
        assert ["'con.md' in the name is a device to Windows"] == [fault.message for fault in check_tree([way])]
