"""Converting: many inputs, each with an outcome, so that inputs = written + unchanged + rejected + failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from copydesk import inputs, names, outputs
from copydesk.errors import CopydeskError, Rejection, RuleError
from copydesk.inputs import Input
from copydesk.pipeline import normalize
from copydesk.values.capture import Capture
from copydesk.values.document import Diagnostic, Document

STATUSES = ("written", "unchanged", "rejected", "failed")


class Settings(NamedTuple):
    """What a run is asked to do.

    ``out`` is the folder for the Markdown; ``name`` is `mirror`, `dated` or a template; the rest is as in `Capture`
    and `normalize`.
    """

    out: Path | None = None
    name: str = "mirror"
    force: bool = False
    strict: bool = False
    related: bool = False
    encoding: str = ""
    url: str = ""
    captured: str = ""


class Outcome(NamedTuple):
    """What became of one input: status, output, and for one that was not written stage, code, message and remedy."""

    input: str
    status: str
    output: str = ""
    stage: str = ""
    code: str = ""
    message: str = ""
    document: Document | None = None

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The diagnostics of the document, if there is one."""
        return self.document.account.diagnostics if self.document else ()


class _Stopped(NamedTuple):
    stage: str
    problem: Exception


def convert(found: Iterable[Input], settings: Settings) -> Iterator[Outcome]:
    """Convert inputs one by one, in their order; without ``settings.out`` nothing is written to disk.

    Whatever happens to one input is its own outcome and stops no other.
    """
    items = list(found)
    where = names.settle(_wanted(items, settings))
    for item, key in zip(items, _keys(items), strict=True):
        yield _convert(item, where.get(key, ""), settings)


def _keys(items: list[Input]) -> list[str]:
    """Return what tells inputs apart: the path below the root, or the path as given where roots share one."""
    times = Counter(item.relative for item in items)
    return [item.relative if times[item.relative] == 1 else item.path for item in items]


def _wanted(items: list[Input], settings: Settings) -> dict[str, str]:
    """Return the name that each input would have if it were alone.

    Mirrored names come from the inputs' paths. All others come from the documents, so these are made here for
    their names alone and again for writing: that is what it takes to give two inputs two names in any order.
    """
    if settings.out is None:
        return {}
    if settings.name == "mirror":
        return {key: names.mirror(item.relative) for item, key in zip(items, _keys(items), strict=True)}
    wanted: dict[str, str] = {}
    for item, key in zip(items, _keys(items), strict=True):
        document = _document(item, settings)
        if isinstance(document, Document):
            wanted[key] = _name(document.frontmatter, item, settings.name)
    return wanted


def _name(frontmatter: Mapping[str, object], item: Input, name: str) -> str:
    if name == "dated":
        return names.dated(frontmatter)
    return names.from_template(name, frontmatter, item.relative)


def _convert(item: Input, name: str, settings: Settings) -> Outcome:
    document = _document(item, settings)
    if isinstance(document, _Stopped):
        return _outcome(item, document)
    if settings.out is None:
        return Outcome(item.path, "written", "-", document=document)
    try:
        path = settings.out / name
        status = outputs.write(path, document.markdown, force=settings.force)
    except Exception as problem:  # one output that cannot be written stops no other
        return _outcome(item, _Stopped("write", problem))
    return Outcome(item.path, status, path.as_posix(), document=document)


def _document(item: Input, settings: Settings) -> Document | _Stopped:
    stage = "read"
    try:
        data = inputs.read(item)
        stage = "normalize"
        capture = Capture(data, item.path, settings.url, settings.captured, settings.encoding)
        return normalize(capture, strict=settings.strict, related=settings.related)
    except Exception as problem:  # whatever a document does, it costs only itself
        return _Stopped(stage, problem)


def _outcome(item: Input, stopped: _Stopped) -> Outcome:
    stage, problem = stopped
    if isinstance(problem, Rejection):
        return Outcome(item.path, "rejected", "", stage, problem.code, str(problem))
    if isinstance(problem, outputs.EditedOutput):
        return Outcome(item.path, "failed", "", stage, "edited-output", str(problem))
    if isinstance(problem, RuleError):
        return Outcome(item.path, "failed", "", stage, "rule", str(problem))
    if isinstance(problem, CopydeskError | OSError):
        return Outcome(item.path, "failed", "", stage, stage, str(problem))
    return Outcome(item.path, "failed", "", stage, "unexpected", f"{type(problem).__name__}: {problem}")
