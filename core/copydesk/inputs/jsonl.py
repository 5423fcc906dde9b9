"""JSON Lines: a document a line, in fields that the user names."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from copydesk import files
from copydesk.errors import CopydeskError
from copydesk.inputs.members import Member, nothing
from copydesk.inputs.streams import Stream
from copydesk.inputs.values import Damage
from copydesk.page import MAX_BYTES

KEYS = ("text", "url", "captured", "name")
"""What a field can be for, and what it is called where nobody says otherwise."""

MOST_LINE = 8 * MAX_BYTES
DAY = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")


def parsed(fields: str) -> dict[str, str]:
    """Return the name of each field from `text=body,url=link`; raise CopydeskError for what is none of these."""
    named: dict[str, str] = {}
    for part in filter(None, fields.split(",")):
        key, equals, name = part.partition("=")
        if key not in KEYS or not equals or not name or key in named:
            raise CopydeskError(f"--fields {fields!r}: {part!r} names no field; write KEY=FIELD once for each, with "
                                f"{', '.join(KEYS)} for KEY")  # fmt: skip
        named[key] = name
    return named


def members(
    path: str,
    compression: str,
    _: Collection[str],
    *,
    listing: bool,  # noqa: ARG001 - containers of all kinds are read by one call
    fields: str = "",
) -> Iterator[Member]:
    """Give the documents of a file. A line that has none is a member with a fault; blank lines are none at all."""
    named = parsed(fields)
    with files.opened(path) as file:
        stream = Stream(file, path, compression)
        number = 0
        while not stream.ended():
            number += 1
            start = stream.at
            line = stream.line(MOST_LINE)
            if line.strip():
                where = () if compression else (start, len(line))
                yield _member(line, f"{path}:{number}", str(number), named)._replace(where=where)
            while not line.endswith(b"\n") and not stream.ended():  # the rest of a line that is too long
                line = stream.line(MOST_LINE)


def fetch(path: str, where: tuple[int, ...], limit: int, *, fields: str = "") -> bytes:
    """Return the document of the line at an offset."""
    offset, size = where
    with files.direct(path) as file:
        file.seek(offset)
        member = _member(file.read(size), path, "", parsed(fields))
    if member.fault:
        raise Damage(member.fault, member.reason)
    return member.load(limit)


def _member(line: bytes, place: str, name: str, named: Mapping[str, str]) -> Member:
    bad = Member(name, None, nothing, fault="bad-line")
    if len(line) >= MOST_LINE and not line.endswith(b"\n"):
        return bad._replace(reason=f"{place}: the line has more than {MOST_LINE} bytes; give the document as a file")
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as problem:
        return bad._replace(reason=f"{place}: this is no line of JSON ({problem}); mend it, or take it out")
    if not isinstance(row, dict):
        return bad._replace(reason=f"{place}: this is no JSON object but {str(row)[:20]!r}; mend it, or take it out")
    values = {key: row.get(named.get(key, key)) for key in KEYS}
    reason = _wrong(values, row, named)
    return bad._replace(reason=f"{place}: {reason}") if reason else _document(name, values)


def _wrong(values: Mapping[str, Any], row: Mapping[str, Any], named: Mapping[str, str]) -> str:
    """Return what is wrong with the fields of a line, or nothing."""
    field = named.get("text", "text")
    if values["text"] is None:
        return f"no field {field!r} in {', '.join(row) or 'an empty object'}; name it with --fields text=FIELD"
    for key, value in values.items():
        if value is not None and not isinstance(value, str) and (key == "text" or key in named):
            return f"the field {named.get(key, key)!r} is no string but {str(value)[:20]!r}; mend it"
    if "captured" in named and values["captured"] and not DAY.match(values["captured"]):
        return f"the field {named['captured']!r} is {values['captured'][:20]!r} and no ISO day; mend it"
    return ""


def _document(name: str, values: Mapping[str, Any]) -> Member:
    text, url, captured, stem = (value if isinstance(value, str) else "" for value in values.values())
    day = DAY.match(captured)
    data = text.encode("utf-8", "surrogatepass")
    return Member(name, None, lambda _: data, (), url, day[0] if day else "", "utf-8", stem=stem)
