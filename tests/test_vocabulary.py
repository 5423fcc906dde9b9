from __future__ import annotations

import copy
from typing import Any

import pytest

from copydesk import schema
from copydesk.vocabulary import FORMATS, KEYWORDS, mapped, misspelt, parts

PLACES = [
    pytest.param(name, path, keyword, id=f"{name}:{'/'.join((*path, keyword))}")
    for name in schema.names()
    for path, part in parts(schema.load(name))
    for keyword in part
]


def changed(name: str, path: tuple[str, ...], keyword: str, other: str) -> dict[str, Any]:
    """Return a schema in which one keyword is called otherwise."""
    whole = copy.deepcopy(schema.load(name))
    at: Any = whole
    for step in path:
        at = at[int(step)] if isinstance(at, list) else at[step]
    at[other] = at.pop(keyword)
    return whole


@pytest.mark.parametrize(("name", "path", "keyword"), PLACES)
def test_a_typing_error_anywhere_in_a_schema_is_found(name: str, path: tuple[str, ...], keyword: str) -> None:
    """Each keyword of each schema, misspelt by two letters that changed places, is found at its place."""
    other = keyword[:-2] + keyword[-1] + keyword[-2] if keyword[-1] != keyword[-2] else keyword[:-1]
    (said,) = misspelt(changed(name, path, keyword, other))

    assert said.startswith(f"'{other}' at {'/'.join(path) or 'its top'} is no keyword of JSON Schema 2020-12; ")


def test_every_part_of_the_schemas_is_looked_at() -> None:
    """There are more than two hundred keywords to misspell, in conditions, items and lists too."""
    places = {"/".join(param.values[1]) for param in PLACES if isinstance(param.values[1], tuple)}

    assert len(PLACES) > 200
    assert {"properties/related/items", "$defs/id_has_the_date/then/properties/id", "allOf/0"} <= places
    assert "$defs/reserved/properties/url" in places


def test_words_of_ones_own_begin_with_x() -> None:
    """A plugin may say more in its schema than JSON Schema knows, by words that nobody takes for a typing error."""
    assert misspelt({"x-unit": "day", "properties": {"maxLenght": {"x-note": 1}}}) == []
    assert misspelt({"unit": "day"}) == [
        "'unit' at its top is no keyword of JSON Schema 2020-12; take it out, or begin a keyword of your own with 'x-'"
    ]


def test_values_are_no_schemas() -> None:
    """What stands behind const, enum, examples and default is data."""
    assert misspelt({"const": {"a": 1}, "enum": [{"b": 1}], "examples": [{"c": {}}], "default": {"d": 1}}) == []


def test_what_is_no_schema_is_left_to_the_validator() -> None:
    """Where a list or a mapping is wanted and something else stands, no word is looked for."""
    assert misspelt({"allOf": 3, "properties": ["a"], "not": "b", "items": True}) == []


def test_a_format_that_nobody_knows_is_found() -> None:
    """A format is passed over in silence too, where it is not one of those that there are."""
    (said,) = misspelt({"properties": {"a": {"format": "dtae"}}})

    assert said.startswith("the format 'dtae' at properties/a is not known; known are date, ")
    assert [misspelt({"format": known}) for known in FORMATS] == [[]] * len(FORMATS)


def test_the_vocabulary_is_that_of_the_specification() -> None:
    """The words are those of the meta-schema 2020-12, and of no older draft."""
    from jsonschema_specifications import REGISTRY  # type: ignore[import-untyped]  # it has no types

    known: set[str] = set()
    for word in ("core", "applicator", "unevaluated", "validation", "meta-data", "format-annotation", "content"):
        known |= REGISTRY.contents(f"https://json-schema.org/draft/2020-12/meta/{word}")["properties"].keys()

    assert set(KEYWORDS) == known


def test_a_schema_is_changed_from_within() -> None:
    """Each part is changed once, the inner ones first, and what is no schema stays."""
    seen: list[tuple[str, ...]] = []
    whole = {"properties": {"a": {"items": {"const": {"properties": {}}}}}, "allOf": [True, {"not": {}}]}
    result = mapped(whole, lambda part: seen.append(tuple(part)) or part)  # type: ignore[func-returns-value]

    assert whole == result
    assert seen == [("const",), ("items",), (), ("not",), ("properties", "allOf")]
