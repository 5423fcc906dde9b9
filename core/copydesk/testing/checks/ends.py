"""Whether the work on each case ends."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.contract.places import place_in, shown
from copydesk.errors import CopydeskError
from copydesk.limits import TookTooLong, within
from copydesk.pipeline import normalize
from copydesk.testing.cases import Case
from copydesk.testing.kit import Kit

LONGEST = 3.0
"""So many seconds a case may take: a thousand times what one takes."""


def ends(kit: Kit) -> Iterator[str]:
    """No case keeps the plugin busy for long."""
    for case in kit.cases:
        yield from _hangs(kit, case)


def _hangs(kit: Kit, case: Case) -> Iterator[str]:
    at = "to read its page"
    try:
        with within(LONGEST):
            for ruled, _ in kit.steps(case.capture):
                at = f"in {ruled}"
            at = "to put the document together"
            normalize(case.capture, host=kit.host)
    except TookTooLong as problem:
        place = shown(place_in(problem))
        yield f"{case.name}: plugin {kit.spec.plugin!r} took longer than {LONGEST:g} s {at}{place and f', at {place}'}"
    except CopydeskError:
        return
