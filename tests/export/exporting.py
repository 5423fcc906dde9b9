"""Run exports, and read JSON Lines back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from copydesk import cli


def export(folder: Path, to: str, out: Path, *more: str) -> int:
    """Run the command."""
    return cli.main(["export", str(folder), "--to", to, "-o", str(out), *more])


def lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
