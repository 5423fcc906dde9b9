from __future__ import annotations

import codecs

import pytest

from copydesk.decoding import decode, is_html
from tests.decoding_by_hand import GERMAN, KOREAN, RUSSIAN, SETS, coded, codes, page, read, refused


@pytest.mark.parametrize(
    "start",
    ["<!DOCTYPE html>", "<!doctype HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>", "<html lang=ko>", "<HTML\nlang=ko>",
     "<head>", "<script>", "<iframe src=a>", "<h1>", "<h2 id=a>", "<div class=a>", "<font color=red>", "<table>",
     "<a href=b>", "<style>", "<title>", "<b>", "<body>", "<br/>", "<br>", "<p>", "<!-- saved -->",
     "<?xml version='1.0'?>", "<meta charset=utf-8>", "<link rel=icon>", "<main>", "<article>", "<section>", "<span>",
     "<center>"],
)  # fmt: skip
@pytest.mark.parametrize("before", ["", " \t\r\n\x0c", "\ufeff", "\ufeff \n"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be"])
def test_a_page_is_known_by_its_start(start: str, before: str, codec: str) -> None:
    """A page starts with a tag of pages, behind a mark and white space at most, in UTF-8 and in UTF-16."""
    assert is_html((before + start + "Text.").encode(codec))


@pytest.mark.parametrize(
    "text",
    ["", "< html", "<", "<html", "Text with <html> in it", "\ufeffA <p>", "<htmlx>", "<pyongyang>", "<abbr>",
     "<kcna.kp>", "<3 books>", "«p»", "<!>", "<! html>", "<<p>", "\0<p>x", "- <b>bold</b>", "<!- a -->", "&lt;p>"],
)  # fmt: skip
def test_text_is_no_page(text: str) -> None:
    """A tag further on, half a tag and a name in angle brackets make no page."""
    assert not is_html(text.encode())


@pytest.mark.parametrize("html", [True, False])
@pytest.mark.parametrize(
    ("mark", "codec", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8", "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    ],
)
@pytest.mark.parametrize("declared", ["", "euc-kr", "klingon"])
def test_a_mark_goes_before_all(mark: bytes, codec: str, encoding: str, declared: str, html: bool) -> None:
    """The byte order mark tells the character set, whatever was declared or the page says, and is no character."""
    text = page(KOREAN, "<meta charset=shift_jis>")

    assert read(mark + text.encode(codec), declared, html=html) == (text, encoding, [])
    assert read(mark, html=html) == ("", encoding, [])


@pytest.mark.parametrize("html", [True, False])
@pytest.mark.parametrize(("name", "text"), [*SETS, ("utf-8", KOREAN), ("big5", "縣圖書館"), ("utf-16le", KOREAN)])
def test_what_was_declared_goes_before_the_page(name: str, text: str, html: bool) -> None:
    """A character set that a person or a server declared is used, whatever the page says."""
    text = page(text, "<meta charset=koi8-u>")

    assert read(coded(text, name), name.upper(), html=html) == (text, name, [])


@pytest.mark.parametrize(
    ("label", "name"), [("ks_c_5601-1987", "euc-kr"), ("sjis", "shift_jis"), ("latin1", "windows-1252")]
)
def test_a_set_is_called_by_its_name(label: str, name: str) -> None:
    """However it was declared, a character set has one name."""
    assert read(b"Text.", label) == ("Text.", name, [])


@pytest.mark.parametrize("label", ["klingon", "rot13", "unicode_escape", "utf-7", "zlib"])
def test_an_unknown_declaration_is_refused(label: str) -> None:
    """What is no character set cannot be declared; the codecs of Python that are none are never used."""
    problem = refused(b"Uryyb", label)

    assert (problem.code, problem.message) == ("encoding", f"there is no character set {label!r}")
    assert problem.remedy


@pytest.mark.parametrize(
    ("data", "declared", "said"),
    [
        (b"One\n\xc1\xa6 two \xff\xff", "utf-8", "line 2: byte 0xc1 at offset 4 is not utf-8"),
        ("One\n책".encode() + b"\n\x80 ", "euc-kr", "line 2: byte 0x85 at offset 6 is not euc-kr"),
        (codecs.BOM_UTF8 + b"ab\xff.", "", "line 1: byte 0xff at offset 5 is not utf-8"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", "", "byte 0x00 at offset 2 is not utf-16"),
        (codecs.BOM_UTF16_LE + b"a\x00b", "", "byte 0x62 at offset 4 is not utf-16"),
        (b"\xed\xa0\x80.", "utf-8", "line 1: byte 0xed at offset 0 is not utf-8"),
    ],
)
@pytest.mark.parametrize("html", [True, False])
def test_a_wrong_declaration_is_refused(data: bytes, declared: str, said: str, html: bool) -> None:
    """Bytes that are not what a person or their mark says are refused with their place and a remedy."""
    problem = refused(data, declared, html=html)

    assert problem.code == "encoding"
    assert said in problem.message
    assert "--encoding" in problem.remedy


META = [
    "<meta charset={}>",
    "<META CHARSET='{}' />",
    '<meta name=a><meta\ncharset = "{}">',
    "<meta http-equiv=Content-Type content='text/html; charset={}'>",
    '<meta content="text/html;charset = {} ; a" http-equiv="content-type">',
    "<!-- <meta charset=koi8-r> --><meta charset={}>",
    "<!--><meta charset={}><!-- -->",
    "<title lang='<meta charset=koi8-r>'>It's</title><meta charset={}>",
    "<meta name=description content='charset=koi8-r'><meta charset={}>",
    "<meta charset={}><meta charset=koi8-r>",
    "<meta charset={} charset=koi8-r>",
    "<meta charset=''><meta charset={}>",
    "<metal charset=koi8-r><meta charset={}>",
]


@pytest.mark.parametrize("meta", META)
def test_a_page_says_what_it_is_in(meta: str) -> None:
    """The first meta element that names a character set counts; comments, quoted tags and other elements do not."""
    text = page(KOREAN, meta.format("euc-kr"))

    assert read(coded(text, "euc-kr"), html=True) == (text, "euc-kr", [])


@pytest.mark.parametrize(("name", "text"), SETS)
def test_a_page_may_be_in_any(name: str, text: str) -> None:
    """Each character set of news pages is read as the page says."""
    text = page(text, f"<meta charset={name}>")

    assert read(coded(text, name), html=True) == (text, name, [])


def test_an_xml_declaration_counts() -> None:
    """The declaration of XHTML says what a page is in, unless a meta element does."""
    xml = f'<?xml version="1.0" encoding="EUC-KR"?>{page(KOREAN)}'
    both = f'<?xml version="1.0" encoding="koi8-r"?>{page(KOREAN, "<meta charset=euc-kr>")}'

    assert read(coded(xml, "euc-kr"), html=True) == (xml, "euc-kr", [])
    assert read(coded(both, "euc-kr"), html=True) == (both, "euc-kr", [])


def test_a_text_says_nothing() -> None:
    """In a text capture a meta element is text, and so is one far down a page."""
    late = page(GERMAN, "x" * 4096 + "<meta charset=koi8-r>")

    assert read(coded("<meta charset=koi8-r>" + GERMAN, "windows-1252"))[1:] == ("windows-1252", ["charset-guessed"])
    assert read(coded(late, "windows-1252"), html=True)[1:] == ("windows-1252", ["charset-guessed"])


@pytest.mark.parametrize("label", ["utf-16", "UTF-16LE", "utf-16be", "utf-32", "unicode"])
def test_a_page_that_says_utf_16_is_utf_8(label: str) -> None:
    """Who can read the word byte by byte is not reading UTF-16."""
    text = page(KOREAN, f"<meta charset={label}>")

    assert read(text.encode(), html=True) == (text, "utf-8", [])


@pytest.mark.parametrize("label", ["klingon", "rot13", "unicode_escape", "idna", "zlib", "utf-7"])
def test_an_unknown_word_of_a_page_is_passed_over(label: str) -> None:
    """A label that is no character set is told, and the next word of the page or UTF-8 counts."""
    alone = page(KOREAN, f"<meta charset={label}>")
    second = page(KOREAN, f"<meta charset={label}><meta charset=euc-kr>")

    assert read(alone.encode(), html=True) == (alone, "utf-8", ["charset-unknown"])
    assert read(coded(second, "euc-kr"), html=True) == (second, "euc-kr", ["charset-unknown"])
    assert repr(label) in decode(alone.encode(), "", html=True).flags[0].message


def test_a_page_may_be_wrong_about_itself() -> None:
    """A page that is not what it says is read as UTF-8 where it is that, or by a guess; the first fault is told."""
    text, other = page("\n" + KOREAN, "<meta charset=shift_jis>"), page("\n" + KOREAN, "<meta charset=utf-8>")
    utf, guess = decode(text.encode(), "", html=True), decode(coded(other, "euc-kr"), "", html=True)

    assert (utf.text, utf.encoding, codes(utf)) == (text, "utf-8", ["charset-wrong"])
    assert (guess.text, guess.encoding, codes(guess)) == (other, "euc-kr", ["charset-wrong", "charset-guessed"])
    assert guess.flags[0].message == (
        f"the page says that it is utf-8, but byte 0xb1 at offset {other.index('군')}, line 2, is not; "
        "it was read as euc-kr"
    )


def test_a_page_may_fit_two_sets() -> None:
    """A page that reads as it says keeps its word, and is flagged where it is faultless UTF-8 as well."""
    text = page("Bücher", "<meta charset=iso-8859-1>")
    found = decode(text.encode(), "", html=True)

    assert (found.encoding, codes(found)) == ("windows-1252", ["charset-doubtful"])
    assert "BÃ¼cher" in found.text
    assert read(text.encode("latin-1"), html=True) == (text, "windows-1252", [])
    assert read(page("Books", "<meta charset=iso-8859-1>").encode(), html=True)[1:] == ("windows-1252", [])


@pytest.mark.parametrize("html", [True, False])
@pytest.mark.parametrize("text", ["", "Text.", KOREAN, "a\ufffd\x85\u2028😀\ufeff"])
def test_without_a_word_it_is_utf_8(text: str, html: bool) -> None:
    """Bytes of which nothing is said are UTF-8 where they can be, pure ASCII among them."""
    assert read(text.encode(), html=html) == (text, "utf-8", [])


@pytest.mark.parametrize("html", [True, False])
@pytest.mark.parametrize(("name", "text"), SETS)
def test_what_is_not_utf_8_is_guessed(name: str, text: str, html: bool) -> None:
    """A page in another character set that does not say so is read by a guess, and the guess is told."""
    text = page(text) if html else text
    found = decode(coded(text, name), "", html=html)

    assert (found.text, found.encoding, codes(found)) == (text, name, ["charset-guessed"])
    assert name in found.flags[0].message
    assert "--encoding" in found.flags[0].message


@pytest.mark.parametrize("data", [b"\xff", bytes(range(128, 256)) * 9, b"\xff\xd8\xff\xe0\x10JFIF\n\x01\x81\x02" * 9])
@pytest.mark.parametrize("html", [True, False])
def test_noise_is_refused(data: bytes, html: bool) -> None:
    """Bytes that make no sense in any character set are refused with the place that is not UTF-8."""
    problem = refused(data, html=html)

    assert problem.code == "encoding"
    assert problem.message == f"line 1: byte 0x{data[0]:02x} at offset 0 is not utf-8"
    assert "--encoding" in problem.remedy


@pytest.mark.parametrize("html", [True, False])
def test_a_half_character_at_the_end_is_damage(html: bool) -> None:
    """A capture cut off in a character keeps all others, and says where; so does one in a guessed character set."""
    found = decode("One\n책".encode()[:-1], "", html=html)
    meta = page(KOREAN, "<meta charset=shift_jis>").encode() + "책".encode()[:-1]

    assert (found.text, found.encoding, codes(found)) == ("One\n\ufffd", "utf-8", ["bad-bytes"])
    assert found.flags[0].message == (
        "1 sequence of bytes is not utf-8 and became U+FFFD; the first is byte 0xec at offset 4, line 2"
    )
    assert read("One\n책".encode("cp949")[:-1], "euc-kr", html=html) == ("One\n\ufffd", "euc-kr", ["bad-bytes"])
    assert read(KOREAN.encode("cp949") + b"\xc3", html=html) == (
        KOREAN + "\ufffd", "euc-kr", ["charset-guessed", "bad-bytes"],
    )  # fmt: skip
    assert read(meta, html=True)[1:] == ("utf-8", ["charset-wrong", "bad-bytes"])


@pytest.mark.parametrize(("name", "bad"), [("utf-8", b"\xff"), ("euc-kr", b"\x80"), ("shift_jis", b"\x81")])
@pytest.mark.parametrize("how", ["declared", "meta"])
def test_few_bad_bytes_are_damage(name: str, bad: bytes, how: str) -> None:
    """Single bad bytes among hundreds of good characters become U+FFFD, and are counted."""
    text = page("本" * 300, f"<meta charset={name}>" if how == "meta" else "")
    data = coded(text, name).replace(b"</p>", bad + b"\n" + bad + b"\n</p>")
    found = decode(data, name if how == "declared" else "", html=True)

    assert found.text == text.replace("</p>", "\ufffd\n\ufffd\n</p>")
    assert (found.encoding, codes(found)) == (name, ["bad-bytes"])
    assert found.flags[0].message.startswith(f"2 sequences of bytes are not {name}")


@pytest.mark.parametrize(
    "data", [b"a\0b", b"\0", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a".encode("utf-16-le"), KOREAN.encode() + b"\0",
             b"\1\0\2\0\3\0\4\0\5\0\6\0\7\0" * 20, b"\0" * 4096, ("a" * 40).encode("utf-32-le"),
             ("\u4100a" * 99).encode("utf-16-le")],
)  # fmt: skip
def test_a_text_with_a_nul_is_no_text(data: bytes) -> None:
    """A NUL byte in a text is refused with its offset, whatever was declared."""
    for declared in ("", "euc-kr"):
        problem = refused(data, declared)

        assert problem.code == "binary"
        assert f"NUL byte at offset {data.index(0)}" in problem.message


@pytest.mark.parametrize("html", [True, False])
@pytest.mark.parametrize(("codec", "name"), [("utf-16-le", "utf-16le"), ("utf-16-be", "utf-16be")])
@pytest.mark.parametrize("text", [KOREAN, GERMAN, RUSSIAN])
def test_utf_16_may_lack_its_mark(codec: str, name: str, text: str, html: bool) -> None:
    """A capture whose ASCII has its NUL bytes on one side is UTF-16, and that is a guess."""
    text = page(text) if html else text

    assert read(text.encode(codec), html=html) == (text, name, ["charset-guessed"])


@pytest.mark.parametrize(
    ("data", "declared"),
    [
        (page("a\0b\0").encode(), ""),
        (page("a\0b\0").encode(), "euc-kr"),
        (page("a\0b\0").encode("utf-16"), ""),
        (page("a\0b\0").encode("utf-16-be"), "utf-16be"),
    ],
)
def test_a_nul_in_a_page_is_replaced(data: bytes, declared: str) -> None:
    """A NUL character of a page becomes U+FFFD, as in a browser, and is counted and placed."""
    found = decode(data, declared, html=True)
    width, mark = (2, 2 * data.startswith(codecs.BOM_UTF16)) if "utf-16" in found.encoding else (1, 0)
    offset = page("a\0b\0").index("\0") * width + mark

    assert (found.text, codes(found)) == (page("a\ufffdb\ufffd"), ["nul-bytes"])
    assert found.flags[0].message == f"2 NUL characters became U+FFFD; the first is at offset {offset}, line 1"
