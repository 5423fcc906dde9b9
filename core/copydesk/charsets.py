"""Character sets: the labels they go by, how bytes are read by one, and which one bytes are likely in."""

import codecs
import re
from encodings.aliases import aliases
from typing import NamedTuple


class Charset(NamedTuple):
    """A character set by the name that the Encoding standard gives it, and the codecs that read it.

    The codecs are tried in order: a later one knows characters that pages use and an earlier one lacks.
    """

    name: str
    codecs: tuple[str, ...]


class Mended(NamedTuple):
    """A text in which U+FFFD stands for each of ``holes`` bad byte sequences."""

    text: str
    holes: int


UTF8 = Charset("utf-8", ("utf-8",))

_CODECS = {
    "utf-16": "utf-16-le",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "utf-32": "utf-32-le",
    "utf-32le": "utf-32-le",
    "utf-32be": "utf-32-be",
    "euc-kr": "cp949",
    "euc-jp": "euc_jp euc_jis_2004",
    "shift_jis": "cp932",
    "iso-2022-jp": "iso2022_jp iso2022_jp_ext",
    "big5": "big5hkscs cp950",
    "ibm866": "cp866",
    "iso-8859-8-i": "iso8859-8",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "windows-874": "cp874",
}
"""The codecs of the names that Python reads in another way than browsers do, or does not know."""

_LABELS = {
    "utf-8": "utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8 u8",
    "utf-16": "utf16 csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff",
    "utf-16le": "utf-16-le",
    "utf-16be": "unicodefffe utf-16-be",
    "utf-32": "utf32",
    "utf-32le": "utf-32-le",
    "utf-32be": "utf-32-be",
    "euc-kr": "euckr cp949 uhc ms949 windows-949 cseuckr csksc56011987 iso-ir-149 korean ks-c-5601-1987 "
    "ks-c-5601-1989 ksc5601 ksc-5601 x-windows-949 x-euc-kr",
    "shift_jis": "sjis cp932 ms932 mskanji windows-31j csshiftjis ms-kanji shift-jis x-sjis",
    "euc-jp": "eucjp cseucpkdfmtjapanese x-euc-jp",
    "iso-2022-jp": "csiso2022jp iso2022-jp",
    "gb18030": "gbk gb2312 gb-2312 cp936 ms936 windows-936 chinese csgb2312 csiso58gb231280 gb-2312-80 iso-ir-58 x-gbk "
    "euccn euc-cn",
    "big5": "big5-hkscs big5hkscs cn-big5 csbig5 x-x-big5 cp950 ms950 big5-tw",
    "iso-2022-kr": "csiso2022kr iso2022-kr",
    "hz": "hz-gb-2312 hz-gb hzgb",
    "johab": "cp1361 ms1361",
    "ibm866": "cp866 866 csibm866",
    "iso-8859-2": "latin2 l2 csisolatin2 iso-ir-101 iso8859-2 iso88592 iso-8859-2:1987",
    "iso-8859-3": "latin3 l3 csisolatin3 iso-ir-109 iso8859-3 iso88593 iso-8859-3:1988",
    "iso-8859-4": "latin4 l4 csisolatin4 iso-ir-110 iso8859-4 iso88594 iso-8859-4:1988",
    "iso-8859-5": "cyrillic csisolatincyrillic iso-ir-144 iso8859-5 iso88595 iso-8859-5:1988",
    "iso-8859-6": "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6-e iso-8859-6-i "
    "iso-ir-127 iso8859-6 iso88596 iso-8859-6:1987",
    "iso-8859-7": "greek greek8 csisolatingreek ecma-118 elot-928 iso-ir-126 iso8859-7 iso88597 iso-8859-7:1987 "
    "sun-eu-greek",
    "iso-8859-8": "hebrew visual csiso88598e csisolatinhebrew iso-8859-8-e iso-ir-138 iso8859-8 iso88598 "
    "iso-8859-8:1988",
    "iso-8859-8-i": "logical csiso88598i",
    "iso-8859-10": "latin6 l6 csisolatin6 iso-ir-157 iso8859-10 iso885910",
    "iso-8859-13": "iso8859-13 iso885913",
    "iso-8859-14": "iso8859-14 iso885914",
    "iso-8859-15": "latin9 l9 csisolatin9 iso8859-15 iso885915",
    "iso-8859-16": "iso8859-16 iso885916",
    "koi8-r": "koi koi8 cskoi8r",
    "koi8-u": "koi8-ru",
    "macintosh": "mac x-mac-roman csmacintosh mac-roman macroman",
    "x-mac-cyrillic": "x-mac-ukrainian mac-cyrillic maccyrillic",
    "windows-874": "cp874 dos-874 iso-8859-11 iso8859-11 iso885911 tis-620",
    "windows-1250": "cp1250 x-cp1250",
    "windows-1251": "cp1251 x-cp1251",
    "windows-1252": "cp1252 x-cp1252 ansi-x3.4-1968 ascii us-ascii cp819 ibm819 csisolatin1 iso-8859-1 iso-ir-100 "
    "iso8859-1 iso88591 iso-8859-1:1987 l1 latin1 latin-1 latin x-user-defined",
    "windows-1253": "cp1253 x-cp1253",
    "windows-1254": "cp1254 x-cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso-8859-9:1989 l5 latin5",
    "windows-1255": "cp1255 x-cp1255",
    "windows-1256": "cp1256 x-cp1256",
    "windows-1257": "cp1257 x-cp1257",
    "windows-1258": "cp1258 x-cp1258",
}
"""The labels of the Encoding standard beside the name itself, and what people write; `-` and `_` are one to us."""

_OTHERS = frozenset((
    "cp437", "cp737", "cp775", "cp850", "cp852", "cp855", "cp857", "cp858", "cp860", "cp861", "cp862", "cp863",
    "cp865", "cp869", "cp1125", "euc_jis_2004", "euc_jisx0213", "hp_roman8", "iso2022_jp_1", "iso2022_jp_2",
    "iso2022_jp_2004", "iso2022_jp_3", "iso2022_jp_ext", "koi8_t", "kz1048", "mac_greek", "mac_iceland", "mac_latin2",
    "mac_turkish", "ptcp154",
))  # fmt: skip
"""What else Python reads as text in which ASCII is ASCII; its other codecs are no character sets, or not of pages."""

_NAMES = {label.replace("-", "_"): name for name, more in _LABELS.items() for label in (name, *more.split())}

_HOLE = "\udcff"  # no codec gives a lone surrogate, so each one is a bad sequence
_CUT = frozenset(("unexpected end of data", "incomplete multibyte sequence"))  # what Python says at the very end

_LIKELY = ("euc-kr", "shift_jis", "euc-jp", "gb18030", "big5", "windows-1252", "windows-1251", "koi8-r", "windows-1250")
"""What a capture that does not say it may be in; of two in which it reads the same, the first counts."""

_SAMPLE = 4096
"""A guess looks at so many bytes of the lines that are not ASCII, so that its time has a bound."""

_BEFORE = 200
"""So many bytes of ASCII before the first other are enough to tell the language."""

_FEW = 4
"""A capture of fewer bytes shows nothing that a guess could go by."""

_RARE = "[\u2500-\u257f\u3130-\u318f\ue000-\uf8ff\uff61-\uff9f]|[a-z][\u3400-\u9fff]"
"""Box lines, single jamo, private and narrow characters, ideographs glued to a word: signs of a wrong reading."""

_RARE_KOREAN = _RARE + "|[\u4e00-\u9fff\uf900-\ufaff]"
"""To a page in Korean ideographs are rare, too."""

_CONTROL = "[\0-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffe\uffff]"


def charset(label: str) -> Charset | None:
    """Return the character set that a label means to a browser, or None: only character sets have one."""
    plain = label.strip().lower().replace("-", "_")
    codec = aliases.get(plain, plain)
    if name := _NAMES.get(plain) or _NAMES.get(codec):
        return Charset(name, tuple(_CODECS.get(name, name).split()))
    return Charset(codec.replace("_", "-"), (codec,)) if codec in _OTHERS else None


def is_wide(found: Charset) -> bool:
    """Return whether each character has two bytes or four, so that NUL bytes are nothing odd."""
    return found.name.startswith(("utf-16", "utf-32"))


def read(data: bytes, by: Charset) -> str:
    """Return the text of bytes; raises UnicodeDecodeError where they are not of the character set."""
    for codec in by.codecs[:-1]:
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            pass
    return data.decode(by.codecs[-1], "copydesk-c1")


def mend(data: bytes, by: Charset, problem: UnicodeDecodeError) -> Mended | None:
    """Return the text of bytes with few bad sequences, or None where they are too many to be damage.

    Few is one in a hundred of the characters beyond ASCII, or a last character that was cut off.
    """
    if not _cut_off(by, problem) and _hopeless(data, by, problem.start):
        return None
    text, holes = _holed(data, by)
    others = len(text) - holes if is_wide(by) else _beyond_ascii(text) - holes
    if holes * 100 > others and not _cut_off(by, problem):
        return None
    return Mended(text.replace(_HOLE, "\ufffd"), holes)


def _holed(data: bytes, by: Charset) -> tuple[str, int]:
    """Return the text of bytes with a lone surrogate for each bad sequence, and how many these are."""
    text = data.decode(by.codecs[-1], "copydesk-hole")
    return text, text.count(_HOLE)


def _beyond_ascii(text: str) -> int:
    """Return how many characters are not ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))


def has_controls(text: str) -> bool:
    """Return whether a text has characters that no text has, which a wrong reading often shows."""
    return re.search(_CONTROL, text) is not None


def likely(data: bytes) -> list[Charset]:
    """Return the character sets in which bytes make sense, the likeliest first; its time has a bound."""
    return _ranked(_sample(data)) if len(data) >= _FEW else []


def line_of(data: bytes, by: Charset, offset: int) -> int:
    """Return the line, from 1, of a byte; lines end as those of a page do."""
    head, _ = _holed(data[:offset], by)
    return head.count("\n") + head.count("\r") - head.count("\r\n") + 1


def _cut_off(by: Charset, problem: UnicodeDecodeError) -> bool:
    return problem.reason in _CUT and not is_wide(by)


def _hopeless(data: bytes, by: Charset, start: int) -> bool:
    """Return whether the bytes behind the first bad one show that there are too many: a hole costs much time."""
    _, holes = _holed(data[start : start + 256 + len(data) // 32], by)
    return holes * 100 > len(data)


def _sample(data: bytes) -> bytes:
    """Return the first lines and runs of text that are not ASCII; each starts where a character does."""
    pieces: list[bytes] = []
    room = _SAMPLE
    for piece in re.finditer(rb"[^\n\r<>]+", data):
        if not piece[0].isascii():
            other = re.search(rb"[\x80-\xff]", piece[0])
            start = max(0, other.start() - _BEFORE) if other else 0
            pieces.append(piece[0][start : start + room])
            room -= len(pieces[-1])
            if room <= 0:
                break
    return b"\n".join(pieces)


def _ranked(sample: bytes) -> list[Charset]:
    """Return the character sets in which a sample makes sense, the likeliest first."""
    from charset_normalizer import from_bytes  # it takes long to import, and few captures need it

    found = []
    for by in filter(None, map(charset, _LIKELY)):
        text, holes = _holed(sample, by)
        others = _beyond_ascii(text) - holes
        if holes > 1 + others // 100 or not others:
            continue
        codec = by.codecs[-1]
        payload = text.encode(codec, "ignore")
        tried = from_bytes(payload, cp_isolation=[codec], preemptive_behaviour=False, enable_fallback=False)
        if match := tried.best():
            doubtful = has_controls(text) or _rare(text, payload, by) * 10 + holes * 20 > others
            found.append((doubtful, match, by))
    found.sort(key=lambda entry: entry[1])  # the match orders itself; a tie is left in the order of the list
    found.sort(key=lambda entry: entry[0])
    return [by for _, _, by in found]


def _rare(text: str, payload: bytes, by: Charset) -> int:
    """Return how many characters are those of a wrong reading."""
    if by.name != "euc-kr":
        return len(re.findall(_RARE, text))
    seldom = len(re.findall(rb"[\x81-\xa0]", payload))  # syllables that the old standard of Korean lacks
    return seldom + len(re.findall(_RARE_KOREAN, text))


def _c1(problem: UnicodeError) -> tuple[str, int]:
    """Read a byte that a one-byte character set leaves undefined as the control character that it is to browsers."""
    if isinstance(problem, UnicodeDecodeError) and problem.encoding == "charmap":
        byte = problem.object[problem.start]
        if 0x80 <= byte < 0xA0:
            return chr(byte), problem.start + 1
    raise problem


def _hole(problem: UnicodeError) -> tuple[str, int]:
    try:
        return _c1(problem)
    except UnicodeDecodeError as bad:
        return _HOLE, bad.end


codecs.register_error("copydesk-c1", _c1)
codecs.register_error("copydesk-hole", _hole)
