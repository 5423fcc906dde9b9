"""Settle which input gets which name, so that no two share an output."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from unicodedata import normalize

from copydesk.errors import CopydeskError
from copydesk.names.safe import HASH_DIGITS, hashed

LONGER_HASHES = {0: HASH_DIGITS, HASH_DIGITS: 16, 16: 32, 32: 64}


def settle(wanted: Mapping[str, str]) -> dict[str, str]:
    """Return the final name for each input, given the name each one wants, so that no two share an output.

    Keys are the inputs' relative paths, or whatever else tells the inputs apart. Names that differ only in case or in
    their Unicode form count as one, and no file has the name of another's folder. Each member of a group that collides
    gets the first 8 hex digits of its key's SHA-256, or as many as it takes; the order of the keys plays no part.
    """
    final = dict(wanted)
    digits = dict.fromkeys(wanted, 0)
    while clashing := _clashing(final):
        longer = [key for key in clashing if digits[key] in LONGER_HASHES]
        if not longer:
            raise CopydeskError(f"{final[clashing[0]]!r}: no free name for {clashing[0]!r}; rename this input")
        for key in longer:
            digits[key] = LONGER_HASHES[digits[key]]
            final[key] = hashed(wanted[key], key, digits[key])
    return final


def _clashing(names: Mapping[str, str]) -> list[str]:
    """Return the keys whose name is another's too, or is a folder of another's name."""
    owners: dict[str, list[str]] = {}
    for key, name in names.items():
        owners.setdefault(folded(name), []).append(key)
    folders = {folder for name in owners for folder in _folders(name)}
    return [key for name, keys in owners.items() if len(keys) > 1 or name in folders for key in keys]


def _folders(name: str) -> Iterator[str]:
    while folder := name.rpartition("/")[0]:
        yield folder
        name = folder


def folded(name: str) -> str:
    """Return what the names share that a file system blind to case and Unicode form takes for one."""
    return name.lower() if name.isascii() else normalize("NFD", normalize("NFD", name).casefold())
