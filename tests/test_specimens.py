from __future__ import annotations

import pytest

from tests.support import specimens as given

SPECIMENS = given.specimens()


@pytest.mark.parametrize("specimen", SPECIMENS, ids=[specimen.case for specimen in SPECIMENS])
def test_specimen(specimen: given.Specimen, record: bool) -> None:
    """A specimen becomes what is recorded beside it; what has no record yet fails once, for review."""
    before = given.expected(specimen)
    if record:
        given.record(specimen)
    assert before, f"no expectation in {specimen.folder}; run `pytest --record` and review what it wrote"

    assert record or given.outcome(specimen) == before


def test_each_source_and_layout_has_a_specimen() -> None:
    """The specimens show every layout and every source that is bundled."""
    documents = [given.expected(specimen).get("expected.md", "") for specimen in SPECIMENS]
    said = "\n".join(documents)

    layouts = ["kcnawatch-a", "kcnawatch-a1", "kcnawatch-b", "kcnawatch-c", "kcnawatch-d", "kcnawatch-e"]
    layouts += ["kcnawatch-html", "kcna-q", "kcna-detail", "kcna-item", "naenara-page"]
    assert [layout for layout in layouts if f'capture_layout: "{layout}"' not in said] == []
    assert [source for source in ("kcna", "naenara", "unknown") if f'source_id: "{source}"' not in said] == []
