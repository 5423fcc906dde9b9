"""JSON Lines: an article a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from copydesk.export.records import Record, places_of, row


def write(records: Iterable[Record], stream: BinaryIO) -> None:
    """Write one object an article: its keys, a person's own under `other`, the body, and its paragraphs."""
    for record in records:
        line = row(record) | {"paragraphs": [_paragraph(record, number) for number in range(len(record.paragraphs))]}
        stream.write(json.dumps(line, ensure_ascii=False, allow_nan=False).encode() + b"\n")


def _paragraph(record: Record, at: int) -> dict[str, Any]:
    paragraph = record.paragraphs[at]
    return {**paragraph._asdict(), "places": places_of(record, paragraph)}
