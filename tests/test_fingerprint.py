from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from copydesk.desk.selection import Selection
from copydesk.fingerprint import differences, fingerprint, parts

ROOT = Path(__file__).resolve().parents[1]
PLUGIN = """
from copydesk.plugin import Source, hookimpl

@hookimpl
def copydesk_sources():
    return (Source({id!r}, "Acme", labels=({id!r},), schema={schema!r}),)
"""
PROGRAM = """
import sys
from copydesk.desk.selection import Selection
from copydesk.fingerprint import fingerprint
print(fingerprint(Selection(tuple(sys.argv[1].split()), tuple(sys.argv[2].split()))))
"""


def elsewhere(*paths: Path, names: str = "", folders: str = "", seed: str = "0") -> str:
    """Return the fingerprint in a process that imports from these folders before all others."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, paths)), "PYTHONHASHSEED": seed}
    done = subprocess.run([sys.executable, "-c", PROGRAM, names, folders], env=environment, capture_output=True,
                          text=True, check=True)  # fmt: skip
    return done.stdout.strip()


def install(folder: Path, name: str, *, version: str = "1.0", schema: str = "article") -> Path:
    """Put a distribution with a plugin into a folder, and return the folder of its package."""
    metadata, package = folder / f"{name}-{version}.dist-info", folder / name
    metadata.mkdir(parents=True)
    (metadata / "entry_points.txt").write_text(f"[copydesk]\n{name} = {name}.deep\n", "utf-8")
    (package / "data").mkdir(parents=True)
    (package / "__init__.py").write_text("", "utf-8")
    (package / "deep.py").write_text(PLUGIN.format(id=name.replace("_", "-"), schema=schema), "utf-8")
    (package / "data" / "words.txt").write_text("words\n", "utf-8")
    return package


def copy(folder: Path) -> Path:
    """Copy the code of Copydesk into a folder, and return it."""
    for package in (*(ROOT / "plugins").iterdir(), ROOT / "core" / "copydesk", ROOT / "schemas" / "copydesk_schemas"):
        if package.is_dir():
            shutil.copytree(package, folder / package.name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_it_is_64_hexadecimal_digits_and_the_same_in_every_process() -> None:
    """Every process of an installation has one fingerprint, whatever its hash seed."""
    found = fingerprint(Selection())

    assert len(bytes.fromhex(found)) == 32
    assert {elsewhere(seed="1"), elsewhere(seed="2")} == {found}


def test_the_folder_of_an_installation_plays_no_part(tmp_path: Path) -> None:
    """The same code in another folder has the same fingerprint."""
    copied = copy(tmp_path / "copied")

    assert elsewhere(copied) == fingerprint(Selection())


@pytest.mark.parametrize("file", ["copydesk/page.py", "copydesk_schemas/article.yaml", "copydesk_kcna/web.py"])
def test_a_byte_of_the_code_counts(tmp_path: Path, file: str) -> None:
    """One byte more in a file of Copydesk, of its schemas or its plugins, and the fingerprint is another."""
    copied = copy(tmp_path / "copied")
    with open(copied / file, "a", encoding="utf-8") as stream:
        stream.write("\n")

    assert elsewhere(copied) != fingerprint(Selection())


def test_a_file_more_or_one_by_another_name_counts(tmp_path: Path) -> None:
    """A file that is added, and one that is called otherwise, change the fingerprint; an empty one too."""
    package = install(tmp_path, "acme_news")
    before = elsewhere(tmp_path)
    (package / "data" / "empty.txt").touch()
    added = elsewhere(tmp_path)
    (package / "data" / "empty.txt").rename(package / "data" / "void.txt")

    assert len({before, added, elsewhere(tmp_path)}) == 3


def test_what_python_compiles_does_not_count(tmp_path: Path) -> None:
    """Files in `__pycache__` come and go, and times change, and the fingerprint stays."""
    package = install(tmp_path, "acme_news")
    before = elsewhere(tmp_path)
    (package / "__pycache__").mkdir(exist_ok=True)
    (package / "__pycache__" / "other.pyc").write_bytes(b"compiled")
    os.utime(package / "deep.py", (1, 1))

    assert elsewhere(tmp_path) == before


@pytest.mark.parametrize("file", ["deep.py", "data/words.txt"])
def test_a_byte_of_a_plugin_counts(tmp_path: Path, file: str) -> None:
    """All files of a plugin's package count, not only those of its module, and not only Python."""
    package = install(tmp_path, "acme_news")
    before = elsewhere(tmp_path)
    (package / file).write_bytes((package / file).read_bytes() + b"\n")

    assert elsewhere(tmp_path) != before


def test_a_namespace_of_many_is_not_read(tmp_path: Path) -> None:
    """Of a plugin in a namespace package its own package counts, and what shares the namespace does not."""
    package = install(tmp_path, "acme_news")
    (tmp_path / "acme" / "other").mkdir(parents=True)
    package.rename(tmp_path / "acme" / "news")
    points = tmp_path / "acme_news-1.0.dist-info" / "entry_points.txt"
    points.write_text("[copydesk]\nacme_news = acme.news.deep\n", "utf-8")
    before = elsewhere(tmp_path)
    (tmp_path / "acme" / "other" / "__init__.py").touch()
    beside = elsewhere(tmp_path)
    (tmp_path / "acme" / "news" / "data" / "words.txt").touch()
    (tmp_path / "acme" / "news" / "data" / "words.txt").write_text("others\n", "utf-8")

    assert beside == before
    assert elsewhere(tmp_path) != before


def test_a_plugin_of_one_file_counts_wherever_it_stands(tmp_path: Path) -> None:
    """A plugin of one file has no say by its folder, and has one by each byte."""
    for folder, end in (("one", ""), ("two", ""), ("three", "\n")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "acme.py").write_text(PLUGIN.format(id="acme", schema="article") + end, "utf-8")
    one, two, three = (fingerprint(Selection(folders=(str(tmp_path / folder),))) for folder in ("one", "two", "three"))

    assert one == two != three
    assert one != fingerprint(Selection())


def test_the_order_of_plugins_does_not_count(tmp_path: Path) -> None:
    """Two folders of plugins have one fingerprint in either order, and so have names."""
    for name in ("acme", "apex"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.py").write_text(PLUGIN.format(id=name, schema="article"), "utf-8")
    one, two = str(tmp_path / "acme"), str(tmp_path / "apex")

    assert fingerprint(Selection(folders=(one, two))) == fingerprint(Selection(folders=(two, one)))
    assert fingerprint(Selection(names=("kcna", "kcnawatch"))) == fingerprint(Selection(names=("kcnawatch", "kcna")))


def test_a_plugin_that_is_off_does_not_count(tmp_path: Path) -> None:
    """To turn a plugin off changes the fingerprint to what it is without the plugin."""
    (tmp_path / "acme.py").write_text(PLUGIN.format(id="acme", schema="article"), "utf-8")
    names = tuple(part.split()[1] for part in parts(Selection()) if part.startswith("plugin "))
    folder = (str(tmp_path),)

    assert fingerprint(Selection(folders=folder)) != fingerprint(Selection())
    assert fingerprint(Selection(names, folder)) == fingerprint(Selection())


def test_a_plugin_that_is_left_out_is_told(tmp_path: Path) -> None:
    """A plugin that cannot be loaded here and can be loaded there makes two fingerprints."""
    package = install(tmp_path, "acme_news")
    with open(package / "deep.py", "a", encoding="utf-8") as stream:
        stream.write("import made_up_library\n")
    without = elsewhere(tmp_path)
    (tmp_path / "made_up_library.py").touch()

    assert elsewhere(tmp_path) != without


@pytest.mark.parametrize("version", ["99.0", "98.0"])
def test_the_version_of_a_library_counts(tmp_path: Path, version: str) -> None:
    """Another version of a library by which documents are made changes the fingerprint; one beside them does not."""
    (tmp_path / "rich-99.0.dist-info").mkdir()
    beside = elsewhere(tmp_path)
    (tmp_path / f"lxml-{version}.dist-info").mkdir()

    assert beside == fingerprint(Selection())
    assert elsewhere(tmp_path) != beside


def test_the_version_of_a_plugin_counts(tmp_path: Path) -> None:
    """The same files under another version are another plugin: documents name it."""
    install(tmp_path / "one", "acme_news")
    install(tmp_path / "two", "acme_news", version="1.1")

    assert elsewhere(tmp_path / "one") != elsewhere(tmp_path / "two")


def test_a_schema_in_another_package_counts(tmp_path: Path) -> None:
    """The schema that a source names may stand in another package than the plugin, and counts."""
    install(tmp_path, "acme_news", schema="acme_schemas:news.yaml")
    (tmp_path / "acme_schemas").mkdir()
    (tmp_path / "acme_schemas" / "__init__.py").touch()
    (tmp_path / "acme_schemas" / "news.yaml").write_text("type: object\n", "utf-8")
    before = elsewhere(tmp_path)
    (tmp_path / "acme_schemas" / "news.yaml").write_text("type: object\ntitle: news\n", "utf-8")

    assert elsewhere(tmp_path) != before


def test_code_in_an_archive_counts(tmp_path: Path) -> None:
    """A plugin that is imported from a ZIP archive counts by the bytes of the archive."""
    def packed(text: str) -> str:
        package = install(tmp_path / text / "site", "acme_news")
        (package / "data" / "words.txt").write_text(text, "utf-8")
        archive = shutil.make_archive(str(tmp_path / text / "plugin"), "zip", tmp_path / text / "site")
        shutil.rmtree(package)
        return elsewhere(tmp_path / text / "site", Path(archive))

    assert packed("one") != packed("two")


def test_two_installations_are_told_apart_by_their_parts() -> None:
    """What differs is named, with versions where they do, and without the hashes."""
    one = ("library lxml 5.2", "package copydesk 0.1.0 #aa", "plugin kcna 0.1.0 active #bb")
    other = ("library lxml 6.1", "package copydesk 0.1.0 #ab", "plugin kcna 0.1.0 active #bb")

    assert differences(one, other) == "library lxml 5.2, library lxml 6.1, package copydesk 0.1.0"
