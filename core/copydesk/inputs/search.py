"""Find captures among files, folders, containers and standard input, and read them."""

import os
import stat
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from copydesk.inputs.values import HIDDEN, INSIDE, STDIN, Found, Input, InputError, too_large
from copydesk.page import MAX_BYTES

SUFFIXES = frozenset((".txt", ".text", ".html", ".htm", ".xhtml"))
"""How the names of captures end; what a capture is, text or HTML, is seen from its bytes."""

CONTAINERS = frozenset((".zip", ".tar", ".gz", ".tgz", ".bz2", ".tbz2", ".xz", ".txz", ".zst", ".warc", ".wet",
                        ".jsonl", ".ndjson"))  # fmt: skip
"""The last suffix of all containers: what ends in none of these is not looked at as one."""

LINKED_FOLDER = "linked folder"
SPECIAL = "special file"

_WINDOWS_JUNCTION = 0xA0000003
"""`stat.IO_REPARSE_TAG_MOUNT_POINT`, which the standard library has on Windows only."""

_Entry = tuple[str, str | None]
"""An entry of a folder: its path below it, and why it is passed over, or None where it is an input."""


class _Gathered(NamedTuple):
    """What a search has found up to now, by the identity of each file, and what it goes by."""

    inputs: dict[str, Input]
    passed_over: dict[str, str]
    suffixes: Collection[str]
    fields: str


def find(
    arguments: Sequence[str],
    *,
    suffixes: Collection[str] = SUFFIXES,
    fields: str = "",
    listed: Sequence[str] = (),
) -> Found:
    """Return the captures that the arguments name, in the order of the arguments, each file once.

    A folder is searched with its subfolders for files with one of the suffixes, sorted by relative path in code point
    order. A file that is named explicitly is always an input. Of two spellings of one file the first one counts.
    A container stands for its members, in its order; one of lines (JSON Lines) only where it is named, or where
    ``fields`` says what is in it. What is no path and has `*`, `?` or `[` in it stands for all that it matches.

    ``listed`` are paths from a list: each is taken as it is, its output mirrors the whole path, and one that does not
    exist is an input that cannot be read.

    Raises InputError for a path that does not exist, a folder that cannot be listed, and a folder or container without
    a capture.
    """
    found = _Gathered({}, {}, suffixes, fields)
    for argument in arguments:
        for path in _expanded(argument):
            _add(path, os.path.basename(path), found)
    for path in listed:
        relative = path.replace(os.sep, "/").lstrip("/").removeprefix("./")
        _add(path, relative or path, found, listed=True)
    return Found(tuple(found.inputs.values()),
                 _counts(why for place, why in found.passed_over.items() if place not in found.inputs))  # fmt: skip


def _expanded(argument: str) -> list[str]:
    """Return an argument, or what it matches where it is a pattern that no shell has expanded."""
    if not any(sign in argument for sign in "*?[") or os.path.lexists(argument):
        return [argument]
    from glob import glob

    found = sorted(glob(argument, recursive=True))
    if not found:
        raise InputError(f"{argument!r}: nothing matches this pattern; check it, and write ** for any folders")
    return found


def _add(argument: str, relative: str, found: _Gathered, *, listed: bool = False) -> None:
    path = argument.replace(os.sep, "/")
    if argument == STDIN and not listed:
        found.inputs.setdefault(STDIN, Input(STDIN, "stdin"))
    elif os.path.isdir(argument):
        _search(path, relative + "/" if listed else "", found)
    elif is_container(argument) and os.path.isfile(argument):
        _open(path, relative, _identity(argument), found, named=not listed)
    elif listed or os.path.exists(argument):
        found.inputs.setdefault(_identity(argument), Input(path, relative))
    else:
        raise InputError(f"{argument!r}: no such file or folder; check the path, or give '-' for standard input")


def read(item: Input, *, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of an input.

    Raises Rejection `too-large` for one of more than ``limit`` bytes, without reading it whole, and InputError for
    one that cannot be read.
    """
    if item.inside or item.fault:
        from copydesk.inputs.containers import Reader

        return Reader().read(item, limit)
    try:
        data = sys.stdin.buffer.read(limit + 1) if item.path == STDIN else _read_file(item.opened, limit)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"{item.path!r}: cannot be read: {reason}; make it a readable file") from error
    if len(data) > limit:
        raise too_large(item.path, f"more than {limit}", limit)
    return data


def _read_file(path: str, limit: int) -> bytes:
    with open(path, "rb") as handle:
        status = os.fstat(handle.fileno())
        if status.st_size > limit:
            raise too_large(path, str(status.st_size), limit)
        # A pipe or a device has no size and may have no end.
        return handle.read() if stat.S_ISREG(status.st_mode) else handle.read(limit + 1)


def _search(root: str, above: str, found: _Gathered) -> None:
    """Put what stands in a folder into what is found; ``above`` goes before the relative paths."""
    entries = sorted(_walk(root, found))
    if all(why is not None for _, why in entries):
        raise InputError(f"{root!r}: no capture in this folder{_told(entries)}; {_remedy(found.suffixes)}")
    place = os.path.realpath(root)
    prefix = root if root.endswith("/") else root + "/"
    for relative, why in entries:
        identity = os.path.normcase(os.path.join(place, relative))
        if why is not None:
            found.passed_over[identity] = why
        elif is_container(relative) and os.path.isfile(prefix + relative):
            _open(prefix + relative, above + relative, identity, found, named=False)
        else:
            found.inputs.setdefault(identity, Input(prefix + relative, above + relative))


def is_container(name: str) -> bool:
    """Tell whether a file with this name is a container."""
    if os.path.splitext(name)[1].lower() not in CONTAINERS:
        return False
    from copydesk.inputs.containers import kind_of

    return kind_of(name) is not None


def _open(path: str, relative: str, identity: str, found: _Gathered, *, named: bool) -> None:
    """Put the members of a container into what is found, unless they are there."""
    from copydesk.inputs.containers import listed

    members, passed_over = listed(path, relative, found.suffixes, found.fields)
    if named and not members:
        told = _told([("", why) for why in passed_over])
        raise InputError(f"{path!r}: no capture in this container{told}; {_remedy(found.suffixes)}")
    for item in members:
        found.inputs.setdefault(f"{identity}{INSIDE}{item.inside}", item)
    found.passed_over.update((f"{identity}{INSIDE}{INSIDE}{n}", why) for n, why in enumerate(passed_over))


def _walk(root: str, found: _Gathered) -> Iterator[_Entry]:
    """Give all entries below a folder, in no order; subfolders are entered unless they are hidden or linked."""
    waiting = [""]
    while waiting:
        below = waiting.pop()
        for entry in _listing(os.path.join(root, below)):
            relative = below + entry.name
            why = _why_not(entry, found)
            if why is None and entry.is_dir(follow_symlinks=False):
                waiting.append(relative + "/")
            else:
                yield relative, why


def _listing(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError as error:
        place = folder.replace(os.sep, "/")
        raise InputError(
            f"{place!r}: cannot be listed: {error.strerror}; make the folder readable, or name the folders beside it"
        ) from error


def _why_not(entry: os.DirEntry[str], found: _Gathered) -> str | None:
    """Return why an entry is passed over, or None for an input or a folder to enter."""
    if entry.name.startswith("."):
        return HIDDEN
    if entry.is_symlink():
        return LINKED_FOLDER if os.path.isdir(entry.path) else _why_not_file(entry, found)
    if entry.is_dir():
        return LINKED_FOLDER if _is_junction(entry) else None
    return _why_not_file(entry, found)


def _why_not_file(entry: os.DirEntry[str], found: _Gathered) -> str | None:
    suffix = os.path.splitext(entry.name)[1].lower()
    if suffix not in found.suffixes and not _is_entered(entry.name, found):
        return suffix
    # A broken link is an input too: reading it fails, and the report says so.
    return None if os.path.isfile(entry.path) or not os.path.exists(entry.path) else SPECIAL


def _is_entered(name: str, found: _Gathered) -> bool:
    """Tell whether a file of a folder is a container to look into; lines of JSON can be anything."""
    if not is_container(name):
        return False
    from copydesk.inputs.containers import LINES, kind_of

    kind = kind_of(name)
    return kind is not None and (kind.module != LINES or bool(found.fields))


def _is_junction(folder: os.DirEntry[str]) -> bool:
    return getattr(folder.stat(follow_symlinks=False), "st_reparse_tag", 0) == _WINDOWS_JUNCTION


def _identity(path: str) -> str:
    """Return what all spellings of a path share; a link to a file is a file of its own."""
    folder, name = os.path.split(path)
    return os.path.normcase(os.path.join(os.path.realpath(folder), name))


def _counts(reasons: Iterable[str]) -> dict[str, int]:
    """Count the reasons, in code point order."""
    counts: dict[str, int] = {}
    for reason in sorted(reasons):
        counts[reason] = counts.get(reason, 0) + 1
    return counts


def _told(entries: list[_Entry]) -> str:
    counts = _counts(why or "" for _, why in entries)
    told = ", ".join(f"{count} {reason or 'without suffix'}" for reason, count in counts.items())
    return f" (passed over: {told})" if told else ""


def _remedy(suffixes: Collection[str]) -> str:
    return f"captures end in {' or '.join(sorted(suffixes))}, and a file named by itself is always read"
