"""A Hugo archetype: what `hugo new content` puts at the top of a page that a person writes beside converted ones.

Such a page passes `copydesk check`, which says of its hashes that a person wrote it. Its id is made of the name of
its file.
"""

from __future__ import annotations

import json
from typing import Any

from copydesk import __version__
from copydesk.shapes.fields import Field, fields

_NAME = '{{ replace .File.ContentBaseName "-" " " }}'
_DAY = '{{ dateFormat "2006-01-02" .Date }}'
_ID = '-{{ dateFormat "2006-01-02" .Date }}-{{ substr (sha256 .File.Path) 0 12 }}'
_ORDER = ("id", "title", "date", "lang")
_FILLED = {
    "title": f"{{{{ {_NAME[3:-3]} | jsonify }}}}",
    "date": f'"{_DAY}"',
    "lang": '"{{ or site.Language.Lang "und" }}"',
    "source_id": '"unknown"',
    "source_name": '"Unknown"',
    "converter": f'"copydesk {__version__}"',
    "plugin": '"hugo {{ hugo.Version }}"',
    "capture_layout": '"none"',
    "input_file": '"-"',
}
_HASH = f'"{"0" * 64}"'
_HEAD = "# A line without # stays; take the # from what you need."


def shaped(name: str) -> str:
    """Return the archetype: what must be there filled in, what may be there as a comment with an example."""
    kept = [field for field in fields(name) if not field.refused]
    source = next((field.said("const") for field in kept if field.key == "source_id"), None) or "unknown"
    return "\n".join(("---", _HEAD, *(_line(field, source) for field in kept), "---", "", ""))


def _line(field: Field, source: str) -> str:
    filled = f'"{source}{_ID}"' if field.key == "id" else _filled(field)
    if field.required or field.key in _ORDER:
        return f"{field.key}: {filled or _js(_example(field))}"
    return f"# {field.key}: {_js(_example(field))}"


def _filled(field: Field) -> str:
    const = field.said("const")
    if const is not None:
        return _js(const)
    return _HASH if field.key.endswith("_sha256") else _FILLED.get(field.key, "")


def _example(field: Field) -> Any:
    """Return the example of the schema, or what is at least of the right kind."""
    if field.example is not None:
        return field.example
    if field.said("enum"):
        return field.said("enum")[0]
    if field.kind in ("integer", "number"):
        return field.said("minimum") or 0
    items = {"integer": 0, "number": 0, "boolean": False}.get(str(field.items.get("type")), "...")
    return {"list": [items], "boolean": False, "day": "2021-01-21"}.get(field.kind, "...")


def _js(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
