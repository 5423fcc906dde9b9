"""After a run: captures of one article, and outputs that no input stands for any more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby, islice
from typing import Any, NamedTuple

from copydesk import files, outputs
from copydesk.batch.report import group
from copydesk.digest import hex_digest
from copydesk.inputs.search import BELOW
from copydesk.inputs.values import STDIN
from copydesk.ledger.cut_off import cut_off
from copydesk.ledger.listing import Listing, decoded, encoded
from copydesk.ledger.store import AT_ONCE, Ledger

KEPT, REMOVED, EDITED, STALE, UNSURE = "kept", "removed", "edited", "stale", "unsure"
"""What became of an output without input: it is there, it was removed, it is there because a person edited it, because
its input is there, though it was rejected this time, or because the disk of its input may just be missing."""

NOT_THERE = "its input is not there any more"
REJECTED = "its input was rejected this time"

GROUPS = """
SELECT id, outcome FROM documents WHERE run = ?1 AND id <> '' AND id IN
    (SELECT id FROM documents WHERE run = ?1 AND id <> '' GROUP BY id HAVING count(*) > 1)
ORDER BY id, folded
"""

LEFT = """
SELECT documents.rowid, name, documents.identity, documents.path, output_sha256, outcome,
       EXISTS (SELECT 1 FROM listing WHERE listing.identity = documents.identity AND item IS NOT NULL),
       (SELECT name FROM documents AS now WHERE now.identity = documents.identity AND now.run = ?1 AND now.id <> ''),
       (SELECT outcome FROM documents AS now WHERE now.identity = documents.identity AND now.run = ?1)
FROM documents WHERE output_sha256 <> '' AND (run < ?1 OR (run = ?1 AND id = '')) AND NOT EXISTS
    (SELECT 1 FROM listing WHERE listing.identity = documents.identity AND listing.folded = documents.folded
                                 AND item IS NOT NULL AND run < ?1)
ORDER BY documents.folded
"""
"""The outputs that this run has not made and that no later run has, nor one beside it under the same name: whether
their inputs are of this run, the names to which it has written these, and what became of them."""


class Gone(NamedTuple):
    """An output whose input has gone: what became of it, its ``fate``, is one of the five, and ``reason`` says why."""

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
    is_of_run: bool
    new_name: str | None
    outcome_now: str | None

    @property
    def file(self) -> str:
        return decoded(self.path)

    @property
    def is_member(self) -> bool:
        return self.identity != self.path

    @property
    def said(self) -> dict[str, Any]:
        """The line of the report; of an input to which no run came since it took the name, what it would say."""
        said: dict[str, Any] = json.loads(self.outcome or "{}")
        return {"input": self.file, "relative": ""} | said


def groups(ledger: Ledger) -> Iterator[dict[str, Any]]:
    """Give the lines of the report for articles of which this run has several captures, in the order of their ids."""
    ledger.table("groups", GROUPS, ledger.run)
    for id_, rows in groupby(ledger.rows_of("groups"), key=lambda row: str(row[0])):
        yield group(id_, (json.loads(outcome) for _, outcome in rows))


def gone(listing: Listing, out: str, *, prune: bool) -> Iterator[Gone]:
    """Give the outputs that no input stands for any more; with ``prune`` those are removed that are as written.

    An input has gone if its file is not there any more, if its container is, and is whole, and does not have it, or if
    it was written under another name by now. What is merely none of this run has not gone. An output whose input was
    rejected this time, or may be on a disk that is missing, is told of, and stays. A ledger that has not
    taken in what this run did tells nothing.
    """
    ledger = listing.ledger
    if ledger.trouble:
        return
    ledger.table("left_over", LEFT, ledger.run)
    rows = map(_Left._make, ledger.rows_of("left_over"))
    while some := list(islice(rows, AT_ONCE)):
        done: list[tuple[int]] = []
        for left in some:
            found = _gone(listing, left, out, prune=prune)
            done += [(left.row,)] if found and found.fate in ("", REMOVED) else []
            yield from (found,) if found and found.fate else ()
        ledger.note("UPDATE documents SET output_sha256 = '' WHERE rowid = ?", done)


def _gone(listing: Listing, left: _Left, out: str, *, prune: bool) -> Gone | None:
    """Return what becomes of an output, without a fate if it is not there, and None where its input has not gone."""
    place = outputs.place(out, left.name)
    try:
        reason = _reason(listing, left)
        present = outputs.present(place) if reason else None
        if not reason:
            return None
        fate, reason = _fate(left, present, reason, prune=prune) if present is not None else ("", reason)
        if fate == REMOVED:
            outputs.remove(out, left.name)
    except OSError:  # where nobody can look now, the next run will
        return None
    return Gone(place, left.said["input"], fate, reason)


def _fate(left: _Left, present: bytes, reason: str, *, prune: bool) -> tuple[str, str]:
    """Return what becomes of an output that is present, and why."""
    if reason == REJECTED:
        return STALE, reason
    if hex_digest(present) != left.output_sha256 or outputs.edited(present.decode(errors="replace")):
        return EDITED, reason
    if reason == NOT_THERE and (folder := cut_off(left.file, left.said["relative"], is_container=left.is_member)):
        return UNSURE, f"{NOT_THERE}, and nothing is left of {folder}, so its disk may be missing"
    return (REMOVED if prune else KEPT), reason


def _reason(listing: Listing, left: _Left) -> str:
    """Return why an output has no input any more, or nothing where it has."""
    if left.is_of_run:
        return f"its input is written to {left.new_name} by now" if left.new_name else _rejected(left)
    if left.file != STDIN and not files.is_there(left.file):
        return NOT_THERE
    whole = "SELECT 1 FROM listing WHERE identity >= ?1 AND identity < ?2 LIMIT 1"
    inside = (left.path + encoded(BELOW), left.path + b"\1")
    if left.is_member and listing.ledger.ask(whole, *inside).fetchone() and not _is_damaged(listing, left):
        return "its container does not have it any more"
    return ""


def _rejected(left: _Left) -> str:
    """Return the reason of an input that was rejected; what has failed is told of already, and may not fail again."""
    return REJECTED if json.loads(left.outcome_now or "{}").get("status") == "rejected" else ""


def _is_damaged(listing: Listing, left: _Left) -> bool:
    fault = "SELECT 1 FROM listing WHERE identity = ?"  # which has a place inside, and there no name
    return listing.ledger.ask(fault, left.path + encoded(BELOW)).fetchone() is not None
