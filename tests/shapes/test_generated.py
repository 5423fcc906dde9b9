from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import copydesk
from copydesk import schema
from copydesk.errors import CopydeskError
from copydesk.frontmatter.reading import parse
from copydesk.frontmatter.writing import KEYS
from copydesk.shapes import SHAPES, shaped
from copydesk.shapes.fields import fields

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "docs/frontmatter.md": ("article", "markdown"),
    "core/copydesk/frontmatter/typed.py": ("article", "python"),
}
OBSIDIAN = {"text", "multitext", "number", "checkbox", "date", "datetime", "aliases", "tags"}
"""The types that Obsidian has; a vault of our own cannot be opened in a test, so that the form alone is tested."""


def run(*arguments: str) -> str:
    """Return what the command prints."""
    code = "import sys; from copydesk.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "schema", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout


@pytest.mark.parametrize("file", FILES)
def test_what_is_generated_is_up_to_date(file: str) -> None:
    """A file that is made from the schema is what the command makes of it today; the command is in the file."""
    name, shape = FILES[file]
    command = f"copydesk schema --as {shape}"
    text = (ROOT / file).read_text("utf-8")

    assert text == shaped(name, shape), f"run `{command} > new && mv new {file}`"
    assert command in text


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_is_printed(shape: str) -> None:
    """The command prints each shape, for the schemas of sources too, with one line feed at its end."""
    text = run("kcna", "--as", shape)

    assert text == shaped("kcna", shape)
    assert text.endswith("\n")


def test_the_older_option_stays() -> None:
    """`--json` is `--as json`, and without an option the YAML is printed."""
    assert run("--json") == run("--as", "json")
    assert run() == schema.text()


def test_a_source_is_a_name_too(acme: str) -> None:
    """A name may be that of a plugin's schema; one that nobody has is an error that names the known ones."""
    from copydesk.cli.schema import _found

    assert _found(acme) == acme
    assert _found("unknown-name") == "unknown-name"
    with pytest.raises(CopydeskError, match="there is no schema 'unknown-name'; known are"):
        shaped(_found("unknown-name"), "yaml")


@pytest.mark.parametrize("name", [*schema.names(), "plugin"])
def test_obsidian(name: str, acme: str) -> None:
    """`types.json` maps each key that can be there to a type that Obsidian has."""
    name = acme if name == "plugin" else name
    found = json.loads(shaped(name, "obsidian"))

    assert list(found) == ["types"]
    assert set(found["types"].values()) <= OBSIDIAN
    assert list(found["types"]) == [field.key for field in fields(name) if not field.refused]


def test_obsidian_types(acme: str) -> None:
    """Days are dates, lists are multitext, numbers and booleans have their own."""
    types = json.loads(shaped(acme, "obsidian"))["types"]
    expected = {
        "title": "text",
        "date": "date",
        "captured": "date",
        "author": "multitext",
        "topics": "multitext",
        "pages": "number",
        "weight": "number",
        "printed": "checkbox",
        "extra": "text",
    }

    assert {key: types[key] for key in expected} == expected


def test_the_typed_view_agrees_with_the_schema() -> None:
    """The TypedDict has the keys of the schema in their order, the same required, and a type for each kind."""
    view = copydesk.Frontmatter
    hints = get_type_hints(view)

    assert tuple(hints) == KEYS
    assert view.__required_keys__ == set(schema.load()["required"])
    assert {key for key, kind in hints.items() if kind == list[str]} == {"author", "related", "warnings"}
    assert [key for key, kind in hints.items() if kind not in (str, list[str])] == ["schema"]


def test_the_typed_view_of_a_plugin(acme: str) -> None:
    """A plugin's schema becomes a module that runs, with its own types."""
    names: dict[str, Any] = {}
    exec(shaped(acme, "python"), names)
    hints = {key: str(kind) for key, kind in names["PaperFrontmatter"].__annotations__.items()}

    assert "Literal['acme-paper']" in hints["source_id"].replace('"', "'")
    assert "Literal['early', 'late']" in hints["edition"].replace('"', "'")
    assert "NotRequired[list[int]]" in hints["numbers"]
    assert "NotRequired[Never]" in hints["archive"]
    assert "NotRequired[object]" in hints["extra"]


@pytest.mark.parametrize("name", [*schema.names(), "plugin"])
def test_the_page_has_each_key(name: str, acme: str) -> None:
    """The page says of each key what it is, and of each reserved one what would happen."""
    name = acme if name == "plugin" else name
    text = shaped(name, "markdown")

    assert [field.key for field in fields(name) if f"\n| `{field.key}` |" not in text] == []
    assert ("\n## What a source narrows\n" in text) == (name == "article")
    assert [line for line in text.splitlines() if line.startswith("| ") and line.count(" | ") not in (1, 5)] == []


@pytest.mark.parametrize("shape", ["markdown", "python", "astro"])
def test_what_is_generated_says_by_which_command(shape: str, acme: str) -> None:
    """Whoever opens such a file sees how it is made anew."""
    for name, argument in (("article", ""), ("kcna", " kcna"), (acme, f" {acme}")):
        assert f"`copydesk schema{argument} --as {shape}`" in shaped(name, shape)


def test_an_example_that_is_missing_is_an_empty_cell(acme: str) -> None:
    """The page shows what there is, and no word of what there is not."""
    assert "| `weight` |  | number | its weight in kilograms |  |  |\n" in shaped(acme, "markdown")
    assert "None" not in shaped(acme, "markdown")


@pytest.mark.parametrize("name", [*schema.names(), "plugin"])
def test_the_archetype_is_frontmatter_that_the_schema_accepts(name: str, acme: str) -> None:
    """With what Hugo fills in put in by hand, the archetype has no problem; the commented lines have examples."""
    name = acme if name == "plugin" else name
    text = shaped(name, "hugo")
    for template, value in (
        ('{{ replace .File.ContentBaseName "-" " " | jsonify }}', '"A page"'),
        ('{{ dateFormat "2006-01-02" .Date }}', "2021-01-21"),
        ("{{ substr (sha256 .File.Path) 0 12 }}", "0a1b2c3d4e5f"),
        ('{{ or site.Language.Lang "und" }}', "en"),
        ("{{ hugo.Version }}", "0.168.0"),
    ):
        assert template in text
        text = text.replace(template, value)
    whole = text.replace("\n# A line", "\n#- A line").replace("\n# ", "\n")

    filled = {field.key for field in fields(name) if field.required} | {"title", "date"}
    assert "{{" not in text
    assert set(parse(text).data) == filled
    assert schema.problems(parse(text).data, name) == []
    assert schema.problems(parse(whole).data, name) == []
