"""Records: each article of a folder as the exports need it, checked against the schema."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from copydesk import corpus
from copydesk.article import Article, read_parsed
from copydesk.check import ERROR, Fault
from copydesk.errors import FrontmatterError
from copydesk.frontmatter.writing import KEYS
from copydesk.markdown.paragraphs import Paragraph, paragraphs
from copydesk.places import Place, trace

LISTS = ("author", "related", "warnings")
"""The keys that hold lists; all others of Copydesk's hold strings."""


class Record(NamedTuple):
    """An article: its path below the folder, its frontmatter, a person's own keys, its body and its paragraphs.

    ``places`` has the places of each paragraph, and is empty where they are not known.
    """

    path: str
    frontmatter: dict[str, Any]
    other: dict[str, Any]
    body: str
    paragraphs: list[Paragraph]
    places: tuple[tuple[Place, ...], ...]


class Tally:
    """What became of the files of a folder: files = exported + refused + merged.

    ``unplaced`` counts the articles whose places are not known, by the reason; ``passed_over`` what is no Markdown.
    """

    def __init__(self) -> None:
        self.files = self.exported = self.refused = self.merged = 0
        self.unplaced: Counter[str] = Counter()
        self.passed_over: Counter[str] = Counter()
        self.folders: int = 0
        self.faults: list[Fault] = []

    def refuse(self, *faults: Fault) -> None:
        """Keep the faults of a file for whoever tells of them."""
        self.faults += faults

    def told(self) -> list[Fault]:
        """Return the faults since the last call."""
        faults, self.faults = self.faults, []
        return faults


def records(folder: str, tally: Tally, *, captures: str = "") -> Iterator[Record | None]:
    """Give a record for each Markdown file below a folder in the order of their paths, None for one that is refused.

    With ``captures``, the folder of the captures, each paragraph has its places.
    """

    def unlisted(problem: corpus.Problem) -> None:
        tally.folders += 1
        tally.refuse(_fault(problem, folder))

    for path in corpus.files(folder, problem=unlisted, passed_over=tally.passed_over):
        tally.files += 1
        try:
            record = _record(path, folder, tally, captures)
        except (FrontmatterError, OSError) as problem:
            tally.refuse(_fault(problem, path))
            record = None
        tally.refused += record is None
        yield record


def _record(path: str, folder: str, tally: Tally, captures: str) -> Record | None:
    written, parsed = read_parsed(path)
    article = replace(written, frontmatter={key: _quoted(value) for key, value in written.frontmatter.items()})
    faults = [*_faults(article, parsed.lines)]
    if faults:
        tally.refuse(*faults)
        return None
    found = paragraphs(article.body)
    places: tuple[tuple[Place, ...], ...] = ()
    if captures:
        traced = trace(article, found, captures)
        places = traced.places
        tally.unplaced[traced.reason] += bool(traced.reason)
    name = os.path.relpath(path, folder).replace(os.sep, "/").encode("utf-8", "backslashreplace").decode()
    own = {key: value for key, value in article.frontmatter.items() if key not in KEYS}
    return Record(name, article.frontmatter, own, article.body, found, places)


def _quoted(value: Any) -> Any:
    """Return a bare day as the text that it is: editors such as Obsidian take the quotes off when they write."""
    if isinstance(value, list):
        return [_quoted(each) for each in value]
    return value.isoformat() if type(value) is date else value


def _faults(article: Article, lines: Mapping[str, int]) -> Iterator[Fault]:
    from copydesk.schema import problems

    data = article.frontmatter
    source = data.get("source_id")
    for problem in problems(data, source if source in _schemas() else "article"):
        line = lines.get(problem.path) or lines.get(problem.path.split("/")[0], 1)
        yield Fault(article.path, line, problem.path, ERROR, problem.fact, problem.remedy)
    for key in data.keys() - set(KEYS):
        if not _is_json(data[key]):
            yield Fault(article.path, lines.get(key, 1), key, ERROR, "holds a number that JSON does not have",
                        "write it in quotes")  # fmt: skip


@cache
def _schemas() -> frozenset[str]:
    from copydesk.schema import names

    return frozenset(names())


def _is_json(value: Any) -> bool:
    try:
        json.dumps(value, allow_nan=False)
    except ValueError:
        return False
    except TypeError:  # the schema has told of it
        pass
    return True


def _fault(problem: corpus.Problem, path: str) -> Fault:
    if isinstance(problem, FrontmatterError):
        return Fault(path.replace(os.sep, "/"), problem.line, "", ERROR, problem.message, problem.remedy)
    where = str(problem.filename or path).replace(os.sep, "/")
    return Fault(where, 1, "", ERROR, f"cannot be read: {problem.strerror or problem}", "make it readable")


def row(record: Record) -> dict[str, Any]:
    """Return what the tables have of an article, in the order of their columns: all keys, whether it has them or not.

    What is missing is None, and an empty list where there would be a list.
    """
    data = record.frontmatter
    values = {key: data.get(key, [] if key in LISTS else None) for key in KEYS}
    return {"path": record.path, **values, "other": record.other, "body": record.body}


def places_of(record: Record, paragraph: Paragraph) -> list[dict[str, int]] | None:
    """Return the places of a paragraph as plain objects, or None where they are not known."""
    if not record.places:
        return None
    return [place._asdict() for place in record.places[paragraph.number - 1]]
