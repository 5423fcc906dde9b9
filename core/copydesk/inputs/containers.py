"""Containers: archives and files of many documents, listed as inputs and read one member at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from importlib import import_module
from typing import Any, NamedTuple

from copydesk import files
from copydesk.errors import CopydeskError
from copydesk.inputs.members import Member
from copydesk.inputs.streams import MAKE_WHOLE
from copydesk.inputs.values import Damage, Input, InputError, too_large

SUFFIXES = {
    ".zip": ("zips", ""),
    ".tar": ("tars", ""),
    ".tar.gz": ("tars", "gz"),
    ".tgz": ("tars", "gz"),
    ".tar.bz2": ("tars", "bz2"),
    ".tbz2": ("tars", "bz2"),
    ".tar.xz": ("tars", "xz"),
    ".txz": ("tars", "xz"),
    ".tar.zst": ("tars", "zst"),
    ".warc": ("warcs", ""),
    ".warc.gz": ("warcs", "gz"),
    ".wet": ("warcs", ""),
    ".wet.gz": ("warcs", "gz"),
    ".jsonl": ("jsonl", ""),
    ".ndjson": ("jsonl", ""),
    ".jsonl.gz": ("jsonl", "gz"),
    ".ndjson.gz": ("jsonl", "gz"),
    ".jsonl.zst": ("jsonl", "zst"),
    ".ndjson.zst": ("jsonl", "zst"),
}
"""How the names of containers end: the module that reads them, and how they are compressed."""

LINES = "jsonl"
NUMBERED = (LINES, "warcs")
"""Kinds whose members are called by their numbers, so that no two share a name."""

UNNAMED = "unnamed"


class Kind(NamedTuple):
    """What a file is as a container: the suffix of its name, the module that reads it, and its compression."""

    suffix: str
    module: str
    compression: str


def kind_of(name: str) -> Kind | None:
    """Return what kind of container has this name, or None for a file that is none."""
    lower = name.lower()
    suffix = max((suffix for suffix in SUFFIXES if lower.endswith(suffix)), key=len, default="")
    return Kind(suffix, *SUFFIXES[suffix]) if suffix else None


class Seen(NamedTuple):
    """What stands in a container: its number there, and the input, or why it is passed over."""

    number: int
    item: Input | None
    why: str = ""


def members(path: str, relative: str, suffixes: Collection[str], fields: str = "") -> Iterator[Seen]:
    """Give the members of a container, in its order; behind them, if it is damaged, the container with the fault.

    Members that share a name are told apart by their turn: `name`, `name#2`. Raises InputError where a library that it
    takes is missing.
    """
    kind = _kind(path)
    stem = relative[: -len(kind.suffix)] or relative
    turns: Counter[str] | None = None if kind.module in NUMBERED else Counter()
    number = 0
    try:
        for number, member in enumerate(_members(path, suffixes, fields, listing=True), 1):
            if member.why is not None:
                yield Seen(number, None, member.why)
            else:
                inside = member.name or UNNAMED if turns is None else _apart(member.name or UNNAMED, turns)
                yield Seen(number, _input(path, stem, inside, number, member, fields))
        if not number and files.is_empty(path):
            raise Damage("truncated", f"{path!r}: the file is empty; {MAKE_WHOLE}")
    except Exception as problem:  # a damaged file can bring its reader to anything
        code, reason = _fault(path, problem)
        yield Seen(number + 1, Input(path, relative, fault=code, reason=reason, fields=fields))


def _fault(path: str, problem: Exception) -> tuple[str, str]:
    """Return the code and the message of what is wrong with a container. Raises what is wrong with the installation."""
    if isinstance(problem, Damage):
        return problem.code, problem.message
    if isinstance(problem, CopydeskError):
        raise problem
    if isinstance(problem, OSError):
        return "read", f"{path!r}: cannot be read: {problem.strerror or problem}; make it a readable file"
    return "damaged", f"{path!r}: it cannot be read further ({type(problem).__name__}: {problem}); {MAKE_WHOLE}"


class Reader:
    """Reads members: directly where that can be, and else on from where the last one of the same container ended."""

    def __init__(self) -> None:
        self._path = ""
        self._number = 0
        self._members: Iterator[Member] = iter(())

    def read(self, item: Input, limit: int) -> bytes:
        """Return the bytes of a member. Raises Damage, InputError, or Rejection `too-large`."""
        if item.fault:
            raise Damage(item.fault, item.reason)
        try:
            data = self._fetch(item, limit)
        except CopydeskError:
            raise
        except Exception as problem:
            raise Damage(*_fault(item.path, problem)) from problem
        if len(data) > limit:
            raise too_large(item.shown, f"more than {limit}", limit)
        return data

    def _fetch(self, item: Input, limit: int) -> bytes:
        if item.where:
            module, options = _module(_kind(item.opened), item.fields)
            data: bytes = module.fetch(item.opened, item.where, limit, **options)
            return data
        if self._path != item.opened or self._number >= item.number:
            self._path, self._number = item.opened, 0
            self._members = _members(item.opened, (), item.fields, listing=False)
        for member in self._members:
            self._number += 1
            if self._number == item.number:
                return member.load(limit)
        self._path = ""
        raise InputError(f"{item.path!r}: {item.inside!r} is not in it any more; give the container as it was")


def _input(path: str, stem: str, inside: str, number: int, member: Member, fields: str) -> Input:
    relative = f"{stem}/{member.stem or member.name or UNNAMED}"
    return Input(path, relative, inside, number, member.where, member.url, member.captured, member.encoding,
                 member.fault, member.reason, fields)  # fmt: skip


def _apart(name: str, turns: Counter[str]) -> str:
    """Return a name that no earlier member has."""
    turns[name] += 1
    apart = name if turns[name] == 1 else f"{name}#{turns[name]}"
    if apart == name:
        return name
    return apart if not turns[apart] and not turns.update((apart,)) else _apart(name, turns)


def _kind(path: str) -> Kind:
    kind = kind_of(files.name_of(path))
    if kind is None:
        raise InputError(f"{path!r}: this is no container; its name ends in none of {', '.join(SUFFIXES)}")
    return kind


def _members(path: str, suffixes: Collection[str], fields: str, *, listing: bool) -> Iterator[Member]:
    kind = _kind(path)
    module, options = _module(kind, fields)
    found: Iterator[Member] = module.members(path, kind.compression, suffixes, listing=listing, **options)
    return found


def _module(kind: Kind, fields: str) -> tuple[Any, dict[str, str]]:
    return import_module(f"copydesk.inputs.{kind.module}"), {"fields": fields} if kind.module == LINES else {}
