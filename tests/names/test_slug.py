from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.names import slug


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Kim's Visit — to the Factory", "kims-visit-to-the-factory"),
        ("Kim’s 3rd VISIT", "kims-3rd-visit"),
        ("조선중앙통신 보도", "joseonjungangtongsin-bodo"),
        ("백두산 Hike", "baekdusan-hike"),
        ("\u1112\u1161\u11ab", "han"),
        ("가힣", "gahit"),
        ("Élan Łódź Straße Ærø İzmir", "elan-lodz-strasse-aero-izmir"),
        ("金正恩 visits ピョンヤン", "visits"),
        ("ＦＵＬＬ width", "full-width"),
        ("朝鮮", ""),
        ("", ""),
        ("--- !!", ""),
    ],
)
def test_slugs(title: str, expected: str) -> None:
    """Latin letters lose their accents, Hangul is romanised letter by letter, other scripts are left out."""
    assert expected == slug(title)


@given(st.text(), st.integers(1, 90))
def test_a_slug_is_plain_words(title: str, most: int) -> None:
    """A slug is lower-case ASCII words and digits with single hyphens between, and never too long."""
    text = slug(title, most=most)

    assert re.fullmatch("([a-z0-9]+(-[a-z0-9]+)*)?", text)
    assert len(text) <= most
    assert text == slug(text, most=most)


def test_a_slug_is_cut_at_a_word() -> None:
    """A word that would not fit is left out whole; only a first word that is too long is broken."""
    assert slug("one two three", most=7) == "one-two"
    assert slug("one two three", most=8) == "one-two"
    assert slug("one two three", most=13) == "one-two-three"
    assert slug("onetwo three", most=5) == "onetw"
