"""Fields: what a schema says of each key, its references followed and the schemas that it narrows taken in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from copydesk.schema import load, referenced

_KINDS = {"string": "text", "array": "list", "integer": "integer", "number": "number", "boolean": "boolean"}

Part = Mapping[str, Any]


class Field(NamedTuple):
    """A key of the frontmatter.

    ``kind`` is `text`, `day`, `list`, `integer`, `number`, `boolean` or `any`; ``form`` says in words how a value (or
    an item of a list) is written. ``layers`` are the subschemas that hold for it, the widest first. A field that is
    ``refused`` must not be there, and its description says why.
    """

    key: str
    kind: str
    required: bool
    refused: bool
    title: str
    description: str
    form: str
    example: Any
    layers: tuple[Part, ...]

    def said(self, keyword: str) -> Any:
        """Return what the narrowest layer says that speaks of this keyword, or None."""
        return next((layer[keyword] for layer in reversed(self.layers) if keyword in layer), None)

    def all_said(self, keyword: str) -> list[Any]:
        """Return what the layers say of a keyword, the widest first: all of it holds."""
        return [layer[keyword] for layer in self.layers if keyword in layer]

    @property
    def items(self) -> Part:
        """What holds for each item of a list."""
        joined: dict[str, Any] = {}
        for items in filter(None, self.all_said("items")):
            joined |= items if isinstance(items, Mapping) else {}
        return joined


def fields(name: str = "article") -> list[Field]:
    """Return the keys of a schema in their order; those of the schema that it narrows come first."""
    layers: dict[str, list[Part]] = {}
    written: dict[str, list[Part]] = {}
    required: set[str] = set()
    for part, document in _unconditional(load(name)):
        required.update(part.get("required", ()))
        for key, subschema in part.get("properties", {}).items():
            written.setdefault(key, []).append(subschema)
            layers.setdefault(key, []).extend(_layers(subschema, document))
    return [_field(key, tuple(found), written[key], key in required) for key, found in layers.items()]


def depends(name: str = "article") -> dict[str, list[str]]:
    """Return the keys that need others beside them."""
    found: dict[str, list[str]] = {}
    for part, _ in _unconditional(load(name)):
        found |= part.get("dependentRequired", {})
    return found


def _unconditional(schema: Part) -> Iterator[tuple[Part, Part]]:
    """Give the schemas that hold for every document, the widest first, each with the one that its references mean."""
    yield from _followed(schema, schema)


def _followed(part: Part, document: Part) -> Iterator[tuple[Part, Part]]:
    if "$ref" in part:
        yield from _followed(*_target(part["$ref"], document))
    yield part, document
    for inner in part.get("allOf", ()):
        yield from _followed(inner, document)


def _target(reference: str, document: Part) -> tuple[Part, Part]:
    address, _, place = reference.partition("#")
    document = referenced(address) if address else document
    at: Any = document
    for step in filter(None, place.split("/")):
        at = at[step]
    return at, document


def _layers(subschema: Any, document: Part) -> list[Part]:
    """Return the parts that hold for a key, with the items of each list followed likewise."""
    if not isinstance(subschema, Mapping):
        return [] if subschema else [{"not": {}}]
    return [_with_items(part, home) for part, home in _followed(subschema, document)]


def _with_items(part: Part, document: Part) -> Part:
    if not isinstance(part.get("items"), Mapping):
        return part
    items: dict[str, Any] = {}
    for inner, _ in _followed(part["items"], document):
        items |= inner
    return {**part, "items": items}


def _field(key: str, layers: tuple[Part, ...], written: list[Part], required: bool) -> Field:
    bare = Field(key, "any", required, False, "", "", "", None, layers)
    return bare._replace(
        kind=_kind(bare),
        refused={} in bare.all_said("not"),
        title=_first([*written, *layers], "title"),
        description=str(bare.said("description") or ""),
        form=_form(bare, written),
        example=next(iter(bare.said("examples") or ()), None),
    )


def _kind(field: Field) -> str:
    kind = _KINDS.get(str(field.said("type")), "any")
    return "day" if kind == "text" and "date" in field.all_said("format") else kind


def _form(field: Field, written: list[Part]) -> str:
    """Return the title of what checks the value: schemas keep the words for messages there."""
    if "title" in field.items:
        return str(field.items["title"])
    names = [part.get("title") for part in written[:1] if isinstance(part, Mapping)]
    titles = [layer["title"] for layer in field.layers if "title" in layer and layer["title"] not in names]
    return str(titles[-1]) if titles else ""


def _first(parts: list[Part], keyword: str) -> str:
    return next((str(part[keyword]) for part in parts if isinstance(part, Mapping) and keyword in part), "")
