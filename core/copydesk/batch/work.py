"""The work on one input, wherever it is done: it may raise nothing, and whatever happens is its outcome."""

from __future__ import annotations

from collections.abc import Mapping
from time import perf_counter

from copydesk import inputs
from copydesk.batch.values import Known, Outcome, Settings, Task, outcome_of, stopped
from copydesk.desk.selection import host_of
from copydesk.digest import hex_digest
from copydesk.inputs import Input
from copydesk.pipeline import normalize
from copydesk.values.capture import Capture
from copydesk.values.document import Document


def convert_one(task: Task) -> Outcome:
    """Convert an input, and write what comes out where there is a folder for it."""
    begun = perf_counter()
    outcome = (task.known and _unchanged(task)) or _converted(task)
    return outcome._replace(seconds=perf_counter() - begun)


def _unchanged(task: Task) -> Outcome | None:
    from copydesk.batch.unchanged import unchanged  # not needed where no run went before

    return unchanged(task)


def _converted(task: Task) -> Outcome:
    made = _made(task)
    if isinstance(made, Outcome):
        return made
    if not task.settings.out:
        return outcome_of(task, made, "written", "-", made.markdown)
    from copydesk import outputs  # not needed for one capture to standard output

    try:
        path = outputs.place(task.settings.out, task.name)
        text, edits = outputs.over(path, made.markdown) if task.settings.force else (made.markdown, "")
        status = outputs.write(path, text, force=task.settings.force)
    except Exception as problem:  # one output that cannot be written stops no other
        return stopped(task, "write", problem)
    return outcome_of(task, made, status, path, text, edits if status == "written" else "")


def name_one(task: Task) -> str | Outcome:
    """Return the name that the document of an input wants for its file, or why there is no document."""
    if task.known and _is_same(task, task.known):
        outcome = task.known.outcome
        return outcome.name if outcome.id else outcome._replace(item=task.item)
    made = _made(task)
    if isinstance(made, Outcome):
        return made
    try:
        return _name(made.frontmatter, task.item, task.settings.name)
    except Exception as problem:
        return stopped(task, "name", problem)


def _is_same(task: Task, known: Known) -> bool:
    from copydesk.batch.unchanged import is_same  # not needed where no run went before

    return is_same(task, known)


def _made(task: Task) -> Document | Outcome:
    settings, stage, data = task.settings, "read", b""
    try:
        data = inputs.read(task.item) if task.data is None else task.data
        stage = "normalize"
        capture = _capture(data, task.item, settings)
        host = host_of(settings.plugins)
        return normalize(capture, host=host, strict=settings.strict, related=settings.related)
    except Exception as problem:  # whatever a document does, it costs only itself
        return stopped(task, stage, problem)._replace(sha256=hex_digest(data) if stage != "read" else "")


def _capture(data: bytes, item: Input, settings: Settings) -> Capture:
    """Return the capture; what the command line says of it goes before what its container says."""
    return Capture(data, item.shown, settings.url or item.url, settings.captured or item.captured,
                   settings.encoding or item.encoding)  # fmt: skip


def _name(frontmatter: Mapping[str, object], item: Input, name: str) -> str:
    from copydesk import names

    if name == "dated":
        return names.dated(frontmatter)
    return names.from_template(name, frontmatter, item.relative)
