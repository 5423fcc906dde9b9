"""Whether the plugin takes no more time for a document than Copydesk's own do for theirs."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from statistics import median

from copydesk.decoding import is_html
from copydesk.errors import CopydeskError
from copydesk.limits import TookTooLong, within
from copydesk.pipeline import normalize
from copydesk.testing.bundled import bundled
from copydesk.testing.cases import Case
from copydesk.testing.kit import Kit

TIMES = 10
"""A document may take so many times the time of one of Copydesk's own of the same size."""
SAMPLE = 24
ROUNDS = 3
LONGEST = 5.0


def budget(kit: Kit) -> Iterator[str]:
    """A document takes at most ten times as long as one of Copydesk's own sources, measured in the same run."""
    for kind in (False, True):
        own = [case for case, _ in kit.documents.values() if is_html(case.capture.data) == kind]
        of_bundled = [case for case in bundled() if is_html(case.capture.data) == kind]
        if own and of_bundled:
            yield from _over(kit, own, of_bundled[:: max(1, len(of_bundled) // SAMPLE)])


def _over(kit: Kit, own: Sequence[Case], others: Sequence[Case]) -> Iterator[str]:
    usual = median(filter(None, (seconds(kit, case) for case in others)))
    size = median(len(case.capture.data) for case in others)
    for case in own[:: max(1, len(own) // SAMPLE)]:
        most = TIMES * usual * max(1.0, len(case.capture.data) / size)
        if (taken := seconds(kit, case)) > most:
            yield (f"{case.name}: plugin {kit.spec.plugin!r} takes {taken * 1000:.1f} ms, {taken / usual:.0f} times as "
                   f"long as Copydesk's own for one of theirs ({usual * 1000:.1f} ms); {TIMES} times is allowed")


def seconds(kit: Kit, case: Case) -> float:
    """Return the time of the processor for a case: the least of three, as others disturb it; 0 where it fails."""
    least = 0.0
    for _ in range(ROUNDS):
        begun = time.thread_time()
        try:
            with within(LONGEST):
                normalize(case.capture, host=kit.host)
        except (CopydeskError, TookTooLong):
            pass
        taken = time.thread_time() - begun
        least = min(least, taken) if least else taken
    return least
