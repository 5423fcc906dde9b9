from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]  # its stubs are a package of their own
import pytest

import copydesk_schemas
from copydesk import schema
from copydesk.errors import CopydeskError
from copydesk.frontmatter.writing import KEYS, seal
from copydesk.vocabulary import misspelt, parts
from tests.frontmatter.samples import BODY, WHOLE
from tests.frontmatter.second_opinion import other

FOLDER = Path(copydesk_schemas.__file__).parent
RESERVED = schema.load()["$defs"]["reserved"]["properties"]
GOOD = seal(WHOLE, BODY).frontmatter


@pytest.mark.parametrize("name", schema.names())
def test_each_schema_is_one(name: str) -> None:
    """The schemas are valid JSON Schema 2020-12, with the id that says their name."""
    jsonschema.Draft202012Validator.check_schema(schema.load(name))

    assert schema.load(name)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema.load(name)["$id"] == f"copydesk/{name}/1"


@pytest.mark.parametrize("name", schema.names())
def test_no_keyword_is_misspelt(name: str) -> None:
    """JSON Schema passes over words that it does not know, so every word is one that it does."""
    assert misspelt(schema.load(name)) == []


@pytest.mark.parametrize("name", schema.names())
def test_keys_that_are_named_are_keys(name: str) -> None:
    """A key that is required, or that another needs, is one that is written: a typing error there would refuse all."""
    for _, part in parts(schema.load(name)):
        needed = part.get("dependentRequired", {})
        assert {*part.get("required", ()), *needed, *(key for keys in needed.values() for key in keys)} <= set(KEYS)


def test_the_schema_has_the_keys_that_are_written() -> None:
    """The keys of the schema are those of the writer, in the same order, each with all that its reader needs."""
    properties = schema.load()["properties"]

    assert tuple(properties) == KEYS
    assert all({"title", "description", "examples"} <= set(each) for each in properties.values())
    assert set(schema.load()["required"]) <= set(KEYS)
    assert not set(RESERVED) & set(KEYS)


@pytest.mark.parametrize("name", ["kcna", "naenara"])
def test_a_narrower_schema_has_no_keys_of_its_own(name: str) -> None:
    """What narrows the schema of articles speaks of its keys alone."""
    assert set(schema.load(name)["properties"]) <= set(KEYS)


@pytest.mark.parametrize(
    ("name", "key"), [(name, key) for name in schema.names() for key in schema.load(name)["properties"]]
)
def test_each_example_is_one(name: str, key: str) -> None:
    """Every example in a schema is valid under the key that it stands for."""
    part = schema.load(name)["properties"][key]

    for example in part.get("examples", []):
        assert list(other(name, part).iter_errors(example)) == []
    if name == "article":
        assert part["examples"]


def test_text_is_the_file() -> None:
    """The text of a schema is that of the one file that the package has of it."""
    assert schema.names() == sorted(path.stem for path in FOLDER.glob("*.yaml"))
    assert schema.text() == (FOLDER / "article.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("kcan", "there is no schema 'kcan'; did you mean 'kcna'? known are article, "),
        ("nowhere", "there is no schema 'nowhere'; known are article, "),
        ("", "there is no schema ''"),
        ("../article", "there is no schema '../article'; did you mean 'article'?"),
        ("no_such_package:a.yaml", "there is no package 'no_such_package'"),
        ("copydesk_schemas:none.yaml", "schema 'copydesk_schemas:none.yaml' cannot be read: No such file"),
    ],
)
def test_an_unknown_schema_names_the_known(name: str, said: str) -> None:
    """The error says which name was not found, which ones there are, and which is nearest."""
    with pytest.raises(CopydeskError, match=re.escape(said)):
        schema.text(name)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], str]]:
    """Give a function that installs a package with a schema and returns the name of that schema."""
    monkeypatch.syspath_prepend(tmp_path)

    def install(text: str) -> str:
        (tmp_path / "acme_paper").mkdir()
        (tmp_path / "acme_paper" / "__init__.py").touch()
        (tmp_path / "acme_paper" / "paper.yaml").write_text(text, encoding="utf-8")
        return "acme_paper:paper.yaml"

    yield install
    for cached in (schema.load, schema.validator, schema._about):
        cached.cache_clear()


@pytest.mark.parametrize("own_id", ["", "$id: acme/paper/1\n", "$id: https://acme.example/paper\n"])
def test_a_plugin_brings_its_schema(package: Callable[[str], str], own_id: str) -> None:
    """A third party's schema narrows ours by `$ref`, whatever its own `$id` is, and may add keys."""
    name = package(
        f"{own_id}$ref: copydesk/article/1\nproperties:\n  edition: {{type: string, description: its edition}}\n"
    )

    assert schema.problems({**GOOD, "edition": "late"}, name) == []
    assert schema.problems({**GOOD, "lang": "", "edition": 3}, name) == [
        (
            "lang",
            "'' is not a BCP 47 language tag",
            'give the language of the body as a BCP 47 tag; und where it is unknown, such as "en"',
        ),
        ("edition", "3 is an integer, not a string", "give its edition"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [", "is not YAML"),
        ("- a", "is list, not a mapping"),
        ("type: strin", "is not JSON Schema 2020-12"),
        ("properties: {a: {pattern: '('}}", "is not JSON Schema 2020-12"),
        ("$ref: copydesk/nowhere/1", "is not JSON Schema 2020-12"),
        ("$ref: https://acme.example/else", "is not JSON Schema 2020-12"),
        ("properties: {a: {maxLenght: 3}}", ".*'maxLenght' at properties/a is no keyword.*did you mean 'maxLength'"),
        ("properties: {a: {format: dtae}}", ".*the format 'dtae' at properties/a is not known; known are date"),
    ],
)
def test_a_broken_schema_is_refused_by_name(package: Callable[[str], str], text: str, said: str) -> None:
    """A plugin's schema that cannot be used is an error with its name; nothing is fetched."""
    name = package(text)

    with pytest.raises(CopydeskError, match=f"schema '{name}':? ?{said}"):
        schema.problems(GOOD, name)
