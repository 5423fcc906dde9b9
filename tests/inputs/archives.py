"""Containers made in the tests: the same pages in each kind, by the standard library or by hand."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import zstandard

Pages = Mapping[str, bytes]


def zipped(pages: Pages, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in pages.items():
            archive.writestr(name, data)
    return buffer.getvalue()


class _OneWay(io.RawIOBase):
    """A file to which can only be added, so that sizes are written behind the members."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        self.data += bytes(data)  # type: ignore[call-overload]  # a buffer
        return len(bytes(data))  # type: ignore[call-overload]


def streamed_zip(pages: Pages) -> bytes:
    """Return a ZIP archive as a program writes it that cannot go back."""
    buffer = _OneWay()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in pages.items():
            archive.writestr(name, data)
    return bytes(buffer.data)


def tarred(pages: Pages) -> bytes:
    """Return a tar archive."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in pages.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def record(
    block: bytes, kind: str = "response", content_type: str = "application/http; msgtype=response", **more: str
) -> bytes:
    """Return a WARC record."""
    fields = {"WARC-Type": kind, "WARC-Record-ID": "<urn:uuid:12345678-1234-1234-1234-123456789012>",
              "WARC-Date": "2023-05-10T23:59:59Z", "Content-Type": content_type,
              **{key.replace("_", "-"): value for key, value in more.items()},
              "Content-Length": str(len(block))}  # fmt: skip
    head = "".join(f"{key}: {value}\r\n" for key, value in fields.items())
    return f"WARC/1.0\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def http(body: bytes, content_type: str = "text/plain; charset=utf-8", status: int = 200, extra: str = "") -> bytes:
    """Return an HTTP response."""
    return f"HTTP/1.1 {status} OK\r\nContent-Type: {content_type}\r\n{extra}\r\n".encode() + body


def records(pages: Pages) -> list[bytes]:
    """Return a WARC record for each page."""
    return [record(http(data), WARC_Target_URI=f"https://a.example/{name}") for name, data in pages.items()]


def lines(pages: Pages) -> bytes:
    """Return JSON Lines."""
    return b"".join(json.dumps({"text": data.decode(), "name": name}).encode() + b"\n" for name, data in pages.items())


KINDS: dict[str, tuple[str, Callable[[Pages], bytes]]] = {
    "zip": ("a.zip", zipped),
    "zip, stored": ("a.zip", lambda pages: zipped(pages, zipfile.ZIP_STORED)),
    "zip, bzip2": ("a.zip", lambda pages: zipped(pages, zipfile.ZIP_BZIP2)),
    "zip, streamed": ("a.zip", streamed_zip),
    "tar": ("a.tar", tarred),
    "tar.gz": ("a.tar.gz", lambda pages: gzip.compress(tarred(pages))),
    "tar.bz2": ("a.tar.bz2", lambda pages: bz2.compress(tarred(pages))),
    "tar.xz": ("a.tar.xz", lambda pages: lzma.compress(tarred(pages))),
    "tar.zst": ("a.tar.zst", lambda pages: zstandard.compress(tarred(pages))),
    "warc": ("a.warc", lambda pages: b"".join(records(pages))),
    "warc.gz": ("a.warc.gz", lambda pages: b"".join(map(gzip.compress, records(pages)))),
    "warc.gz, one stretch": ("a.warc.gz", lambda pages: gzip.compress(b"".join(records(pages)))),
    "jsonl": ("a.jsonl", lines),
    "jsonl.gz": ("a.jsonl.gz", lambda pages: gzip.compress(lines(pages))),
    "jsonl.zst": ("a.jsonl.zst", lambda pages: zstandard.compress(lines(pages))),
}
"""Each kind of container, by a name for people: what it is called, and what makes it."""


def made(folder: Path, kind: str, pages: Pages) -> Path:
    """Write a container of a kind, and return its path."""
    name, make = KINDS[kind]
    path = folder / name
    path.write_bytes(make(pages))
    return path
