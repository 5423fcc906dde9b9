"""Make slugs: the words of a title in lower-case ASCII."""

from __future__ import annotations

import re
from unicodedata import combining, normalize

# Revised Romanization, letter by letter in the order of Unicode's syllable arithmetic: initials, vowels and finals
# as each is spoken by itself. Sounds that change where syllables meet are left alone: a slug needs no more.
INITIALS, VOWELS, FINALS = (
    letters.replace("-", "").split(" ")
    for letters in (
        "g kk n d tt r m b pp s ss - j jj ch k t p h",
        "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i",
        "- k k k n n n t l k m l l l p l m p p t t ng t t k t p t",
    )
)
SYLLABLE = re.compile("[가-힣]")
LATIN = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})
APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʼ"))


def slug(title: str, *, most: int = 80) -> str:
    """Return the words of a title in lower-case ASCII, joined by `-`, cut at a word to ``most`` characters.

    Hangul is romanised and accents are dropped; other scripts are left out. Where nothing is left the slug is empty.
    """
    cut = "-".join(re.findall("[a-z0-9]+", _latin(title)))[: most + 1]
    return cut if len(cut) <= most else cut.rpartition("-")[0] or cut[:most]


def _latin(title: str) -> str:
    """Return a title in lower case with Hangul romanised, accents stripped and apostrophes taken out."""
    if title.isascii():
        return title.lower().replace("'", "")
    romanised = SYLLABLE.sub(_romanised, normalize("NFKC", title))
    letters = normalize("NFKD", romanised.lower().translate(LATIN).translate(APOSTROPHES))
    return "".join(letter for letter in letters if not combining(letter))


def _romanised(syllable: re.Match[str]) -> str:
    initial, rest = divmod(ord(syllable[0]) - 0xAC00, len(VOWELS) * len(FINALS))
    vowel, final = divmod(rest, len(FINALS))
    return INITIALS[initial] + VOWELS[vowel] + FINALS[final]
