"""The report of a run: JSON Lines with the run, an outcome a line, and the counts; it has a schema of its own."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple, TextIO

from copydesk import __version__
from copydesk.batch.values import STATUSES, Outcome, Settings
from copydesk.desk.load import Host
from copydesk.desk.selection import Selection
from copydesk.errors import CopydeskError
from copydesk.values.document import Diagnostic

SCHEMA = "copydesk_schemas:report/line.yaml"
VERSION = "copydesk/report/1"

CAPTURE = ("input", "output", "captured", "sha256")
"""What the line of a group says of each capture."""


class ReportError(CopydeskError):
    """A report that cannot be read or written; the message names the file, the line and the remedy."""


class Kept(NamedTuple):
    """A report that was read: the settings of its run, and the outcome of each input."""

    settings: Settings
    outcomes: list[Outcome]
    gone: list[dict[str, Any]]
    """The lines of outputs whose input has gone."""

    summary: dict[str, Any]
    """The counts at its end; without them the run was interrupted."""


def opening(settings: Settings, host: Host) -> dict[str, Any]:
    """Return the first line: what is run, and with what."""
    plugins = {plugin.name: plugin.version for plugin in host.plugins if plugin.state in ("active", "damaged")}
    said = {**settings._asdict(), "plugins": settings.plugins._asdict()}
    return {"report": VERSION, "converter": f"copydesk {__version__}", "plugins": plugins, "settings": said}


def line(outcome: Outcome) -> dict[str, Any]:
    """Return the line of an outcome; what is empty is left out."""
    row: dict[str, Any] = outcome._asdict()
    del row["document"], row["item"]
    row["seconds"] = round(outcome.seconds, 6)
    row["diagnostics"] = [_diagnostic(found) for found in outcome.diagnostics]
    return {key: value for key, value in row.items() if value not in ("", []) or (key == "diagnostics" and outcome.id)}


def _diagnostic(found: Diagnostic) -> dict[str, Any]:
    return {key: value for key, value in found._asdict().items() if value not in ("", 0)}


def closing(counts: Mapping[str, int], passed_over: Mapping[str, int]) -> dict[str, Any]:
    """Return the last line: how many inputs there were, and how many of each status."""
    total = sum(counts[status] for status in STATUSES)
    return {"summary": {"inputs": total, **{status: counts[status] for status in STATUSES},
                        "passed_over": dict(passed_over)}}  # fmt: skip


def groups(outcomes: Iterable[Outcome]) -> Iterator[dict[str, Any]]:
    """Give a line for each article of which there are several captures, by the ids of the documents."""
    found: dict[str, list[dict[str, Any]]] = {}
    for outcome in outcomes:
        if outcome.id:
            found.setdefault(outcome.id, []).append(line(outcome))
    return (group(id_, some) for id_, some in sorted(found.items()) if len(some) > 1)


def group(id_: str, lines: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the line of an article of which there are several captures, with what it takes to choose among them."""
    captures = sorted(({key: said[key] for key in CAPTURE if key in said} for said in lines), key=lambda c: c["output"])
    return {"group": {"id": id_, "captures": captures}}


def write(stream: TextIO, row: Mapping[str, Any]) -> None:
    """Write a line, so that it is there whatever happens to the process afterwards. Raises ReportError."""
    try:
        stream.write(as_json(row) + "\n")
        stream.flush()
    except OSError as problem:
        raise ReportError(f"{stream.name!r}: the report cannot be written: {problem.strerror}; make room, or name "
                          "another file") from None  # fmt: skip


def as_json(row: Mapping[str, Any], indent: int | None = None) -> str:
    """Return a row as JSON that can be encoded: the bytes of a name that are no UTF-8 are escaped, and read back."""
    text = json.dumps(row, ensure_ascii=False, indent=indent)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(row, indent=indent)
    return text


def read(path: str) -> Kept:
    """Read a report, also one whose run was interrupted: a last line that breaks off is left out.

    Of several outcomes of one input the last counts. Raises ReportError.
    """
    rows = list(_rows(path))
    if not rows or rows[0].get("report") != VERSION:
        raise ReportError(f"{path}:1: this is no report of {VERSION}; give a file that was written with --report")
    outcomes = {row["input"]: outcome_of(row) for row in rows if "input" in row}
    gone = [row for row in rows if "gone" in row]
    return Kept(_settings(rows[0]["settings"]), list(outcomes.values()), gone, rows[-1].get("summary", {}))


def _rows(path: str) -> Iterator[dict[str, Any]]:
    try:
        with open(path, encoding="utf-8") as stream:
            lines = stream.read().split("\n")
    except (OSError, UnicodeDecodeError) as problem:
        raise ReportError(f"{path}: cannot be read: {problem}; give a file that was written with --report") from None
    for number, text in enumerate(lines, 1):
        try:
            row = json.loads(text) if text else {}
        except ValueError:
            if number == len(lines):  # the run was ended in the middle of a line
                return
            raise ReportError(f"{path}:{number}: this is no line of JSON; take it out") from None
        yield from (row,) if row else ()


def _settings(said: Mapping[str, Any]) -> Settings:
    chosen = said["plugins"]
    plugins = Selection(tuple(chosen["names"]), tuple(chosen["folders"]), bool(chosen["own"]))
    return Settings(**{**said, "plugins": plugins})


def outcome_of(row: Mapping[str, Any]) -> Outcome:
    """Return the outcome that a line tells of."""
    found = [Diagnostic(**{"line": 0, "column": 0, "rule": "", **said}) for said in row.get("diagnostics", ())]
    return Outcome(**{**row, "diagnostics": tuple(found)})


def replace(path: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Put a report into the place of another in one step. Raises ReportError, with the old one as it was."""
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        with open(temporary, "w", encoding="utf-8") as stream:
            for row in rows:
                stream.write(as_json(row) + "\n")
        os.replace(temporary, path)
    except OSError as problem:
        with suppress(OSError):  # the failure that brought us here is the one to tell of
            os.unlink(temporary)
        raise ReportError(f"{path!r}: the report cannot be written anew: {problem.strerror}; make room, or make its "
                          "folder writable") from None  # fmt: skip
