"""The listing of a run: its inputs, on disk and not in memory, each once and in their order."""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from copydesk import names
from copydesk.batch.values import Outcome
from copydesk.inputs import Input, Sighting, identified
from copydesk.inputs.search import BELOW
from copydesk.inputs.values import INSIDE
from copydesk.ledger.store import AT_ONCE, Ledger

TABLE = """
CREATE TEMP TABLE listing (
    row INTEGER PRIMARY KEY,
    argument INTEGER NOT NULL, relative BLOB NOT NULL, number INTEGER NOT NULL,
    identity BLOB NOT NULL UNIQUE,
    path BLOB NOT NULL,               -- the identity of the file that it is, or that it is in
    item BLOB,                        -- NULL where it is passed over, or is none of this run
    why BLOB,                         -- why it is passed over: a suffix may have bytes that are no UTF-8
    key BLOB NOT NULL,                -- what tells inputs apart that want one name
    other BLOB NOT NULL,              -- and the same where several have this one
    wanted TEXT,                      -- the name that its output wants; NULL where there is none
    name TEXT, folded TEXT,           -- the name that it gets
    digits INTEGER NOT NULL DEFAULT 0,
    outcome BLOB                      -- what has become of it where that is known before it is converted
)
"""

PUT = """
INSERT INTO listing (argument, relative, number, identity, path, item, why, key, other, wanted, name, folded)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10, ?11)
ON CONFLICT (identity) DO UPDATE SET
    argument = excluded.argument, relative = excluded.relative, number = excluded.number, item = excluded.item,
    why = excluded.why, key = excluded.key, other = excluded.other, wanted = excluded.wanted, name = excluded.name,
    folded = excluded.folded
WHERE (excluded.item IS NULL, excluded.argument, excluded.relative, excluded.number)
    < (listing.item IS NULL, listing.argument, listing.relative, listing.number)
"""
"""Of two sightings of one file an input counts before what is passed over, and then the first."""

WANT = "UPDATE listing SET wanted = ?1, name = ?1, folded = ?2, outcome = ?3 WHERE row = ?4"

ORDER = "CREATE INDEX IF NOT EXISTS temp.listing_by_order ON listing (argument, relative, number)"

NEXT = f"""
SELECT argument, relative, number, row, identity, path, item, wanted, name, outcome FROM listing
WHERE (argument, relative, number, row) > (?1, ?2, ?3, ?4) AND item IS NOT NULL
ORDER BY argument, relative, number, row LIMIT {AT_ONCE}
"""
"""The next inputs behind one. A question that stays open would keep the ledger from other runs."""


class Row(NamedTuple):
    """An input of a run: its place in the listing, what it is, and the name of its output."""

    row: int
    identity: bytes
    path: bytes
    item: Input
    wanted: str
    name: str
    outcome: Outcome | None


class Listing:
    """The inputs of a run in a ledger; ``mirrored`` says that their names are made from their paths."""

    def __init__(self, ledger: Ledger, *, mirrored: bool) -> None:
        self.ledger = ledger
        self.mirrored = mirrored
        self.total = 0
        self.passed_over: dict[str, int] = {}
        ledger.ask("DROP TABLE IF EXISTS temp.listing")
        ledger.ask(TABLE)

    def fill(self, sightings: Iterable[Sighting], beside: Iterable[Outcome] = ()) -> None:
        """Take in what a search comes by, and the outcomes of other inputs, whose outputs keep their names."""
        self._put(map(self._seen, sightings))
        self._put(map(_beside, beside))
        self.total = self.ledger.ask("SELECT count(*) FROM listing WHERE item IS NOT NULL").fetchone()[0]
        counts = self.ledger.ask("SELECT why, count(*) FROM listing WHERE why IS NOT NULL GROUP BY why ORDER BY why")
        self.passed_over = {decoded(why): count for why, count in counts}

    def _put(self, rows: Iterator[tuple[Any, ...]]) -> None:
        while some := list(islice(rows, AT_ONCE)):
            self.ledger.write(PUT, some)

    def _seen(self, sighting: Sighting) -> tuple[Any, ...]:
        item, (argument, relative, number) = sighting.item, sighting.order
        place = (argument, encoded(relative), number, *_identity(sighting.identity))
        if item is None:
            return (*place, None, encoded(sighting.why), b"", b"", None, None)
        wanted = names.mirror(item.relative) if self.mirrored else None
        return (*place, marshal.dumps(tuple(item)), None, encoded(item.relative), encoded(item.shown), wanted,
                wanted and names.folded(wanted))  # fmt: skip

    def rows(self) -> Iterator[Row]:
        """Give the inputs in their order."""
        self.ledger.ask(ORDER)
        last: tuple[Any, ...] = (-1, b"", 0, 0)
        while some := self.ledger.ask(NEXT, *last).fetchall():
            for *_, row, identity, path, item, wanted, name, outcome in some:
                yield Row(row, identity, path, Input(*marshal.loads(item)), wanted or "", name or "",
                          pickle.loads(outcome) if outcome else None)  # fmt: skip
            last = some[-1][:4]

    def want(self, wanted: Iterable[tuple[int, str | Outcome]]) -> None:
        """Take in the names that documents want, by the rows of their inputs, and the outcomes of those without one."""
        rows = (_wanted(row, name) for row, name in wanted)
        while some := list(islice(rows, AT_ONCE)):
            self.ledger.write(WANT, some)


def _wanted(row: int, name: str | Outcome) -> tuple[Any, ...]:
    if isinstance(name, Outcome):
        return None, None, pickle.dumps(name), row
    return name, names.folded(name), None, row


def _beside(outcome: Outcome) -> tuple[Any, ...]:
    name = outcome.name or names.mirror(outcome.relative)
    path = outcome.input.removesuffix(f"{INSIDE}{outcome.inside}") if outcome.inside else outcome.input
    whole = identified(Input(path, outcome.relative, outcome.inside))
    return (0, encoded(outcome.relative), 0, *_identity(whole), None, None, encoded(outcome.relative),
            encoded(outcome.input), name, names.folded(name))  # fmt: skip


def _identity(identity: str) -> tuple[bytes, bytes]:
    """Return an identity, and that of its file."""
    return encoded(identity), encoded(identity.partition(BELOW)[0])


def encoded(text: str) -> bytes:
    """Return a path such that bytes sort as its characters do; a path may have bytes that are no UTF-8."""
    return text.encode("utf-8", "surrogatepass")


def decoded(path: bytes) -> str:
    """Return the path that was encoded."""
    return path.decode("utf-8", "surrogatepass")
