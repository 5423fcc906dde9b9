"""Keeping the ledger: a SQLite file beside the documents, hidden, that can be lost without loss.

It says what became of each input when it was last converted. A run asks it what need not be done again, and believes
it nothing that it has not seen in the bytes: neither input nor output counts as unchanged by its date or size.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from time import monotonic
from types import TracebackType
from typing import Any, NamedTuple

from copydesk import files
from copydesk.digest import hex_digest
from copydesk.errors import CopydeskError

FILE = "ledger.sqlite"
VERSION = 1

PATIENCE = 60
"""So many seconds a run waits for another that writes into the same ledger."""

ROWS, SECONDS = 500, 1.0
"""What has been done is written down after so many documents or seconds: what a kill can cost is that knowledge."""

AT_ONCE = 1000
"""So many rows are read or written at a time."""

CLOSED = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH)
"""How SQLite calls what it may not write to."""

CACHE = -512
"""What SQLite may hold of each of its files in memory: half a MiB."""

TABLES = """
CREATE TABLE IF NOT EXISTS runs (run INTEGER PRIMARY KEY, converter TEXT NOT NULL, ended INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS documents (
    folded TEXT NOT NULL UNIQUE,     -- the name as a file system blind to case and Unicode form takes it
    name TEXT NOT NULL,              -- of the output, below the folder
    identity BLOB NOT NULL,          -- of the input, whichever way it was spelled
    path BLOB NOT NULL,              -- of the file that it is, or that it is in
    context TEXT NOT NULL,           -- what a document was made with
    key TEXT NOT NULL,               -- what it was made of and with; empty where it is to be done again
    wanted TEXT NOT NULL,            -- the name that the document wants
    output_sha256 TEXT NOT NULL,     -- of the output that was last written; empty where there was none
    id TEXT NOT NULL,                -- of the document; empty where there is none
    outcome TEXT NOT NULL,           -- the line of the report
    run INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS documents_by_identity ON documents (identity);
"""

REMEMBER = """
INSERT INTO documents VALUES (:folded, :name, :identity, :path, :context, :key, :wanted, :output_sha256, :id, :outcome,
                              :run)
ON CONFLICT (folded) DO UPDATE SET
    name = excluded.name, identity = excluded.identity, path = excluded.path, context = excluded.context,
    key = excluded.key, wanted = excluded.wanted, id = excluded.id, outcome = excluded.outcome, run = excluded.run,
    output_sha256 = coalesce(nullif(excluded.output_sha256, ''), output_sha256)
"""


class LedgerError(CopydeskError):
    """A ledger that cannot be used; the message names the file, the reason and the remedy."""


class Past(NamedTuple):
    """What the ledger says of an input: what it was made with and of, under which name, and what became of it."""

    name: str
    context: str
    key: str
    wanted: str
    output_sha256: str
    outcome: str


class Ledger:
    """The ledger of a folder of documents; ``path`` is its file, or empty for one that is gone with the run.

    Use it in a ``with`` statement. Several runs may use one file at a time. Raises LedgerError.
    """

    def __init__(self, path: str = "") -> None:
        self.path = path
        self.run = 0
        self.trouble: LedgerError | None = None
        self._lock: sqlite3.Connection | None = None
        self._rows: list[dict[str, Any]] = []
        self._written = monotonic()
        try:
            if path:
                _make_folder(os.path.dirname(path))
            self.connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        except (OSError, sqlite3.Error) as problem:
            raise self._error(problem) from problem
        try:
            self._prepare()
        except (LedgerError, sqlite3.Error) as problem:
            self.connection.close()
            raise problem if isinstance(problem, LedgerError) else self._error(problem) from problem

    @classmethod
    def of(cls, folder: str) -> Ledger:
        """Return the ledger of a folder of documents; that of a folder elsewhere is on this machine."""
        if files.is_remote(folder):
            from copydesk import remote

            place = remote.identity(folder.removesuffix("/"))
            return cls(os.path.join(_state(), f"{hex_digest(place.encode())[:16]}.sqlite"))
        return cls(os.path.join(files.local(folder), files.OWN_FOLDER, FILE))

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        try:
            self.flush()
        finally:
            self.connection.close()
            if self._lock:
                self._lock.close()

    def _prepare(self) -> None:
        execute = self.connection.execute
        version = execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, VERSION):
            raise LedgerError(f"{self.path!r}: this ledger is of version {version}, and not {VERSION}; remove it, and "
                              "all is converted again, or name another one with --ledger")  # fmt: skip
        execute(f"PRAGMA cache_size = {CACHE}")
        execute(f"PRAGMA temp.cache_size = {CACHE}")
        execute("PRAGMA synchronous = OFF")  # what is believed is tried against the bytes
        if version != VERSION:
            self.connection.executescript(f"BEGIN IMMEDIATE; {TABLES} PRAGMA user_version = {VERSION}; COMMIT;")

    def ask(self, statement: str, *values: Any) -> sqlite3.Cursor:
        """Execute a statement. Raises LedgerError."""
        try:
            return self.connection.execute(statement, values)
        except sqlite3.Error as problem:
            raise self._error(problem) from problem

    def table(self, name: str, question: str, *values: Any) -> None:
        """Keep the answer to a question in a table of this run."""
        self.ask(f"DROP TABLE IF EXISTS temp.{name}")
        self.ask(f"CREATE TEMP TABLE {name} AS {question}", *values)

    def rows_of(self, name: str) -> Iterator[tuple[Any, ...]]:
        """Give the rows of such a table, some at a time.

        No question stays open meanwhile: while one is, SQLite lets go of no file, and no other run can write.
        """
        last = 0
        while some := self.ask(f"SELECT rowid, * FROM temp.{name} WHERE rowid > ? LIMIT {AT_ONCE}", last).fetchall():
            yield from (row[1:] for row in some)
            last = some[-1][0]

    def begin(self, converter: str) -> bool:
        """Begin a run, and tell whether an earlier one was killed, so that something of it may lie about.

        While another run is at work that is not told: what lies about may be in its hands.
        """
        with self.transaction():  # so that of several that begin at once each sees the ones before it
            alone = self._is_alone()
            killed = alone and self.ask("SELECT 1 FROM runs WHERE NOT ended").fetchone() is not None
            if alone:
                self.ask("UPDATE runs SET ended = 1 WHERE NOT ended")
            self.run = self.ask("INSERT INTO runs (converter) VALUES (?)", converter).lastrowid or 0
        return killed

    def end(self) -> None:
        """End the run: nothing of it lies about."""
        self.flush()
        self.note("UPDATE runs SET ended = 1 WHERE run = ?", [(self.run,)])

    def _is_alone(self) -> bool:
        """Tell whether no other run uses the ledger, and let others know of this one for as long as it lives.

        The lock is SQLite's, of a file of its own, because the system undoes it when a process ends, in whatever way.
        Where there can be none, nobody is known to be alone.
        """
        if not self.path:
            return True
        try:
            self._lock = sqlite3.connect(f"{self.path}.lock", timeout=0, isolation_level=None)
            alone = self._has_no_other(self._lock)
            self._lock.execute("BEGIN")
            self._lock.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error:
            return False
        return alone

    @staticmethod
    def _has_no_other(lock: sqlite3.Connection) -> bool:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            return False
        lock.execute("ROLLBACK")
        return True

    def past(self, identity: bytes) -> Past | None:
        """Return what is known of an input from earlier runs, or None."""
        row = self.ask("SELECT name, context, key, wanted, output_sha256, outcome FROM documents WHERE identity = ? "
                       "ORDER BY run DESC LIMIT 1", identity).fetchone()  # fmt: skip
        return Past(*row) if row else None

    def remember(self, row: dict[str, Any]) -> None:
        """Write down what became of an input, soon."""
        self._rows.append({**row, "run": self.run})
        if len(self._rows) >= ROWS or monotonic() - self._written > SECONDS:
            self.flush()

    def flush(self) -> None:
        """Write down what is not yet."""
        rows, self._rows, self._written = self._rows, [], monotonic()
        if rows:
            self.note(REMEMBER, rows)

    def note(self, statement: str, rows: Iterable[Any]) -> None:
        """Execute a statement for many rows; where that cannot be, ``trouble`` says why, and the run goes on."""
        try:
            self.write(statement, rows)
        except LedgerError as problem:
            self.trouble = problem

    def write(self, statement: str, rows: Iterable[Any]) -> None:
        """Execute a statement for many rows, in one transaction at least. Raises LedgerError."""
        with nullcontext() if self.connection.in_transaction else self.transaction("BEGIN"):
            try:
                self.connection.executemany(statement, rows)
            except sqlite3.Error as problem:
                raise self._error(problem) from problem

    @contextmanager
    def transaction(self, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
        """Do all that is in the block or, where it raises, nothing, with no other run in between.

        One that only has to ``BEGIN`` waits for no other run until it writes what these see.
        """
        self.ask(begin)
        try:
            yield
            self.ask("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                self.ask("ROLLBACK")
            raise

    def _error(self, problem: Exception) -> LedgerError:
        reason = problem.strerror if isinstance(problem, OSError) else str(problem)
        return LedgerError(f"{self.path!r}: the ledger cannot be used: {reason}; {_remedy(problem)}")


def _remedy(problem: Exception) -> str:
    """Return what mends a problem of the system or of SQLite, which numbers its own."""
    number = getattr(problem, "sqlite_errorcode", 0) & 0xFF  # what is above says more than it takes
    if isinstance(problem, sqlite3.DatabaseError) and not isinstance(problem, sqlite3.OperationalError):
        return "remove it, and all is converted again; nothing is lost by that"
    if number in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return "wait until the other run has ended, or name another one with --ledger"
    if number in CLOSED or (isinstance(problem, OSError) and problem.errno != errno.ENOSPC):
        return "make it a file in a folder where you may write, or name another one with --ledger"
    return "make room, or name another one with --ledger"


def _state() -> str:
    """Return where a program keeps what it knows from one time to the next, by the customs of the system."""
    home = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_STATE_HOME", "")
    return os.path.join(home or os.path.expanduser("~/.local/state"), "copydesk")


def _make_folder(folder: str) -> None:
    """Make the hidden folder; like the cache of other tools it keeps itself out of version control."""
    os.makedirs(folder or ".", exist_ok=True)
    ignore = os.path.join(folder, ".gitignore")
    if os.path.basename(folder) == files.OWN_FOLDER and not os.path.exists(ignore):
        with open(ignore, "w", encoding="ascii") as file:
            file.write("*\n")
