"""Output files that appear whole or not at all, however long it takes to write them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from copydesk.outputs import OutputError


@contextmanager
def replacing(place: str) -> Iterator[str]:
    """Give the path of a new, empty file that takes the place of another, if any, when all went well."""
    folder = os.path.dirname(place)
    temporary = os.path.join(folder, f".copydesk-{os.urandom(8).hex()}.tmp")
    try:
        os.makedirs(folder or ".", exist_ok=True)
        open(temporary, "xb").close()
        try:
            yield temporary
            os.replace(temporary, place)
        except BaseException:
            with suppress(OSError):  # the failure that brought us here is the one to tell of
                os.unlink(temporary)
            raise
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise OutputError(f"{place!r}: cannot be written: {reason}; choose another output, or make room") from problem
