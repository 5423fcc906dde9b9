"""Whether what a rule has done once is done for good."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.desk.marking import apply
from copydesk.errors import CopydeskError
from copydesk.testing.kit import Kit


def settled(kit: Kit) -> Iterator[str]:
    """What a rule has cut out it does not cut again: a second pass changes no span."""
    found: dict[str, None] = {}
    for case in kit.cases:
        for ruled, reading in kit.own_steps(case):
            try:
                once = apply(reading, ruled.rule, ruled.owner.id)
                if apply(once, ruled.rule, ruled.owner.id).spans != once.spans:
                    found[f"{ruled} cuts more when it is applied a second time, as to {case.name!r}"] = None
            except CopydeskError:
                continue
    yield from found
