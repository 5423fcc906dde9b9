"""Writes frontmatter again after some values have changed, with all other lines as a person left them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from copydesk.errors import CopydeskError, FrontmatterError
from copydesk.frontmatter.reading import Parsed, parse, split
from copydesk.frontmatter.writing import KEYS, body_hash, compose, dump, frontmatter_hash

_BODY, _FRONTMATTER = "body_sha256", "frontmatter_sha256"


class _Stretch(NamedTuple):
    """The lines of a key, and the comments and blank lines behind them, which may belong to the next key."""

    key: str
    lines: list[str]
    comments: list[str]


def rewritten(text: str, data: Mapping[str, Any], body: str) -> str:
    """Return a file with these values and this body; ``text`` is the file as it was, or empty.

    Where nothing has changed, it is the text itself. What has changed is written in Copydesk's form: a value on
    its own lines, the file with LF line ends and without BOM, the body with a newline at its end. Keys without a value
    are left out. Raises CopydeskError for a key or a value that frontmatter cannot have, and where comments of a
    person's would be lost.
    """
    body = _ended(body)
    if not text:
        return _whole(dump(data), body)
    old = parse(text)
    wanted = _wanted(data, old)
    if body == _ended(old.body) and _same(wanted, old.data):
        return text
    merged = _whole(_merged(old, wanted), body)
    if _holds(merged, wanted, body):
        return merged
    if re.search(r"(?:^|\s)#", old.frontmatter_text, re.MULTILINE):
        raise CopydeskError("the frontmatter has comments that would be lost; put each key on a line of its own")
    return _whole(dump(wanted), body)


def sealed(text: str, data: Mapping[str, Any], body: str) -> str:
    """Return the file as `rewritten` does, with both hashes made anew."""
    own = [key for key in data if key not in KEYS]
    if own:
        fact = f"{', '.join(map(repr, own))}: no key of Copydesk's, and a new run would lose it with a sealed file"
        raise CopydeskError(f"{fact}; take it out, or write without seal")
    if not text:
        return compose(data, body)
    body = _ended(body)
    unsealed = rewritten(text, {**data, _BODY: body_hash(body), _FRONTMATTER: "0" * 64}, body)
    lines = split(unsealed)[0].split("\n")
    lines = _with_hash(lines, _BODY, body_hash(body))
    lines = _with_hash(lines, _FRONTMATTER, frontmatter_hash("\n".join(lines)))
    return _whole("\n".join(lines), body)


def carried(text: str, present: str) -> tuple[str, list[str]]:
    """Return a new text with the keys of a person's that the present file has, and these keys.

    They stand at the end, as they were written. What cannot be read has none.
    """
    try:
        old, new = parse(present), parse(text)
    except FrontmatterError:
        return text, []
    own = [stretch for stretch in _stretches(old)[1] if stretch.key not in KEYS and stretch.key not in new.data]
    lines = [line for stretch in own for line in (*stretch.lines, *stretch.comments)]
    merged = _whole(new.frontmatter_text + "".join(f"{line}\n" for line in lines), new.body)
    wanted = new.data | {stretch.key: old.data[stretch.key] for stretch in own}
    return (merged, [stretch.key for stretch in own]) if own and _holds(merged, wanted, new.body) else (text, [])


def _wanted(data: Mapping[str, Any], old: Parsed) -> dict[str, Any]:
    """Return the values that the file is to have: all but those that are empty now and were not so before."""
    plain = {key: list(value) if isinstance(value, tuple) else value for key, value in data.items()}
    empty: tuple[object, ...] = ("", [], None)
    return {key: value for key, value in plain.items()
            if value not in empty or (key in old.data and _same(value, old.data[key]))}  # fmt: skip


def _with_hash(lines: list[str], key: str, digest: str) -> list[str]:
    return [f'{key}: "{digest}"' if line.startswith(f"{key}:") else line for line in lines]


def _merged(old: Parsed, data: Mapping[str, Any]) -> str:
    """Return the lines between the fences: those of values that are the same as they were, the others anew."""
    head, stretches = _stretches(old)
    present = {stretch.key for stretch in stretches}
    lines = list(head)
    later = [key for key in data if key not in present]
    for stretch in stretches:
        lines += (line for key in _due(later, stretch.key) for line in _lines(key, data[key]))
        if stretch.key in data:
            value = data[stretch.key]
            same = _same(value, old.data[stretch.key])
            lines += stretch.lines if same else _lines(stretch.key, value, *stretch.lines[:1])
        lines += stretch.comments
    lines += (line for key in later for line in _lines(key, data[key]))
    return "".join(f"{line}\n" for line in lines)


def _stretches(old: Parsed) -> tuple[list[str], list[_Stretch]]:
    """Cut the frontmatter into what stands before the first key, and the stretch of each key."""
    lines = old.frontmatter_text.split("\n")[:-1]
    starts = [(old.lines[key] - 2, key) for key in old.data]
    ends = [*(start for start, _ in starts[1:]), len(lines)]
    head = lines[: starts[0][0]] if starts else lines
    return head, [_stretch(key, lines[start:end]) for (start, key), end in zip(starts, ends, strict=True)]


def _stretch(key: str, lines: list[str]) -> _Stretch:
    end = len(lines)
    while end > 1 and (not lines[end - 1] or lines[end - 1][0] == "#"):
        end -= 1
    return _Stretch(key, lines[:end], lines[end:])


def _due(later: list[str], key: str) -> list[str]:
    """Take out the new keys of Copydesk's that stand before a key."""
    if key not in KEYS:
        return []
    due = [new for new in later if new in KEYS and KEYS.index(new) < KEYS.index(key)]
    later[:] = [new for new in later if new not in due]
    return due


def _lines(key: str, value: Any, line: str = "") -> list[str]:
    """Return the lines of a key; the one that it has may spell it in a way that Copydesk would not."""
    for spelled in (key, json.dumps(key, ensure_ascii=False), f"'{key}'"):
        if line.startswith(f"{spelled}:"):
            return (spelled + dump({"value": value}).removeprefix("value")).rstrip("\n").split("\n")
    return dump({key: value}).rstrip("\n").split("\n")


def _whole(frontmatter: str, body: str) -> str:
    return f"---\n{frontmatter}---\n" + (f"\n{body}" if body else "")


def _ended(body: str) -> str:
    body = body.replace("\r\n", "\n")
    return body if not body or body.endswith("\n") else f"{body}\n"


def _holds(text: str, data: Mapping[str, Any], body: str) -> bool:
    """Tell whether a file is read as it is wanted: lines that were kept may have meant something else elsewhere."""
    try:
        parsed = parse(text)
    except FrontmatterError:
        return False
    return _same(parsed.data, data) and parsed.body == body


def _same(value: Any, other: Any) -> bool:
    """Tell whether two values are written alike, whatever the order of keys.

    That `1 == True` is not enough, and a NaN is like itself.
    """
    if isinstance(value, Mapping) and isinstance(other, Mapping):
        return value.keys() == other.keys() and all(_same(value[key], other[key]) for key in value)
    return repr(value) == repr(other)
