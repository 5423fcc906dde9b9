"""What was measured at scale, kept in a file of JSON: by part, with what may be said of the machine."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.measure import Missing, Result, Row
from benchmarks.scale.parts import cores
from benchmarks.scale.rows import Memory, Peer, Rate, Rerun, Workers

_KINDS: dict[str, Any] = {kind.__name__: kind for kind in (Memory, Missing, Peer, Rate, Rerun, Result, Workers)}


class Saved(NamedTuple):
    """What a file holds: the machine in words that fit many, how many documents at most, and the rows of each part."""

    machine: dict[str, str]
    documents: int
    parts: dict[str, list[Row]]


def machine() -> dict[str, str]:
    """Return what may be said of the machine: no name of it, nor of its owner."""
    return {"system": platform.system(), "cores": str(cores()),
            "python": f"{platform.python_implementation()} {platform.python_version()}"}  # fmt: skip


def save(path: Path, documents: int, parts: Mapping[str, Sequence[Row]]) -> None:
    """Write a file; parts that are in it from the same machine, over as many documents, stay."""
    kept: dict[str, Any] = {}
    if path.exists():
        before = json.loads(path.read_text("utf-8"))
        if (before["machine"], before["documents"]) == (machine(), documents):
            kept = before["parts"]
    found = {name: [{"row": type(row).__name__, **row._asdict()} for row in rows] for name, rows in parts.items()}
    text = json.dumps({"machine": machine(), "documents": documents, "parts": kept | found}, indent=1)
    path.write_text(text + "\n", "utf-8")


def load(path: Path) -> Saved:
    """Return what a file holds."""
    found = json.loads(path.read_text("utf-8"))
    parts = {name: [_row(dict(row)) for row in rows] for name, rows in found["parts"].items()}
    return Saved(found["machine"], found["documents"], parts)


def _row(fields: dict[str, Any]) -> Row:
    kind = _KINDS[fields.pop("row")]
    row: Row = kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in fields.items()})
    return row
