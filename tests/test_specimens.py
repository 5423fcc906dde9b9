from __future__ import annotations

import pytest

from copydesk.testing.cases import expected
from tests.support import specimens as given

SOURCES = ("kcna", "naenara", "pyongyang-times", "voice-of-korea", "dprk-today", "unknown")
SPECIMENS = given.specimens()


@pytest.mark.parametrize("specimen", SPECIMENS, ids=[specimen.name for specimen in SPECIMENS])
def test_specimen(specimen: given.Specimen) -> None:
    """A specimen becomes what a person has accepted for it."""
    accepted = expected(specimen)
    assert accepted, f"nothing is accepted yet; run `copydesk fixtures record {specimen.folder}`, and read what it says"

    assert given.outcome(specimen) == accepted


def test_each_source_and_layout_has_a_specimen() -> None:
    """The specimens show every layout and every source that is bundled."""
    documents = [expected(specimen).get("expected.md", "") for specimen in SPECIMENS]
    said = "\n".join(documents)

    layouts = ["kcnawatch-a", "kcnawatch-a1", "kcnawatch-b", "kcnawatch-c", "kcnawatch-d", "kcnawatch-e"]
    layouts += ["kcnawatch-html", "kcna-q", "kcna-detail", "kcna-item", "naenara-page"]
    assert [layout for layout in layouts if f'capture_layout: "{layout}"' not in said] == []
    assert [source for source in SOURCES if f'source_id: "{source}"' not in said] == []
