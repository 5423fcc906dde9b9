"""Labels: what an aggregator prints of a source, as `KCNA.kp (En)`, and the language a page is in."""

from __future__ import annotations

import re
from typing import NamedTuple

UNDETERMINED = "und"
"""BCP 47 for a language nobody knows."""

LANGUAGES = {
    "en": "en", "english": "en",
    "kp": "ko", "kr": "ko", "ko": "ko", "korean": "ko",
    "jp": "ja", "ja": "ja", "japanese": "ja",
    "cn": "zh", "zh": "zh", "chinese": "zh",
    "es": "es", "spanish": "es",
    "ru": "ru", "russian": "ru",
}  # fmt: skip
"""Codes and names of languages in labels and in the URLs of kcna.kp (`kp`, `en`, `jp`, `cn`, `ru`, `es`)."""

_LABEL = re.compile(r"(?P<name>[^()]*?)\s*(?:\((?P<lang>[^()]*)\))?\s*")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_CJK = re.compile(r"[\u3041-\u30ff\uac00-\ud7a3]")
_KANA = re.compile(r"[\u3041-\u30ff]")
_LETTER = re.compile(r"[^\W\d_]")
SAMPLE = 2000
"""The script of a page is seen from this many characters."""


class Label(NamedTuple):
    """A label in its parts, each of which may be empty: name, language code (BCP 47) and language as printed."""

    name: str
    lang: str
    printed: str


def parse(label: str) -> Label:
    """Split a label into name and language."""
    found = _LABEL.fullmatch(label)
    if found is None:
        return Label(label.strip(), "", "")
    printed = (found["lang"] or "").strip()
    return Label(found["name"].strip(), LANGUAGES.get(printed.casefold(), ""), printed)


def by_script(text: str) -> str:
    """Return the language that the script of a text makes certain: `ko`, `ja`, or the empty string."""
    sample = text[:SAMPLE]
    if sample.isascii() or not _CJK.search(sample):
        return ""
    letters = len(_LETTER.findall(sample)) or 1
    if len(_HANGUL.findall(sample)) * 2 > letters:
        return "ko"
    return "ja" if len(_KANA.findall(sample)) * 5 > letters else ""
