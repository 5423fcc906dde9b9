"""Specimens: the cases below `seeds/`, each a capture of our own and what is expected of it."""

from __future__ import annotations

from pathlib import Path

from copydesk.desk.selection import installed
from copydesk.testing.cases import Case, becomes, cases_below

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"

Specimen = Case


def specimens() -> list[Specimen]:
    """Return all specimens, in the order of their names."""
    return cases_below(SEEDS)


def outcome(specimen: Specimen) -> dict[str, str]:
    """Return what a specimen becomes: file names and their contents."""
    return becomes(specimen, installed())
