"""Lists of paths, from a file or from standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import IO

from copydesk import files
from copydesk.inputs.values import STDIN, InputError

CHUNK = 1 << 16
"""So much of a list is read at a time, in bytes: of one with NULs the first is in the first of these."""

LONGEST = 1 << 16
"""No path of any system is longer, in bytes."""

BOM = b"\xef\xbb\xbf"


def paths(file: str) -> Iterator[str]:
    """Give the paths in a list, as it is read: with a NUL behind each if its start has one, and else one a line.

    ``file`` is `-` for standard input. Raises InputError for a list that cannot be read, or that is none.
    """
    try:
        if file == STDIN:
            yield from _paths(sys.stdin.buffer, file)
        else:
            with files.opened(files.local(file)) as stream:
                yield from _paths(stream, file)
    except OSError as problem:
        reason = problem.strerror or problem
        raise InputError(f"{file!r}: the list cannot be read: {reason}; give a file with a path a line") from problem


def _paths(stream: IO[bytes], file: str) -> Iterator[str]:
    start = stream.read(CHUNK)
    mark = b"\0" if b"\0" in start else b"\n"
    for part in _split(stream, start if mark == b"\0" else start.removeprefix(BOM), mark):
        path = part.removesuffix(b"\r") if mark == b"\n" else part
        if len(path) > LONGEST or b"\0" in path:
            raise InputError(f"{file!r}: {os.fsdecode(path[:40])!r} is no path; give a list with a path a line, or "
                             "with a NUL behind each")  # fmt: skip
        if path:
            yield os.fsdecode(path)


def _split(stream: IO[bytes], waiting: bytes, mark: bytes) -> Iterator[bytes]:
    """Give what stands between the marks; what is longer than a path is given in parts."""
    while True:
        *parts, waiting = waiting.split(mark)
        yield from parts
        more = stream.read(CHUNK)
        if not more or len(waiting) > LONGEST:
            yield waiting
            waiting = b""
        if not more:
            return
        waiting += more
