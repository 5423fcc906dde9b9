"""Cases: folders with a capture, what is known of it, and what is expected to become of it.

A case holds one capture, `case.yaml` with `shows` (and `url`, `captured`, `name` where they matter), and what a person
has accepted: `expected.md` and `account.tsv`, or `rejected.json`. What is proposed, and nobody has looked at yet,
stands in its folder `proposed/`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from copydesk.account import rows
from copydesk.desk.load import Host
from copydesk.errors import CopydeskError, Rejection
from copydesk.limits import TookTooLong, within
from copydesk.pipeline import normalize
from copydesk.values.capture import Capture
from copydesk.values.document import Document

HINTS = "case.yaml"
PROPOSED = "proposed"
DOCUMENT, ACCOUNT, REJECTED = "expected.md", "account.tsv", "rejected.json"
RECORDED = (DOCUMENT, ACCOUNT, REJECTED)

LONGEST = 10.0
"""So many seconds a case may take."""

_KNOWN = ("shows", "name", "url", "captured", "encoding")


class CaseError(CopydeskError):
    """A folder that is no case, or whose capture fails; the message names it, the fact and the remedy."""


class Case(NamedTuple):
    """A case: its folder, its name (the folder below the root of all cases), its capture and what it shows."""

    folder: Path
    name: str
    capture: Capture
    shows: str


def cases_below(root: Path) -> list[Case]:
    """Return all cases in a folder, which may be one itself, in the order of their names. Raises CaseError."""
    return [case_of(hints.parent, root) for hints in sorted(root.rglob(HINTS))]


def case_of(folder: Path, root: Path) -> Case:
    """Return the case in a folder below the root of all cases. Raises CaseError."""
    hints = _hints(folder)
    files = [file for file in sorted(folder.iterdir()) if file.is_file() and file.name not in (HINTS, *RECORDED)]
    if len(files) != 1:
        said = ", ".join(file.name for file in files) or "none"
        raise CaseError(f"{folder.as_posix()}: a case holds one capture, and here is {said}; give each its own folder")
    name = hints.get("name") or f"{folder.resolve().name}/{files[0].name}"  # the same wherever the cases are
    capture = Capture(files[0].read_bytes(), name, hints.get("url", ""), hints.get("captured", ""),
                      hints.get("encoding", ""))  # fmt: skip
    return Case(folder, folder.relative_to(root).as_posix(), capture, hints.get("shows", ""))


def _hints(folder: Path) -> dict[str, str]:
    import yaml

    path = folder / HINTS
    try:
        said: Any = yaml.safe_load(path.read_text("utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise CaseError(f"{path.as_posix()}: {' '.join(str(problem).split())}; write it as YAML") from None
    if not isinstance(said, dict):
        raise CaseError(f"{path.as_posix()}: it holds {said!r}; write `shows:` and what the case shows")
    for key in said:
        if key not in _KNOWN:
            raise CaseError(f"{path.as_posix()}: {key!r} is no key of a case; they are {', '.join(_KNOWN)}")
    return {key: str(value) for key, value in said.items()}


def becomes(case: Case, host: Host) -> dict[str, str]:
    """Return what becomes of a case: names of files and what stands in them.

    Raises CaseError where the capture is neither converted nor rejected, or takes too long.
    """
    try:
        with within(LONGEST):
            document = normalize(case.capture, host=host)
    except Rejection as problem:
        said = {"code": problem.code, "message": str(problem)}
        return {REJECTED: json.dumps(said, ensure_ascii=False, indent=1) + "\n"}
    except CopydeskError as problem:
        raise CaseError(f"{case.folder.as_posix()}: the capture fails: {problem}") from problem
    except TookTooLong as problem:
        raise CaseError(f"{case.folder.as_posix()}: {problem}; look at its plugin") from None
    return {DOCUMENT: document.markdown, ACCOUNT: "".join(f"{line}\n" for line in ledger(document))}


def ledger(document: Document) -> Iterator[str]:
    """Give an account in lines: the place, role and rule of each span, then the diagnostics."""
    for row in rows(document.account.reading):
        yield f"{row.line}:{row.column}\t{row.role}\t{row.rule}"
    for found in document.account.diagnostics:
        yield f"{found.line}:{found.column}\t{found.severity}\t{found.code}: {found.message}"


def expected(case: Case) -> dict[str, str]:
    """Return what is expected of a case, as `becomes` gives it; nothing where nothing was accepted yet."""
    return _texts(case.folder)


def proposed(case: Case) -> dict[str, str]:
    """Return what is proposed for a case and waits to be accepted."""
    return _texts(case.folder / PROPOSED)


def _texts(folder: Path) -> dict[str, str]:
    present = (folder / name for name in RECORDED)
    return {file.name: file.read_bytes().decode("utf-8") for file in present if file.exists()}


def propose(case: Case, host: Host) -> bool:
    """Put what becomes of a case beside it, for a person to look at; tell whether that is other than expected."""
    found = becomes(case, host)
    withdraw(case)
    if found == expected(case):
        return False
    folder = case.folder / PROPOSED
    folder.mkdir()
    for name, text in found.items():
        (folder / name).write_bytes(text.encode("utf-8"))
    return True


def accept(case: Case) -> bool:
    """Make what is proposed for a case what is expected of it; tell whether there was something."""
    found = proposed(case)
    if not found:
        return False
    for name in RECORDED:
        (case.folder / name).unlink(missing_ok=True)
    for name, text in found.items():
        (case.folder / name).write_bytes(text.encode("utf-8"))
    withdraw(case)
    return True


def withdraw(case: Case) -> None:
    """Take back what is proposed for a case."""
    folder = case.folder / PROPOSED
    for name in RECORDED:
        (folder / name).unlink(missing_ok=True)
    if folder.is_dir():
        folder.rmdir()
