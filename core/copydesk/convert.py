"""Converting: many inputs, each with an outcome, so that inputs = written + unchanged + rejected + failed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from copydesk import inputs
from copydesk.errors import CopydeskError, Rejection
from copydesk.inputs import Input
from copydesk.pipeline import normalize
from copydesk.values.capture import Capture
from copydesk.values.document import Diagnostic, Document

STATUSES = ("written", "unchanged", "rejected", "failed")


class Settings(NamedTuple):
    """What a run is asked to do.

    ``out`` is the folder for the Markdown, or empty where it is not to be written to disk; ``name`` is `mirror`,
    `dated` or a template; the rest is as in `Capture` and `normalize`.
    """

    out: str = ""
    name: str = "mirror"
    force: bool = False
    strict: bool = False
    related: bool = False
    encoding: str = ""
    url: str = ""
    captured: str = ""


class Outcome(NamedTuple):
    """What became of one input: status, output, and for one that was not written stage, code, message and remedy.

    ``overwrote`` says what a person had changed in a file that was written over, and what of it stays.
    """

    input: str
    status: str
    output: str = ""
    stage: str = ""
    code: str = ""
    message: str = ""
    document: Document | None = None
    overwrote: str = ""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The diagnostics of the document, if there is one."""
        return self.document.account.diagnostics if self.document else ()


_Stopped = tuple[str, Exception]
"""The stage at which an input was stopped, and by what."""

_Made = Document | _Stopped


def convert(found: Iterable[Input], settings: Settings) -> Iterator[Outcome]:
    """Convert inputs one by one, in their order; without ``settings.out`` nothing is written to disk.

    Whatever happens to one input is its own outcome and stops no other.
    """
    items = list(found)
    keys = _keys(items)
    kept: dict[str, _Made] = {}
    where = _names(dict(zip(keys, items, strict=True)), settings, kept) if settings.out else {}
    for item, key in zip(items, keys, strict=True):
        made = kept.pop(key, None) or _made(item, settings)
        yield _outcome(item, made, where.get(key, ""), settings)


def _keys(items: list[Input]) -> list[str]:
    """Return what tells inputs apart: the path below the root, or the path as given where roots share one."""
    times = Counter(item.relative for item in items)
    return [item.relative if times[item.relative] == 1 else item.path for item in items]


def _names(items: dict[str, Input], settings: Settings, kept: dict[str, _Made]) -> dict[str, str]:
    """Return the name of each input's output, such that no two share one.

    Mirrored names come from the inputs' paths. All others come from the documents, so these are made here for
    their names alone and again for writing: that is what it takes to give two inputs two names in any order,
    without holding a corpus in memory. What cannot be read twice is kept.
    """
    from copydesk import names

    if settings.name == "mirror":
        return names.settle({key: names.mirror(item.relative) for key, item in items.items()})
    wanted: dict[str, str] = {}
    for key, item in items.items():
        made = _made(item, settings)
        if isinstance(made, Document):
            wanted[key] = _name(made.frontmatter, item, settings.name)
        if item.path == "-" or len(items) == 1:
            kept[key] = made
    return names.settle(wanted)


def _name(frontmatter: Mapping[str, object], item: Input, name: str) -> str:
    from copydesk import names

    if name == "dated":
        return names.dated(frontmatter)
    return names.from_template(name, frontmatter, item.relative)


def _made(item: Input, settings: Settings) -> _Made:
    stage = "read"
    try:
        data = inputs.read(item)
        stage = "normalize"
        capture = Capture(data, item.path, settings.url, settings.captured, settings.encoding)
        return normalize(capture, strict=settings.strict, related=settings.related)
    except Exception as problem:  # whatever a document does, it costs only itself
        return stage, problem


def _outcome(item: Input, made: _Made, name: str, settings: Settings) -> Outcome:
    if not isinstance(made, Document):
        return _stopped(item, *made)
    if not settings.out:
        return Outcome(item.path, "written", "-", document=made)
    from pathlib import Path

    from copydesk import outputs  # not needed for one capture to standard output

    try:
        path = Path(settings.out, name)
        text, edits = outputs.over(path, made.markdown) if settings.force else (made.markdown, "")
        status = outputs.write(path, text, force=settings.force)
    except Exception as problem:  # one output that cannot be written stops no other
        return _stopped(item, "write", problem)
    return Outcome(item.path, status, path.as_posix(), document=made, overwrote=edits if status == "written" else "")


def _stopped(item: Input, stage: str, problem: Exception) -> Outcome:
    if isinstance(problem, Rejection):
        return Outcome(item.path, "rejected", "", stage, problem.code, str(problem))
    return Outcome(item.path, "failed", "", stage, _code(stage, problem), _message(problem))


def _code(stage: str, problem: Exception) -> str:
    if isinstance(problem, CopydeskError):
        return problem.code or stage
    return stage if isinstance(problem, OSError) else "unexpected"


def _message(problem: Exception) -> str:
    return str(problem) if isinstance(problem, CopydeskError) else f"{type(problem).__name__}: {problem}"
