"""Labels: what an aggregator prints of a source, as `KCNA.kp (En)`, and the language a page is in."""

from __future__ import annotations

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

FIRST_KANA = "\u3041"
SAMPLE = 2000
"""The script of a page is seen from this many characters."""


class Label:
    """A label in its parts, each of which may be empty: name, language code (BCP 47) and language as printed."""

    __slots__ = ("lang", "name", "printed")

    def __init__(self, name: str, lang: str = "", printed: str = "") -> None:
        self.name = name
        self.lang = lang
        self.printed = printed


def parse(label: str) -> Label:
    """Split a label into name and language: `KCNA.kp (En)`, where either may be missing."""
    name, opened, behind = label.partition("(")
    printed, closed, rest = behind.partition(")")
    if opened and (not closed or rest.strip() or "(" in printed):
        return Label(label.strip())
    printed = printed.strip()
    return Label(name.strip(), LANGUAGES.get(printed.casefold(), ""), printed)


def by_script(text: str) -> str:
    """Return the language that the script of a text makes certain: `ko`, `ja`, or the empty string."""
    sample = text[:SAMPLE]
    if not sample or max(sample) < FIRST_KANA:
        return ""
    letters = sum(map(str.isalpha, sample)) or 1
    hangul = sum("\uac00" <= char <= "\ud7a3" for char in sample)
    kana = sum(FIRST_KANA <= char <= "\u30ff" for char in sample)
    if hangul * 2 > letters:
        return "ko"
    return "ja" if kana * 5 > letters else ""
