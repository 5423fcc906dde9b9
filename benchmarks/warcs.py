"""WARC files: listed, and each document read by its place, against warcio, which does both in one pass."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from random import Random
from types import ModuleType
from typing import NamedTuple

from tests.inputs.archives import http, record

from benchmarks.html_corpus import captures as pages
from benchmarks.measure import Missing, Result, Work, compare
from copydesk import inputs
from copydesk.inputs import warcs
from copydesk.inputs.containers import Reader, members
from copydesk.page import MAX_BYTES

MANY = 10
"""A file has so many times as many documents as the other benchmarks have captures."""
SMALLEST, LARGEST = 20_000, 80_000
"""The size of a document, in bytes."""
SHORT = 8_000
"""The size of a text in a WET file, at most."""
ENCODED = 20
"""Of so many responses one is compressed, and one is cut into chunks."""

PEER = "warcio, one pass"
BOTH = "list and read"


IN_ONE = "one.warc.gz"


class Kind(NamedTuple):
    """A kind of file: what it is called in the table, its name, how it is made of records, and the goal for it."""

    called: str
    name: str
    made: Callable[[list[bytes]], bytes]
    goal: float | None = None
    text: bool = False


KINDS = (
    Kind(".warc.gz", "a.warc.gz", lambda records: b"".join(map(gzip.compress, records)), 2.0),
    Kind(".warc", "a.warc", b"".join, 2.0),
    Kind(".warc.gz in one stretch", IN_ONE, lambda records: gzip.compress(b"".join(records))),
    Kind(".wet.gz", "a.wet.gz", lambda records: b"".join(map(gzip.compress, records)), text=True),
)
"""Of the last two not all can be had: one can only be read from its start, the other has little in each record."""


def measure(folder: Path, *, captures: int, rounds: int) -> Iterator[Result | Missing]:
    """Compare warcio with Copydesk, over files of many captures."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        peer = import_module("warcio")
    except ImportError:
        yield Missing(PEER, "Copydesk, WARC", "not installed")
        return
    for kind in KINDS:
        path = folder / kind.name
        path.write_bytes(kind.made(texts(captures * MANY) if kind.text else crawl(captures * MANY)))
        yield from against(peer, kind, path, rounds=rounds)


def against(peer: ModuleType, kind: Kind, path: Path, *, rounds: int) -> Iterator[Result]:
    """Compare warcio with each way of ours: listing, reading by place, both, and one pass over the file."""
    theirs = partial(read_by(peer), path)
    for way, ours in ways(path).items():
        pairs: list[tuple[Work, Work]] = [(theirs, ours)]
        yield compare(PEER, f"Copydesk, {kind.called}: {way}", pairs, rounds=rounds,
                      goal=kind.goal if way == BOTH else None, at_least=True, bare=pairs)  # fmt: skip


def ways(path: Path) -> dict[str, Callable[[], int]]:
    """Return the ways to go through a file, each of which tells how many bytes there were."""
    items = find(path)
    direct = {"read": partial(read_all, items)} if items[0].where else {}
    return {"list": lambda: len(find(path)), **direct, BOTH: lambda: read_all(find(path)),
            "one pass": partial(read_once, path)}  # fmt: skip


def find(path: Path) -> list[inputs.Input]:
    """List a file."""
    return [item for _, item, _ in members(str(path), path.name, ()) if item is not None]


def read_all(items: list[inputs.Input]) -> int:
    """Read what has been listed: directly, or one after the other."""
    reader = Reader()
    return sum(len(inputs.read(item) if item.where else reader.read(item, MAX_BYTES)) for item in items)


def read_once(path: Path) -> int:
    """Read a file from its start to its end."""
    compression = "gz" if path.suffix == ".gz" else ""
    found = warcs.members(str(path), compression, (), listing=False)
    return sum(len(member.load(MAX_BYTES)) for member in found if member.why is None)


def read_by(peer: ModuleType) -> Callable[[Path], int]:
    """Return what reads a file with warcio, what we know of a document and its bytes, and tells how many those are."""
    iterator = import_module(f"{peer.__name__}.archiveiterator").ArchiveIterator

    def read(path: Path) -> int:
        size = 0
        # It refuses what is compressed in one stretch, unless somebody else decompresses that.
        with gzip.open(path) if path.name == IN_ONE else open(path, "rb") as file:
            for found in iterator(file):
                if found.rec_type in ("response", "conversion"):
                    said = found.http_headers or found.rec_headers
                    known = (found.rec_headers.get_header("WARC-Target-URI"), found.rec_headers.get_header("WARC-Date"),
                             said.get_header("Content-Type"))  # fmt: skip
                    size += len(found.content_stream().read()) if all(known) else 0
        return size

    return read


def crawl(count: int) -> list[bytes]:
    """Return the records of a crawl: a response for each document, with its request and what the crawler says of it."""
    dice, bodies = Random(1), [data for _, data in pages(min(count, 100))]
    found = [record(b"software: made up", "warcinfo", "application/warc-fields")]
    for number in range(count):
        body, about = bodies[number % len(bodies)][: dice.randint(SMALLEST, LARGEST)], _about(dice, number)
        request = f"GET /{number} HTTP/1.1\r\nHost: archive.example.org\r\nUser-Agent: crawler\r\nAccept: */*\r\n\r\n"
        found += [record(request.encode(), "request", "application/http; msgtype=request", **about),
                  record(_response(dice, number, body), **about),
                  record(b"fetchTimeMs: 120\r\n", "metadata", "application/warc-fields", **about)]  # fmt: skip
    return found


def texts(count: int) -> list[bytes]:
    """Return the records of a WET file."""
    from lxml import html

    dice = Random(1)
    bodies = [html.fromstring(data).text_content().encode()[:SHORT] for _, data in pages(min(count, 100))]
    return [record(bodies[number % len(bodies)], "conversion", "text/plain", **_about(dice, number))
            for number in range(count)]  # fmt: skip


def _about(dice: Random, number: int) -> dict[str, str]:
    """Return what crawlers write into the header of a record."""
    return {
        "WARC_Target_URI": f"https://archive.example.org/newstream/{number}/{dice.getrandbits(64):x}/a-page/",
        "WARC_IP_Address": "192.0.2.7",
        "WARC_Payload_Digest": f"sha1:{dice.getrandbits(160):040X}",
        "WARC_Block_Digest": f"sha1:{dice.getrandbits(160):040X}",
        "WARC_Concurrent_To": f"<urn:uuid:{dice.getrandbits(128):032x}>",
    }


def _response(dice: Random, number: int, body: bytes) -> bytes:
    """Return a response with as many headers as servers send, in one of three codings."""
    said = (f"Server: made-up/1.2\r\nDate: Wed, 10 May 2023 23:59:59 GMT\r\nVary: Accept-Encoding\r\n"
            f"Cache-Control: max-age=3600\r\nSet-Cookie: session={dice.getrandbits(128):x}; path=/; HttpOnly\r\n"
            f"X-Request-Id: {dice.getrandbits(128):x}\r\nStrict-Transport-Security: max-age=31536000\r\n")  # fmt: skip
    if number % ENCODED == 1:
        body, said = gzip.compress(body), said + "Content-Encoding: gzip\r\n"
    elif number % ENCODED == ENCODED // 2:
        parts = [body[place:place + 8000] for place in range(0, len(body), 8000)]
        body = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
        said += "Transfer-Encoding: chunked\r\n"
    return http(body, "text/html; charset=utf-8", extra=said)
