"""The types of properties that Obsidian keeps in `.obsidian/types.json`.

Obsidian's words for them are text, multitext, number, checkbox, date and datetime; keys that are not named keep the
type that Obsidian sees in the first value. The file of a vault that has one already is to be merged with this one.
"""

from __future__ import annotations

import json

from copydesk.shapes.fields import fields

_TYPES = {"day": "date", "list": "multitext", "integer": "number", "number": "number", "boolean": "checkbox"}


def shaped(name: str) -> str:
    """Return the file, with the keys in the order in which they are written."""
    types = {field.key: _TYPES.get(field.kind, "text") for field in fields(name) if not field.refused}
    return json.dumps({"types": types}, ensure_ascii=False, indent=2) + "\n"
