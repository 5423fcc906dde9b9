"""Settling which input of a listing gets which name, so that no two share an output, in whatever order they come."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from copydesk import files, names
from copydesk.errors import CopydeskError
from copydesk.ledger.listing import Listing, decoded
from copydesk.ledger.store import AT_ONCE, Ledger

FOLDERS = "CREATE TEMP TABLE IF NOT EXISTS folders (folded TEXT PRIMARY KEY) WITHOUT ROWID"

CLASHING = """
SELECT row, max(taken) AS taken FROM (
      SELECT row, 0 AS taken FROM listing WHERE folded IN
          (SELECT folded FROM listing GROUP BY folded HAVING count(*) > 1)
UNION SELECT row, 0 FROM listing WHERE folded IN (SELECT folded FROM folders)
UNION SELECT row, 1 FROM listing JOIN documents ON documents.folded = listing.folded
      WHERE item IS NOT NULL AND documents.identity <> listing.identity
      AND (documents.run IN (SELECT run FROM runs WHERE NOT ended AND run <> ?1)
           OR documents.identity NOT IN (SELECT identity FROM listing WHERE why IS NULL) AND is_there(documents.path))
) GROUP BY row
"""
"""The inputs whose name is another's too, or a folder of another's name, or taken: that of an input of another run
which is still there, or which that run may be at."""

CLAIM = """
INSERT INTO documents
SELECT folded, name, identity, path, '', '', wanted, '', '', '', ?1 FROM listing
WHERE item IS NOT NULL AND folded IS NOT NULL AND NOT EXISTS
    (SELECT 1 FROM documents WHERE documents.folded = listing.folded AND documents.identity = listing.identity)
ON CONFLICT (folded) DO UPDATE SET
    name = excluded.name, identity = excluded.identity, path = excluded.path, wanted = excluded.wanted, context = '',
    key = '', id = '', outcome = '', run = excluded.run
"""
"""Note the names of this run, so that no other takes them; who had one before is not there any more."""

CLASHES = """
SELECT listing.row, wanted, digits, name,
       CASE WHEN taken THEN identity
            WHEN (SELECT count(*) FROM listing twin WHERE twin.key = listing.key AND twin.why IS NULL) > 1 THEN other
            ELSE key END
FROM clashing JOIN listing ON listing.row = clashing.row ORDER BY listing.row
"""


class _Clash(NamedTuple):
    """An input whose name meets another's: the name it wants, the one it has, and the key of its hash."""

    row: int
    wanted: str
    digits: int
    name: str
    key: bytes

    @property
    def shown(self) -> str:
        return decoded(self.key)


KEEP = """
UPDATE listing SET (name, folded) =
    (SELECT name, folded FROM documents AS known
     WHERE known.identity = listing.identity AND known.wanted = listing.wanted ORDER BY run DESC LIMIT 1)
WHERE item IS NOT NULL AND EXISTS
    (SELECT 1 FROM documents AS known WHERE known.identity = listing.identity AND known.wanted = listing.wanted)
"""
"""Give each input the name that it has in the ledger. Those beside have the names that they wanted: who has no name yet
meets these as it would have in one run."""


def settle(listing: Listing, *, keep: bool = False) -> None:
    """Give each input of a listing its final name, given the one it wants.

    Names that differ only in case or in their Unicode form count as one, and no file has the name of another's folder.
    Each input that collides gets the first 8 hex digits of the SHA-256 of its relative path (of its path as given,
    where several have that one), or as many as it takes; the order of the inputs plays no part. The name of an input
    that is none of this run, and is still there, is taken; who wants it gets the hash of the whole path. Raises
    CopydeskError where no name is left.

    With ``keep`` an input has the name that the ledger knows, for it was given among inputs that are not all here.
    """
    with listing.ledger.transaction():
        _settle(listing.ledger)
        if keep:
            listing.ledger.ask(KEEP)
            _settle(listing.ledger)  # should two meet by that
        listing.ledger.ask(CLAIM, listing.ledger.run)


def _settle(ledger: Ledger) -> None:
    ledger.connection.create_function("is_there", 1, _is_there, deterministic=True)
    ledger.ask("CREATE INDEX IF NOT EXISTS temp.listing_by_name ON listing (folded)")
    _note_folders(ledger)
    while _note_clashing(ledger):
        ledger.ask("CREATE INDEX IF NOT EXISTS temp.listing_by_key ON listing (key)")  # without it each looks at all
        if not _move(ledger):
            clash = next(_clashes(ledger))
            raise CopydeskError(f"{clash.name!r}: no free name for {clash.shown!r}; rename this input")


def _is_there(path: bytes) -> bool:
    """Tell whether an input is still there; where that cannot be known it keeps its name."""
    try:
        return files.is_there(decoded(path))
    except OSError:
        return True


def _note_folders(ledger: Ledger) -> None:
    """Note which folders the names need; what is added to a name to tell it apart changes none of them."""
    ledger.ask(FOLDERS)
    ledger.ask("DELETE FROM folders")
    found = _folders(ledger)
    while some := list(islice(found, AT_ONCE)):
        ledger.write("INSERT OR IGNORE INTO folders VALUES (?)", some)


def _folders(ledger: Ledger) -> Iterator[tuple[str]]:
    last = ""
    for (name,) in ledger.ask("SELECT folded FROM listing WHERE folded IS NOT NULL"):
        folder = name.rpartition("/")[0]
        if folder != last:
            yield from ((above,) for above in names.folders(name))
        last = folder


def _note_clashing(ledger: Ledger) -> bool:
    """Note which names clash, and tell whether any do."""
    ledger.table("clashing", CLASHING, ledger.run)
    return ledger.ask("SELECT 1 FROM clashing").fetchone() is not None


def _clashes(ledger: Ledger) -> Iterator[_Clash]:
    return map(_Clash._make, ledger.ask(CLASHES))


def _move(ledger: Ledger) -> bool:
    """Give each input whose name clashes the next one, and tell whether there was one for any."""
    found = map(_moved, _clashes(ledger))
    moved = False
    while some := list(islice(found, AT_ONCE)):
        rows = [row for row in some if row]
        ledger.write("UPDATE listing SET name = ?1, folded = ?2, digits = ?3 WHERE row = ?4", rows)
        moved = moved or bool(rows)
    return moved


def _moved(clash: _Clash) -> tuple[str, str, int, int] | None:
    other = names.apart(clash.wanted, clash.shown, clash.digits)
    return (other[0], names.folded(other[0]), other[1], clash.row) if other else None
