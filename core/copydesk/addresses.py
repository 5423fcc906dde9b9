"""Addresses: where URLs lead by fsspec, and what went wrong there."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from copydesk.errors import CopydeskError
from copydesk.files import cut

MISSING = (404, 410)
"""What servers of the web answer for what they do not have."""


class Address(NamedTuple):
    """Where a URL leads: a file system, its scheme, and a path there."""

    system: Any
    scheme: str
    path: str

    @property
    def is_web(self) -> bool:
        """Whether it is a server of the web."""
        return self.scheme in ("http", "https")

    @property
    def is_s3(self) -> bool:
        """Whether it can be asked as S3 is."""
        return hasattr(self.system, "call_s3")

    @property
    def is_store(self) -> bool:
        """Whether ranges of a file are asked for by themselves, and there are no folders to be made."""
        return bool(self.system.async_impl) and not self.is_web


def address_of(url: str) -> Address:
    """Return where a URL leads. Raises CopydeskError where a library is missing, and OSError."""
    scheme = cut(url)[1].partition("://")[0]
    is_s3 = scheme in ("s3", "s3a")
    try:
        from fsspec.core import url_to_fs
    except ImportError as problem:
        raise CopydeskError(f"{url!r}: files elsewhere need the library fsspec; pip install "
                            f"'copydesk[{'s3' if is_s3 else 'remote'}]'") from problem  # fmt: skip
    try:
        with telling():
            system, path = url_to_fs(url)
    except ImportError as problem:
        extra = "'copydesk[s3]'" if is_s3 else "what it names"
        raise CopydeskError(f"{url!r}: {scheme}:// needs a library that is not here ({problem}); pip install {extra}"
                            ) from problem  # fmt: skip
    if hasattr(system, "call_s3"):  # a key may have any number of slashes, and end in some
        path = cut(url)[1].partition("://")[2].lstrip("/")
    return Address(system, scheme, path)


@contextmanager
def telling() -> Iterator[None]:
    """Make an OSError with a reason of whatever a library raises."""
    try:
        yield
    except (CopydeskError, ImportError, MemoryError):
        raise
    except Exception as problem:
        if isinstance(problem, OSError) and problem.strerror:
            raise
        raise _told(problem) from problem


def _told(problem: Exception) -> OSError:
    cause = problem.__cause__
    is_web = type(cause).__module__.startswith("aiohttp") and getattr(cause, "status", 0) not in MISSING
    if isinstance(problem, FileNotFoundError) and is_web:
        return OSError(errno.EIO, f"{type(cause).__name__}: {cause}")  # no answer is no missing file
    if not isinstance(problem, OSError):
        return OSError(errno.EIO, f"{type(problem).__name__}: {problem}".strip(": "))
    number = errno.EACCES if isinstance(problem, PermissionError) else problem.errno or errno.EIO
    number = errno.ENOENT if isinstance(problem, FileNotFoundError) else number
    said = str(problem)
    return OSError(number, said if " " in said else os.strerror(number))
