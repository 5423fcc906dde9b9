"""Make names safe, and mirror the names of inputs."""

from __future__ import annotations

import re
from unicodedata import normalize

from copydesk.digest import hex_digest

SUFFIX = ".md"
CAPTURE_SUFFIXES = (".txt", ".text", ".html", ".htm", ".xhtml", SUFFIX)
MOST_BYTES = 255
"""The longest segment of a path that all file systems take, in bytes of UTF-8."""

HASH_DIGITS = 8

# What is unsafe in any segment: signs with a meaning to a file system, a shell, Obsidian or a URL; control and
# invisible characters (HFS+ ignores some of these); lone surrogates; a dot in front, a dot or space at the end.
UNSAFE = re.compile(
    r'[:*?"<>|#^\[\]\\\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff]'
    r"|\A\.|[ .]+\Z"
)
DEVICES = frozenset(
    ("con", "prn", "aux", "nul", "conin$", "conout$", *(port + n for port in ("com", "lpt") for n in "123456789¹²³"))
)
PAGES_OF_SITES = frozenset(("index", "_index", "readme"))
"""Stems that site generators take for the page of the folder itself."""


def mirror(relative: str) -> str:
    """Return the name of the output for an input: its relative path, made safe, with `.md` for the capture's suffix.

    A path that is safe stays as it is. Where more than the suffix had to change, the first 8 hex digits of the SHA-256
    of the path are added to the stem, so that no two paths become one name by being made safe.
    """
    return safe(_without_suffix(relative), relative)


def safe(path: str, key: str) -> str:
    """Return a path without suffix as a safe name with `.md`; whatever had to change brings in the hash of the key."""
    *folders, last = [part for part in path.split("/") if part not in ("", ".")] or [""]
    stem = _safe_stem(last)
    name = "/".join((*map(_safe_folder, folders), stem))
    fits = len(stem.encode()) <= MOST_BYTES - len(SUFFIX)
    return name + SUFFIX if name == path and fits else hashed(name + SUFFIX, key)


def hashed(name: str, key: str, digits: int = HASH_DIGITS) -> str:
    """Return a name with digits of the key's hash at the end of its stem, cut so that the last part still fits."""
    folder, slash, last = name.rpartition("/")
    tail = f"-{_digest(key)[:digits]}{SUFFIX}"
    stem = _cut(last.removesuffix(SUFFIX).rstrip("-"), MOST_BYTES - len(tail)) or "untitled"
    return f"{folder}{slash}{stem}{tail}"


def _safe_stem(stem: str) -> str:
    name = UNSAFE.sub("-", normalize("NFC", stem)).replace(".", "-") or "untitled"
    word = name.casefold()
    return f"{name}-" if word in DEVICES or word in PAGES_OF_SITES else name


def _safe_folder(folder: str) -> str:
    """Return a safe name for a folder; dots inside stay, for hosts and versions stand there."""
    name = UNSAFE.sub("-", normalize("NFC", folder))
    device, dot, rest = name.partition(".")
    if device.rstrip().casefold() in DEVICES:
        name = f"{device}-{dot}{rest}"
    if len(name.encode()) <= MOST_BYTES:
        return name
    return f"{_cut(name, MOST_BYTES - 1 - HASH_DIGITS)}-{_digest(folder)[:HASH_DIGITS]}"


def _cut(text: str, most: int) -> str:
    """Return as many whole characters as fit into so many bytes."""
    return text.encode()[:most].decode("utf-8", "ignore")


def _digest(key: str) -> str:
    # A path may hold bytes that are no UTF-8; Python hands them over as lone surrogates.
    return hex_digest(key.encode("utf-8", "surrogatepass"))


def _without_suffix(relative: str) -> str:
    for suffix in CAPTURE_SUFFIXES:
        if relative[-len(suffix) :].lower() == suffix:
            return relative[: -len(suffix)]
    return relative
