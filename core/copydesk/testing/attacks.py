"""Attacks on regular expressions: lines made of what a pattern repeats, at which it would have to backtrack.

For each repetition in a pattern there is a text that leads to it and a part that it can take over and over; a long line
of such parts, with an end that the pattern does not accept, shows whether its time grows faster than the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

MANY = 2
"""What may be taken so often is a repetition."""
DEEPEST = 40

_CANDIDATES = "a1 A.,-_\t가é(\"'"


class Attack(NamedTuple):
    """What leads to a repetition, and what it repeats."""

    before: str
    part: str


@cache
def attacks(regex: str) -> tuple[Attack, ...]:
    """Return the attacks on a regular expression, each once; none for one that `re` refuses."""
    try:
        tree: Any = re._parser.parse(regex)  # type: ignore[attr-defined]  # there is no public way to take one apart
    except (re.error, AttributeError, RecursionError):
        return ()
    return tuple(dict.fromkeys(attack for attack in _in(tree, "", 0) if attack.part))


def _in(tree: Any, before: str, depth: int) -> Iterator[Attack]:
    """Give the attacks in a sequence; what was passed leads to what follows."""
    if depth > DEEPEST:
        return
    for op, value in tree:
        name = str(op)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            if int(value[1]) >= MANY:
                for part in _samples(value[2]):
                    yield Attack(before, part)
                    yield Attack("", before + part)  # its start again and again
            yield from _in(value[2], before, depth + 1)
        elif name == "BRANCH":
            for branch in value[1]:
                yield from _in(branch, before, depth + 1)
        elif name in ("SUBPATTERN", "ATOMIC_GROUP"):
            yield from _in(value[-1] if name == "SUBPATTERN" else value, before, depth + 1)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from _in(value[1], before, depth + 1)
        before += _sample(((op, value),))


def _samples(tree: Any) -> Iterator[str]:
    """Give a text for each alternative that stands at the start of a repeated pattern."""
    for op, value in tree[:1]:
        if str(op) == "BRANCH":
            yield from (_sample(branch) + _sample(tree[1:]) for branch in value[1])
        elif str(op) == "SUBPATTERN" and len(tree) == 1:
            yield from _samples(value[-1])
        else:
            yield _sample(tree)


def _sample(tree: Any) -> str:
    return "".join(_of(str(op), value) for op, value in tree)


def _of(name: str, value: Any) -> str:
    if name == "LITERAL":
        return chr(value)
    if name == "NOT_LITERAL":
        return "a" if value != ord("a") else "b"
    if name == "ANY":
        return "a"
    if name == "IN":
        return _of_class(value)
    if name == "BRANCH":
        return _sample(value[1][0])
    if name == "SUBPATTERN":
        return _sample(value[-1])
    if name == "ATOMIC_GROUP":
        return _sample(value)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _sample(value[2]) * min(max(int(value[0]), 1), 8)
    return ""


def _of_class(items: Any) -> str:
    negated = str(items[0][0]) == "NEGATE"
    if negated:
        return next((char for char in _CANDIDATES if not any(_has(item, char) for item in items[1:])), "a")
    op, value = items[0]
    if str(op) in ("LITERAL", "RANGE"):
        return chr(value if str(op) == "LITERAL" else value[0])
    return next((char for char in _CANDIDATES if _has(items[0], char)), "a")


def _has(item: Any, char: str) -> bool:
    op, value = str(item[0]), item[1]
    if op == "LITERAL":
        return ord(char) == int(value)
    if op == "RANGE":
        return bool(value[0] <= ord(char) <= value[1])
    category = str(value).removeprefix("CATEGORY_").removeprefix("UNI_").removeprefix("LOC_")
    return category in _CATEGORIES and re.fullmatch(_CATEGORIES[category], char) is not None


_CATEGORIES = {"DIGIT": r"\d", "NOT_DIGIT": r"\D", "SPACE": r"\s", "NOT_SPACE": r"\S", "WORD": r"\w", "NOT_WORD": r"\W"}
