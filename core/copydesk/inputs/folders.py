"""Folders: their entries as they come, all the way down, and why some are passed over."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import NamedTuple, TypeVar

from copydesk import files
from copydesk.inputs.values import HIDDEN, InputError

CONTAINERS = frozenset((".zip", ".tar", ".gz", ".tgz", ".bz2", ".tbz2", ".xz", ".txz", ".zst", ".warc", ".wet",
                        ".jsonl", ".ndjson"))  # fmt: skip
"""The last suffix of all containers: what ends in none of these is not looked at as one."""

T = TypeVar("T")

FOLDER_ENTRY = "folder entry"
LINKED_FOLDER = "linked folder"
SPECIAL = "special file"

OPEN = 64
"""So many folders, one in the other, are held open; of those below them the entries are kept in memory."""

_WINDOWS_JUNCTION = 0xA0000003
"""`stat.IO_REPARSE_TAG_MOUNT_POINT`, which the standard library has on Windows only."""

Entry = tuple[str, str | None]
"""An entry of a folder: its path below it, and why it is passed over, or None where it is an input."""


class Goal(NamedTuple):
    """What is looked for: files with one of the suffixes, and lines of JSON where something is said of their fields."""

    suffixes: Collection[str]
    fields: str


def walk(root: str, goal: Goal) -> Iterator[Entry]:
    """Give all entries below a folder, in no order; subfolders are entered unless they are hidden or linked.

    Raises InputError for a folder that cannot be listed.
    """
    inside = [("", scanned(os.path.join(root, "")))]
    while inside:
        below, entries = inside[-1]
        for entry in entries:
            relative = below + entry.name
            why = _why_not(entry, goal)
            if why is None and entry.is_dir(follow_symlinks=False):
                deeper = scanned(os.path.join(root, relative, ""))
                inside.append((relative + "/", deeper if len(inside) < OPEN else iter(list(deeper))))
                break
            yield relative, why
        else:
            inside.pop()


def walk_remote(root: str, goal: Goal) -> Iterator[Entry]:
    """Give all entries below a folder that is elsewhere, as `walk` does."""
    from copydesk import remote

    found = _reached(root, remote.walk(root, _is_hidden))
    return ((relative, _why_not_remote(relative, goal)) for relative in found)


def _is_hidden(name: str) -> bool:
    return name.startswith(".")


def _why_not_remote(relative: str, goal: Goal) -> str | None:
    name = relative.rpartition("/")[2]
    if not name:
        return FOLDER_ENTRY
    if _is_hidden(name):
        return HIDDEN
    suffix = os.path.splitext(name)[1].lower()
    return None if suffix in goal.suffixes or _is_entered(name, goal) else suffix


def scanned(folder: str, *, missing: bool = False) -> Iterator[os.DirEntry[str]]:
    """Give the entries of a folder as the system hands them out; what is no folder has none, where it may be missing.

    Raises InputError for a folder that cannot be listed.
    """
    try:
        with os.scandir(folder) as entries:
            yield from entries
    except OSError as error:
        if missing and isinstance(error, FileNotFoundError | NotADirectoryError):
            return
        place = folder.replace(os.sep, "/")
        raise InputError(
            f"{place!r}: cannot be listed: {error.strerror}; make the folder readable, or name the folders beside it"
        ) from error


def named(folder: str) -> Iterator[tuple[str, bool]]:
    """Give the names in a folder, here or elsewhere, and whether each is a folder; what is no folder has none.

    Raises InputError for a folder that cannot be listed.
    """
    if not files.is_remote(folder):
        return ((entry.name, os.path.isdir(entry.path)) for entry in scanned(folder or ".", missing=True))
    from copydesk import remote

    return _reached(folder, remote.entries(folder))


def exists(path: str) -> bool:
    """Tell whether something is at a path. Raises InputError where that cannot be known."""
    return bool(kind(path)) if files.is_remote(path) else os.path.lexists(path)


def kind(url: str) -> str:
    """Return whether there is a `directory` or a `file`, or nothing. Raises InputError where that cannot be known."""
    from copydesk import remote

    with _reaching(url):
        return remote.kind(url)


def _reached(url: str, found: Iterator[T]) -> Iterator[T]:
    """Give what is found elsewhere. Raises InputError where that cannot be."""
    with _reaching(url):
        yield from found


@contextmanager
def _reaching(url: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(f"{url!r}: cannot be reached: {error.strerror}; check the address, and what gives access to it"
                         ) from error  # fmt: skip


def is_container(name: str) -> bool:
    """Tell whether a file with this name, or at this path, is a container."""
    name = files.name_of(name)
    if os.path.splitext(name)[1].lower() not in CONTAINERS:
        return False
    from copydesk.inputs.containers import kind_of

    return kind_of(name) is not None


def _why_not(entry: os.DirEntry[str], goal: Goal) -> str | None:
    """Return why an entry is passed over, or None for an input or a folder to enter."""
    if entry.name.startswith("."):
        return HIDDEN
    if entry.is_symlink():
        return LINKED_FOLDER if os.path.isdir(entry.path) else _why_not_file(entry, goal)
    if entry.is_dir():
        return LINKED_FOLDER if _is_junction(entry) else None
    return _why_not_file(entry, goal)


def _why_not_file(entry: os.DirEntry[str], goal: Goal) -> str | None:
    suffix = os.path.splitext(entry.name)[1].lower()
    if suffix not in goal.suffixes and not _is_entered(entry.name, goal):
        return suffix
    # A broken link is an input too: reading it fails, and the report says so.
    return None if os.path.isfile(entry.path) or not os.path.exists(entry.path) else SPECIAL


def _is_entered(name: str, goal: Goal) -> bool:
    """Tell whether a file of a folder is a container to look into; lines of JSON can be anything."""
    if not is_container(name):
        return False
    from copydesk.inputs.containers import LINES, kind_of

    kind = kind_of(name)
    return kind is not None and (kind.module != LINES or bool(goal.fields))


def _is_junction(folder: os.DirEntry[str]) -> bool:
    return getattr(folder.stat(follow_symlinks=False), "st_reparse_tag", 0) == _WINDOWS_JUNCTION
