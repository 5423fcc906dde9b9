from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.desk.labels import LANGUAGES, SAMPLE, by_script, parse


@pytest.mark.parametrize(
    ("label", "parts"),
    [
        ("KCNA.kp (En)", ("KCNA.kp", "en", "En")),
        ("KCNA.co.jp (En)", ("KCNA.co.jp", "en", "En")),
        ("Naenara (En)", ("Naenara", "en", "En")),
        ("DPRK Today (En)", ("DPRK Today", "en", "En")),
        ("DPRK Today (English)", ("DPRK Today", "en", "English")),
        ("Voice of Korea (EN)", ("Voice of Korea", "en", "EN")),
        ("Chongnyon Chonwi (EN)", ("Chongnyon Chonwi", "en", "EN")),
        ("Pyongyang Times", ("Pyongyang Times", "", "")),
        ("Tongil Sinbo", ("Tongil Sinbo", "", "")),
        ("(En)", ("", "en", "En")),
        ("", ("", "", "")),
        ("KCNA.kp (Kr)", ("KCNA.kp", "ko", "Kr")),
        ("KCNA.kp (kp)", ("KCNA.kp", "ko", "kp")),
        ("KCNA.kp (Jp)", ("KCNA.kp", "ja", "Jp")),
        ("KCNA.kp (Es)", ("KCNA.kp", "es", "Es")),
        ("KCNA.kp (Cn)", ("KCNA.kp", "zh", "Cn")),
        ("KCNA.kp (Ru)", ("KCNA.kp", "ru", "Ru")),
        ("KCNA.kp(En)", ("KCNA.kp", "en", "En")),
        ("  KCNA.kp  ( En )  ", ("KCNA.kp", "en", "En")),
        ("KCNA.kp (Fr)", ("KCNA.kp", "", "Fr")),
        ("KCNA.kp ()", ("KCNA.kp", "", "")),
        ("KCNA.kp (En", ("KCNA.kp (En", "", "")),
        ("KCNA (kp) (En)", ("KCNA (kp) (En)", "", "")),
        ("(En) KCNA.kp", ("(En) KCNA.kp", "", "")),
    ],
)
def test_a_label_has_a_name_and_a_language(label: str, parts: tuple[str, str, str]) -> None:
    """Either part may be missing; a language nobody knows is kept as printed; an odd label is all name."""
    found = parse(label)

    assert (found.name, found.lang, found.printed) == parts


@given(st.one_of(st.text(), st.text("()En .K\u00a0", max_size=30)))
def test_parse_never_raises(label: str) -> None:
    """Law: any text has its parts, no word of it is invented, and the language is a code that is known."""
    found = parse(label)

    assert found.name in label
    assert found.printed in label
    assert found.lang in {*LANGUAGES.values(), ""}
    assert found.name == found.name.strip()


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The county library", ""),
        ("", ""),
        ("12 (34)", ""),
        ("Пхеньян", ""),
        ("이것은 도서관이다 (KCNA)", "ko"),
        ("図書館は町にある。", "ja"),
        ("図書館町", ""),
        ("The word 도서관 means a library in the county", ""),
        ("¡Pyongyang, 12 de septiembre!", ""),
    ],
)
def test_a_script_tells_a_language_only_where_it_is_certain(text: str, lang: str) -> None:
    """Hangul is Korean and kana are Japanese where they prevail; Latin, Cyrillic and Chinese letters tell nothing."""
    assert by_script(text) == lang


def test_a_script_is_seen_from_the_beginning() -> None:
    """So many characters are enough, and no more are looked at."""
    assert [by_script("a" * size + "도서관" * 9999) for size in (0, SAMPLE)] == ["ko", ""]
