"""After a run: captures of one article, and outputs that no input stands for any more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from copydesk import files, outputs
from copydesk.batch.report import group
from copydesk.digest import hex_digest
from copydesk.inputs.search import BELOW
from copydesk.inputs.values import STDIN
from copydesk.ledger.listing import Listing, encoded
from copydesk.ledger.store import Ledger

KEPT, REMOVED, EDITED, STALE = "kept", "removed", "edited", "stale"
"""What became of an output without input: it is there, it was removed, it is there because a person edited it, or it is
there because its input still is, though it was rejected this time."""

GROUPS = """
SELECT id, outcome FROM documents WHERE run = ?1 AND id <> '' AND id IN
    (SELECT id FROM documents WHERE run = ?1 AND id <> '' GROUP BY id HAVING count(*) > 1)
ORDER BY id, folded
"""

LEFT = """
SELECT documents.rowid, documents.name, documents.identity, documents.path, output_sha256, documents.outcome, run, id,
       listing.name
FROM documents LEFT JOIN temp.listing ON listing.identity = documents.identity AND listing.item IS NOT NULL
WHERE output_sha256 <> '' AND (run <> ?1 OR id = '')
ORDER BY documents.folded
"""
"""The outputs that this run has not made, with the name that their input has now."""


class Gone(NamedTuple):
    """An output whose input has gone: ``fate`` is `kept`, `removed`, `edited` or `stale`, and ``reason`` says why."""

    output: str
    input: str
    fate: str
    reason: str


class _Left(NamedTuple):
    row: int
    name: str
    identity: bytes
    path: bytes
    output_sha256: str
    outcome: str
    run: int
    id: str
    new_name: str | None

    @property
    def input(self) -> str:
        """The input as it was given, or where it is, if no run came to it since it took the name."""
        return json.loads(self.outcome)["input"] if self.outcome else self.path.decode("utf-8", "replace")


def groups(ledger: Ledger) -> Iterator[dict[str, Any]]:
    """Give the lines of the report for articles of which this run has several captures, in the order of their ids."""
    for id_, rows in groupby(ledger.ask(GROUPS, ledger.run), key=lambda row: str(row[0])):
        yield group(id_, (json.loads(outcome) for _, outcome in rows))


def gone(listing: Listing, out: str, *, prune: bool) -> Iterator[Gone]:
    """Give the outputs that no input stands for any more; with ``prune`` those are removed that are as written.

    An input has gone if its file is not there any more, if its container is, and is whole, and does not have it, or if
    its output has another name by now. What is merely none of this run has not gone. An output whose input was
    rejected this time is told of, and stays.
    """
    ledger = listing.ledger
    done: list[tuple[int]] = []
    for left in map(_Left._make, ledger.ask(LEFT, ledger.run)):
        try:
            found = _gone(listing, left, out, prune=prune)
        except OSError:  # where nobody can look now, the next run will
            continue
        if found is None or found.fate == REMOVED:
            done.append((left.row,))
        if found and found.reason:
            yield found
    ledger.note("UPDATE documents SET output_sha256 = '' WHERE rowid = ?", done)


def _gone(listing: Listing, left: _Left, out: str, *, prune: bool) -> Gone | None:
    """Return what becomes of an output, without a reason where its input has not gone, and None if it is not there."""
    place = outputs.place(out, left.name)
    present = outputs.present(place)
    if present is None:
        return None
    reason = _reason(listing, left)
    fate = _fate(left, listing, hex_digest(present), prune=prune) if reason else KEPT
    if fate == REMOVED:
        outputs.remove(out, left.name)
    return Gone(place, left.input, fate, reason)


def _fate(left: _Left, listing: Listing, sha256: str, *, prune: bool) -> str:
    if left.run == listing.ledger.run:
        return STALE
    if sha256 != left.output_sha256:
        return EDITED
    return REMOVED if prune else KEPT


def _reason(listing: Listing, left: _Left) -> str:
    """Return why an output has no input any more, or nothing where it has."""
    if left.run == listing.ledger.run:
        return "its input was rejected this time" if _status(left) == "rejected" else ""
    if left.new_name:
        return f"its input is written to {left.new_name} by now"
    file = left.path.decode("utf-8", "surrogatepass")
    if file != STDIN and not files.is_there(file):
        return "its input is not there any more"
    whole = "SELECT 1 FROM listing WHERE identity >= ?1 AND identity < ?2 LIMIT 1"
    inside = (left.path + encoded(BELOW), left.path + b"\1")
    if left.identity != left.path and listing.ledger.ask(whole, *inside).fetchone() and not _is_damaged(listing, left):
        return "its container does not have it any more"
    return ""


def _status(left: _Left) -> str:
    return str(json.loads(left.outcome)["status"]) if left.outcome else ""


def _is_damaged(listing: Listing, left: _Left) -> bool:
    fault = "SELECT 1 FROM listing WHERE identity = ?"  # which has a place inside, and there no name
    return listing.ledger.ask(fault, left.path + encoded(BELOW)).fetchone() is not None
