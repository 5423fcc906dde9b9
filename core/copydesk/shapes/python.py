"""The frontmatter as a type of Python: a TypedDict, in which a type checker finds a key that is misspelt."""

from __future__ import annotations

import json
import re

from copydesk.schema import load
from copydesk.shapes.fields import Field, fields

_TYPES = {"text": "str", "day": "str", "integer": "int", "number": "float", "boolean": "bool", "any": "object"}
_SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}


def shaped(name: str) -> str:
    """Return a module with one class."""
    found = fields(name)
    types = [(field, _typed(field)) for field in found if not _is_foreign(field)]
    words = re.findall(r"\b(?:Any|Literal|Never|NotRequired)\b", " ".join(kind for _, kind in types))
    imports = ", ".join(sorted({*words, "TypedDict"}))
    schema = load(name)
    return "\n".join(
        (
            f'"""The frontmatter as a type, made by `copydesk schema{_argument(name)} --as python`."""',
            "",
            # Not `from __future__ import annotations`: Python would take every key for a required one.
            f"from typing import {imports}",
            "",
            "",
            f"class {_class(name)}(TypedDict):",
            f'    """{_text(schema.get("description") or f"The frontmatter of {name}.")}',
            "",
            "    A person's own keys may stand beside these.",
            '    """',
            "",
            *(f'    {field.key}: {kind}\n    """{_text(field.description)}"""' for field, kind in types),
            "",
        )
    )


def _is_foreign(field: Field) -> bool:
    """Tell whether a field is refused of every document: no type has to say so."""
    return field.refused and field.kind == "any"


def _argument(name: str) -> str:
    return "" if name == "article" else f" {name}"


def _class(name: str) -> str:
    if name == "article":
        return "Frontmatter"
    words = re.findall("[A-Za-z0-9]+", name.rpartition(":")[2].removesuffix(".yaml"))
    return "".join(word.capitalize() for word in words) + "Frontmatter"


def _typed(field: Field) -> str:
    kind = _kind(field)
    return kind if field.required else f"NotRequired[{kind}]"


def _kind(field: Field) -> str:
    if field.refused:
        return "Never"
    const, allowed = field.said("const"), field.said("enum")
    if isinstance(const, (str, int)):
        return f"Literal[{_literal(const)}]"
    if allowed and all(isinstance(value, (str, int)) for value in allowed):
        return f"Literal[{', '.join(map(_literal, allowed))}]"
    if field.kind == "list":
        return f"list[{_SCALARS.get(str(field.items.get('type')), 'object')}]"
    return _TYPES[field.kind]


def _literal(value: str | int) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def _text(text: str) -> str:
    """Return a sentence that can stand in a docstring."""
    return " ".join(text.replace("\\", "\\\\").replace('"', "'").split())
