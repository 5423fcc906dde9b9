"""Whether there are cases, and each says what it shows."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.testing.cases import CaseError
from copydesk.testing.kit import Kit


def cases(kit: Kit) -> Iterator[str]:
    """The plugin has cases, each a folder with one capture and what it shows."""
    try:
        found = kit.cases
    except CaseError as problem:
        yield str(problem)
        return
    if not found:
        yield (f"plugin {kit.spec.plugin!r} has no case in {', '.join(kit.spec.cases)}; make a folder with a capture "
               "and case.yaml, and run `copydesk fixtures record`")  # fmt: skip
    yield from (f"{case.folder.as_posix()}: case.yaml does not say what it shows" for case in found if not case.shows)
