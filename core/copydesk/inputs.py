"""Find captures among files, folders and standard input, and read them."""

import os
import stat
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from copydesk.errors import CopydeskError, Rejection
from copydesk.page import MAX_BYTES

STDIN = "-"
SUFFIXES = frozenset((".txt", ".text", ".html", ".htm", ".xhtml"))
"""How the names of captures end; what a capture is, text or HTML, is seen from its bytes."""

HIDDEN = "hidden"
LINKED_FOLDER = "linked folder"
SPECIAL = "special file"

_WINDOWS_JUNCTION = 0xA0000003
"""`stat.IO_REPARSE_TAG_MOUNT_POINT`, which the standard library has on Windows only."""


class InputError(CopydeskError):
    """An input that is not there or cannot be read; the message names the path, the reason and the remedy."""


class Input(NamedTuple):
    """A capture to be read.

    ``path`` is the path as given, with ``/`` on every system, or ``-`` for standard input. ``relative`` is the
    path below the folder it was found in; for a file given by itself its name, for standard input ``stdin``.
    """

    path: str
    relative: str


class Found(NamedTuple):
    """What a search found: the inputs, and how many entries of the folders were passed over for which suffix.

    Beside suffixes (lower case, empty for a name without one) ``passed_over`` counts ``hidden`` files and folders,
    each ``linked folder`` and each ``special file`` (pipe, socket, device). A folder that was not entered is one entry.
    """

    inputs: tuple[Input, ...]
    passed_over: dict[str, int]


_Entry = tuple[str, str | None]
"""An entry of a folder: its path below it, and why it is passed over, or None where it is an input."""


def find(arguments: Sequence[str], *, suffixes: Collection[str] = SUFFIXES) -> Found:
    """Return the captures that the arguments name, in the order of the arguments, each file once.

    A folder is searched with its subfolders for files with one of the suffixes, sorted by relative path in code point
    order. A file that is named explicitly is always an input. Of two spellings of one file the first one counts.

    Raises InputError for a path that does not exist, a folder that cannot be listed, and one without a capture.
    """
    inputs: dict[str, Input] = {}
    passed_over: dict[str, str] = {}
    for argument in arguments:
        path = argument.replace(os.sep, "/")
        if argument == STDIN:
            inputs.setdefault(STDIN, Input(STDIN, "stdin"))
        elif os.path.isdir(argument):
            _search(path, suffixes, inputs, passed_over)
        elif os.path.exists(argument):
            inputs.setdefault(_identity(argument), Input(path, os.path.basename(path)))
        else:
            raise InputError(f"{argument!r}: no such file or folder; check the path, or give '-' for standard input")
    return Found(tuple(inputs.values()), _counts(why for place, why in passed_over.items() if place not in inputs))


def read(item: Input, *, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of an input.

    Raises Rejection `too-large` for one of more than ``limit`` bytes, without reading it whole, and InputError for
    one that cannot be read.
    """
    try:
        data = sys.stdin.buffer.read(limit + 1) if item.path == STDIN else _read_file(item.path, limit)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"{item.path!r}: cannot be read: {reason}; make it a readable file") from error
    if len(data) > limit:
        raise _too_large(item.path, f"more than {limit}", limit)
    return data


def _read_file(path: str, limit: int) -> bytes:
    with open(path, "rb") as handle:
        status = os.fstat(handle.fileno())
        if status.st_size > limit:
            raise _too_large(path, str(status.st_size), limit)
        # A pipe or a device has no size and may have no end.
        return handle.read() if stat.S_ISREG(status.st_mode) else handle.read(limit + 1)


def _too_large(path: str, size: str, limit: int) -> Rejection:
    return Rejection(
        "too-large",
        f"{path!r}: {size} bytes, and a capture has at most {limit}",
        remedy="give each document as a file of its own",
    )


def _search(root: str, suffixes: Collection[str], inputs: dict[str, Input], passed_over: dict[str, str]) -> None:
    """Put what stands in a folder into ``inputs`` and ``passed_over``, both by the identity of the file."""
    entries = sorted(_walk(root, suffixes))
    if all(why is not None for _, why in entries):
        raise InputError(f"{root!r}: no capture in this folder{_told(entries)}; {_remedy(suffixes)}")
    place = os.path.realpath(root)
    prefix = root if root.endswith("/") else root + "/"
    for relative, why in entries:
        identity = os.path.normcase(os.path.join(place, relative))
        if why is None:
            inputs.setdefault(identity, Input(prefix + relative, relative))
        else:
            passed_over[identity] = why


def _walk(root: str, suffixes: Collection[str]) -> Iterator[_Entry]:
    """Give all entries below a folder, in no order; subfolders are entered unless they are hidden or linked."""
    waiting = [""]
    while waiting:
        below = waiting.pop()
        for entry in _listing(os.path.join(root, below)):
            relative = below + entry.name
            why = _why_not(entry, suffixes)
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


def _why_not(entry: os.DirEntry[str], suffixes: Collection[str]) -> str | None:
    """Return why an entry is passed over, or None for an input or a folder to enter."""
    if entry.name.startswith("."):
        return HIDDEN
    if entry.is_symlink():
        return LINKED_FOLDER if os.path.isdir(entry.path) else _why_not_file(entry, suffixes)
    if entry.is_dir():
        return LINKED_FOLDER if _is_junction(entry) else None
    return _why_not_file(entry, suffixes)


def _why_not_file(entry: os.DirEntry[str], suffixes: Collection[str]) -> str | None:
    suffix = os.path.splitext(entry.name)[1].lower()
    if suffix not in suffixes:
        return suffix
    # A broken link is an input too: reading it fails, and the report says so.
    return None if os.path.isfile(entry.path) or not os.path.exists(entry.path) else SPECIAL


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
