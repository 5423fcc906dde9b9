"""A second implementation of JSON Schema, to hold the first one's answers against."""

from __future__ import annotations

from typing import Any

import jsonschema  # type: ignore[import-untyped]  # its stubs are a package of their own
import referencing

from copydesk import schema


def other(name: str, part: Any = None) -> jsonschema.Draft202012Validator:
    """Return a validator of another implementation, for a schema or for a part of it."""
    resources = [
        (schema.load(each)["$id"], referencing.Resource.from_contents(schema.load(each))) for each in schema.names()
    ]
    registry: referencing.Registry[Any] = referencing.Registry().with_resources(resources)
    whole = schema.load(name)
    tested = whole if part is None else {"$id": whole["$id"], "$defs": whole.get("$defs", {}), "allOf": [part]}
    return jsonschema.Draft202012Validator(tested, registry=registry, format_checker=jsonschema.FormatChecker())
