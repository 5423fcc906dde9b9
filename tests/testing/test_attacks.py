from __future__ import annotations

import re

import pytest

from copydesk.testing.attacks import Attack, attacks


@pytest.mark.parametrize(
    ("regex", "attack"),
    [
        (r"(?:a|a)*b", Attack("", "a")),
        (r"No\. (?:\d+,?)+;", Attack("No. ", "1,")),
        (r"(?P<title>[A-Z][a-z]+ )+x", Attack("", "Aa ")),
        (r"\((?P<end_mark>[^)]*)\)\)", Attack("", "(a")),
        (r"x(?:foo|bar){2,}", Attack("x", "bar")),
        (r"(?=(?:ab)+c)a", Attack("", "ab")),
        (r"\s*\w+", Attack(" ", "a")),
    ],
)
def test_an_attack_repeats_what_the_pattern_repeats(regex: str, attack: Attack) -> None:
    """Each repetition gives a part that it takes over and over, and what leads to it; also in looks ahead."""
    assert attack in attacks(regex)


@pytest.mark.parametrize("regex", [r"(?P<end_mark>-0-)", r"a?b", "(", ""])
def test_what_repeats_nothing_is_not_attacked(regex: str) -> None:
    """A pattern without a repetition, or one that `re` refuses, has no attack."""
    assert attacks(regex) == ()


@pytest.mark.parametrize(
    "regex", [r"(?:[A-Z]\w+ )*", r"(?:\d{2}/){3,}", r"(?:[^\W\d_]+\.?)*", r"(?:\S+\s)+", r"(?i:abc)+", r"[^a-z]+"]
)
def test_a_part_is_one_that_the_pattern_takes(regex: str) -> None:
    """The parts are no noise: a row of them is matched to its end."""
    parts = [part for before, part in attacks(regex) if not before]

    assert parts
    assert any((found := re.match(regex, part * 9)) and found.end() == len(part * 9) for part in parts)
