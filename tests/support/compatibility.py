"""Compatibility: in which ways a schema may refuse a document that an older one accepts.

A constraint of the newer schema is harmless where the older one has one that is as strict. What cannot be decided
counts as harm: a pattern may stay, go, or become one alternative of another, and no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Layers = list[Mapping[str, Any]]
"""The schemas that hold for one value at once, without references."""

NO_CHECK = frozenset(
    (
        "$schema",
        "$id",
        "$defs",
        "$comment",
        "title",
        "description",
        "examples",
        "default",
        "deprecated",
        "$ref",
        "allOf",
    )
)
AT_LEAST = ("minLength", "minItems", "minProperties", "minimum", "exclusiveMinimum")
AT_MOST = ("maxLength", "maxItems", "maxProperties", "maximum", "exclusiveMaximum")
BRANCHES = ("if", "then", "else")


def narrowings(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Return each way in which ``new`` may refuse what ``old`` accepts, or has lost a key; both in one piece."""
    return list(_narrowings("", _layers(old, old), _layers(new, new)))


def _layers(schema: Any, whole: Mapping[str, Any]) -> Layers:
    if isinstance(schema, bool):
        return [] if schema else [{"not": {}}]
    found = _layers(_at(schema["$ref"], whole), whole) if "$ref" in schema else []
    for part in schema.get("allOf", ()):
        found += _layers(part, whole)
    children = {key: _layers(part, whole) for key, part in schema.get("properties", {}).items()}
    items = {"items": _layers(schema["items"], whole)} if "items" in schema else {}
    return [*found, {**schema, **({"properties": children} if children else {}), **items}]


def _at(reference: str, whole: Mapping[str, Any]) -> Any:
    at: Any = whole
    for step in reference.removeprefix("#/").split("/"):
        at = at[step]
    return at


def _narrowings(place: str, old: Layers, new: Layers) -> Iterator[str]:
    for layer in new:
        for keyword, value in layer.items():
            if keyword in ("properties", "items", *NO_CHECK):
                continue
            if keyword in BRANCHES:
                known = any(all(part.get(b) == layer.get(b) for b in BRANCHES) for part in old)
            else:
                known = _is_implied(keyword, value, [part[keyword] for part in old if keyword in part])
            if not known:
                yield f"{place or 'the top'}: {keyword} {value!r} is stricter than it was"
    yield from _in_children(place, old, new)


def _in_children(place: str, old: Layers, new: Layers) -> Iterator[str]:
    before, after = _properties(old), _properties(new)
    for key in before.keys() - after.keys():
        yield f"{place}/{key}: the key is gone"
    for key, layers in after.items():
        if key in before:
            yield from _narrowings(f"{place}/{key}", before[key], layers)
        elif any("not" in layer for layer in layers):
            yield f"{place}/{key}: the key was free, and is refused"
    items = [layer for part in new for layer in part.get("items", ())]
    if items:
        yield from _narrowings(f"{place}/items", [layer for part in old for layer in part.get("items", ())], items)


def _properties(layers: Layers) -> dict[str, Layers]:
    found: dict[str, Layers] = {}
    for layer in layers:
        for key, children in layer.get("properties", {}).items():
            found.setdefault(key, []).extend(children)
    return found


def _is_implied(keyword: str, value: Any, before: list[Any]) -> bool:
    """Tell whether one of the older constraints of a keyword is as strict as a newer one."""
    if keyword in AT_LEAST:
        return any(each >= value for each in before)
    if keyword in AT_MOST:
        return any(each <= value for each in before)
    if keyword == "type":
        return any(_types(each) <= _types(value) for each in before)
    if keyword == "enum":
        return any(set(each) <= set(value) for each in before)
    if keyword == "required":
        return {name for each in before for name in each} >= set(value)
    if keyword == "dependentRequired":
        return all(any(set(needed) <= set(each.get(key, ())) for each in before) for key, needed in value.items())
    if keyword == "pattern":
        return any(value == each or _has_alternative(value, each) for each in before)
    return value in (True, {}) if keyword == "additionalProperties" else value in before


def _types(value: Any) -> set[str]:
    named = {value} if isinstance(value, str) else set(value)
    return named | {"integer"} if "number" in named else named


def _has_alternative(pattern: str, old: str) -> bool:
    """Tell whether a pattern is `(?:old)|more`, with nothing around it."""
    return pattern.startswith(f"(?:{old})|")
