"""What a run over many inputs is made of: its settings, a task for each input, and an outcome of each."""

from __future__ import annotations

from typing import NamedTuple

from copydesk.desk.selection import Selection
from copydesk.digest import hex_digest
from copydesk.errors import CopydeskError, Rejection
from copydesk.inputs import Input
from copydesk.values.document import Diagnostic, Document

STATUSES = ("written", "unchanged", "rejected", "failed")


class Settings(NamedTuple):
    """What a run is asked to do.

    ``out`` is the folder for the Markdown, or empty where it is not to be written to disk; ``name`` is `mirror`,
    `dated` or a template; ``plugins`` are those that take part; ``fields`` says what the
    fields of JSON Lines are for; the rest is as in `Capture` and `normalize`.
    """

    out: str = ""
    name: str = "mirror"
    force: bool = False
    strict: bool = False
    related: bool = False
    encoding: str = ""
    url: str = ""
    captured: str = ""
    plugins: Selection = Selection()
    fields: str = ""


class Known(NamedTuple):
    """What is known of an input from an earlier run.

    ``context`` is the hash of what its document was made with, ``key`` of all that it was made of and with; ``name``
    and ``output_sha256`` are those of its output, and ``outcome`` is what became of it.
    """

    context: str
    key: str
    name: str
    output_sha256: str
    outcome: Outcome


class Task(NamedTuple):
    """The work on one input: where it is, where its output goes, and its bytes where they cannot be read again.

    ``settled`` is its outcome where that is known already, so that no worker is asked;
    ``known`` is what an earlier run made of it, where nothing else than the bytes can have changed;
    ``wanted`` is the name that its document wants for the output, where that is not made from the input's path.
    """

    item: Input
    settings: Settings
    name: str = ""
    wanted: str = ""
    data: bytes | None = None
    settled: Outcome | None = None
    known: Known | None = None


class Outcome(NamedTuple):
    """What became of one input: status, output, and for one that was not written stage, code, message and remedy.

    ``relative`` is the path of the input below the folder in which it was found, ``name`` the name that its output
    wants, where that is not made from this path; ``sha256`` is the hash of its bytes, empty where they were not read;
    ``inside`` is what a member is called in its container, and ``item`` the input itself, where it is at hand;
    ``output_sha256`` is the hash of what was written, and ``captured`` the day of the capture, where that is known;
    ``overwrote`` says what a person had changed in a file that was written over, and what of it stays; ``seconds`` is
    how long it took; ``document`` is there where it was not written to disk.
    """

    input: str
    relative: str
    status: str
    output: str = ""
    stage: str = ""
    code: str = ""
    message: str = ""
    id: str = ""
    layout: str = ""
    source: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()
    overwrote: str = ""
    name: str = ""
    sha256: str = ""
    output_sha256: str = ""
    captured: str = ""
    seconds: float = 0.0
    inside: str = ""
    item: Input | None = None
    document: Document | None = None


def outcome_of(task: Task, document: Document, status: str, output: str, text: str, overwrote: str = "") -> Outcome:
    """Return the outcome of an input that has become a document, of which this text was written."""
    account = document.account
    kept = None if task.settings.out else document
    return Outcome(task.item.shown, task.item.relative, status, output, id=document.id, layout=account.layout,
                   source=account.source, diagnostics=account.diagnostics, overwrote=overwrote, name=task.wanted,
                   sha256=str(document.frontmatter["input_sha256"]), output_sha256=hex_digest(text.encode()),
                   captured=str(document.frontmatter.get("captured") or ""), inside=task.item.inside, item=task.item,
                   document=kept)  # fmt: skip


def stopped(task: Task, stage: str, problem: BaseException) -> Outcome:
    """Return the outcome of an input that was stopped at a stage of the work."""
    status, code, message = "failed", _code(stage, problem), _message(problem)
    if isinstance(problem, Rejection):
        status, code, message = "rejected", problem.code, str(problem)
    return Outcome(task.item.shown, task.item.relative, status, "", stage, code, message, name=task.wanted,
                   inside=task.item.inside, item=task.item)  # fmt: skip


def _code(stage: str, problem: BaseException) -> str:
    if isinstance(problem, CopydeskError):
        return problem.code or stage
    if isinstance(problem, MemoryError):
        return "memory"
    return stage if isinstance(problem, OSError) else "unexpected"


def _message(problem: BaseException) -> str:
    if isinstance(problem, CopydeskError):
        return str(problem)
    return f"{type(problem).__name__}{f': {problem}' if str(problem) else ''}"
