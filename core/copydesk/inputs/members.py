"""Members: what stands in a container, and what is taken in of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from typing import NamedTuple

from copydesk.inputs.values import HIDDEN


class Member(NamedTuple):
    """A member of a container, as it comes by when the container is read from its start.

    ``name`` is what it is called in the container, ``why`` why it is passed over, or None for an input. ``where`` is
    what it takes to go to it directly, and empty where that cannot be. ``load`` returns its bytes, up to a limit and
    one more, and may be called once, before the next member comes. ``stem`` is a better name for the output.
    """

    name: str
    why: str | None
    load: Callable[[int], bytes]
    where: tuple[int, ...] = ()
    url: str = ""
    captured: str = ""
    encoding: str = ""
    fault: str = ""
    reason: str = ""
    stem: str = ""


def nothing(_: int) -> bytes:
    """Load nothing: of a member that is passed over or has a fault."""
    return b""


def why_not(name: str, suffixes: Collection[str]) -> str | None:
    """Return why a member with this name is passed over, as files of a folder are, or None for an input."""
    parts = name.replace("\\", "/").split("/")
    if any(part.startswith(".") and part.strip(".") for part in parts):
        return HIDDEN
    suffix = os.path.splitext(parts[-1])[1].lower()
    return suffix if suffix not in suffixes else None
