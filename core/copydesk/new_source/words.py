"""Words by which lines of pages can be told, in the languages of known publishers; each is evidence, none is proof."""

from __future__ import annotations

import re

_I = re.IGNORECASE

PUBLISHED = re.compile(
    r"\b(?:publish|posted|date|dated|issued|fecha|publicad)|入力|掲載|公開|입력|게재|발행|등록|날자|날짜", _I
)
CAPTURED = re.compile(
    r"\b(?:captured|printed|saved|retrieved|accessed|archived|visited|today)\b|저장|출력|보관|印刷|保存", _I
)
CHANGED = re.compile(r"\b(?:updated|modified|copyright|since|edited|actualizad)|©|\(c\)|수정|갱신|更新", _I)
RELATED = re.compile(
    r"\b(?:more|related|read (?:also|next|on)|also|latest|most|recommended|other|trending|popular|next|previous|"
    r"más|otras|relacionad\w+)\b|관련|더 보기|다른 기사|다른 소식|최신|추천|関連|最新|相关",
    _I,
)
ADVERTISEMENT = re.compile(r"(?:advertisement|advertising|ad|sponsored|publicidad|광고|広告)\W*", _I)
AUTHOR = re.compile(r"(?:by|author|reporter|writer|written by|text|autor|por|기자|글|記者|文)", _I)
LABEL = re.compile(r"(?:source|publisher|from|fuente|출처|出典|来源)", _I)
ORIGINAL = re.compile(r"\b(?:original|permalink|link|url|address|online|source)\b|원문|주소|原文", _I)
# what may stand in a line of its own, and what may stand behind a sentence
END_MARK = re.compile(
    r"(?:-0-|-30-|###+|\(ends?\)|\(끝\)|\(了\)|\(終わり\)|[■□◆▲●]|-{3,}|[-–—] ?end ?[-–—]|the end|end|ends|fin)", _I
)
END_MARK_BEHIND = re.compile(r"(?:-0-|-30-|###+|\(ends?\)|\(끝\)|\(了\)|\(終わり\)|[■□◆▲●]|-{3,})\Z", _I)

LABEL_IN_LINE = re.compile(rf"\b(?P<word>{LABEL.pattern}) ?[:\uff1a] ?(?P<label>[^|]+?)(?= ?\||\Z)", _I)

_COMMON = {
    "en": "the of and to in is was were that for it with as by at from which on are has",
    "es": "el la los las de que y en un una por con para del se fue su al es",
    "fr": "le la les des et en un une du que pour dans est au par sur avec qui ont",
    "de": "der die das und ist von mit den dem ein eine zu im auf für nicht sich wurde",
    "pt": "o a os as de que e em um uma por com para do da no na foi se ao",
    "it": "il lo la gli di che e in un una per con del della è sono si al nel",
    "ru": "и в не на что с по как это был для из от к его она они",
}
COMMON = {lang: frozenset(words.split()) for lang, words in _COMMON.items()}

ENOUGH = 6
"""So many of the commonest words of a language must stand in a text, and half as many again as of the next language."""


def language_of(text: str) -> str:
    """Return the language whose commonest words stand in a text most often; empty where none does for certain."""
    letters = [char for char in text if char.isalpha()]
    if sum("\u4e00" <= char <= "\u9fff" for char in letters) * 2 > len(letters):
        return "" if any("\u3041" <= char <= "\u30ff" for char in letters) else "zh"
    words = re.findall(r"[^\W\d_]+", text.casefold())
    counts = sorted(((sum(word in common for word in words), lang) for lang, common in COMMON.items()), reverse=True)
    (best, lang), (next_best, _) = counts[:2]
    return lang if best >= ENOUGH and best >= 1.5 * next_best else ""
