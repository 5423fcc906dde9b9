from __future__ import annotations

import time

import pytest

from copydesk.contract.layouts import Rule
from copydesk.contract.patterns import Pattern
from copydesk.plugin import Layout, Mark, Reading
from tests.desk.by_hand import reading_of
from tests.plugins.installed import LAYOUTS, Ruled, landmarks, rules

HOSTILE = (
    *("a", " ", "Kim ", "Kim Jong Un ", "Kim Jong Un , ", "Pyongyang, ", "Pyongyang, May 9 (KCNA) ", "1", "1 "),
    *("-", "-0-", "- ", ".", "(", "www.kcna.kp (", "Juche 1 ", "Juche 100 (2011) ", "Leader 's ", "한", "월", "평양 "),
    *("More From ", "Date: ", "Date: 09/05/2023 | Source: ", "| Read original version at source ", "https://a"),
)
SIZES = (20_000, 80_000)
NOISE = 0.02
"""Seconds of the processor below which a time is not compared."""


def hostile(part: str, size: int, edge: str) -> str:
    """Return a line of so many characters: one part over and over between two edges."""
    return edge + part * (size // len(part)) + edge


def seconds(rule: Rule, reading: Reading) -> float:
    """Return the time of the processor that a rule takes for a reading: the less of two, as others disturb it."""
    times = []
    for _ in range(2):
        begun = time.thread_time()
        list(rule(reading))
        times.append(time.thread_time() - begun)
    return min(times)


def grows(rule: Rule, part: str) -> bool:
    """Tell whether four times the line takes far more than four times the time, alone or behind another."""
    for edge in ("x", "") if part.strip() else ("x",):
        for before in ((), ("sent by",)):
            small, large = (seconds(rule, reading_of(*before, hostile(part, size, edge))) for size in SIZES)
            if large > 10 * max(small, NOISE):
                return True
    return False


ONCE = {id(ruled.rule): ruled for ruled in rules()}  # layouts of one family share their rules


@pytest.mark.parametrize("ruled", [pytest.param(ruled, id=ruled.name) for ruled in ONCE.values()])
def test_law_a_rule_is_linear_in_the_line(ruled: Ruled) -> None:
    """Law: no line makes a rule slow: 80,000 characters take about four times as long as 20,000."""
    assert [part for part in HOSTILE if grows(ruled.rule, part)] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_law_a_landmark_is_linear_in_the_line(layout: Layout) -> None:
    """Law: no line makes a landmark slow, wherever the plain text at its start stands."""
    for pattern in landmarks(layout):

        def find(reading: Reading, pattern: Pattern = pattern) -> list[Mark]:
            for block in reading.page.blocks:
                pattern.find(reading.page.text, block.start, block.end)
                pattern.find(reading.page.text, block.start + 1, block.end)
            return []

        assert [part for part in (*HOSTILE, pattern.literal or "x") if grows(find, part)] == [], pattern
