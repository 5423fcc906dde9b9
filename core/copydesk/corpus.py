"""A corpus: the documents of a folder, one by one in the order of their paths, and none left out in silence."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, MutableMapping
from typing import NoReturn

from copydesk.article import Article, read_parsed
from copydesk.errors import FrontmatterError
from copydesk.files import OWN_FOLDER
from copydesk.frontmatter.reading import Parsed

SUFFIX = ".md"
HIDDEN, LINKED_FOLDER = "hidden", "linked folder"

Problem = FrontmatterError | OSError
"""Why a file, or a folder, could not be read; either has the path."""


def scan(
    folder: str | os.PathLike[str], *, problem: Callable[[Problem], object] | None = None
) -> Iterator[Article]:
    """Give the articles of a folder and its subfolders lazily, in the code point order of their paths with ``/``.

    An article is each file whose name ends in `.md`; hidden files and folders (`.obsidian`), and linked folders, are
    passed over. A file that cannot be read, or that is not Copydesk's (its frontmatter has no `schema` that begins with
    `copydesk/`), raises FrontmatterError or OSError with its path; with ``problem`` this function is called with the
    error instead, and the scan goes on. Raises NotADirectoryError or FileNotFoundError for what is no folder.
    """
    for path in files(folder, problem=problem):
        try:
            article, parsed = read_parsed(path)
            _check_own(article, parsed)
        except (FrontmatterError, OSError) as error:
            (problem or _raise)(error)
        else:
            yield article


def files(
    folder: str | os.PathLike[str],
    *,
    problem: Callable[[Problem], object] | None = None,
    passed_over: MutableMapping[str, int] | None = None,
) -> Iterator[str]:
    """Give the paths of a folder's Markdown files as `scan` goes through them; only one folder a level is in memory.

    In ``passed_over`` other entries are counted, by their suffix (empty for a name without one) or as `hidden` or
    `linked folder`.
    """
    return _files(os.fspath(folder), problem or _raise, {} if passed_over is None else passed_over, top=True)


def _files(folder: str, problem: Callable[[Problem], object], passed: MutableMapping[str, int], *, top: bool = False
           ) -> Iterator[str]:  # fmt: skip
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=_place)
    except OSError as error:
        (_raise if top else problem)(error)
        return
    for entry in entries:
        if entry.name == OWN_FOLDER:
            continue
        why = _why_not(entry)
        if why is not None:
            passed[why] = passed.get(why, 0) + 1
        elif _is_folder(entry):
            yield from _files(entry.path, problem, passed)
        else:
            yield entry.path


def _place(entry: os.DirEntry[str]) -> str:
    """Return what sorts the entries of a folder such that all paths below it come in their order."""
    return f"{entry.name}/" if _is_folder(entry) else entry.name


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)


def _why_not(entry: os.DirEntry[str]) -> str | None:
    """Return why an entry is passed over, or None for a folder and for a Markdown file."""
    if entry.name.startswith("."):
        return HIDDEN
    if _is_folder(entry):
        return None
    if entry.is_symlink() and entry.is_dir():
        return LINKED_FOLDER
    suffix = os.path.splitext(entry.name)[1].lower()
    return None if suffix == SUFFIX else suffix


def _check_own(article: Article, parsed: Parsed) -> None:
    schema = article.frontmatter.get("schema")
    if not (isinstance(schema, str) and schema.startswith("copydesk/")):
        fact = "the frontmatter has no 'schema'" if schema is None else f"{schema!r} is no schema of Copydesk's"
        remedy = "keep other notes in a folder of their own, or give the key 'schema' back"
        raise FrontmatterError(fact, line=parsed.lines.get("schema", 1), remedy=remedy, path=article.path)


def _raise(error: Exception) -> NoReturn:
    raise error
