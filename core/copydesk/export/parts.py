"""Parts of words in scripts whose words an index does not find by their parts: Hangul, Kana and Han."""

from __future__ import annotations

import re

LEAST, MOST = 2, 8
"""The lengths of parts in characters; what is longer is found by a search for two of its parts."""

# Letters alone, as `unicode61` knows them: a query for a part is one token then, and so is the part.
_RUN = re.compile("[\u1100-\u11ff\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff"
                  "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]{2,}")  # fmt: skip


def parts(text: str) -> str | None:
    """Return all stretches of 2 to 8 letters of the words in these scripts, each once; None where there are none.

    Korean hangs particles on its nouns and writes compounds in one word, Japanese and Chinese write no spaces: an index
    of words does not find 평양 in 평양에서, and one of trigrams finds no word of two syllables, which most nouns are.
    """
    if text.isascii():
        return None
    found = dict.fromkeys(part for run in _RUN.findall(text) for part in _parts(run))
    return " ".join(found) or None


def _parts(run: str) -> list[str]:
    return [run[start : start + size] for size in range(LEAST, min(MOST, len(run)) + 1)
            for start in range(len(run) - size + 1)]  # fmt: skip
