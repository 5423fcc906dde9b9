"""Looks through written documents for what breaks the contract, with file and line, and for what a person edited."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from copydesk.errors import FrontmatterError
from copydesk.frontmatter.reading import Parsed, parse
from copydesk.frontmatter.writing import KEYS, body_hash, frontmatter_hash

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


def check_file(path: str | os.PathLike[str]) -> list[Fault]:
    """Return all faults of one file, in the order of its lines; never raises."""
    return _checked(os.fspath(path)).faults


def check_tree(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Fault]:
    """Give the faults of files, and of every `*.md` below folders, in the order of their paths; never raises.

    Two files that hold the same capture of the same article are a fault that only this function can see.
    """
    seen: dict[tuple[str, str], str] = {}
    for path in _files(paths):
        faults, capture, line = _checked(path)
        yield from faults
        if capture is None:
            continue
        first = seen.setdefault(capture, path)
        if first != path:
            yield Fault(path, line, "id", INFO, f"the same capture as {first}", "keep one of the two")


def _files(paths: Iterable[str | os.PathLike[str]]) -> Iterator[str]:
    found = dict.fromkeys(file for path in paths for file in _below(os.fspath(path)))
    return iter(sorted(found, key=lambda file: file.replace(os.sep, "/")))


def _below(path: str) -> Iterator[str]:
    if not os.path.isdir(path):
        yield path
        return
    for folder, _, files in os.walk(path):
        yield from (os.path.join(folder, file) for file in files if file.endswith(".md"))


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
    broken = set()
    for problem in _problems(data):
        broken.add(problem.path)
        yield Fault(path, _line(problem.path, lines), problem.path, ERROR, problem.fact, problem.remedy)
    if not broken & {"id", "source_id", "date"}:
        yield from _identity(path, data, lines)
    yield from _near_misses(path, data, lines)


def _of_another_version(data: Mapping[str, Any]) -> bool:
    from copydesk.schema import load

    schema = data.get("schema")
    return isinstance(schema, str) and schema != load()["$id"]


def _problems(data: Mapping[str, Any]) -> list[Any]:
    from copydesk.schema import names, problems

    source = data.get("source_id")
    return problems(data, source if source in names() else "article")


def _line(key: str, lines: Mapping[str, int]) -> int:
    return lines.get(key) or lines.get(key.split("/")[0], 1)


def _identity(path: str, data: Mapping[str, Any], lines: Mapping[str, int]) -> Iterator[Fault]:
    start = f"{data['source_id']}-{data.get('date', 'undated')}-"
    if not data["id"].startswith(start):
        fact = f"{data['id']!r} does not begin with {start!r}"
        yield Fault(path, lines["id"], "id", ERROR, fact, "make source_id, date and id agree")


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
