"""A folder of captures to convert again and again, and what came of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.cli.test_convert import run
from tests.support.specimens import SEEDS

PAGE = (SEEDS / "kcna" / "layout-a" / "capture.txt").read_bytes()
OTHER = (SEEDS / "kcna" / "juche-wrong" / "capture.txt").read_bytes()


class Folder(NamedTuple):
    """A folder with captures `in`, documents `out` and a report."""

    root: Path
    capsys: pytest.CaptureFixture[str]

    @property
    def captures(self) -> Path:
        """Return the folder of the captures."""
        return self.root / "in"

    @property
    def out(self) -> Path:
        """Return the folder of the documents."""
        return self.root / "out"

    def put(self, **captures: bytes) -> None:
        """Write captures by the stems of their names."""
        self.captures.mkdir(exist_ok=True)
        for stem, data in captures.items():
            (self.captures / f"{stem}.txt").write_bytes(data)

    def convert(self, *options: str | Path, inputs: tuple[str | Path, ...] = ()) -> dict[str, str]:
        """Convert the captures, and return the status of each by its relative path."""
        run(self.capsys, "convert", *(inputs or (self.captures,)), "-o", self.out, "--report", self.report, "--timeout",
            "0", *options)  # fmt: skip
        return {row["relative"]: row["status"] for row in self.rows() if "input" in row}

    @property
    def report(self) -> Path:
        """Return the report."""
        return self.root / "report.jsonl"

    def rows(self) -> list[dict[str, Any]]:
        """Return the lines of the last report."""
        return [json.loads(line) for line in self.report.read_text("utf-8").splitlines()]

    def tree(self) -> dict[str, tuple[bytes, int]]:
        """Return the bytes and the time of each document."""
        return {path.relative_to(self.out).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
                for path in sorted(self.out.rglob("*.md"))}  # fmt: skip


def gone(folder: Folder) -> dict[str, tuple[str, str]]:
    """Return the fate of each output whose input has gone, and the reason, as the report says it."""
    rows = [row["gone"] for row in folder.rows() if "gone" in row]
    return {Path(row["output"]).relative_to(folder.out).as_posix(): (row["fate"], row["reason"]) for row in rows}
