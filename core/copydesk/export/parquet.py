"""Parquet: an article a row, its paragraphs in a list."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import islice
from typing import Any

from copydesk.errors import CopydeskError
from copydesk.export.records import LISTS, Record, places_of, row
from copydesk.frontmatter.writing import KEYS
from copydesk.places import Place

_ROWS = 500
"""The articles of a row group: so many are in memory at once."""


def write(records: Iterable[Record], place: str) -> None:
    """Write a Parquet file; `other` is JSON. Raises CopydeskError where pyarrow is not installed."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise CopydeskError("Parquet needs pyarrow; install copydesk[parquet]") from None
    schema = _schema(pyarrow)
    rest = iter(records)
    with parquet.ParquetWriter(place, schema, compression="zstd") as writer:
        while rows := [_row(record) for record in islice(rest, _ROWS)]:
            writer.write_table(pyarrow.Table.from_pylist(rows, schema=schema))


def _schema(pyarrow: Any) -> Any:
    text, number = pyarrow.string(), pyarrow.int32()
    place = pyarrow.struct([(name, number) for name in Place._fields])
    paragraph = pyarrow.struct([("number", number), ("role", text), ("text", text), ("places", pyarrow.list_(place))])
    keys = [(key, pyarrow.list_(text) if key in LISTS else text) for key in KEYS]
    return pyarrow.schema([("path", text), *keys, ("other", text), ("body", text),
                           ("paragraphs", pyarrow.list_(paragraph))])  # fmt: skip


def _row(record: Record) -> dict[str, Any]:
    found = [{**paragraph._asdict(), "places": places_of(record, paragraph)} for paragraph in record.paragraphs]
    return row(record) | {"other": json.dumps(record.other, ensure_ascii=False), "paragraphs": found}
