"""Lists of paths, from a file or from standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from copydesk.inputs.values import STDIN, InputError

MOST_BYTES = 1 << 30


def paths(file: str) -> list[str]:
    """Return the paths in a list: with a NUL behind each if there is one in it, and else one a line.

    ``file`` is `-` for standard input. Raises InputError for a list that cannot be read.
    """
    try:
        data = sys.stdin.buffer.read(MOST_BYTES) if file == STDIN else _read(file)
    except OSError as problem:
        raise InputError(f"{file!r}: the list cannot be read: {problem.strerror}; give a file with a path a line"
                         ) from problem  # fmt: skip
    return list(_split(data))


def _read(file: str) -> bytes:
    with open(file, "rb") as stream:
        return stream.read(MOST_BYTES)


def _split(data: bytes) -> Iterator[str]:
    if b"\0" in data:
        parts = data.split(b"\0")
    else:
        parts = [line.removesuffix(b"\r") for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n")]
    yield from (os.fsdecode(part) for part in parts if part)
