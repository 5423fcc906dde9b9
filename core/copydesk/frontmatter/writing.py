"""Writes frontmatter in one form that every YAML reader reads alike, and seals it with hashes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from copydesk.digest import hex_digest
from copydesk.errors import CopydeskError

if TYPE_CHECKING:
    from yaml.events import Event

KEYS = (
    *("id", "title", "date", "lang"),
    *("source_id", "source_name", "source_label", "archive"),
    *("agency", "dateline", "dateline_place", "dateline_date", "author"),
    *("original_url", "capture_url", "captured", "related"),
    *("schema", "converter", "plugin", "capture_layout", "input_file", "input_sha256"),
    *("body_sha256", "frontmatter_sha256", "warnings"),
)
"""The keys that Copydesk writes, in the order in which they stand."""

Writable = str | int | Sequence[str]
"""What a key can hold when it is written (a bool is an int)."""

_WIDTH = 2**31 - 1  # the widest that libyaml knows: no string is ever folded

# What a person cannot see, or a reader may take for something else. Fixed, so that the output does not change with
# Python's version: C0 (but for the line feed between lines), DEL to U+00A0, soft hyphen, fillers, joiners, bidi
# controls, odd spaces, line and paragraph separators, variation selectors, private use and noncharacters of the BMP.
_UNSEEN = (
    "\\x00-\\x09\\x0b-\\x1f\\x7f-\\xa0\\xad"
    "\\u034f\\u061c\\u115f\\u1160\\u1680\\u17b4\\u17b5\\u180b-\\u180f"
    "\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u3164"
    "\\ue000-\\uf8ff\\ufdd0-\\ufdef\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufffb\\ufffe\\uffff"
)
_IN_JSON = frozenset('"\\/bfnrtu')
_NAMED = {"0": 0x00, "a": 0x07, "v": 0x0B, "e": 0x1B, " ": 0x20, "N": 0x85, "_": 0xA0, "L": 0x2028, "P": 0x2029}

_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))  # not strings to YAML 1.1


class Sealed(NamedTuple):
    """A document as it is written: all keys in order, with both hashes, and the whole file."""

    frontmatter: dict[str, Any]
    markdown: str


def dump(data: Mapping[str, Writable]) -> str:
    """Write the lines between the fences: each string on one line, double-quoted, in a form that is also JSON.

    Keys stay in their order; those without a value (empty string or list) are left out, and lone surrogates, which
    no file can hold, become U+FFFD. Raises `CopydeskError` for a key or value that frontmatter cannot have.
    """
    import yaml
    from yaml import events as make

    # Events, not objects: 60 microseconds for 22 keys against 170 for a dumper with a representer.
    events: list[Event] = [make.StreamStartEvent(), make.DocumentStartEvent(explicit=False)]
    events.append(make.MappingStartEvent(None, None, True, flow_style=False))
    for key, value in data.items():
        if not _empty(value):
            events.append(_key(key))
            events += _value_events(key, value, make)
    if len(events) == 3:
        return ""
    events += (make.MappingEndEvent(), make.DocumentEndEvent(explicit=False), make.StreamEndEvent())
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text: str = yaml.emit(events, Dumper=dumper, width=_WIDTH, allow_unicode=True)
    return _json_form(text.replace("\n- ", "\n  - "))  # no string has a raw line feed: this is an item


def seal(data: Mapping[str, Writable], body: str) -> Sealed:
    """Put a document together: keys in the order of `KEYS`, unknown ones behind, and the two hashes computed.

    The body gets LF line ends and exactly one at its end; behind an empty body the file ends with its fence.
    """
    body = _one_end(body)
    rest = {**data, "body_sha256": body_hash(body), "frontmatter_sha256": ""}
    ordered = {key: rest.pop(key) for key in KEYS if key in rest} | rest
    text = dump(ordered)
    ordered["frontmatter_sha256"] = digest = frontmatter_hash(text)
    at = _line(text, "body_sha256")[1]
    head = f'---\n{text[:at]}frontmatter_sha256: "{digest}"\n{text[at:]}---\n'
    full = {key: value for key, value in ordered.items() if not _empty(value)}
    return Sealed(full, f"{head}\n{body}" if body else head)


def compose(data: Mapping[str, Writable], body: str) -> str:
    """Return the whole file: fence, frontmatter with both hashes, fence, blank line, body."""
    return seal(data, body).markdown


def body_hash(body: str) -> str:
    """Return the hex SHA-256 of the UTF-8 of a body as it stands behind the blank line."""
    return hex_digest(body.encode("utf-8", "surrogatepass"))


def frontmatter_hash(text: str) -> str:
    """Return the hex SHA-256 of the lines between the fences, without the line that holds this hash."""
    start, end = _line(text, "frontmatter_sha256")
    return body_hash(text[:start] + text[end:])  # a second such line is an edit


def _empty(value: object) -> bool:
    return value is None or (not value and not isinstance(value, int))


def _line(text: str, key: str) -> tuple[int, int]:
    """Return where the first line of a key begins and ends; where there is none, the end of the text twice."""
    start = f"\n{text}".find(f"\n{key}:")
    return (start, text.find("\n", start) + 1 or len(text)) if start >= 0 else (len(text), len(text))


@cache
def _key(key: str) -> Event:
    """Return the event that writes a key, bare; there are few, and each is written again and again."""
    from yaml import ScalarEvent

    named = key.isidentifier() and key.isascii() and key == key.lower() and not key.startswith("_")
    if not named or len(key) > 100 or key in _WORDS:
        raise CopydeskError(f"the key {key!r} cannot stand bare in frontmatter; name it in snake_case (a-z, 0-9, _)")
    return ScalarEvent(None, None, (True, False), key)


def _value_events(key: str, value: object, make: Any) -> list[Event]:
    if isinstance(value, str):
        return [make.ScalarEvent(None, None, (False, True), _whole(value), style='"')]
    if isinstance(value, bool):
        return [make.ScalarEvent(None, None, (True, False), "true" if value else "false")]
    if isinstance(value, int):
        return [make.ScalarEvent(None, None, (True, False), str(value))]
    if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
        items = (make.ScalarEvent(None, None, (False, True), _whole(item), style='"') for item in value)
        return [make.SequenceStartEvent(None, None, True, flow_style=False), *items, make.SequenceEndEvent()]
    raise CopydeskError(f"the value {value!r} of {key!r} cannot stand in frontmatter; give a string or a list of them")


def _whole(text: str) -> str:
    return text if text.isascii() else _patterns()[0].sub("\ufffd", text)


def _json_form(text: str) -> str:
    if text.isascii() and "\\" not in text:
        return text
    _, doubtful, token = _patterns()
    return token.sub(_json_token, text) if doubtful.search(text) else text


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Compile the large character sets when they are first needed: they would take 4 ms of every start."""
    return (
        re.compile("[\ud800-\udfff]"),
        re.compile(f"[\\\\{_UNSEEN}]"),
        re.compile(f"\\\\(?:x[0-9A-F]{{2}}|U[0-9A-F]{{8}}|.)|[{_UNSEEN}]"),
    )


def _json_token(match: re.Match[str]) -> str:
    token = match[0]
    if len(token) == 1:
        return f"\\u{ord(token):04X}"
    if token[1] in _IN_JSON:
        return token
    code = int(token[2:], 16) if token[1] in "xU" else _NAMED[token[1]]
    # An astral character stays raw: its surrogate pair, the only form JSON has, breaks three YAML readers.
    return chr(code) if code > 0xFFFF else f"\\u{code:04X}"


def _one_end(body: str) -> str:
    body = _whole(body).replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    return f"{body}\n" if body else ""
