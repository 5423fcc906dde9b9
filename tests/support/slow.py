"""Captures that take their time, by a plugin that sleeps, and the folder of a run over them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from tests.support.specimens import SEEDS

PLUGIN = """
import time
from copydesk.plugin import Source, hookimpl

def slow(reading):
    time.sleep(0.05)
    return ()

def hangs(reading):
    time.sleep(600)
    return ()

@hookimpl
def copydesk_sources():
    return (Source("slow", "Slow", labels=("Slow",), habits={"en": (slow,)}),
            Source("hangs", "Hangs", labels=("Hangs",), habits={"en": (hangs,)}))
"""
PAGE = (SEEDS / "kcna" / "layout-a" / "capture.txt").read_bytes()


def captures(folder: Path, count: int, label: str = "Slow", first: int = 0) -> Path:
    """Write so many captures of a source into the folder `in` below a folder, and the plugin beside them."""
    (folder / "plugins").mkdir(exist_ok=True)
    (folder / "plugins" / "slow.py").write_text(PLUGIN, "utf-8")
    (folder / "in").mkdir(exist_ok=True)
    for number in range(first, first + count):
        (folder / "in" / f"{number:04}.txt").write_bytes(PAGE.replace(b"KCNA.kp", label.encode()))
    return folder / "in"


def rows(report: Path) -> list[dict[str, Any]]:
    """Return the lines of a report that is being written: those that are whole."""
    text = report.read_text("utf-8") if report.exists() else ""
    return [json.loads(line) for line in text.split("\n")[:-1]]


def statuses(report: Path) -> Counter[str]:
    """Return how many inputs of each status are in a report."""
    return Counter(row["status"] for row in rows(report) if "input" in row)


def tree(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder but the ledger, hidden ones too."""
    files = [path for path in folder.rglob("*") if path.is_file() and ".copydesk" not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
