"""The white space and the invisible characters of a text, brought into one form."""

from __future__ import annotations

import re

# The patterns are text: `re` compiles and keeps them when a text first needs one, which few texts do.
_SPACES = "[\t-\r\x1c-\x20\x85\xa0\u2028\u2029]+"
_LONE_SURROGATE = "[\ud800-\udfff]"
_PLANES = range(0, 0x110000, 0x10000)
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(chr(plane + last) for plane in _PLANES for last in (0xFFFE, 0xFFFF))
_DROPPED = f"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff{_NONCHARACTERS}]"
_BIDI_CONTROL = "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"

_ODDITIES = (
    ("lone-surrogate", "lone surrogate {!r} becomes U+FFFD", _LONE_SURROGATE),
    ("dropped-character", "character {!r} is left out", _DROPPED),
    ("bidi-control", "bidi control {!r} can change the order in which the text is shown", _BIDI_CONTROL),
)


def fold(text: str) -> str:
    """Return a text as one line in its normal form; folding it again changes nothing.

    Each run of line ends, tabs, NBSP, C0 separators and spaces becomes one space; lone surrogates become U+FFFD;
    other control characters, BOM and noncharacters go; no white space is left at either end; NFC. Other Unicode
    spaces, such as U+3000, stay as they are inside the text.
    """
    # What Python calls printable has no control, surrogate or noncharacter, and no space but U+0020.
    if not text.isprintable():
        text = _without_unprintable(text)
    if "  " in text:
        text = re.sub("  +", " ", text)
    text = text.strip()
    return text if text.isascii() else _composed(text)


def oddities(text: str) -> list[tuple[str, str, int]]:
    """Return code, message and offset of the first character of each odd kind in a raw text, by offset.

    The codes are `lone-surrogate`, `dropped-character` and `bidi-control`. Folding keeps bidi controls.
    """
    if text.replace("\n", "").replace("\xa0", "").isprintable():
        return []
    found = ((code, message, re.search(pattern, text)) for code, message, pattern in _ODDITIES)
    odd = [(code, message.format(match[0]), match.start()) for code, message, match in found if match]
    return sorted(odd, key=lambda oddity: oddity[2])


def _without_unprintable(text: str) -> str:
    text = text.replace("\xa0", " ")  # is all there is to do in most such texts
    if text.isprintable():
        return text
    text = re.sub(_SPACES, " ", text)
    if text.isprintable():
        return text
    return re.sub(_DROPPED, "", re.sub(_LONE_SURROGATE, "\ufffd", text))


def _composed(text: str) -> str:
    from unicodedata import normalize

    return normalize("NFC", text)
