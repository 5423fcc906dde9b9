from __future__ import annotations

import re
import subprocess
import sys
from unicodedata import is_normalized, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.markdown.fold import fold, oddities
from tests.markdown.hostile import RAW

SPACES = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u2028\u2029"
DROPPED = "\x00\x08\x0e\x1b\x7f\x80\x84\x86\x9f\ufeff\ufdd0\ufdef\ufffe\uffff\U0001fffe\U0010ffff"
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ODD = st.sampled_from(SPACES + DROPPED + BIDI + "\ud800\udc80\udfffae\u0301\u3000\u2009\u200b한")
TEXTS = st.one_of(RAW, st.text(ODD), st.text(st.characters()))


def _kept(text: str) -> str:
    """Return the visible characters in their composed form, by a definition of its own: one character at a time."""
    kept = ("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text if c not in SPACES and not _goes(ord(c)))
    return "".join(normalize("NFC", "".join(kept)).split())


def _goes(code: int) -> bool:
    control = code < 0x20 or 0x7F <= code < 0xA0
    return control or code == 0xFEFF or 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


@given(TEXTS)
def test_idempotent_fold(text: str) -> None:
    """Folding a folded text changes nothing."""
    once = fold(text)

    assert once == fold(once)


@given(TEXTS)
def test_fold_loses_no_visible_character(text: str) -> None:
    """Apart from white space and what is dropped by name, each character of the raw text is in the folded one."""
    apart = re.sub(f"[{SPACES}]", "\u2063", text)  # so that no mark joins the letter in front of a space
    kept = _kept(apart).replace("\u2063", "")

    assert kept == "".join(fold(text).split())


@given(TEXTS)
def test_folded_text_is_one_tidy_line(text: str) -> None:
    """A folded text is NFC, without a run of spaces, a space at an end, a surrogate or a dropped character."""
    folded = fold(text)

    assert is_normalized("NFC", folded)
    assert folded == folded.strip()
    assert "  " not in folded
    assert not set(folded) & set(SPACES + DROPPED).difference(" ")
    assert folded == folded.encode().decode()


@pytest.mark.parametrize("space", SPACES)
def test_each_space_becomes_one_space(space: str) -> None:
    """Line ends, tabs, NBSP and the C0 separators are spaces, alone and in runs."""
    expected = "a b c"

    assert expected == fold(f"{space}a{space}b {space}\x00{space} c{space}")


@pytest.mark.parametrize("character", DROPPED)
def test_each_dropped_character_goes(character: str) -> None:
    """Control characters, BOM and noncharacters leave nothing behind, not even two spaces."""
    expected = "ab c"

    assert expected == fold(f"{character}a{character}b {character} c{character}")


@pytest.mark.parametrize("space", "\u3000\u2009\u1680\u205f")
def test_other_spaces_stay_inside(space: str) -> None:
    """A Unicode space that is no ordinary one stays inside the text and goes at its ends."""
    assert f"a{space}b {space} c" == fold(f"{space} a{space}b {space} c{space}")


def test_surrogates_become_replacement_characters() -> None:
    """Each surrogate becomes U+FFFD, also one of two that would make a pair."""
    expected = "a\ufffd\ufffdb \ufffd"

    assert expected == fold("a\ud83d\ude00b \udc80")


def test_composition() -> None:
    """Hangul letters and accents are composed."""
    expected = "한 é"

    assert expected == fold("\u1112\u1161\u11ab e\u0301")


def test_ascii_needs_no_tables() -> None:
    """Folding ASCII text does not import unicodedata."""
    code = (
        "import sys; from copydesk.markdown.fold import fold; fold('a  b\\t'); sys.exit('unicodedata' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    "text", ["", "plain", "two\nlines", "“curly” – dash", "평양 8월", "a\xa0b\tc", "soft\xadhyphen", "\u200b"]
)
def test_ordinary_text_has_no_oddities(text: str) -> None:
    """Spaces of any kind and invisible characters that stay are no oddities."""
    assert not oddities(text)


def test_oddities_give_the_first_of_each_kind() -> None:
    """Each kind is told once, with the offset of its first character, in the order of the text."""
    found = oddities("ab\u202ec\u202ed\x07\x08\ud800\udfff\ufeff")
    expected = [("bidi-control", 2), ("dropped-character", 6), ("lone-surrogate", 8)]

    assert expected == [(code, at) for code, _, at in found]


@pytest.mark.parametrize("character", BIDI)
def test_each_bidi_control_is_odd_and_stays(character: str) -> None:
    """A bidi control is told of, and folding keeps it."""
    text = f"a{character}b"

    assert ["bidi-control"] == [code for code, _, _ in oddities(text)]
    assert text == fold(text)


def test_oddities_show_the_character() -> None:
    """The message shows the character in a form that can be printed."""
    expected = "lone surrogate '\\ud800' becomes U+FFFD"

    assert expected == oddities("\ud800")[0][1]


@given(TEXTS)
def test_oddities_tell_of_every_loss(text: str) -> None:
    """A text has the oddity of a kind if and only if it holds a character of the kind."""
    expected = {
        "lone-surrogate": any("\ud800" <= c <= "\udfff" for c in text),
        "dropped-character": any(_goes(ord(c)) and c not in SPACES for c in text),
        "bidi-control": any(c in BIDI for c in text),
    }
    codes = [code for code, _, _ in oddities(text)]

    assert sorted(code for code, holds in expected.items() if holds) == sorted(codes)


def test_each_oddity_is_at_its_offset() -> None:
    """The offset leads to the first character of the kind."""
    places = {code: at for code, _, at in oddities("\n\n\xa0x\ufffe\u200f")}
    expected = {"dropped-character": 4, "bidi-control": 5}

    assert expected == places
