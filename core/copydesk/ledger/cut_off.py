"""Whether an input has gone for good, or its disk may just not be there today."""

from __future__ import annotations

import os

from copydesk import files


def cut_off(file: str, relative: str, *, is_container: bool) -> str:
    """Return the folder that is missing or empty where so much has gone with a file that its disk may be missing.

    That is the folder in which the file was found, by its ``relative`` path or that of a member of it, if nothing is
    left of this, and else the folder in which the file stood, or the next one above that is there, if it is empty: as
    a folder is on which no disk is mounted. Raises OSError where it cannot be looked.
    """
    if files.is_remote(file):  # a store that is there knows what it has
        return ""
    root = folder = os.path.dirname(file)
    for _ in range(_depth(file, relative, is_container=is_container)):
        root = os.path.dirname(root)
    while (has_some := _has_some(folder)) is None:
        if folder == root:
            return root
        folder = os.path.dirname(folder)
    return "" if has_some else folder


def _depth(file: str, relative: str, *, is_container: bool) -> int:
    """Return how many folders are between a file and the folder in which it was found."""
    parts = relative.split("/")
    if not is_container:
        return len(parts) - 1
    name = os.path.basename(file).lower()  # of which a relative path has all but the suffix, and then the member's
    return next((depth for depth, part in enumerate(parts) if f"{name}.".startswith(f"{part.lower()}.")), 0)


def _has_some(folder: str) -> bool | None:
    """Tell whether anything is in a folder, or None where there is no folder."""
    try:
        with os.scandir(folder or ".") as entries:
            return next(entries, None) is not None
    except (FileNotFoundError, NotADirectoryError):
        return None
