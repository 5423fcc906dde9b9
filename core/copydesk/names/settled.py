"""What it takes to settle which input gets which name: when two names meet, and what a name is changed to then."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

from copydesk.names.safe import HASH_DIGITS, hashed

LONGER_HASHES = {0: HASH_DIGITS, HASH_DIGITS: 16, 16: 32, 32: 64}


def apart(wanted: str, key: str, digits: int) -> tuple[str, int] | None:
    """Return the name for an input whose name meets another's, with a longer hash of its key than so many digits.

    With it comes how many digits it has. None where the hash cannot be any longer.
    """
    longer = LONGER_HASHES.get(digits)
    return (hashed(wanted, key, longer), longer) if longer else None


def folders(name: str) -> Iterator[str]:
    """Give the folders that a name stands in, the innermost first."""
    while folder := name.rpartition("/")[0]:
        yield folder
        name = folder


def folded(name: str) -> str:
    """Return what the names share that a file system blind to case and Unicode form takes for one."""
    return name.lower() if name.isascii() else normalize("NFD", normalize("NFD", name).casefold())
