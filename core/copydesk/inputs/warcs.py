"""WARC and WET files: the frame of each record by our own, so that no end comes unseen.

Each record is read whole once, so that all its bytes are checked: in a listing those that are passed over, and of a
document no more than its headers, for it will be fetched.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache, partial
from importlib.util import find_spec
from typing import NamedTuple

from copydesk import files
from copydesk.inputs.bodies import decoded
from copydesk.inputs.members import Member, nothing
from copydesk.inputs.streams import MAKE_WHOLE, Stream
from copydesk.inputs.values import Damage, InputError

MOST_HEADER = 1 << 16
"""A header longer than this is none."""

TYPES = frozenset(("text/html", "text/plain", "application/xhtml+xml"))
KINDS = frozenset(("response", "conversion", "resource"))
"""The types of records that can be documents."""

TYPE = re.compile(rb"\n(?i:WARC-Type)[ \t]*:[ \t]*([^\r\n]*)")
LENGTH = re.compile(rb"\n(?i:Content-Length)[ \t]*:[ \t]*(\d{1,18})[ \t]*\r?\n")
FIELD = re.compile(rb"\n(?i:(WARC-Target-URI|WARC-Date|Content-(?:Type|Encoding)|Transfer-Encoding))"
                   rb"[ \t]*:[ \t]*([^\r\n]*)")  # fmt: skip
"""What is wanted of a header, and of a document's."""

STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})\b")
CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\s\"';,]+)", re.I)
END = b"\r\n\r\n"
HEADER_END = re.compile(END)
HTTP_END = re.compile(rb"\n\r?\n")
"""Servers end lines in both ways."""

CODING = re.compile(r"[^\s,]+")
CODED_BY = (b"content-encoding", b"transfer-encoding")
"""What names codings, in the order in which they are put on."""

_Fields = dict[bytes, bytes]


class _Record(NamedTuple):
    """A record whose header has been read: its type, the header, how long the block is, and its number or place."""

    kind: str
    header: bytes
    length: int
    number: int
    place: int = 0

    @property
    def called(self) -> str:
        """What the record is called in a message."""
        return f"record {self.number}" if self.number else f"the record at byte {self.place}"


def members(path: str, compression: str, _: Collection[str], *, listing: bool) -> Iterator[Member]:
    """Give the records of a file. Raises Damage behind the last whole one where the file breaks off.

    In a listing a record has gone by before it is given, so that it is known to be whole, or, of a document that is
    compressed by itself, that it is as long as it says.
    """
    _check_installed()
    with files.opened(path) as file:
        stream = Stream(file, path, compression)
        number = 0
        while not stream.ended():
            number += 1
            offset = stream.offset()
            record = _record(stream, number)
            end = stream.at + record.length
            member = _member(record, stream)
            damage = _go_by(member, record, stream, end, offset) if listing else None
            yield member if offset is None or member.why is not None else _direct(member, stream, offset)
            if damage:
                raise damage
            if not listing:
                _skip(stream, end - stream.at)
                _end(stream, record)


def fetch(path: str, where: tuple[int, ...], limit: int) -> bytes:
    """Return the bytes of the document in the record at a place, up to a limit and one more."""
    offset, size = where
    with files.direct(path) if files.is_remote(path) else open(path, "rb", buffering=0) as file:
        file.seek(offset)
        stream = Stream(file, path, "gz" if path.lower().endswith(".gz") else "")
        if size:
            stream.load(size, limit + 2 * MOST_HEADER)
        record = _record(stream, 0, offset)
        end = stream.at + record.length
        data = _content(stream, record, limit)
        if stream.at == end:
            _check_end(stream, record, offset + size if size else None)
        return data


def _go_by(member: Member, record: _Record, stream: Stream, end: int, offset: int | None) -> Damage | None:
    """Pass over a record, and return what is wrong with its end."""
    if member.why is None and offset is not None and stream.leave(end + len(END) - stream.at):
        return None
    _skip(stream, end - stream.at)
    try:
        _end(stream, record)
    except Damage as problem:
        return problem
    return None


def _direct(member: Member, stream: Stream, offset: int) -> Member:
    """Return a document that has gone by with its place, and how much of the file is its own, or 0."""
    end = stream.end()
    return member._replace(where=(offset, 0 if end is None else end - offset))


def _record(stream: Stream, number: int, place: int = 0) -> _Record:
    """Read the header of a record."""
    header = stream.until(HEADER_END, MOST_HEADER)
    kind, length = TYPE.search(header), LENGTH.search(header)
    record = _Record(_text(kind[1]).lower() if kind else "", header, int(length[1]) if length else 0, number, place)
    if not header.startswith(b"WARC/") and len(header) > 4:
        raise _damaged(stream, record.called, f"it does not begin with WARC/ but with {header[:20]!r}")
    if not header.endswith(END):
        raise (_truncated(stream, record.called) if stream.ended() else
               _damaged(stream, record.called, "its header has no end"))  # fmt: skip
    if length is None:
        raise _damaged(stream, record.called, "it has no Content-Length, or one that is no number")
    return record


def _fields(header: bytes) -> _Fields:
    return {key.lower(): value for key, value in FIELD.findall(header)}


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace").strip()


def _member(record: _Record, stream: Stream) -> Member:
    """Return a record as a member; of a response the HTTP header is read here."""
    name, kind = str(record.number), record.kind
    if kind not in KINDS:
        return Member(name, f"WARC {kind or 'record without type'}", nothing)
    fields = said = _fields(record.header)
    load, why = partial(_body, stream, record.length), None
    if kind == "response":
        if not _is_http(fields):
            return Member(name, "WARC response", nothing)
        head = stream.until(HTTP_END, min(record.length, MOST_HEADER))
        said, why = _fields(head), _status(head)
        load = partial(_response, stream, record, head, said)
    type_, charset = _type(said.get(b"content-type", b""))
    why = why or (None if type_ in TYPES else type_ or "no content type")
    address, day = _text(fields.get(b"warc-target-uri", b"")).strip("<>"), _text(fields.get(b"warc-date", b""))[:10]
    return Member(name, why, load, (), address, day, charset)


def _is_http(fields: _Fields) -> bool:
    return fields.get(b"content-type", b"").lower().startswith(b"application/http")


def _content(stream: Stream, record: _Record, limit: int) -> bytes:
    """Return what a record holds that is a document."""
    if record.kind != "response":
        return _body(stream, record.length, limit)
    head = stream.until(HTTP_END, min(record.length, MOST_HEADER))
    return _response(stream, record, head, _fields(head), limit)


@lru_cache(maxsize=256)
def _type(content_type: bytes) -> tuple[str, str]:
    """Return the type and the character set that a field names, or nothing for each."""
    kind, _, rest = content_type.decode("utf-8", "replace").partition(";")
    charset = CHARSET.search(rest)
    return kind.strip().lower(), charset[1] if charset else ""


def _status(head: bytes) -> str | None:
    found = STATUS.match(head)
    if not found:
        return "WARC response without HTTP"
    return None if found[1].startswith(b"2") else f"HTTP {found[1].decode()}"


def _response(stream: Stream, record: _Record, head: bytes, said: _Fields, limit: int) -> bytes:
    """Return what a response holds, as it was before it was encoded for the way."""
    left = record.length - len(head)
    if left and not head.endswith((b"\n\n", b"\n\r\n")):
        raise _damaged(stream, record.called, "its HTTP header has no end")
    codings = CODING.findall(",".join(_text(said[name]).lower() for name in CODED_BY if name in said))
    if not codings or left > limit + MOST_HEADER:  # too much, whatever it is
        return _body(stream, left, limit)
    try:
        return decoded(_body(stream, left, left), codings, limit)
    except (OSError, ValueError) as problem:
        raise Damage("damaged", f"{stream.path!r}: the content of {record.called} cannot be decoded ({problem}); "
                     "capture the page again") from problem  # fmt: skip


def _body(stream: Stream, left: int, limit: int) -> bytes:
    """Return what is left of a record, up to a limit and one more."""
    wanted = min(left, limit + 1)
    body = stream.read(wanted)
    if len(body) < wanted:
        raise _truncated(stream)
    return body


def _skip(stream: Stream, size: int) -> None:
    if stream.skip(size) < size:
        raise _truncated(stream)


def _end(stream: Stream, record: _Record) -> None:
    """Read what stands behind each record."""
    behind = stream.read(len(END))
    if len(behind) < len(END) and END.startswith(behind):
        raise _truncated(stream, record.called)
    if behind != END:
        raise _damaged(stream, record.called, f"its end is {behind!r}, so its Content-Length is wrong")


def _check_end(stream: Stream, record: _Record, end: int | None) -> None:
    """Check that a document was all of its record; where the file breaks off behind it, it was."""
    try:
        _end(stream, record)
    except Damage as problem:
        if problem.code != "truncated":
            raise
    else:
        if end is not None and stream.end() != end:
            what = "it does not end where the next one begins, so it is damaged, or feigns the records behind it"
            raise _damaged(stream, record.called, what)


def _truncated(stream: Stream, called: str = "") -> Damage:
    where = f" in {called}" if called else ""
    return Damage("truncated", f"{stream.path!r}: the file breaks off{where}; {MAKE_WHOLE}")


def _damaged(stream: Stream, called: str, what: str) -> Damage:
    return Damage("damaged", f"{stream.path!r}: {called}: {what}; {MAKE_WHOLE}")


def _check_installed() -> None:
    if find_spec("fastwarc") is None:
        raise InputError("WARC files need the library fastwarc; pip install 'copydesk[warc]'")
