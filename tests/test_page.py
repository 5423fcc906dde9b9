from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import Rejection
from copydesk.page import MAX_BYTES, paginate
from copydesk.values.capture import Capture, Page


def page_of(data: bytes | str, encoding: str = "") -> Page:
    """Return the page of bytes, or of a text in UTF-8."""
    return paginate(Capture(data.encode("utf-8") if isinstance(data, str) else data, encoding=encoding))


def lines(page: Page) -> list[tuple[int, str]]:
    """Return line number and text of each block."""
    return [(block.line, page.text[block.start : block.end]) for block in page.blocks]


def refused(data: bytes, encoding: str = "") -> Rejection:
    """Return why a capture is no page."""
    with pytest.raises(Rejection) as problem:
        page_of(data, encoding)
    return problem.value


def test_a_line_is_a_block() -> None:
    """Each line with more than white space is a block, without the white space at its ends; lines count from 1."""
    page = page_of("One.\n\n \t\u00a0\n  Two\u00a0 words. \n\nThree.")

    assert lines(page) == [(1, "One."), (4, "Two\u00a0 words."), (6, "Three.")]
    assert page.encoding == "utf-8"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_are_line_feeds(end: str) -> None:
    """Files of all systems give one page; two ends in a row are an empty line."""
    page = page_of(f"One{end}{end}Two{end}")

    assert page == page_of("One\n\nTwo\n")
    assert lines(page) == [(1, "One"), (3, "Two")]


def test_line_ends_may_be_mixed() -> None:
    """Each end is one line end, whatever stands beside it."""
    assert lines(page_of("a\r\nb\rc\nd\n\re")) == [(1, "a"), (2, "b"), (3, "c"), (4, "d"), (6, "e")]


@pytest.mark.parametrize("char", ["\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\x85"])
def test_only_line_ends_end_a_line(char: str) -> None:
    """Unicode's other separators stand within a line: they make no block of their own."""
    assert lines(page_of(f"a{char}b\nc")) == [(1, f"a{char}b"), (2, "c")]


@pytest.mark.parametrize(
    ("bom", "codec", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8", "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
    ],
)
@pytest.mark.parametrize("declared", ["", "euc-kr", "latin-1"])
def test_a_bom_tells_the_encoding(bom: bytes, codec: str, encoding: str, declared: str) -> None:
    """A byte order mark goes before what was declared, and is no character of the page."""
    page = page_of(bom + "제목\nТекст 😀".encode(codec), declared)

    assert lines(page) == [(1, "제목"), (2, "Текст 😀")]
    assert page.encoding == encoding


def test_a_declared_encoding_is_used() -> None:
    """Without a mark the declared character set counts, and UTF-8 where none is declared."""
    page = page_of("제목".encode("euc-kr"), "euc-kr")

    assert (lines(page), page.encoding) == ([(1, "제목")], "euc-kr")


@pytest.mark.parametrize(
    ("data", "encoding", "said"),
    [
        (b"\xff", "", "line 1: byte 0xff at offset 0 is not utf-8"),
        (b"One\n\xff\xfe\xfd", "euc-kr", "line 2: byte 0xff at offset 4 is not euc-kr"),
        (b"\xed\xa0\x80", "", "line 1: byte 0xed at offset 0 is not utf-8"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", "", "is not utf-16"),
        (codecs.BOM_UTF16_LE + b"a\x00b", "", "is not utf-16"),
        (b"abc", "klingon", "there is no character set 'klingon'"),
    ],
)
def test_what_is_in_no_encoding_is_refused(data: bytes, encoding: str, said: str) -> None:
    """Bytes that are not what they should be are refused with their place and a remedy."""
    problem = refused(data, encoding)

    assert problem.code == "encoding"
    assert said in problem.message
    assert problem.remedy


def test_a_guess_is_never_without_a_word() -> None:
    """Bytes in a character set that nothing declares are read by a guess, and a warning says so."""
    page = page_of("One\n제목은 길게 쓰여 있다".encode("euc-kr"))

    assert (lines(page)[1], page.encoding) == ((2, "제목은 길게 쓰여 있다"), "euc-kr")
    assert [(flag.code, flag.severity) for flag in page.flags] == [("charset-guessed", "warning")]


@pytest.mark.parametrize("data", [b"a\0b", b"\0", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a".encode("utf-16-le")])
def test_what_has_a_nul_is_no_text(data: bytes) -> None:
    """A NUL byte is refused with its offset, and UTF-16 without its mark is not guessed."""
    problem = refused(data)

    assert problem.code == "binary"
    assert f"NUL byte at offset {data.index(0)}" in problem.message


@pytest.mark.parametrize(
    "start",
    ["", "<!DOCTYPE html>", "<html lang=en>", "\n \t<HTML>", "<head>", "<body>", "<!-- x -->", "<?xml version='1.0'?>"],
)
def test_html_is_cut_by_its_elements(start: str) -> None:
    """A page of tags is read as HTML, whatever it begins with, and tags are no text of it."""
    page = page_of(f"{start}<p>Text\nof <b>one</b> block.</p>")

    assert [page.text[b.start : b.end] for b in page.blocks[: page.shown]] == ["Text of one block."]
    assert page.markup is not None


@pytest.mark.parametrize("text", ["Text with <html> in it", "A <b>bold</b> word", "< html", "<3 is a heart"])
def test_text_with_a_tag_is_text(text: str) -> None:
    """A line that mentions a tag is read as any other."""
    assert lines(page_of(text)) == [(1, text)]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the capture is empty"),
        (codecs.BOM_UTF8, "the capture holds nothing but white space"),
        (codecs.BOM_UTF16_LE, "the capture holds nothing but white space"),
        (b" \n\t\r\n\x0c", "the capture holds nothing but white space"),
        ("\u00a0\n\u3000\u2028".encode(), "the capture holds nothing but white space"),
    ],
)
def test_a_page_without_text_is_refused(data: bytes, said: str) -> None:
    """A file of no bytes, or of white space alone, holds no page."""
    problem = refused(data)

    assert (problem.code, problem.message) == ("empty", said)


def test_a_capture_has_a_limit() -> None:
    """So many bytes are read, and one more is refused with its size and the limit."""
    most = b"a" * MAX_BYTES
    problem = refused(most + b"b")

    assert lines(page_of(most)) == [(1, most.decode())]
    assert problem.code == "too-large"
    assert str(MAX_BYTES + 1) in problem.message
    assert str(MAX_BYTES) in problem.message


def test_a_place_counts_from_one() -> None:
    """An offset has its line and its column, in characters, both from 1; a line end is on the line that it ends."""
    page = page_of("ab\r\n\r\n제목 x\n")
    text = page.text

    assert [page.place(text.index(word)) for word in ("a", "b", "\n", "제", "목", "x")] == [
        (1, 1), (1, 2), (1, 3), (3, 1), (3, 2), (3, 4),
    ]  # fmt: skip
    assert page.place(len(text)) == (4, 1)


TEXTS = st.lists(
    st.sampled_from(("a", "b c", " ", "\t", "\u00a0", "\n", "\r", "\r\n", "\u2028", "\x1f", "\ufeff", "é", "한", "😀")),
    max_size=25,
).map("".join)


@given(TEXTS)
def test_law_the_blocks_are_all_visible_characters(text: str) -> None:
    """Law: every visible character of a capture is in exactly one block, in order, on the line that the block says."""
    try:
        page = page_of("x" + text)
    except Rejection as problem:
        pytest.fail(str(problem))
    found = [page.text[block.start : block.end] for block in page.blocks]

    assert "".join("".join(block.split()) for block in found) == "".join(("x" + text).split())
    assert all(block == block.strip() and "\n" not in block for block in found)
    assert [block.line for block in page.blocks] == [page.place(block.start)[0] for block in page.blocks]


@given(st.binary(max_size=40), st.sampled_from(("", "utf-8", "latin-1", "utf-16", "klingon", "euc-kr")))
def test_law_any_bytes_are_a_page_or_rejected(data: bytes, encoding: str) -> None:
    """Law: whatever the bytes, they are a page with a block or refused with a code and a remedy."""
    try:
        page = page_of(data, encoding)
    except Rejection as problem:
        assert problem.code in ("empty", "binary", "encoding")
        assert problem.remedy
    else:
        assert page.blocks
