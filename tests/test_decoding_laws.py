from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.charsets import charset
from copydesk.decoding import Decoded, decode
from copydesk.errors import Rejection
from tests.decoding_by_hand import KOREAN, SETS, coded, page, read, refused

HOSTILE = ["<", "<!--", "<a '", "<meta ", '<meta a="', "<meta content='charset = '", "<?xml encoding = ", "=", " "]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_page_of_broken_tags_is_read(piece: str) -> None:
    """However broken its tags are, a page is looked through once."""
    text = "<meta " + piece * (4000 // len(piece)) + " charset"

    assert read(text.encode(), html=True)[0] == text


BYTES = st.one_of(
    st.binary(max_size=60),
    st.lists(st.sampled_from((b"<meta charset=euc-kr>", b"<p>", b"\0", b"a", b"\xec\xb1\x85", b"\xc3\xa5", b"\xff\xfe",
                              b"\n", b"<!--", b"'", b"\x1b$B", b"<meta charset=x>", b"a\0", b"\x81",
                              b"\xff"))).map(b"".join),
)  # fmt: skip
DECLARED = st.sampled_from(("", "", "utf-8", "euc-kr", "utf-16", "latin-1", "iso-2022-jp", "hz", "klingon", "big5"))


@given(BYTES, DECLARED, st.booleans())
def test_law_any_bytes_are_text_or_refused(data: bytes, declared: str, html: bool) -> None:
    """Law: whatever the bytes, they have a text that UTF-8 can write or are refused with a code and a remedy."""
    try:
        found = decode(data, declared, html=html)
    except Rejection as problem:
        assert problem.code in ("binary", "encoding")
        assert problem.remedy
    else:
        assert found.text.encode().decode() == found.text
        assert charset(found.encoding)
        assert "\0" not in found.text or not html


@given(BYTES, st.booleans())
def test_law_decoding_is_pure(data: bytes, html: bool) -> None:
    """Law: the same bytes are the same text each time, and again when the character set found is declared."""
    try:
        found = decode(data, "", html=html)
    except Rejection as problem:
        assert str(refused(data, html=html)) == str(problem)
    else:
        assert decode(data, "", html=html) == found
        assert decode(data, found.encoding, html=html).text == found.text


@given(st.text(max_size=60))
def test_law_utf_8_is_exact(text: str) -> None:
    """Law: a text in UTF-8 is decoded to itself, but for a mark in front; nothing about it is odd."""
    plain = text.replace("\0", "").removeprefix("\ufeff").replace("<meta", "")

    assert decode(plain.encode(), "", html=False) == Decoded(plain.removeprefix("\ufeff"), "utf-8", ())
    assert decode(plain.encode(), "", html=True) == Decoded(plain.removeprefix("\ufeff"), "utf-8", ())


@given(st.text(max_size=60), st.sampled_from([name for name, _ in SETS]))
def test_law_a_declared_text_is_exact(text: str, name: str) -> None:
    """Law: a text in the character set that was declared for it is decoded to itself."""
    by = charset(name)
    assert by
    plain = text.encode(by.codecs[0], "ignore").decode(by.codecs[0]).replace("\0", "")

    assert decode(coded(plain, name), name, html=False) == Decoded(plain, name, ())


@pytest.mark.parametrize("html", [True, False])
def test_bytes_are_read_a_fixed_number_of_times(html: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A capture ten times as long takes as many readings of all its bytes: the time grows with the length alone."""
    from copydesk import charsets, decoding

    counts = []
    for size in (100, 1000):
        sizes: list[int] = []

        def counted(data: bytes, by: charsets.Charset, sizes: list[int] = sizes) -> str:
            sizes.append(len(data))
            return charsets.read(data, by)

        monkeypatch.setattr(decoding, "read", counted)
        decode(coded(page(KOREAN * size), "euc-kr"), "", html=html)
        counts.append(len(sizes))

    assert counts == [2, 2]
