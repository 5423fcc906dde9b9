"""The quarantine of a run: the captures that became no document, each beside the reason."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

from copydesk import inputs
from copydesk.batch.report import as_json, line
from copydesk.batch.values import Outcome
from copydesk.errors import CopydeskError
from copydesk.inputs import STDIN, Input
from copydesk.names import mirror
from copydesk.names.safe import hashed

REASON = ".reason.json"


def settle(folder: str, outcome: Outcome, reader: Callable[[Input], bytes] = inputs.read) -> None:
    """Put the capture of an outcome into the quarantine if it was rejected or failed, and take it out otherwise.

    Beside the capture, under its own name, stands its line of the report. What cannot be read, and what came by
    standard input, is there with the reason alone. Raises CopydeskError where the quarantine cannot be written.
    """
    place = _place(folder, outcome)
    try:
        if outcome.id:
            for path in (place, _reason(place)):
                path.unlink(missing_ok=True)
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        if (data := _data(outcome, reader)) is not None:
            _put(place, data)
        _put(_reason(place), f"{as_json(line(outcome), indent=1)}\n".encode())
    except OSError as problem:
        raise CopydeskError(f"{folder!r}: the quarantine cannot be written: {problem.strerror}; make room, or name "
                            "another folder") from problem  # fmt: skip


def _place(folder: str, outcome: Outcome) -> Path:
    """Return where a capture is kept: under its own name, or with a hash where another input has that."""
    name = mirror(outcome.relative)
    place = _with_suffix(folder, name, outcome)
    if outcome.inside or not _is_free(place, outcome):  # containers of one name may have members of one name
        place = _with_suffix(folder, hashed(name, outcome.input), outcome)
    return place


def _with_suffix(folder: str, name: str, outcome: Outcome) -> Path:
    return Path(folder, name.removesuffix(".md") + os.path.splitext(outcome.relative)[1].lower())


def _is_free(place: Path, outcome: Outcome) -> bool:
    """Tell whether a place is that of an input already, or nobody's: a file without a reason is somebody's own."""
    reason = _reason(place)
    if not reason.exists():
        return not place.exists()
    try:
        return bool(json.loads(reason.read_text("utf-8"))["input"] == outcome.input)
    except (ValueError, KeyError, TypeError):
        return False


def _reason(place: Path) -> Path:
    return place.with_name(f"{place.name}{REASON}")


def _data(outcome: Outcome, reader: Callable[[Input], bytes]) -> bytes | None:
    if outcome.input == STDIN or (outcome.inside and outcome.item is None):
        return None
    try:
        return reader(outcome.item or Input(outcome.input, outcome.relative))
    except CopydeskError:  # which is the reason, or too large to be a capture
        return None


def _put(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        os.replace(temporary, path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
