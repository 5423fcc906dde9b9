"""Whether the plugin takes no more memory than a page needs."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

from copydesk.desk.marking import apply
from copydesk.errors import RuleError
from copydesk.limits import TookTooLong, within
from copydesk.testing.kit import Kit

MOST = 64 << 20
"""So many bytes a rule may take for one page: a thousand times what one takes."""


def memory(kit: Kit) -> Iterator[str]:
    """No rule of the plugin takes much memory for a page."""
    tracemalloc.start()
    try:
        for case in kit.cases:
            for ruled, reading in kit.own_steps(case):
                tracemalloc.reset_peak()
                before = tracemalloc.get_traced_memory()[0]
                flooded = False
                try:
                    with within(10):
                        apply(reading, ruled.rule, ruled.owner.id)
                except RuleError as problem:
                    flooded = isinstance(problem.__cause__, MemoryError)
                except TookTooLong:
                    continue
                taken = tracemalloc.get_traced_memory()[1] - before
                if flooded or taken > MOST:
                    yield f"{case.name}: {ruled} takes {taken >> 20} MiB{' and would take more' * flooded}"
    finally:
        tracemalloc.stop()
