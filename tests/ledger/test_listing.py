from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from copydesk import inputs
from copydesk.inputs import Input, Sighting
from copydesk.ledger import Ledger
from copydesk.ledger.listing import Listing
from tests.ledger.folders import OTHER, Folder


@pytest.mark.parametrize("is_last", [False, True])
def test_an_input_counts_before_what_is_passed_over(folder: Folder, *, is_last: bool) -> None:
    """A file that is named by itself is an input, though its folder passes it over, before or behind."""
    (folder.captures / "page.dat").write_bytes(OTHER)
    both = (folder.captures, folder.captures / "page.dat")

    found = folder.convert(inputs=both if is_last else both[::-1])

    assert found["page.dat"] == "written"
    assert folder.rows()[-1]["summary"]["passed_over"] == {}
    assert [name for name in folder.tree() if name.startswith("page")] == [
        Path(row["output"]).name for row in folder.rows() if row.get("relative") == "page.dat"
    ]


def sightings() -> list[Sighting]:
    """Return sightings of three files, of each several, in the order that they are to have."""
    orders = [(0, "a", 0), (0, "a", 2), (0, "b", 1), (0, "\ud800", 0), (0, "\ue000", 0), (1, "a", 0)]
    return [Sighting(order, f"/{number % 3}", Input(f"{number}", f"{order[1]}/{number}") if number % 2 else None,
                     "" if number % 2 else ".x") for number, order in enumerate(orders)]  # fmt: skip


def test_law_the_listing_is_what_a_search_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Law: in whatever order sightings come, the listing has the inputs that `find` has, in their order."""
    for order in itertools.permutations(sightings()):
        monkeypatch.setattr(inputs.search, "sightings", lambda *_, order=order, **__: iter(order))
        found = inputs.find([])
        with Ledger() as ledger:
            listing = Listing(ledger, mirrored=True)
            listing.fill(iter(order))
            rows = list(listing.rows())

            assert tuple(row.item for row in rows) == found.inputs
            assert listing.passed_over == found.passed_over
            assert [row.name for row in rows] == [row.wanted for row in rows]
            assert listing.total == len(found.inputs)


def test_inputs_come_in_their_order_page_by_page() -> None:
    """Of many inputs each comes once, in order, also where several have one place."""
    many = [Sighting((number // 5000, f"{number // 7:05}", number % 3), f"/{number}", Input(f"{number}", f"{number}"))
            for number in range(2500)]  # fmt: skip
    with Ledger() as ledger:
        listing = Listing(ledger, mirrored=True)
        listing.fill(reversed(many))
        found = [(seen.order, seen.item) for row in listing.rows() for seen in (many[int(row.item.path)],)]

    assert [order for order, _ in found] == sorted(seen.order for seen in many)
    assert len({item for _, item in found}) == 2500
