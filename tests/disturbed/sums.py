"""Sums over what a run has left: the tree, what its report says of it, and what should not be there."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

STATUSES = ("written", "unchanged", "rejected", "failed")
DONE = ("written", "unchanged")

Tree = dict[str, bytes]


def tree(folder: Path) -> Tree:
    """Return the files below a folder by their relative paths, without those with a hidden part."""
    return {name: path.read_bytes() for name, path in _files(folder) if not _is_hidden(name)}


def leftovers(folder: Path) -> list[str]:
    """Return the temporary files that are anywhere below a folder."""
    return [name for name, _ in _files(folder) if name.endswith(".tmp")]


def rows(report: Path) -> list[dict[str, Any]]:
    """Return the whole lines of a report: the last may have broken off."""
    return [json.loads(text) for text in report.read_text("utf-8").split("\n")[:-1]]


def outcomes(report: Path) -> dict[str, dict[str, Any]]:
    """Return the outcomes in a report by their inputs, each of which has one."""
    found = [row for row in rows(report) if "input" in row]
    by_input = {row["input"]: row for row in found}

    assert len(found) == len(by_input)
    return by_input


def check_accounted(report: Path, out: Path, inputs: int) -> dict[str, int]:
    """Check that a report has every input once, that its counts are those of its lines, and that its outputs are there.

    Nothing else is in the tree. Return the counts.
    """
    found = outcomes(report)
    summary = rows(report)[-1]["summary"]
    counts = Counter(row["status"] for row in found.values())

    assert len(found) == summary["inputs"] == inputs
    assert {status: counts[status] for status in STATUSES} == {status: summary[status] for status in STATUSES}
    assert Counter(outputs(report)) == Counter([*tree(out)])
    return {status: counts[status] for status in STATUSES if counts[status]}


def outputs(report: Path) -> list[str]:
    """Return the outputs that a report says are there, below the output folder of its run."""
    out = rows(report)[0]["settings"]["out"]
    paths = [Path(row["output"]) for row in outcomes(report).values() if row["status"] in DONE]
    return [path.relative_to(out).as_posix() for path in paths]


def _files(folder: Path) -> list[tuple[str, Path]]:
    return [(path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file()]


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") for part in name.split("/"))
