"""Literals: the plain text with which every match of a regular expression begins.

It routes pages to layouts, and it lets a search skip to where a match can begin.
"""

from __future__ import annotations

import re

_ESCAPES_AND_CLASSES = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.S)
_BRACKETS = re.compile(rf"{_ESCAPES_AND_CLASSES.pattern}|[()]", re.S)
_GROUP = re.compile(r"\(\?(?:P<\w+>|:)")
_MAYBE_NONE = ("*", "?", "{")
_META = frozenset(".^$*+?{}[]|()")


def literal_prefix(regex: str) -> str:
    """Return the plain text that every match of a regular expression begins with, as far as can be seen."""
    return _prefix(regex)[0]


def _prefix(regex: str) -> tuple[str, bool]:
    """Return the plain text at the start, and whether it is all there is."""
    if _has_choice(regex):
        return "", False
    out: list[str] = []
    at = 0
    while at < len(regex):
        if opened := _GROUP.match(regex, at):
            end = _group_end(regex, at)
            if regex[end + 1 : end + 2] in _MAYBE_NONE:
                return "".join(out), False
            inner, whole = _prefix(regex[opened.end() : end])
            out.append(inner)
            if not whole:
                return "".join(out), False
            at = end + 1
            continue
        char, at = _character(regex, at)
        if not char or regex[at : at + 1] in _MAYBE_NONE:
            return "".join(out), False
        out.append(char)
    return "".join(out), True


def _character(regex: str, at: int) -> tuple[str, int]:
    """Return the plain character at a place and where it ends; an empty one for anything else."""
    char = regex[at]
    if char == "\\" and at + 1 < len(regex):
        char = regex[at + 1]
        return ("" if char.isalnum() else char), at + 2
    return ("" if char in _META else char), at + 1


def _group_end(regex: str, at: int) -> int:
    """Return where the bracket is that closes the group which opens at a place."""
    depth = 0
    for token in _BRACKETS.finditer(regex, at):
        depth += (token[0] == "(") - (token[0] == ")")
        if not depth:
            return token.start()
    return len(regex)


def _has_choice(regex: str) -> bool:
    """Tell whether there is a `|` outside of all groups."""
    depth = 0
    for char in _ESCAPES_AND_CLASSES.sub("", regex):
        depth += (char == "(") - (char == ")")
        if char == "|" and not depth:
            return True
    return False
