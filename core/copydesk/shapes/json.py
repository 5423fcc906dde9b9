"""JSON Schema in one piece: what a schema refers to is put into it, so that it needs no other file."""

from __future__ import annotations

from typing import Any

from copydesk.errors import CopydeskError
from copydesk.schema import load, referenced
from copydesk.vocabulary import mapped

_BESIDE = frozenset(("$schema", "$id", "$defs", "title", "description", "examples", "$comment"))
"""What may stand beside a `$ref` for readers that join the two mappings and do not apply both."""


def shaped(name: str) -> str:
    """Return the schema as JSON, with the `$id` that it has in YAML."""
    import json

    return json.dumps(bundle(name), ensure_ascii=False, indent=2) + "\n"


def bundle(name: str) -> dict[str, Any]:
    """Return a schema that means the same and refers to nothing outside itself.

    The schemas that it refers to stand under `$defs`. A `$ref` beside keywords that check something is moved into
    `allOf`: the language server of editors joins the two mappings, and where both had `properties` lost one.
    """
    found: dict[str, dict[str, Any]] = {}
    whole = _inlined(load(name), "#", found)
    return {**whole, "$defs": {**whole.get("$defs", {}), **found}} if found else dict(whole)


def _inlined(schema: dict[str, Any], home: str, found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return a schema whose references are from the top of the whole; ``home`` is where it will stand there."""

    def change(part: dict[str, Any]) -> dict[str, Any]:
        if "$ref" not in part:
            return part
        address, _, place = part["$ref"].partition("#")
        if place and not place.startswith("/"):
            raise CopydeskError(f"the schema refers to {part['$ref']!r}; name the place of a part, as '#/$defs/line'")
        target = f"{_home(address, found) if address else home}{place}"
        if part.keys() <= {"$ref"} | _BESIDE:
            return {**part, "$ref": target}
        rest = {keyword: value for keyword, value in part.items() if keyword != "$ref"}
        return {**rest, "allOf": [{"$ref": target}, *rest.get("allOf", ())]}

    changed: dict[str, Any] = mapped(schema, change)
    return changed


def _home(address: str, found: dict[str, dict[str, Any]]) -> str:
    """Return where a schema stands that another refers to, and put it there if nobody did so before."""
    document = referenced(address)
    key = str(document.get("$id", address)).strip("/").replace("/", "-").replace(":", "-")
    if key not in found:
        found[key] = {}  # a schema may refer to one that refers to it
        inner = {word: value for word, value in document.items() if word not in ("$schema", "$id")}
        found[key] = _inlined(inner, f"#/$defs/{key}", found)
    return f"#/$defs/{key}"
