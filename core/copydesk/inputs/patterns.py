"""Patterns that no shell has expanded: `*`, `?` and `[` in a name, and `**` for any folders."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from fnmatch import translate

from copydesk import files
from copydesk.inputs.folders import exists, named

ANY_FOLDERS = "**"


def matches(pattern: str) -> Iterator[str]:
    """Give the paths that match, in no order, perhaps twice; hidden names only where the pattern has the dot."""
    before, path, behind = files.cut(pattern)
    start, parts = _start(path)
    yield from (path + behind for path in _matches(before + start, parts, behind))


def _start(path: str) -> tuple[str, list[str]]:
    """Return where a pattern begins, and its parts: of a URL the scheme has none."""
    scheme, said, rest = path.partition(files.SCHEME)
    first, *parts = (rest if said else path.replace(os.sep, "/")).split("/")
    return scheme + said if said else "", [first, *(part for part in parts[:-1] if part), *parts[-1:]]


def _matches(base: str, parts: list[str], behind: str) -> Iterator[str]:
    part, rest = parts[0], parts[1:]
    if part == ANY_FOLDERS:
        yield from _anywhere(base, rest, behind)
    elif any(sign in part for sign in "*?["):
        for name, _ in _named(base, part, behind):
            yield from _below(base + name, rest, behind)
    else:
        yield from _below(base + part, rest, behind)


def _below(path: str, rest: list[str], behind: str) -> Iterator[str]:
    """Give what matches the rest of a pattern below a path, or the path itself where nothing is left."""
    if rest:
        yield from _matches(path + "/", rest, behind)
    elif exists(path + behind):
        yield path


def _anywhere(base: str, rest: list[str], behind: str) -> Iterator[str]:
    """Give what matches the rest of a pattern in a folder and in all below it, or all there is."""
    if rest:
        yield from _matches(base, rest, behind)
    elif base and exists(base + behind):
        yield base if base.endswith(files.SCHEME) else base.rstrip("/") or base
    for name, is_folder in named(base + behind):
        if name.startswith("."):
            continue
        if is_folder:  # one in a store may have no name
            yield from _anywhere(f"{base}{name}/", rest, behind)
        elif name and not rest:
            yield base + name


def _named(base: str, part: str, behind: str) -> Iterator[tuple[str, bool]]:
    """Give the names in a folder that match a part of a pattern, and whether each is a folder."""
    fits = _fits(part)
    return ((name, is_folder) for name, is_folder in named(base + behind) if name and fits(name))


def _fits(part: str) -> Callable[[str], object]:
    match = re.compile(translate(os.path.normcase(part))).match
    if part.startswith("."):
        return lambda name: match(os.path.normcase(name))
    return lambda name: not name.startswith(".") and match(os.path.normcase(name))
