"""The forms of a corpus: a folder, or one file of it as ZIP, tar, WARC or JSON Lines, byte for byte the same each time.

Nothing is compressed, for two versions of one compressor may write different bytes; and no file has a day of its own.
"""

from __future__ import annotations

import json
import tarfile
import uuid
import zipfile
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

PER_FOLDER = 1000
"""So many documents stand in one folder."""
CAPTURED = "2026-03-01T00:00:00Z"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first day that ZIP knows."""


class Entry(NamedTuple):
    """A document of a corpus: its name, its media type, its address and its bytes."""

    name: str
    media: str
    url: str
    data: bytes


class Built(NamedTuple):
    """A corpus that is there: what to convert, how many documents it has, and how many bytes they have in all."""

    path: Path
    documents: int
    size: int


def write(entries: Iterable[Entry], folder: Path, form: str = "folder", *, flat: bool = False) -> Built:
    """Write a corpus in a form, into a folder that is made if it is not there; at no time are all in memory."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder if form == "folder" else folder / f"captures.{form}"
    counted = _Counted()
    FORMS[form](path, counted.through(_placed(entries, flat=flat)))
    return Built(path, counted.documents, counted.size)


class _Counted:
    """Counts what goes through."""

    def __init__(self) -> None:
        self.documents = self.size = 0

    def through(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        for entry in entries:
            self.documents += 1
            self.size += len(entry.data)
            yield entry


def _placed(entries: Iterable[Entry], *, flat: bool) -> Iterator[Entry]:
    """Give the documents, each with the folder that it stands in before its name."""
    for number, entry in enumerate(entries):
        yield entry if flat else entry._replace(name=f"{number // PER_FOLDER:03}/{entry.name}")


def _folder(folder: Path, entries: Iterable[Entry]) -> None:
    made: set[Path] = set()
    for entry in entries:
        path = folder / entry.name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(entry.data)


def _zip(path: Path, entries: Iterable[Entry]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for entry in entries:
            member = zipfile.ZipInfo(entry.name, EPOCH)
            member.create_system, member.external_attr = 3, 0o644 << 16  # as Unix writes it, on every system
            archive.writestr(member, entry.data)


def _tar(path: Path, entries: Iterable[Entry]) -> None:
    with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as archive:
        for entry in entries:
            member = tarfile.TarInfo(entry.name)
            member.size = len(entry.data)
            archive.addfile(member, BytesIO(entry.data))


def _warc(path: Path, entries: Iterable[Entry]) -> None:
    with path.open("wb") as file:
        for entry in entries:
            file.write(_record(entry))


def _record(entry: Entry) -> bytes:
    answer = (f"HTTP/1.1 200 OK\r\nContent-Type: {entry.media}; charset=utf-8\r\n"
              f"Content-Length: {len(entry.data)}\r\n\r\n").encode() + entry.data  # fmt: skip
    head = ("WARC/1.0\r\nWARC-Type: response\r\n"
            f"WARC-Record-ID: <urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, entry.url)}>\r\n"
            f"WARC-Date: {CAPTURED}\r\nWARC-Target-URI: {entry.url}\r\n"
            "Content-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n").encode()  # fmt: skip
    return head + answer + b"\r\n\r\n"


def _lines(path: Path, entries: Iterable[Entry]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for entry in entries:
            row = {"name": entry.name, "url": entry.url, "captured": CAPTURED, "text": entry.data.decode()}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


FORMS: dict[str, Callable[[Path, Iterable[Entry]], None]] = {
    "folder": _folder,
    "zip": _zip,
    "tar": _tar,
    "warc": _warc,
    "jsonl": _lines,
}
"""What writes each form; a file is called by it, as in `captures.zip`."""
