"""Looks through written documents for what breaks the contract, with file and line, and for what a person edited."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from copydesk.digest import hex_digest
from copydesk.errors import CopydeskError, FrontmatterError
from copydesk.frontmatter.reading import Parsed, parse
from copydesk.frontmatter.writing import KEYS, body_hash, frontmatter_hash
from copydesk.markdown.paragraphs import paragraphs
from copydesk.names.faults import name_faults
from copydesk.names.settled import folded

ERROR, INFO = "error", "info"
_EDITS_ARE_SAFE = "a new run leaves the file alone unless it is forced"


class Fault(NamedTuple):
    """What is wrong with a file, or worth knowing: `line` counts from 1, `key` is empty where no key is meant.

    `severity` is `error` for what breaks the contract and `info` for what a person may do.
    """

    path: str
    line: int
    key: str
    severity: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        key, remedy = self.key and f"{self.key}: ", self.remedy and f", {self.remedy}"
        return f"{self.path}:{self.line}: {key}{self.message}{remedy}"


class _Checked(NamedTuple):
    faults: list[Fault]
    capture: tuple[str, str] | None
    line: int


class _File(NamedTuple):
    path: str
    relative: str  # to the folder that was named, with `/` between its parts


def check_file(path: str | os.PathLike[str]) -> list[Fault]:
    """Return all faults of one file, in the order of its lines; never raises."""
    place = os.fspath(path)
    return _faults_of(_File(place, _last(place))).faults


def check_tree(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Fault]:
    """Give the faults of files, and of every `*.md` below folders, in the order of their paths; never raises.

    Hidden folders, such as `.git` and `.obsidian`, are passed over. That two files hold the same capture of the same
    article, and that two names are one where case does not count, only this function can see.
    """
    captures: dict[tuple[str, str], str] = {}
    names: dict[str, str] = {}
    for file in _files(paths):
        faults, capture, line = _faults_of(file)
        yield from _clash(file.path, names)
        yield from faults
        first = captures.setdefault(capture, file.path) if capture else file.path
        if first != file.path:
            yield Fault(file.path, line, "id", INFO, f"the same capture as {first}", "keep one of the two")


def _files(paths: Iterable[str | os.PathLike[str]]) -> list[_File]:
    found = {file.path: file for path in reversed(list(paths)) for file in _below(os.fspath(path))}
    return sorted(found.values(), key=lambda file: file.path.replace(os.sep, "/"))


def _below(path: str) -> Iterator[_File]:
    if not os.path.isdir(path):
        yield _File(path, _last(path))
        return
    for folder, folders, files in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for file in files:
            if file.lower().endswith(".md"):
                whole = os.path.join(folder, file)
                yield _File(whole, os.path.relpath(whole, path).replace(os.sep, "/"))


def _last(path: str) -> str:
    return os.path.basename(path)


def _clash(path: str, names: dict[str, str]) -> Iterator[Fault]:
    """Find a file that is another one where neither case nor Unicode's form counts, as on Windows and macOS."""
    first = names.setdefault(folded(path), path)
    if first != path:
        fact = f"the name is that of {first} where case does not count"
        yield Fault(path, 1, "", ERROR, fact, "rename one of the two")


def _faults_of(file: _File) -> _Checked:
    checked = _checked(file.path)
    named = [Fault(file.path, 1, "", ERROR, *said) for said in name_faults(file.relative)]
    if named and os.path.isfile(file.path):  # of what is not there, that is all there is to say
        return checked._replace(faults=[*named, *checked.faults])
    return checked


def _checked(path: str) -> _Checked:
    text, faults = _text(path)
    if text is None:
        return _Checked(faults, None, 0)
    faults += _line_faults(path, text)
    try:
        parsed = parse(text)
    except FrontmatterError as error:
        fault = Fault(path, error.line, "", ERROR, error.message, error.remedy)
        return _Checked([*faults, fault], None, 0)
    faults += _contract(path, parsed)
    faults += _edits(path, parsed)
    capture = (str(parsed.data.get("id", "")), str(parsed.data.get("input_sha256", "")))
    faults.sort(key=lambda fault: fault.line)
    return _Checked(faults, capture if all(capture) else None, parsed.lines.get("id", 1))


def _text(path: str) -> tuple[str | None, list[Fault]]:
    try:
        with open(path, "rb") as stream:
            data = stream.read()
        return data.decode(), []
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        fact = f"the file is not UTF-8: byte {error.object[error.start]:#04x}"
        return None, [Fault(path, line, "", ERROR, fact, "save it as UTF-8")]
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        return None, [Fault(path, 1, "", ERROR, f"the file cannot be read: {reason}", "give a file that can")]


def _line_faults(path: str, text: str) -> list[Fault]:
    """Find what tools stumble over before they read a word."""
    faults = []
    if text.startswith("\ufeff"):
        faults.append(Fault(path, 1, "", ERROR, "the file begins with a BOM", "save it as UTF-8 without BOM"))
    crlf = text.find("\r\n")
    if crlf >= 0:
        line = text.count("\n", 0, crlf) + 1
        faults.append(Fault(path, line, "", ERROR, "the line ends with CRLF", "save the file with LF line ends"))
    if text and not text.endswith("\n"):
        faults.append(Fault(path, text.count("\n") + 1, "", ERROR, "the last line has no end", "end it with a newline"))
    return faults


def _contract(path: str, parsed: Parsed) -> Iterator[Fault]:
    data, lines = parsed.data, parsed.lines
    closing = parsed.frontmatter_text.count("\n") + 2
    if parsed.body and parsed.body_line == closing + 1:
        yield Fault(path, closing, "", ERROR, "no blank line behind the frontmatter", "put one before the body")
    if _of_another_version(data):
        fact = f"{data['schema']!r} is a schema that this Copydesk does not know"
        yield Fault(path, lines["schema"], "schema", ERROR, fact, "check the file with the Copydesk that wrote it")
        return
    yield from _forms(path, parsed)
    found = list(_schema_faults(path, data, lines))
    yield from found
    if not {fault.key for fault in found} & {"id", "source_id", "date"}:
        yield from _identity(path, parsed)
    yield from _near_misses(path, data, lines)


def _forms(path: str, parsed: Parsed) -> Iterator[Fault]:
    """Find values in a form that some reader does not know, though YAML does."""
    begun = {line: key for key, line in parsed.lines.items()}
    key = ""
    for line, text in enumerate(parsed.frontmatter_text.split("\n"), 2):
        if line in begun:
            key = begun.pop(line)
        elif key and text.strip() and not text.lstrip().startswith("#"):
            remedy = "write it on one line, in double quotes"
            yield Fault(path, line, key, ERROR, "the value goes on over several lines", remedy)
            key = ""  # once is enough
    for key, value in parsed.data.items():
        if isinstance(value, dict) and key not in KEYS:
            remedy = "keep the frontmatter flat, with strings or lists of strings"
            yield Fault(
                path, parsed.lines[key], key, INFO, "the value is a mapping, which Obsidian cannot show", remedy
            )


def _of_another_version(data: Mapping[str, Any]) -> bool:
    from copydesk.schema import load

    schema = data.get("schema")
    return isinstance(schema, str) and schema != load()["$id"]


def _schema_faults(path: str, data: Mapping[str, Any], lines: Mapping[str, int]) -> Iterator[Fault]:
    """Give what the schema of the source finds; the schema itself may be broken, where it is a plugin's."""
    from copydesk.schema import problems

    try:
        found = problems(data, _schema(data.get("source_id")))
    except CopydeskError as error:
        remedy = "mend the schema of the plugin; the file was checked as any article"
        yield Fault(path, _line("source_id", lines), "source_id", ERROR, str(error), remedy)
        found = problems(data)
    for problem in found:
        yield Fault(path, _line(problem.path, lines), problem.path, ERROR, problem.fact, problem.remedy)


def _schema(source: Any) -> str:
    """Return the name of the schema of a source; to ask the plugins takes time, and few sources need it."""
    if not isinstance(source, str) or source == "unknown":
        return "article"
    from copydesk.source_schema import of_source

    return of_source(source) or "article"


def _line(key: str, lines: Mapping[str, int]) -> int:
    return lines.get(key) or lines.get(key.split("/")[0], 1)


def _identity(path: str, parsed: Parsed) -> Iterator[Fault]:
    """Check the id against the keys that it is made of, and its hex against the words of a body that is as written."""
    data, line = parsed.data, parsed.lines["id"]
    start, written = f"{data['source_id']}-{data.get('date', 'undated')}-", data["id"]
    if not written.startswith(start):
        fact = f"{written!r} does not begin with {start!r}"
        yield Fault(path, line, "id", ERROR, fact, "make source_id, date and id agree")
        return
    if data.get("body_sha256") != body_hash(parsed.body):  # an edited body has other words
        return
    words = "".join("".join(said.text.split()) for said in paragraphs(parsed.body))
    if written[len(start) :] != (right := hex_digest(words.encode())[:12]):
        fact = f"{written!r} does not end with {right!r}, the hash of the words of the body"
        yield Fault(path, line, "id", ERROR, fact, f'write "{start}{right}"')


def _near_misses(path: str, data: Mapping[str, Any], lines: Mapping[str, int]) -> Iterator[Fault]:
    from difflib import get_close_matches

    for key in data.keys() - set(KEYS):
        for near in get_close_matches(key, KEYS, n=1, cutoff=0.8):
            fact = f"the key {key!r} is none of Copydesk's"
            yield Fault(path, lines[key], key, INFO, fact, f"if {near!r} is meant, write it so")


def _edits(path: str, parsed: Parsed) -> Iterator[Fault]:
    data, lines = parsed.data, parsed.lines
    written = data.get("body_sha256")
    if isinstance(written, str) and written != body_hash(parsed.body):
        fact = "the body was edited after it was written (body_sha256 differs)"
        yield Fault(path, parsed.body_line, "", INFO, fact, _EDITS_ARE_SAFE)
    written = data.get("frontmatter_sha256")
    if isinstance(written, str) and written != frontmatter_hash(parsed.frontmatter_text):
        fact = "the frontmatter was edited after it was written"
        yield Fault(path, lines["frontmatter_sha256"], "frontmatter_sha256", INFO, fact, _EDITS_ARE_SAFE)
