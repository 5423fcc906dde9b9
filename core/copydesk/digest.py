"""SHA-256, without loading OpenSSL where Python brings its own: `hashlib` takes a tenth of a small run to import.

The standard library's `random` does the same for the same reason.
"""

from __future__ import annotations

try:
    from _sha2 import sha256
except ImportError:
    try:
        from _sha256 import sha256
    except ImportError:
        from hashlib import sha256


def hex_digest(data: bytes) -> str:
    """Return the SHA-256 of bytes in 64 hexadecimal digits."""
    return str(sha256(data).hexdigest())
