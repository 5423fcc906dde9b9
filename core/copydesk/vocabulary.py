"""The words of JSON Schema 2020-12, and where in a schema other schemas stand: what is no word is a typing error."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

VALUE, SCHEMA, SCHEMAS, NAMED = "value", "schema", "a list of schemas", "a mapping of schemas"

KEYWORDS: dict[str, str] = {
    **dict.fromkeys(
        (
            *("$schema", "$id", "$ref", "$anchor", "$dynamicRef", "$dynamicAnchor", "$vocabulary", "$comment"),
            *("title", "description", "default", "deprecated", "readOnly", "writeOnly", "examples"),
            *("type", "const", "enum", "required", "dependentRequired", "format", "pattern"),
            *("minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "minContains", "maxContains"),
            *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
            *("minProperties", "maxProperties", "contentEncoding", "contentMediaType"),
        ),
        VALUE,
    ),
    **dict.fromkeys(
        (
            *("items", "contains", "additionalProperties", "propertyNames", "not", "if", "then", "else"),
            *("unevaluatedItems", "unevaluatedProperties", "contentSchema"),
        ),
        SCHEMA,
    ),
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), SCHEMAS),
    **dict.fromkeys(("$defs", "properties", "patternProperties", "dependentSchemas"), NAMED),
}
"""Each keyword, and whether schemas stand behind it."""

FORMATS = (
    *("date", "date-time", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6"),
    *("uri", "uri-reference", "uri-template", "iri", "iri-reference", "uuid", "json-pointer", "relative-json-pointer"),
    "regex",
)
"""The formats; a validator passes over any other."""

Schema = Mapping[str, Any]


def misspelt(schema: Schema) -> list[str]:
    """Return what is no word of JSON Schema in a schema and all that stand in it, each with its place and remedy.

    A validator passes over such words in silence, and over what they were meant to check; `x-` begins a word of
    one's own.
    """
    return [said for path, part in parts(schema) for said in _in_part(path, part)]


def parts(schema: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Schema]]:
    """Give a schema and all that stand in it, each with its place; `true` and `false` are passed over."""
    if not isinstance(schema, Mapping):
        return
    yield path, schema
    for keyword, value in schema.items():
        for step, part in _children(keyword, value):
            yield from parts(part, (*path, keyword, *step))


def mapped(schema: Any, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    """Return a copy of a schema in which each schema is what ``change`` makes of it, the inner ones first."""
    if not isinstance(schema, Mapping):
        return schema
    return change({keyword: _mapped(keyword, value, change) for keyword, value in schema.items()})


def _mapped(keyword: str, value: Any, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    kind = KEYWORDS.get(keyword)
    if kind == SCHEMA:
        return mapped(value, change)
    if kind == SCHEMAS:
        return [mapped(part, change) for part in value]
    return {name: mapped(part, change) for name, part in value.items()} if kind == NAMED else value


def _children(keyword: str, value: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    kind = KEYWORDS.get(keyword)
    if kind == SCHEMA:
        yield (), value
    elif kind == SCHEMAS and isinstance(value, list):
        yield from (((str(index),), part) for index, part in enumerate(value))
    elif kind == NAMED and isinstance(value, Mapping):
        yield from (((str(name),), part) for name, part in value.items())


def _in_part(path: tuple[str, ...], part: Schema) -> Iterator[str]:
    place = "/".join(path) or "its top"
    for keyword in part:
        if keyword not in KEYWORDS and not str(keyword).startswith("x-"):
            yield f"{keyword!r} at {place} is no keyword of JSON Schema 2020-12; {_remedy(str(keyword))}"
    if "format" in part and part["format"] not in FORMATS:
        yield f"the format {part['format']!r} at {place} is not known; known are {', '.join(FORMATS)}"


def _remedy(word: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, KEYWORDS, n=1)
    return f"did you mean {near[0]!r}?" if near else "take it out, or begin a keyword of your own with 'x-'"
