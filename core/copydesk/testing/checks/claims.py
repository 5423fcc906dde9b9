"""Whether the plugin takes all of its own pages, and only these."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.contract.layouts import Layout
from copydesk.desk.choose import choose
from copydesk.desk.routing import Desk
from copydesk.desk.sheet import Sheet
from copydesk.errors import CopydeskError, Rejection
from copydesk.limits import TookTooLong, within
from copydesk.page import paginate
from copydesk.testing.cases import Case, expected
from copydesk.testing.kit import Kit, fate

LONGEST = 5.0


def claims(kit: Kit) -> Iterator[str]:
    """Each case is taken by the plugin, each layout fits its own cases alone, and others' cases stay theirs."""
    yield from _all(kit)
    for layout in kit.layouts:
        yield from _only(kit, layout)
    yield from _of_others(kit)
    yield from _by_others(kit)


def _all(kit: Kit) -> Iterator[str]:
    """Give the cases that the plugin has no part in; one that is refused by the core is accepted as such."""
    for case in kit.cases:
        if case.name in kit.documents:
            account = kit.documents[case.name][1].account
            mine = [layout.id for layout in kit.layouts] + [source.id for source in kit.sources]
            if not {account.layout, account.source} & set(mine):
                yield f"{case.name}: is {fate(case, kit.host)}, and plugin {kit.spec.plugin!r} has no part in it"
        elif "expected.md" in expected(case) or not (expected(case) or kit.layout_of(case)):
            yield f"{case.name}: plugin {kit.spec.plugin!r} does not convert it: {fate(case, kit.host)}"


def _only(kit: Kit, layout: Layout) -> Iterator[str]:
    """Give the cases that fit a layout alone on the desk, and are not its own.

    What a layout of no articles refuses may fit another one too: refusals go first.
    """
    alone = Desk([layout])
    claimed = [case for case in (*kit.cases, *kit.foreign) if _fits(alone, case)]
    for case in claimed:
        becomes = fate(case, kit.host)
        if layout.id not in becomes.split() and not becomes.startswith("rejected: no-article"):
            yield (f"layout {layout.id!r} of plugin {kit.spec.plugin!r} claims {case.name!r}, which is {becomes}; "
                   "give it a landmark that such pages have not, or hosts=")  # fmt: skip
    for case in claimed:
        if case in kit.foreign and layout.id in fate(case, kit.host).split():
            yield (f"layout {layout.id!r} of plugin {kit.spec.plugin!r} claims {case.name!r} of others, which is else "
                   f"{fate(case, kit.without)}; give it a landmark that such pages have not, or hosts=")  # fmt: skip


def _fits(desk: Desk, case: Case) -> bool:
    """Tell whether a case fits the layout of a desk, be it to refuse it."""
    try:
        with within(LONGEST):
            choose(desk, Sheet(paginate(case.capture)), case.capture)
    except Rejection as problem:
        return problem.code == "no-article"
    except (CopydeskError, TookTooLong):
        return False
    return True


def _of_others(kit: Kit) -> Iterator[str]:
    """Give the cases of others that become something else because the plugin is there."""
    for case in kit.foreign:
        before, after = fate(case, kit.without), fate(case, kit.host)
        if before != after and not (before.startswith("rejected") and after.startswith("rejected")):
            yield f"with plugin {kit.spec.plugin!r}, {case.name!r} of others is {after}; without it {before}"


def _by_others(kit: Kit) -> Iterator[str]:
    """Give the layouts of others that fit pages which a layout of the plugin reads."""
    own = {layout.id for layout in kit.layouts}
    others = [layout for layout in kit.host.desk.layouts.values() if layout.plugin != kit.spec.plugin]
    for layout in others:
        alone = Desk([layout])
        for case, document in kit.documents.values():
            if document.account.layout in own and _fits(alone, case):
                yield f"{case.name}: layout {layout.id!r} of plugin {layout.plugin!r} fits it too; tell them apart"
