"""Texts in many character sets, and what is read from their bytes."""

from __future__ import annotations

import pytest

from copydesk.charsets import charset
from copydesk.decoding import Decoded, decode
from copydesk.errors import Rejection

KOREAN = "군도서관에서 이번 주에 책을 세였다.\n책은 모두 10 000권이였다."
JAPANESE = "町の図書館は今週、本の数を数えた。\n本は一万冊あった。"
CHINESE = "县图书馆本周清点了藏书。\n书一共有一万本。"
GERMAN = "Die Bücherei zählt ihre “Bücher” – es sind 10 000.\nEin Schüler hilft dabei."
RUSSIAN = "Районная библиотека пересчитала книги.\nИх оказалось десять тысяч."

SETS = [("euc-kr", KOREAN), ("shift_jis", JAPANESE), ("euc-jp", JAPANESE), ("gb18030", CHINESE),
        ("windows-1252", GERMAN), ("windows-1251", RUSSIAN), ("koi8-r", RUSSIAN)]  # fmt: skip


def coded(text: str, name: str) -> bytes:
    """Return the bytes of a text in a character set."""
    by = charset(name)
    assert by, name
    return text.encode(by.codecs[0])


def page(text: str, head: str = "") -> str:
    """Return an HTML page that shows a text."""
    return f"<!DOCTYPE html><html><head>{head}</head><body><p>{text}</p></body></html>"


def read(data: bytes, declared: str = "", *, html: bool = False) -> tuple[str, str, list[str]]:
    """Return text, character set and the codes of the flags."""
    found = decode(data, declared, html=html)
    return found.text, found.encoding, codes(found)


def codes(found: Decoded) -> list[str]:
    """Return the codes of the flags, all of them warnings."""
    assert {flag.severity for flag in found.flags} <= {"warning"}
    return [flag.code for flag in found.flags]


def refused(data: bytes, declared: str = "", *, html: bool = False) -> Rejection:
    """Return why bytes are not decoded."""
    with pytest.raises(Rejection) as problem:
        decode(data, declared, html=html)
    return problem.value
