"""SHA-256: by what Python brings itself at first, and by OpenSSL, ten times as fast, once there is much to do.

To import `hashlib` takes a tenth of a run over one capture. The standard library's `random` avoids it the same way.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from itertools import count
from typing import Any

_BUILT_IN = ("_sha2", "_sha256")
"""Where Python's own is: in 3.12 and later, and in 3.11; either may be left out of a build."""

FEW = 12
"""From so many digests on, about those of three documents, `hashlib` is worth its import."""

_digests = count(1)
_functions: list[Callable[[bytes], Any]] = []


def hex_digest(data: bytes) -> str:
    """Return the SHA-256 of bytes in 64 hexadecimal digits."""
    if not _functions:
        _functions.append(_built_in() or import_module("hashlib").sha256)
    elif next(_digests) == FEW:
        _functions[0] = import_module("hashlib").sha256
    return str(_functions[0](data).hexdigest())


def _built_in() -> Callable[[bytes], Any] | None:
    for home in _BUILT_IN:
        try:
            found: Callable[[bytes], Any] = import_module(home).sha256
        except (ImportError, AttributeError):
            continue
        return found
    return None
