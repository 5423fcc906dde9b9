from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # its stubs are a package of their own
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import schema
from copydesk.errors import CopydeskError
from copydesk.shapes.json import bundle, shaped
from copydesk.vocabulary import parts
from tests.test_schema import BAD, DATA, GOOD, NAENARA

LOOSE = {"id": "kcna-2021-01-21-0a1b2c3d4e5f", "edition": "late", "pages": 3, "source_id": "acme-paper"}


def alone(name: str) -> jsonschema.Draft202012Validator:
    """Return a validator of another implementation that has the bundle and no other schema."""
    return jsonschema.Draft202012Validator(bundle(name), format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize("name", schema.names())
def test_a_bundle_refers_to_nothing_outside_itself(name: str) -> None:
    """The JSON is valid JSON Schema with the `$id` of the YAML, and each reference in it leads into it."""
    whole = json.loads(shaped(name))
    jsonschema.Draft202012Validator.check_schema(whole)
    references = [part["$ref"] for _, part in parts(whole) if "$ref" in part]

    checks = {"properties", "required", "type", "pattern", "items", "allOf", "const"}
    assert whole["$id"] == f"copydesk/{name}/1"
    assert [path for path, part in parts(whole) if "$ref" in part and checks & part.keys()] == []
    assert [place for place in references if not place.startswith("#/$defs/")] == []
    assert [path for path, part in parts(whole) if path and "$id" in part] == []


@given(DATA, st.sampled_from(schema.names()))
def test_a_bundle_means_what_the_schema_means(data: dict[str, Any], name: str) -> None:
    """Another implementation, with the bundle alone, accepts and refuses what Copydesk does."""
    assert alone(name).is_valid(data) == (schema.problems(data, name) == [])


@pytest.mark.parametrize("name", schema.names())
def test_a_bundle_means_the_same_on_the_table(name: str) -> None:
    """The law, over each thing that the contract forbids."""
    check = alone(name)
    table = [GOOD, NAENARA, *(data for data, _, _ in BAD)]

    assert [schema.problems(data, name) == [] for data in table] == [check.is_valid(data) for data in table]


def test_the_schema_of_a_plugin_is_bundled(acme: str) -> None:
    """What a plugin's schema refers to is put in, whole schemas and parts of them."""
    whole = bundle(acme)
    check = alone(acme)
    good = {**GOOD, **LOOSE, "id": "acme-paper-2021-01-21-0a1b2c3d4e5f", "seen": "2021-01-21"}
    del good["archive"]

    assert whole["properties"]["seen"]["$ref"] == "#/$defs/copydesk-article-1/$defs/day"
    assert check.is_valid(good)
    assert schema.problems(good, acme) == []
    for wrong in (
        {"seen": "2021-02-30"},
        {"lang": "!"},
        {"topics": ["A"]},
        {"pages": 0},
        {"archive": "a"},
        {"printed": True},
    ):
        assert not check.is_valid({**good, **wrong})


def _refer(tmp_path: Path, reference: str) -> None:
    (tmp_path / "site" / "acme_shapes" / "other.yaml").write_text(f"$ref: {reference}\n", "utf-8")


@pytest.fixture
def other(acme: str) -> Iterator[str]:
    """Give the name of another schema of the package."""
    yield "acme_shapes:other.yaml"
    assert acme


def test_a_reference_by_anchor_is_refused(other: str, tmp_path: Path) -> None:
    """A part is referred to by its place; an anchor is an error that says so, and no broken bundle."""
    _refer(tmp_path, "copydesk/article/1#line")

    with pytest.raises(CopydeskError, match="refers to 'copydesk/article/1#line'; name the place of a part"):
        bundle(other)
