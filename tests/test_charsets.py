from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import charsets
from copydesk.charsets import Charset, charset, is_wide, likely, line_of, mend, read

WORDS = {
    "euc-kr": "군도서관에서 이번 주에 책을 세였다. 뷁",
    "shift_jis": "町の図書館は今週、本の数を数えた。①",
    "euc-jp": "町の図書館は今週、本の数を数えた。①",
    "iso-2022-jp": "町の図書館は今週、本の数を数えた。",
    "gb18030": "县图书馆本周清点了藏书。㐀😀",
    "big5": "縣圖書館本週清點了藏書。",
    "windows-1252": "Die Bücherei zählt “Bücher” – für 5 €",
    "windows-1251": "Библиотека пересчитала книги",
    "koi8-r": "Библиотека пересчитала книги",
    "utf-8": "책 books книги 😀",
    "utf-16le": "책 books книги 😀",
    "utf-32be": "책 books книги 😀",
}


def known(label: str) -> Charset:
    """Return the character set of a label that has one."""
    found = charset(label)
    assert found, label
    return found


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("UTF8", "utf-8"),
        (" utf-8\n", "utf-8"),
        ("ks_c_5601-1987", "euc-kr"),
        ("cp949", "euc-kr"),
        ("EUC_KR", "euc-kr"),
        ("x-sjis", "shift_jis"),
        ("Windows-31J", "shift_jis"),
        ("ujis", "euc-jp"),
        ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("iso-8859-1", "windows-1252"),
        ("latin1", "windows-1252"),
        ("us-ascii", "windows-1252"),
        ("iso-8859-9", "windows-1254"),
        ("utf_16_be", "utf-16be"),
        ("unicode", "utf-16"),
        ("cp437", "cp437"),
        ("csISO2022JP", "iso-2022-jp"),
    ],
)
def test_a_label_means_what_it_means_to_a_browser(label: str, name: str) -> None:
    """Labels are read as the Encoding standard has them, in any case, with white space around and `_` for `-`."""
    assert known(label).name == name


@pytest.mark.parametrize(
    "label",
    ["", "klingon", "rot13", "unicode_escape", "raw_unicode_escape", "zlib", "hex", "base64", "idna", "punycode",
     "utf-7", "mbcs", "oem", "undefined", "cp037", "antigravity", "../aliases", "euc-kr\0"],
)  # fmt: skip
def test_only_character_sets_have_labels(label: str) -> None:
    """Python's codecs that are no character sets, or in which ASCII is not ASCII, are not known at all."""
    assert charset(label) is None


def test_each_name_is_its_own_label() -> None:
    """What Copydesk calls a character set can be declared again; its codecs are there."""
    names = [known(label).name for label in (*charsets._NAMES, *charsets._OTHERS)]

    assert [known(name).name for name in names] == names
    assert all(codecs.lookup(codec) for name in names for codec in known(name).codecs)


def test_ascii_is_ascii_in_each() -> None:
    """A page's tags read the same in each character set that a page can name."""
    sets = [known(label) for label in (*charsets._NAMES, *charsets._OTHERS)]
    tags = '<p class="a">Text.</p>'

    assert [by.name for by in sets if not is_wide(by) and read(tags.encode(), by) != tags] == []


@pytest.mark.parametrize("name", WORDS)
def test_a_text_is_read_exactly(name: str) -> None:
    """What was written in a character set is read back, with what pages use beyond its first standard."""
    by = known(name)

    assert read(WORDS[name].encode(by.codecs[-1]), by) == WORDS[name]


def test_a_byte_without_a_character_is_a_control() -> None:
    """The five bytes that windows-1252 leaves undefined are the control characters that browsers show them as."""
    by = known("windows-1252")

    assert [ord(read(bytes([byte]), by)) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)] == [0x81, 0x8D, 0x8F, 0x90, 0x9D]


def test_other_bytes_without_a_character_are_faults() -> None:
    """Beyond the controls an undefined byte is no text: 0xd2 in windows-1253."""
    with pytest.raises(UnicodeDecodeError) as problem:
        read(b"a\x81\xd2", known("windows-1253"))

    assert problem.value.start == 2


def fault(data: bytes, by: Charset) -> UnicodeDecodeError:
    """Return why bytes are not of a character set."""
    with pytest.raises(UnicodeDecodeError) as problem:
        read(data, by)
    return problem.value


def mended(data: bytes, name: str) -> tuple[str, int] | None:
    """Return the mended text and the number of holes, or None."""
    by = known(name)
    return mend(data, by, fault(data, by))


@pytest.mark.parametrize(
    ("name", "word", "bad"),
    [
        ("utf-8", "책", b"\xff "),
        ("euc-kr", "책", b"\x81 "),
        ("shift_jis", "本", b"\x81 "),
        ("windows-1253", "λ", b"\xff "),
    ],
)
def test_one_fault_in_a_hundred_is_damage(name: str, word: str, bad: bytes) -> None:
    """A bad sequence is mended beside a hundred good characters beyond ASCII, and not beside ninety-nine."""
    good = word.encode(known(name).codecs[0])

    assert mended(good * 50 + bad + good * 50, name) == (word * 50 + "\ufffd " + word * 50, 1)
    assert mended(good * 50 + bad + good * 49 + b"a" * 999, name) is None
    assert mended(bad + good * 200 + bad, name) == ("\ufffd " + word * 200 + "\ufffd ", 2)
    assert mended(bad * 2 + good * 199, name) is None


def test_a_character_of_the_capture_is_no_fault() -> None:
    """U+FFFD that was there before is counted as what it is: a character."""
    data = ("\ufffd" * 100).encode() + b"\xff" + b"."

    assert mended(data, "utf-8") == ("\ufffd" * 101 + ".", 1)


@pytest.mark.parametrize(
    ("name", "data"), [("utf-8", "a책".encode()[:-1]), ("euc-kr", b"caf\xe9"), ("gb18030", b"\x81\x30\x81")]
)
def test_a_last_character_may_be_cut_off(name: str, data: bytes) -> None:
    """A half character at the very end is damage in a page of any length; one before the end is not."""
    found = mended(data, name)

    assert found
    assert (found[0][-1], found[1]) == ("\ufffd", 1)
    assert mended(data + b"  ", name) is None


@pytest.mark.parametrize("name", ["utf-16le", "utf-16be", "utf-32le"])
def test_wide_characters_all_count(name: str) -> None:
    """In UTF-16 and UTF-32 each character shows that the bytes are such; an odd byte at the end is one fault."""
    by = known(name)

    assert mended(("a" * 100).encode(by.codecs[0]) + b"\0", name) == ("a" * 100 + "\ufffd", 1)
    assert mended(("a" * 99).encode(by.codecs[0]) + b"\0", name) is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("name", ["utf-8", "utf-16le", "euc-kr"])
def test_a_byte_has_its_line(end: str, name: str) -> None:
    """Lines count from 1 and end as those of a page do, whatever the bytes of a line end."""
    by = known(name)
    head = f"가{end}나{end}".encode(by.codecs[0])

    assert [line_of(head + b"\xff\xff", by, at) for at in (0, len(head))] == [1, 3]


@pytest.mark.parametrize("name", ["euc-kr", "shift_jis", "gb18030", "big5", "windows-1251", "koi8-r", "windows-1252"])
def test_the_likeliest_makes_sense(name: str) -> None:
    """A sentence is enough to tell the character sets of news pages apart."""
    data = f"<title>News</title><p>{WORDS[name]}</p>".encode(known(name).codecs[-1])

    assert likely(data)[0].name == name


@pytest.mark.parametrize(
    ("name", "word"), [("shift_jis", "こんにちは"), ("gb18030", "图书馆开馆"), ("euc-kr", "도서관")]
)
def test_a_word_may_be_enough(name: str, word: str) -> None:
    """Ideographs and syllables that Korean pages hardly have are a sign that a page is not one."""
    assert likely(word.encode(known(name).codecs[-1]))[0].name == name


def test_controls_are_no_sense() -> None:
    """Words between control characters are a program's bytes, and in no character set."""
    assert likely(b"Die B\xfccherei z\xe4hlt \x01 ihre B\xfccher \x02 jedes Jahr") == []


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"a\xe9", bytes(range(128, 256)) * 20, b"\xff\xd8\xff\xe0\x10JFIF" + b"\x01\x81" * 90]
)
def test_nothing_is_likely_in_noise(data: bytes) -> None:
    """Bytes that make no sense, or are too few to show any, are in no character set."""
    assert likely(data) == []


def test_a_guess_looks_at_what_is_not_ascii() -> None:
    """The first words that are not ASCII are found behind any length of ASCII, also on its line."""
    words = WORDS["euc-kr"].encode("cp949")

    assert likely(b"a line\n" * 9999 + words)[0].name == "euc-kr"
    assert likely(b"one line " * 9999 + words)[0].name == "euc-kr"


@pytest.mark.parametrize("name", ["euc-kr", "windows-1252"])
def test_a_guess_has_a_bound(name: str) -> None:
    """However long the capture is, no more bytes of it are weighed."""
    words = WORDS[name].encode(known(name).codecs[-1])
    sizes = [len(charsets._sample(words * count)) for count in (1, 1000, 4000)]

    assert sizes == [len(words), charsets._SAMPLE, charsets._SAMPLE]


def test_few_faults_are_looked_for_far_on() -> None:
    """Damage in one place of a long page is damage still; a page of nothing else is given up early."""
    good = "책".encode() * 50_000

    assert mended(b"\xff" * 400 + good, "utf-8") == ("\ufffd" * 400 + "책" * 50_000, 400)
    assert mended(b"\xff" * 100_000, "utf-8") is None


@given(st.binary(max_size=60), st.sampled_from(sorted(charsets._NAMES)))
def test_law_any_bytes_are_read_or_faulty(data: bytes, label: str) -> None:
    """Law: whatever the bytes and the character set, there is a text without surrogates, or a fault with a place."""
    by = known(label)
    try:
        text: str | None = read(data, by)
    except UnicodeDecodeError as problem:
        found = mend(data, by, problem)
        text = found.text if found else None
        assert line_of(data, by, problem.start) >= 1

    assert text is None or text.encode("utf-8").decode() == text


@given(st.text(max_size=40), st.sampled_from(sorted(set(charsets._NAMES.values()))))
def test_law_a_text_comes_back(text: str, name: str) -> None:
    """Law: what a character set can write is read back exactly."""
    by = known(name)
    codec = by.codecs[0]
    said = text.encode(codec, "ignore").decode(codec)

    assert read(said.encode(codec), by) == said
