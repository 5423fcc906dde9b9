"""The schema in the hands of validators and editors."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from copydesk import schema
from copydesk.frontmatter.reading import split
from copydesk.frontmatter.writing import dump
from copydesk.shapes import shaped
from tests.consumers.installed import done, node_package, python_package, run
from tests.consumers.language_server import Server, running
from tests.support.specimens import SEEDS
from tests.test_schema import BAD, GOOD, NAENARA

TYPED = """\
from typing import cast

from copydesk import Frontmatter, read

def days(article: Frontmatter) -> list[str]:
    return [article["schema"], article["id"], article.get("date", "")]

def bylines(path: str) -> list[str]:
    return cast(Frontmatter, read(path).frontmatter).get("author", [])
"""
WRONG = """\

def wrong(article: Frontmatter) -> object:
    return article["titel"]

short: Frontmatter = {"id": "a"}
"""


def frontmatters(source: str) -> dict[str, str]:
    """Return the frontmatter of each specimen of a source, by its case; `article` is any source."""
    found = {}
    for file in sorted(SEEDS.rglob("expected.md")):
        text = split(file.read_text("utf-8"))[0]
        if source == "article" or f'\nsource_id: "{source}"\n' in text:
            found[file.parent.relative_to(SEEDS).as_posix().replace("/", "-")] = text
    return found


def schema_file(folder: Path, name: str) -> Path:
    """Write a schema as JSON, and return where."""
    path = folder / f"{name}.json"
    path.write_text(shaped(name, "json"), "utf-8")
    return path


@pytest.mark.parametrize("name", schema.names())
def test_check_jsonschema(name: str, tmp_path: Path) -> None:
    """check-jsonschema finds the schema well made, accepts every specimen, and refuses what is forbidden."""
    python_package("check_jsonschema")
    command = [sys.executable, "-m", "check_jsonschema"]
    path = schema_file(tmp_path, name)
    good = _written(tmp_path / "good", frontmatters(name))
    bad = _written(tmp_path / "bad", {f"{number:03}": json.dumps(data) for number, (data, _, _) in enumerate(BAD)})

    done([*command, "--check-metaschema", str(path)], tmp_path)
    done([*command, "--schemafile", str(path), *map(str, good)], tmp_path)
    said = run([*command, "--schemafile", str(path), "-o", "json", *map(str, bad)], tmp_path)
    assert said.returncode == 1
    assert [file.name for file in bad if file.name not in said.stdout] == []


def _written(folder: Path, texts: dict[str, str]) -> list[Path]:
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return sorted(folder.iterdir())


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run the language server, with each schema set for the files in a folder of its name."""
    package = node_package("yaml-language-server")
    folder = tmp_path_factory.mktemp("schemas")
    schemas = {schema_file(folder, name).as_uri(): f"**/{name}/*.yaml" for name in schema.names()}
    with running(package, schemas) as started:
        yield started


@pytest.mark.parametrize("name", schema.names())
def test_an_editor_finds_nothing_in_the_specimens(server: Server, name: str) -> None:
    """The language server of editors, with the schema in its settings, has nothing to say of what Copydesk writes."""
    texts = {f"file:///{name}/{case}.yaml": text for case, text in frontmatters(name).items()}
    said = server.all_diagnostics(texts)

    assert texts
    assert {case: found for case, found in said.items() if found} == {}


@pytest.mark.parametrize(("name", "data"), [("article", GOOD), ("kcna", GOOD), ("naenara", NAENARA)])
def test_an_editor_underlines_what_is_wrong(server: Server, name: str, data: dict[str, str]) -> None:
    """What is misspelt, missing or not allowed is underlined on its line, by the schema of a source as by the whole."""
    text = dump({**data, "lang": "!", "captured": "2023-02-30", "url": "a", "konverter": "a"})
    text = text.replace("converter:", "conwerter:").replace('title: "', 'title: 3 #"')
    lines = {line.partition(":")[0]: number for number, line in enumerate(text.split("\n"), 1)}
    found = server.diagnostics(f"file:///{name}/wrong.yaml", text)

    assert {line for line, _ in found} == {1, *(lines[key] for key in ("title", "lang", "captured", "url"))}
    assert 'Missing property "converter".' in {message for _, message in found}


def test_an_editor_knows_what_a_source_narrows(server: Server) -> None:
    """The schema of a source says no where that of all articles does not."""
    text = dump({**NAENARA, "dateline": "a", "author": ["a" * 61]})
    lines = {line.partition(":")[0]: number for number, line in enumerate(text.split("\n"), 1)}

    assert server.diagnostics("file:///article/narrow.yaml", text) == []
    found = server.diagnostics("file:///naenara/narrow.yaml", text)
    assert {line for line, _ in found} == {lines["dateline"], lines["author"] + 1}


def test_an_editor_follows_the_first_line_of_a_file(server: Server, tmp_path: Path) -> None:
    """A comment on top names the schema too, and the editor shows what a key means."""
    path = schema_file(tmp_path, "kcna")
    text = f"# yaml-language-server: $schema={path.as_uri()}\n{dump({**GOOD, 'agency': 'kcna'})}"
    lines = {line.partition(":")[0]: number for number, line in enumerate(text.split("\n"), 1)}
    found = server.diagnostics("file:///elsewhere.yaml", text)

    assert [line for line, _ in found] == [lines["agency"]]
    assert "the agency as the dateline names it" in server.hover("file:///elsewhere.yaml", lines["agency"])
    assert "the language of the body as a BCP 47 tag" in server.hover("file:///elsewhere.yaml", lines["lang"])


@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_a_type_checker_knows_the_frontmatter(checker: str, tmp_path: Path) -> None:
    """Mypy and pyright accept the typed view, and find a key that is misspelt and keys that are missing."""
    if checker == "mypy":
        command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache")]
    else:
        program = node_package("pyright") / "index.js"
        command = ["node", str(program), "--pythonpath", sys.executable]
    (tmp_path / "good.py").write_text(TYPED, "utf-8")
    (tmp_path / "bad.py").write_text(TYPED + WRONG, "utf-8")

    done([*command, "good.py"], tmp_path)
    said = run([*command, "bad.py"], tmp_path)
    assert said.returncode == 1
    assert "titel" in said.stdout
    assert "source_id" in said.stdout


@pytest.mark.parametrize("checker", ["mypy", "pyright"])
@pytest.mark.parametrize("name", ["kcna", "naenara"])
def test_a_type_checker_accepts_the_view_of_a_source(checker: str, name: str, tmp_path: Path) -> None:
    """The module that is made for the schema of a source is well typed."""
    (tmp_path / "view.py").write_text(shaped(name, "python"), "utf-8")
    if checker == "mypy":
        done([sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), "view.py"], tmp_path)
    else:
        done(["node", str(node_package("pyright") / "index.js"), "view.py"], tmp_path)
