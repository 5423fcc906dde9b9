"""Files by their paths: here by the system, and elsewhere, where a path is a URL, by fsspec."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from typing import IO

SCHEME = "://"
LOCAL = "file://"
OWN_FOLDER = ".copydesk"
"""The hidden folder of the ledger, which belongs to the documents and is not told of."""

CHAIN = "::"
"""What stands between the parts of a chained URL: `zip://page.txt::s3://bucket/archive.zip`."""


def is_remote(path: str) -> bool:
    """Tell whether a path is a URL, which fsspec opens."""
    return SCHEME in path and not path.startswith(LOCAL)


def local(path: str) -> str:
    """Return a path without the scheme of local files; what follows is the path as it is, with no % decoded."""
    if not path.startswith(LOCAL):
        return path
    bare = path.removeprefix(LOCAL)
    return bare.removeprefix("/") if os.name == "nt" else bare


def opened(path: str) -> IO[bytes]:
    """Open a file to read it on from its start. Raises OSError."""
    if not is_remote(path):
        return open(path, "rb")
    from copydesk import remote

    return remote.opened(path)


def direct(path: str) -> AbstractContextManager[IO[bytes]]:
    """Open a file to read some of it; one that is elsewhere stays open for the next time. Raises OSError."""
    if not is_remote(path):
        return open(path, "rb")
    from copydesk import remote

    return remote.direct(path)


def let_go() -> None:
    """Close what this thread has kept open of files elsewhere."""
    import sys

    if remote := sys.modules.get("copydesk.remote"):
        remote.let_go()


def is_there(path: str) -> bool:
    """Tell whether something is there, a broken link too. Raises OSError where that cannot be known."""
    if not is_remote(path):
        try:
            os.lstat(path)
        except (FileNotFoundError, NotADirectoryError):
            return False
        return True
    from copydesk import remote

    return bool(remote.kind(path))


def is_empty(path: str) -> bool:
    """Tell whether a file has no bytes. Raises OSError."""
    if not is_remote(path):
        return not os.path.getsize(path)
    with opened(path) as file:
        return not file.read(1)


def cut(path: str) -> tuple[str, str, str]:
    """Return what stands before, in and behind the part of a URL that a path below it goes into; of a path, all in it.

    In `simplecache::s3://bucket/folder` it is the second part, in `zip://folder::s3://bucket/archive.zip` the first.
    """
    if not is_remote(path):
        return "", path, ""
    parts = path.split(CHAIN)
    at = next(number for number, part in enumerate(parts) if SCHEME in part)
    return "".join(part + CHAIN for part in parts[:at]), parts[at], "".join(CHAIN + part for part in parts[at + 1:])


def prefix(folder: str) -> tuple[str, str]:
    """Return what stands before and behind a path below a folder."""
    before, path, behind = cut(folder.replace(os.sep, "/") if not is_remote(folder) else folder)
    return before + (path if path.endswith("/") else path + "/"), behind


def name_of(path: str) -> str:
    """Return the last part of a path, of an address on the web without what is asked there."""
    if not is_remote(path):
        return os.path.basename(path)
    inner = cut(path)[1]
    return (inner.partition("?")[0] if inner.startswith("http") else inner).rpartition("/")[2]


def mirrored(path: str) -> str:
    """Return a whole path as one below a folder: of a URL without its schemes, the outermost container first."""
    if not is_remote(path):
        return path.replace(os.sep, "/").lstrip("/").removeprefix("./")
    parts = (part.partition(SCHEME)[2].strip("/") for part in reversed(path.split(CHAIN)))
    return "/".join(part for part in parts if part)
