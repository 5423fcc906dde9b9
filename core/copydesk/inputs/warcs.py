"""WARC and WET files: the frame of each record by our own, so that no end comes unseen, and its HTTP by fastwarc."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator
from functools import partial
from importlib.util import find_spec
from typing import NamedTuple

from copydesk import files
from copydesk.inputs.members import Member, nothing
from copydesk.inputs.streams import MAKE_WHOLE, Stream
from copydesk.inputs.values import Damage, InputError

MOST_HEADER = 1 << 16
"""A header longer than this is none."""

HTTP_HEAD = 1 << 16
"""So much of a response is looked at for its HTTP header."""

TYPES = frozenset(("text/html", "text/plain", "application/xhtml+xml"))
FIELD = re.compile(rb"^(WARC-T(?:ype|arget-URI)|WARC-Date|Content-(?:Type|Length|Encoding)|Transfer-Encoding)[ \t]*:"
                   rb"[ \t]*(.*?)[ \t\r]*$", re.M | re.I)  # fmt: skip
"""What is wanted of a header."""

STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})\b")
CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\s\"';,]+)", re.I)
END = b"\r\n\r\n"


class _Record(NamedTuple):
    """A record whose header has been read: its header as bytes, what the header says, and how long its block is."""

    header: bytes
    fields: dict[str, str]
    length: int


def members(path: str, compression: str, _: Collection[str], *, listing: bool) -> Iterator[Member]:
    """Give the records of a file. Raises Damage behind the last whole one where the file breaks off.

    In a listing a record has gone by before it is given, so that it is known to be whole.
    """
    _check_installed()
    with files.opened(path) as file:
        stream = Stream(file, path, compression)
        number = 0
        while not stream.ended():
            number += 1
            offset = _offset(stream, compression)
            record = _record(stream, number)
            end = stream.at + record.length
            member = _member(record, stream, str(number))
            if listing:
                _skip(stream, end - stream.at)
            yield member if offset is None else member._replace(where=(offset,))
            _skip(stream, end - stream.at)
            _end(stream, number)


def fetch(path: str, where: tuple[int, ...], limit: int) -> bytes:
    """Return the bytes of the document in the record at an offset, up to a limit and one more."""
    with files.direct(path) as file:
        file.seek(where[0])
        stream = Stream(file, path, "gz" if file.read(2) == b"\x1f\x8b" else "")
        file.seek(where[0])
        return _member(_record(stream, 0), stream, "").load(limit)


def _offset(stream: Stream, compression: str) -> int | None:
    """Return where the record begins in the file if one can begin to read there, or None."""
    return stream.offset() if compression in ("", "gz") else None


def _record(stream: Stream, number: int) -> _Record:
    """Read the header of a record."""
    header = stream.until(END, MOST_HEADER)
    if not header.startswith(b"WARC/") and len(header) > 4:
        raise _damaged(stream, number, f"it does not begin with WARC/ but with {header[:20]!r}")
    if not header.endswith(END):
        raise _truncated(stream, number) if stream.ended() else _damaged(stream, number, "its header has no end")
    fields = _fields(header)
    length = fields.get("content-length", "")
    if not length.isdecimal():
        raise _damaged(stream, number, f"its Content-Length is {length!r}")
    return _Record(header, fields, int(length))


def _fields(header: bytes) -> dict[str, str]:
    return {key.decode().lower(): value.decode("utf-8", "replace") for key, value in FIELD.findall(header)}


def _member(record: _Record, stream: Stream, name: str) -> Member:
    """Return a record as a member; of a response the HTTP header is read here."""
    kind, fields = record.fields.get("warc-type", "").lower(), record.fields
    known = Member(name, None, nothing, (), fields.get("warc-target-uri", "").strip("<>"),
                   fields.get("warc-date", "")[:10])  # fmt: skip
    if kind == "response" and fields.get("content-type", "").lower().startswith("application/http"):
        head = stream.read(min(record.length, HTTP_HEAD))
        said_head, _, body = head.partition(END)
        said = _fields(said_head)
        known = _typed(known._replace(why=_status(head)), said.get("content-type", ""))
        if "content-encoding" in said or "transfer-encoding" in said:
            return known._replace(load=partial(_decoded, stream, record, head))
        return known._replace(load=partial(_body, stream, body, record.length - len(head)))
    if kind in ("conversion", "resource"):
        return _typed(known, fields.get("content-type", ""))._replace(load=partial(_body, stream, b"", record.length))
    return known._replace(why=f"WARC {kind or 'record without type'}")


def _status(head: bytes) -> str | None:
    found = STATUS.match(head)
    if not found:
        return "WARC response without HTTP"
    return None if found[1].startswith(b"2") else f"HTTP {found[1].decode()}"


def _typed(member: Member, content_type: str) -> Member:
    """Return a member with its character set, passed over where it is of another type than captures are."""
    kind, _, rest = content_type.partition(";")
    kind = kind.strip().lower()
    charset = CHARSET.search(rest)
    why = member.why or (None if kind in TYPES else kind or "no content type")
    return member._replace(why=why, encoding=charset[1] if charset else "")


def _body(stream: Stream, start: bytes, left: int, limit: int) -> bytes:
    """Return what a record holds, of which the start has been read."""
    wanted = max(0, min(left, limit + 1 - len(start)))
    rest = stream.read(wanted)
    if len(rest) < wanted:
        raise _truncated(stream, 0)
    return start + rest


def _decoded(stream: Stream, record: _Record, head: bytes, limit: int) -> bytes:
    """Return what a response holds, as it was before it was encoded for the way."""
    if record.length > limit + HTTP_HEAD:
        return stream.read(limit + 1)  # too much, whatever it is
    block = head + stream.read(record.length - len(head))
    if len(block) < record.length:
        raise _truncated(stream, 0)
    from fastwarc.warc import ArchiveIterator

    try:
        for found in ArchiveIterator(io.BytesIO(record.header + block + END), auto_decode="all"):
            return bytes(found.reader.read(limit + 1))
    except (OSError, ValueError) as problem:
        raise Damage("damaged", f"{stream.path!r}: the content of a record cannot be decoded ({problem}); capture the "
                     "page again") from problem  # fmt: skip
    raise Damage("damaged", f"{stream.path!r}: fastwarc finds no record where one is; {MAKE_WHOLE}")


def _skip(stream: Stream, size: int) -> None:
    if stream.skip(size) < size:
        raise _truncated(stream, 0)


def _end(stream: Stream, number: int) -> None:
    """Read what stands behind each record."""
    behind = stream.read(len(END))
    if len(behind) < len(END):
        raise _truncated(stream, number)
    if behind != END:
        raise _damaged(stream, number, f"its end is {behind!r}, so its Content-Length is wrong")


def _truncated(stream: Stream, number: int) -> Damage:
    where = f" in record {number}" if number else ""
    return Damage("truncated", f"{stream.path!r}: the file breaks off{where}; {MAKE_WHOLE}")


def _damaged(stream: Stream, number: int, what: str) -> Damage:
    return Damage("damaged", f"{stream.path!r}: record {number}: {what}; {MAKE_WHOLE}")


def _check_installed() -> None:
    if find_spec("fastwarc") is None:
        raise InputError("WARC files need the library fastwarc; pip install 'copydesk[warc]'")
