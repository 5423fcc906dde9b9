"""SHA-256, without loading OpenSSL where Python brings its own: `hashlib` takes a tenth of a small run to import.

The standard library's `random` does the same for the same reason.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = ("_sha2", "_sha256", "hashlib")
"""Where the function is: in Python 3.12 and later, in 3.11, and in a Python that was built without its own."""


def _found() -> Any:
    for home in _HOMES:
        try:
            return import_module(home).sha256
        except (ImportError, AttributeError):
            continue
    raise ImportError("this Python has no SHA-256; install one with hashlib")


_sha256 = _found()


def hex_digest(data: bytes) -> str:
    """Return the SHA-256 of bytes in 64 hexadecimal digits."""
    return str(_sha256(data).hexdigest())
