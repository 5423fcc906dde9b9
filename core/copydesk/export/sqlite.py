"""SQLite: articles and their paragraphs, with full-text search, as Datasette likes it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any

from copydesk.errors import CopydeskError
from copydesk.export.parts import parts
from copydesk.export.records import LISTS, Record, row
from copydesk.frontmatter.writing import KEYS
from copydesk.markdown.paragraphs import Paragraph
from copydesk.places import Place

_NEEDED = frozenset(("id", "lang", "source_id", "source_name", "schema", "converter", "plugin", "capture_layout",
                     "input_file", "input_sha256", "body_sha256", "frontmatter_sha256", *LISTS))  # fmt: skip
_COLUMNS = ("path", *KEYS, "other", "body")
_PARAGRAPH_COLUMNS = ("article", "number", "role", "text", *Place._fields, "places", "parts")

# The keys are integers, since only these hold a full-text index to its rows for good; paths and numbers are unique.
# Datasette finds an index by the words `content=[table]`, brackets and all.
_TABLES = f"""
CREATE TABLE [articles] (
  [article] INTEGER PRIMARY KEY,
  [path] TEXT NOT NULL UNIQUE,
  {",".join(f"[{key}] TEXT{' NOT NULL' * (key in _NEEDED)}" for key in KEYS)},
  [other] TEXT NOT NULL,
  [body] TEXT NOT NULL,
  [parts] TEXT
);
CREATE TABLE [paragraphs] (
  [paragraph] INTEGER PRIMARY KEY,
  [article] INTEGER NOT NULL REFERENCES [articles]([article]),
  [number] INTEGER NOT NULL,
  [role] TEXT NOT NULL,
  [text] TEXT NOT NULL,
  [line] INTEGER, [column] INTEGER, [end_line] INTEGER, [end_column] INTEGER,
  [places] TEXT,
  [parts] TEXT,
  UNIQUE ([article], [number])
);
CREATE VIRTUAL TABLE [articles_fts] USING FTS5 (
  [title], [parts], tokenize='unicode61 remove_diacritics 2', content=[articles], content_rowid=[article]
);
CREATE VIRTUAL TABLE [paragraphs_fts] USING FTS5 (
  [text], [parts], tokenize='unicode61 remove_diacritics 2', content=[paragraphs], content_rowid=[paragraph]
);
CREATE VIEW [citations] AS SELECT
  p.[paragraph], a.[id] || '#' || p.[number] AS [citation], a.[title], a.[date], p.[text],
  a.[input_file], p.[line], p.[column], p.[end_line], p.[end_column], a.[path]
FROM [paragraphs] AS p JOIN [articles] AS a USING ([article]);
"""
_INDEXES = """
CREATE INDEX [articles_id] ON [articles]([id]);
CREATE INDEX [articles_date] ON [articles]([date]);
INSERT INTO [articles_fts]([articles_fts]) VALUES ('rebuild');
INSERT INTO [paragraphs_fts]([paragraphs_fts]) VALUES ('rebuild');
"""


def write(records: Iterable[Record], place: str) -> None:
    """Write a database into an empty file: tables `articles` and `paragraphs`, an index of each, view `citations`.

    Raises CopydeskError where Python's SQLite lacks the full-text search FTS5, or the disk is full.
    """
    try:
        with closing(sqlite3.connect(place, isolation_level=None)) as base:
            base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
            base.execute("BEGIN")
            for number, record in enumerate(records, 1):
                _insert(base, number, record)
            base.execute("COMMIT")
            base.executescript(_INDEXES)
    except sqlite3.Error as problem:
        fact = f"SQLite {sqlite3.sqlite_version} cannot write the database: {problem}"
        raise CopydeskError(f"{fact}; make room, or take a Python whose SQLite has FTS5") from problem


def _insert(base: sqlite3.Connection, number: int, record: Record) -> None:
    values = row(record)
    said = [*(_said(values[column]) for column in _COLUMNS), parts(values["title"] or "")]
    base.execute(f"INSERT INTO [articles] VALUES ({','.join('?' * (1 + len(said)))})", [number, *said])
    marks = ",".join("?" * len(_PARAGRAPH_COLUMNS))
    columns = ",".join(f"[{column}]" for column in _PARAGRAPH_COLUMNS)
    base.executemany(f"INSERT INTO [paragraphs] ({columns}) VALUES ({marks})", _paragraphs(number, record))


def _said(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value


def _paragraphs(article: int, record: Record) -> Iterator[tuple[Any, ...]]:
    for paragraph in record.paragraphs:
        number, role, text = paragraph
        yield (article, number, role, text, *_places(record, paragraph), parts(text))


def _places(record: Record, paragraph: Paragraph) -> tuple[Any, ...]:
    """Return the first and the last place of a paragraph, and all of them as JSON."""
    places = record.places[paragraph.number - 1] if record.places else ()
    if not places:
        return (None,) * 5
    first, last = places[0], places[-1]
    return (first.line, first.column, last.end_line, last.end_column, json.dumps(places))
