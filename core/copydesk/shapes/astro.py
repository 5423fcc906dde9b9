"""An Astro content collection: the schema in the words of zod, for `src/content.config.ts`.

Days are strings, as they are written. What hangs together over several keys (the day in the id) is left to
`copydesk check`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from copydesk.shapes.fields import Field, fields

_TYPES = {
    "text": "z.string()",
    "day": "z.string().date()",
    "integer": "z.number().int()",
    "number": "z.number()",
    "boolean": "z.boolean()",
    "any": "z.unknown()",
}
_KINDS = {"string": "text", "integer": "integer", "number": "number", "boolean": "boolean"}
_LIMITS = {
    "minLength": "min",
    "maxLength": "max",
    "minItems": "min",
    "maxItems": "max",
    "minimum": "gte",
    "maximum": "lte",
}

_HEAD = """\
// Made by `copydesk schema{argument} --as astro`: edit the schema and not this file.
// Astro has one such file; where there are other collections, take over the constant.
import {{ glob }} from "astro/loaders";
import {{ z }} from "astro/zod";
import {{ defineCollection }} from "astro:content";

const {collection} = defineCollection({{
  loader: glob({{ pattern: "**/*.md", base: "./src/content/{collection}" }}),
  schema: z
    .object({{
"""
_TAIL = """\
    }})
    .catchall(z.unknown()), // keys of your own
}});

export const collections = {{ {collection} }};
"""


def shaped(name: str) -> str:
    """Return the file, with a collection in `src/content/articles`, or in a folder of the name of the source."""
    words = re.findall("[a-z0-9]+", name.rpartition(":")[2].removesuffix(".yaml").lower())
    collection = "articles" if name == "article" else "_".join(words)
    said = {"argument": "" if name == "article" else f" {name}", "collection": collection}
    return _HEAD.format(**said) + "".join(map(_line, fields(name))) + _TAIL.format(**said)


def _line(field: Field) -> str:
    about = "".join(f"      // {line}\n" for line in field.description.splitlines())
    return f"{about}      {field.key}: {_zod(field)},\n"


def _zod(field: Field) -> str:
    if field.refused:
        return "z.never().optional()"
    return _value(field) + ("" if field.required else ".optional()")


def _value(field: Field) -> str:
    const, allowed = field.said("const"), field.said("enum")
    if const is not None:
        return f"z.literal({_js(const)})"
    if allowed and all(isinstance(value, str) for value in allowed):
        return f"z.enum({_js(allowed)})"
    start = f"z.array({_item(field)})" if field.kind == "list" else _TYPES[field.kind]
    message = "" if field.kind == "list" else field.form
    return start + "".join(call for layer in field.layers for call in _checks(layer, message))


def _item(field: Field) -> str:
    start = _TYPES[_KINDS.get(str(field.items.get("type")), "any")]
    checks = (call for items in field.all_said("items") for call in _checks(items, str(items.get("title", ""))))
    return start + "".join(checks)


def _checks(part: Mapping[str, Any], form: str) -> Iterator[str]:
    """Give the calls that check what a schema says; a title of the pattern is what is said where it does not fit."""
    message = f", {_js(f'write {form}')}" if form else ""
    for keyword, call in _LIMITS.items():
        if keyword in part:
            yield f".{call}({part[keyword]})"
    if "pattern" in part:
        yield f'.regex(new RegExp({_js(part["pattern"])}, "u"){message})'


def _js(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
