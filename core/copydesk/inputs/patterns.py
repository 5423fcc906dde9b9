"""Patterns that no shell has expanded: `*`, `?` and `[` in a name, and `**` for any folders."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from fnmatch import translate

from copydesk.inputs.folders import scanned

ANY_FOLDERS = "**"


def matches(pattern: str) -> Iterator[str]:
    """Give the paths that match, in no order, perhaps twice; hidden names only where the pattern has the dot."""
    first, *parts = pattern.replace(os.sep, "/").split("/")
    inner = [part for part in parts[:-1] if part]
    yield from _matches("", [first, *inner, *parts[-1:]])


def _matches(base: str, parts: list[str]) -> Iterator[str]:
    part, rest = parts[0], parts[1:]
    if part == ANY_FOLDERS:
        yield from _anywhere(base, rest)
    elif any(sign in part for sign in "*?["):
        for name in _named(base, part):
            yield from _below(base + name, rest)
    else:
        yield from _below(base + part, rest)


def _below(path: str, rest: list[str]) -> Iterator[str]:
    """Give what matches the rest of a pattern below a path, or the path itself where nothing is left."""
    if rest:
        yield from _matches(path + "/", rest)
    elif os.path.lexists(path):
        yield path


def _anywhere(base: str, rest: list[str]) -> Iterator[str]:
    """Give what matches the rest of a pattern in a folder and in all below it, or all there is."""
    if rest:
        yield from _matches(base, rest)
    elif os.path.isdir(base):
        yield base.rstrip("/") or base
    for name in _named(base, "*"):
        if os.path.isdir(base + name):
            yield from _anywhere(f"{base}{name}/", rest)
        elif not rest:
            yield base + name


def _named(base: str, part: str) -> Iterator[str]:
    fits = _fits(part)
    return (entry.name for entry in scanned(base or ".", missing=True) if fits(entry.name))


def _fits(part: str) -> Callable[[str], object]:
    match = re.compile(translate(os.path.normcase(part))).match
    if part.startswith("."):
        return lambda name: match(os.path.normcase(name))
    return lambda name: not name.startswith(".") and match(os.path.normcase(name))
