from __future__ import annotations

import pytest

from copydesk.testing import suite
from copydesk.testing.cases import ACCOUNT, Case, expected
from tests.support.specimens import SEEDS, outcome, specimens

OF_WATCH = [case.folder for case in specimens() if "\tkcnawatch-" in expected(case).get(ACCOUNT, "")]

TestKcna = suite("kcna", (SEEDS / "kcna", SEEDS / "rejected/html-day-page", SEEDS / "rejected/html-day-page-at-host"))
TestNaenara = suite("naenara", SEEDS / "naenara")
TestPyongyangTimes = suite("pyongyang-times", SEEDS / "pyongyang-times")
TestVoiceOfKorea = suite("voice-of-korea", SEEDS / "voice-of-korea")
TestDprkToday = suite("dprk-today", SEEDS / "dprk-today")
TestKcnawatch = suite("kcnawatch", OF_WATCH, without=("fixtures",))  # they are those of the sources

OTHERS = [case for case in specimens() if case.name.startswith(("rejected/", "unknown/"))]


@pytest.mark.parametrize("specimen", OTHERS, ids=[specimen.name for specimen in OTHERS])
def test_specimen_of_nobody(specimen: Case) -> None:
    """What is no article of a source that is known becomes what a person has accepted for it."""
    accepted = expected(specimen)
    assert accepted, f"nothing is accepted yet; run `copydesk fixtures record {specimen.folder}`, and read what it says"

    assert outcome(specimen) == accepted
