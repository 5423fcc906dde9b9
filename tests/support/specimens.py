"""Specimens: each folder below `seeds/` with a capture, hints, and what is expected of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import yaml

from copydesk import Capture, CopydeskError, Document, Rejection, normalize
from copydesk.account import rows

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
EXPECTED = ("expected.md", "account.tsv", "rejected.json")


class Specimen(NamedTuple):
    """A folder, and the capture in it."""

    folder: Path
    capture: Capture

    @property
    def case(self) -> str:
        """The folder's place below `seeds/`, as `kcna/layout-a`."""
        return self.folder.relative_to(SEEDS).as_posix()


def specimens() -> list[Specimen]:
    """Return all specimens, in the order of their names."""
    return [_specimen(case.parent) for case in sorted(SEEDS.glob("*/*/case.yaml"))]


def _specimen(folder: Path) -> Specimen:
    hints = yaml.safe_load((folder / "case.yaml").read_text("utf-8"))
    files = [file for file in sorted(folder.iterdir()) if file.name not in ("case.yaml", *EXPECTED)]
    assert len(files) == 1, f"{folder} must hold one capture; it holds {[file.name for file in files]}"
    name = hints.get("name") or files[0].relative_to(ROOT).as_posix()
    capture = Capture(files[0].read_bytes(), name, hints.get("url", ""), str(hints.get("captured", "")))
    return Specimen(folder, capture)


def outcome(specimen: Specimen) -> dict[str, str]:
    """Return what a specimen becomes: file names and their contents."""
    try:
        document = normalize(specimen.capture)
    except Rejection as problem:
        said = {"code": problem.code, "message": str(problem)}
        return {"rejected.json": json.dumps(said, ensure_ascii=False, indent=1) + "\n"}
    except CopydeskError as problem:
        raise AssertionError(f"{specimen.case} failed: {problem}") from problem
    return {"expected.md": document.markdown, "account.tsv": account(document)}


def account(document: Document) -> str:
    """Return an account in lines: the place, role and rule of each span, then the diagnostics."""
    lines = [f"{row.line}:{row.column}\t{row.role}\t{row.rule}" for row in rows(document.account.reading)]
    for found in document.account.diagnostics:
        lines += (f"{found.line}:{found.column}\t{found.severity}\t{found.code}: {found.message}",)
    return "\n".join(lines) + "\n"


def expected(specimen: Specimen) -> dict[str, str]:
    """Return what a specimen is expected to become."""
    present = (specimen.folder / name for name in EXPECTED)
    return {file.name: file.read_bytes().decode("utf-8") for file in present if file.exists()}


def record(specimen: Specimen) -> None:
    """Write what a specimen becomes as what is expected of it."""
    found = outcome(specimen)
    for name in EXPECTED:
        file = specimen.folder / name
        file.unlink(missing_ok=True)
        if name in found:
            file.write_bytes(found[name].encode("utf-8"))
