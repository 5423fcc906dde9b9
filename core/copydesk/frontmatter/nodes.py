"""Reads YAML with the place of each key, and refuses what has more than one reading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from yaml.constructor import ConstructorError, SafeConstructor
from yaml.events import (
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)
from yaml.resolver import Resolver

from copydesk.errors import FrontmatterError

_DEEPEST = 8  # the contract is flat; people add a level or two


def read(text: str) -> tuple[dict[str, Any], dict[str, int]]:
    """Read the lines between the fences: the values, and the line in the file of each key and item.

    Events are read one by one: libyaml's own loader overflows the stack on 100,000 brackets, and hides aliases.
    """
    lines: dict[str, int] = {}
    try:
        data = _document(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)), lines)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = " ".join(part for part in (error.context, error.problem) if part)
        line = min(mark.line, text.count("\n") - 1) + 2 if mark else 2
        if "maximum nesting depth" in said:  # libyaml from 0.2.6 on; others give their events first
            raise _too_deep(line) from None
        raise FrontmatterError(f"the frontmatter is not YAML: {said}", line=line,
                               remedy="write each value on one line, in double quotes") from None  # fmt: skip
    return data, lines


def _document(events: Iterator[Any], lines: dict[str, int]) -> dict[str, Any]:
    next(events)  # the start of the stream
    if not isinstance(next(events), DocumentStartEvent):
        return {}
    event = next(events)
    if not isinstance(event, MappingStartEvent):
        raise FrontmatterError("the frontmatter is not a mapping", line=_line(event), remedy="write 'key: \"value\"'")
    data: dict[str, Any] = _node(events, event, (), lines)
    next(events)  # the end of the mapping's document
    following = next(events)
    if isinstance(following, DocumentStartEvent):
        raise FrontmatterError("the frontmatter holds two documents", line=_line(following), remedy="keep one of them")
    return data


def _node(events: Iterator[Any], event: Any, path: tuple[str, ...], lines: dict[str, int]) -> Any:
    _refuse(event, path)
    if isinstance(event, ScalarEvent):
        return event.value if event.style else _plain(event)
    if isinstance(event, MappingStartEvent):
        return _mapping(events, path, lines)
    items: list[Any] = []
    while not isinstance(event := next(events), SequenceEndEvent):
        at = (*path, str(len(items)))
        lines["/".join(at)] = _line(event)
        items.append(_node(events, event, at, lines))
    return items


def _mapping(events: Iterator[Any], path: tuple[str, ...], lines: dict[str, int]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    while not isinstance(event := next(events), MappingEndEvent):
        key = _node(events, event, (*path, "?"), lines)
        if not isinstance(key, str):
            raise FrontmatterError(f"the key {key!r} is no string", line=_line(event), remedy="write it in quotes")
        if key in data:
            raise FrontmatterError(f"the key {key!r} stands twice", line=_line(event), remedy="keep one of the two")
        at = (*path, key)
        lines["/".join(at)] = _line(event)
        data[key] = _node(events, next(events), at, lines)
    return data


def _refuse(event: Any, path: tuple[str, ...]) -> None:
    if event.anchor is not None:
        fact, remedy = f"the frontmatter has the anchor or alias {event.anchor!r}", "write the value itself"
    elif event.tag is not None:
        fact, remedy = f"the frontmatter has the tag {event.tag!r}", "take it away, and quote what is a string"
    elif len(path) > _DEEPEST:
        raise _too_deep(_line(event))
    else:
        return
    raise FrontmatterError(fact, line=_line(event), remedy=remedy)


def _too_deep(line: int) -> FrontmatterError:
    return FrontmatterError(f"the frontmatter is nested more than {_DEEPEST} deep", line=line, remedy="keep it flat")


def _plain(event: ScalarEvent) -> Any:
    """Return what YAML 1.1 makes of a scalar without quotes: a string, number, boolean, date or nothing."""
    tag = Resolver().resolve(yaml.ScalarNode, event.value, (True, False))  # type: ignore[no-untyped-call]  # of the stubs
    if tag == "tag:yaml.org,2002:str":
        return event.value
    try:
        return SafeConstructor.yaml_constructors[tag](SafeConstructor(), yaml.ScalarNode(tag, event.value))
    except (ValueError, KeyError, ConstructorError):
        fact = f"{event.value[:40]!r} is no value that YAML can read"
        raise FrontmatterError(fact, line=_line(event), remedy="write it in double quotes") from None


def _line(event: Event) -> int:
    mark = event.start_mark
    return mark.line + 2 if mark else 1
