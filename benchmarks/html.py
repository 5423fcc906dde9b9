"""HTML pages in one process: read, normalized and written, against the least work there is, and against peers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

from benchmarks.html_corpus import fill
from benchmarks.measure import Missing, Result, Work, compare
from benchmarks.peers import PEERS, Peer, Reader
from copydesk import Capture, inputs, normalize, outputs

GOAL = 2.0
SHARE = 5
"""Peers take long: they are timed in this part of the rounds, over this part of the pages."""

SUBJECT = "HTML page, in one process"
AS_PEER = "Copydesk, HTML page"
BASELINE = "read + lxml parse + write"


def measure(folder: Path, *, captures: int, rounds: int) -> Iterator[Result | Missing]:
    """Compare Copydesk with read + parse + write, and each peer with Copydesk, over pages of 40 to 80 KB."""
    paths = fill(folder / "captures", captures)
    fresh = _names(folder / "out")
    yield against_parsing(paths, fresh, rounds=rounds)
    for peer in PEERS:
        yield against_peer(peer, paths[: _part(captures)], fresh, rounds=_part(rounds))


def against_parsing(paths: list[Path], fresh: Callable[[], Path], *, rounds: int) -> Result:
    """Compare Copydesk with a program that reads, parses and writes as many bytes as Copydesk does."""
    texts = [_convert(path) for path in paths]  # the first time loads the plugins and the schema, too
    pairs: list[tuple[Work, Work]] = [(partial(_ours, path, fresh), partial(_theirs, path, text, fresh))
                                      for path, text in zip(paths, texts, strict=True)]  # fmt: skip
    bare: list[tuple[Work, Work]] = [(partial(_convert, path), partial(_parse, path)) for path in paths]
    return compare(SUBJECT, BASELINE, pairs, rounds=rounds, goal=GOAL, bare=bare)


def against_peer(peer: Peer, paths: list[Path], fresh: Callable[[], Path], *, rounds: int) -> Result | Missing:
    """Compare a peer with Copydesk: how many times as long it takes to read, convert and write."""
    reader = peer.load()
    if reader is None:
        return Missing(peer.name, AS_PEER, "not installed")
    if not all(_peer_converts(reader, path).strip() for path in paths):
        return Missing(peer.name, AS_PEER, "no text")
    pairs: list[tuple[Work, Work]] = [(partial(_peer, reader, path, fresh), partial(_ours, path, fresh))
                                      for path in paths]  # fmt: skip
    bare: list[tuple[Work, Work]] = [(partial(_peer_converts, reader, path), partial(_convert, path)) for path in paths]
    return compare(peer.name, AS_PEER, pairs, rounds=rounds, goal=peer.goal, at_least=True, bare=bare)


def _part(number: int) -> int:
    return max(1, number // SHARE)


def _names(folder: Path) -> Callable[[], Path]:
    """Return what gives the path of a new file in a folder each time."""
    folder.mkdir(parents=True)
    numbers = count()
    return lambda: folder / f"{next(numbers)}.md"


def _convert(path: Path) -> str:
    data = inputs.read(inputs.Input(str(path), path.name))
    return normalize(Capture(data, path.name)).markdown


def _ours(path: Path, fresh: Callable[[], Path]) -> None:
    outputs.write(fresh(), _convert(path))


def _read(path: Path) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _parse(path: Path) -> object:
    from lxml import etree

    return etree.fromstring(_read(path), etree.HTMLParser())


def _theirs(path: Path, text: str, fresh: Callable[[], Path]) -> object:
    root = _parse(path)
    _write(fresh(), text)
    return root


def _peer_converts(reader: Reader, path: Path) -> str:
    return reader(_read(path))


def _peer(reader: Reader, path: Path, fresh: Callable[[], Path]) -> None:
    _write(fresh(), _peer_converts(reader, path))


def _write(path: Path, text: str) -> None:
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
