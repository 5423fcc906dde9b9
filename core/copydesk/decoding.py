"""Decoding: which character set the bytes of a capture are in, and their text by it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from copydesk.charsets import UTF8, Charset, charset, has_controls, is_wide, likely, line_of, mend, read
from copydesk.errors import Rejection
from copydesk.values.findings import Flag


class Decoded(NamedTuple):
    """The text of a capture, the name of its character set, and what was odd about the bytes.

    Decoding with ``encoding`` declared gives the same text again.
    """

    text: str
    encoding: str
    flags: tuple[Flag, ...]


class _Misfit(NamedTuple):
    by: Charset
    problem: UnicodeDecodeError


_HEAD = 4096
"""So many bytes of a page are looked through for its own word on its character set."""

_MARKS = (  # the marks of UTF-32 first: that of UTF-16 is the start of one
    (b"\xef\xbb\xbf", UTF8),
    (b"\xff\xfe\0\0", Charset("utf-32", ("utf-32-le",))),
    (b"\0\0\xfe\xff", Charset("utf-32", ("utf-32-be",))),
    (b"\xff\xfe", Charset("utf-16", ("utf-16-le",))),
    (b"\xfe\xff", Charset("utf-16", ("utf-16-be",))),
)

# Patterns of MIME Sniffing, section 7.1, and more tags that pages start with; a tag may be closed or end its line.
_PAGE = re.compile(
    rb"\s*+<(?:!--|!doctype|\?xml|(?:html|head|script|iframe|h[12]|div|font|table|a|style|title|b|body|br|p"
    rb"|meta|link|main|article|section|span|center)[\s/>])",
    re.IGNORECASE,
)

# As in section 13.2.3.2 of the HTML standard: comments are passed over, and what stands in a tag's quotes is no tag.
_INSIDE = rb"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^>"'])*+"""
_META = (
    rb"(?si)(?:[^<]++|<!(?=--).*?(?:-->|\Z)|<(?!meta[\s/])(?:/?[a-z]" + _INSIDE + rb")?)*+"
    rb"<meta[\s/](" + _INSIDE + rb")>"
)
_ATTRIBUTE = r"""([^\s=>"'/]+)\s*+(?:=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?"""
_IN_CONTENT = r"""(?i)charset\s*=\s*["']?([^\s;"']+)"""
_XML = rb"""(?i)\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"'>]+)"""

_REMEDY = "name the character set with --encoding, or save as UTF-8"


def is_html(data: bytes) -> bool:
    """Return whether bytes start as an HTML page does; a name or a tag further on makes none."""
    mark = next((mark for mark, _ in _MARKS if data.startswith(mark)), b"")
    one_sided = not any(data[:6:2]) or not any(data[1:6:2])
    if mark != b"\xef\xbb\xbf" and (mark or one_sided):
        data, mark = data[len(mark) : 1024].replace(b"\0", b""), b""  # of UTF-16 and UTF-32, what is ASCII is left
    return _PAGE.match(data, len(mark)) is not None


def decode(data: bytes, declared: str, *, html: bool) -> Decoded:
    """Return the text of a capture by its mark, what was declared, the page's own word, UTF-8 or a guess.

    A bad sequence becomes U+FFFD where it is clearly damage, with a flag that says where. Raises Rejection:
    `encoding`, and `binary` for a text with NUL bytes.
    """
    mark, fixed = next(((mark, by) for mark, by in _MARKS if data.startswith(mark)), (b"", None))
    fixed = fixed or _declared(declared)
    has_nul = b"\0" in data
    if has_nul and not fixed and (found := _without_mark(data)):
        return found
    if has_nul and not html and not (fixed and is_wide(fixed)):
        raise Rejection("binary", f"the capture is no text: it has a NUL byte at offset {data.index(0)}",
                        remedy="give the page as text in UTF-8")
    decoded = _by(data, fixed) if fixed else _by_page(data, html=html)
    if has_nul and html:
        decoded = _without_nul(data, decoded)
    return decoded._replace(text=decoded.text[1:]) if mark else decoded


def _declared(label: str) -> Charset | None:
    if label and charset(label) is None:
        raise Rejection("encoding", f"there is no character set {label!r}",
                        remedy="name one that Python knows, such as euc-kr")
    return charset(label) if label else None


def _by(data: bytes, fixed: Charset) -> Decoded:
    """Read bytes by the one character set that they must be in."""
    try:
        return Decoded(read(data, fixed), fixed.name, ())
    except UnicodeDecodeError as problem:
        misfit = _Misfit(fixed, problem)
    if found := _mended(data, misfit):
        return found
    raise _refusal(data, misfit)


def _by_page(data: bytes, *, html: bool) -> Decoded:
    """Read bytes by what the page says, or as UTF-8, or mended as one of these, or by a guess: in this order."""
    named, flags = _named(data) if html else (None, ())
    if named is None and (found := _by_escapes(data)):
        return found._replace(flags=(*flags, *found.flags))
    misfits: list[_Misfit] = []
    for by in (UTF8,) if named in (None, UTF8) else (named, UTF8):
        try:
            found = Decoded(read(data, by), by.name, ())
        except UnicodeDecodeError as problem:
            misfits.append(_Misfit(by, problem))
        else:
            return found._replace(flags=(*flags, *_wrong(data, misfits, found), *_doubtful(data, found)))
    mended = (mended for misfit in misfits if (mended := _mended(data, misfit)))
    damaged = next(mended, None) or _guess(data)
    if damaged is None:
        raise _refusal(data, misfits[0])
    wrong = _wrong(data, misfits, damaged) if named else ()
    return damaged._replace(flags=(*flags, *wrong, *damaged.flags))


def _mended(data: bytes, misfit: _Misfit) -> Decoded | None:
    mended = mend(data, misfit.by, misfit.problem)
    if mended is None:
        return None
    few = "1 sequence of bytes is" if mended.holes == 1 else f"{mended.holes} sequences of bytes are"
    said = f"{few} not {misfit.by.name} and became U+FFFD; the first is {_place(data, misfit)}"
    return Decoded(mended.text, misfit.by.name, (Flag("bad-bytes", said),))


def _refusal(data: bytes, misfit: _Misfit) -> Rejection:
    line = line_of(data, misfit.by, misfit.problem.start)
    fact = f"byte 0x{data[misfit.problem.start]:02x} at offset {misfit.problem.start} is not {misfit.by.name}"
    return Rejection("encoding", f"line {line}: {fact}", remedy=_REMEDY)


def _place(data: bytes, misfit: _Misfit) -> str:
    at = misfit.problem.start
    return f"byte 0x{data[at]:02x} at offset {at}, line {line_of(data, misfit.by, at)}"


def _wrong(data: bytes, misfits: list[_Misfit], found: Decoded) -> tuple[Flag, ...]:
    """Flag a character set that the page names and its bytes are not in."""
    if not misfits or misfits[0].by.name == found.encoding:
        return ()
    said = f"the page says that it is {misfits[0].by.name}, but {_place(data, misfits[0])}, is not; it was read as"
    return (Flag("charset-wrong", f"{said} {found.encoding}"),)


def _doubtful(data: bytes, found: Decoded) -> tuple[Flag, ...]:
    """Flag a page that says it is in another character set, and whose bytes are UTF-8 without a fault."""
    if found.encoding == UTF8.name or data.isascii() or _fault(data):
        return ()
    said = f"the page says that it is {found.encoding}, and was read so, but its bytes are also faultless utf-8"
    return (Flag("charset-doubtful", f"{said}; if words look wrong, give --encoding utf-8"),)


def _fault(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return True
    return False


def _named(data: bytes) -> tuple[Charset | None, tuple[Flag, ...]]:
    """Return the first character set that the page names and somebody knows, and flags for the others before it."""
    flags: list[Flag] = []
    for label in _labels(data[:_HEAD]):
        if not label.strip():
            continue
        if found := charset(label):
            # a page in which that was read byte by byte is in no such character set
            return (UTF8 if is_wide(found) else found), tuple(flags)
        flags.append(Flag("charset-unknown", f"the page says that it is {label[:40]!r}, which is no character set"))
    return None, tuple(flags)


def _labels(head: bytes) -> Iterator[str]:
    """Give what the page says that it is in: in its meta elements, then in an XML declaration."""
    # these patterns are compiled when a page first needs them: a run that reads text captures alone does not
    at = 0
    while b"charset" in head[at:].lower() and (meta := re.compile(_META).match(head, at)):
        at = meta.end()
        yield _meta_label(meta[1])
    if xml := re.match(_XML, head):
        yield xml[1].decode("latin-1")


def _meta_label(attributes: bytes) -> str:
    pairs: dict[str, str] = {}
    for name, *values in re.findall(_ATTRIBUTE, attributes.decode("latin-1")):
        pairs.setdefault(name.lower(), "".join(values))
    if "charset" in pairs:
        return pairs["charset"]
    if pairs.get("http-equiv", "").strip().lower() != "content-type":
        return ""
    inside = re.search(_IN_CONTENT, pairs.get("content", ""))
    return inside[1] if inside else ""


_SEVEN_BITS = Charset("iso-2022-jp", ("iso2022_jp",))


def _by_escapes(data: bytes) -> Decoded | None:
    """Read Japanese in seven bits, which is ASCII with escape sequences."""
    if not (b"\x1b$B" in data or b"\x1b$@" in data) or not data.isascii():
        return None
    return _guessed(data, charset(_SEVEN_BITS.name) or _SEVEN_BITS)


def _guess(data: bytes) -> Decoded | None:
    """Return the text by the likeliest character set in which the bytes make sense, with a flag."""
    return next((found for by in likely(data) if (found := _guessed(data, by))), None)


def _guessed(data: bytes, by: Charset) -> Decoded | None:
    try:
        found = Decoded(read(data, by), by.name, ())
    except UnicodeDecodeError as problem:
        mended = _mended(data, _Misfit(by, problem))
        if mended is None:
            return None
        found = mended
    said = f"no character set is declared that fits the bytes; {by.name} was guessed from them"
    flag = Flag("charset-guessed", f"{said}; if words look wrong, name the right one with --encoding")
    return found._replace(flags=(flag, *found.flags))


def _without_mark(data: bytes) -> Decoded | None:
    """Read UTF-16 that lacks its mark: ASCII has its NUL bytes on one side, and there are no control characters."""
    first, second = data[:_HEAD:2].count(0), data[1:_HEAD:2].count(0)
    if max(first, second) < max(4, len(data[:_HEAD]) // 20) or min(first, second) * 4 > max(first, second):
        return None
    name, codec = ("utf-16be", "utf-16-be") if first > second else ("utf-16le", "utf-16-le")
    found = _guessed(data, Charset(name, (codec,)))
    return None if found is None or has_controls(found.text) else found


def _without_nul(data: bytes, found: Decoded) -> Decoded:
    """Put U+FFFD in the place of each NUL character, as a browser does."""
    at = found.text.find("\0")
    if at < 0:
        return found
    by = charset(found.encoding) or UTF8
    offset = len(found.text[:at].encode(by.codecs[0])) if is_wide(by) else data.index(0)
    count = found.text.count("\0")
    said = f"{count} NUL character{'s' * (count > 1)} became U+FFFD; the first is at offset {offset}"
    flag = Flag("nul-bytes", f"{said}, line {found.text.count(chr(10), 0, at) + 1}")
    return Decoded(found.text.replace("\0", "\ufffd"), found.encoding, (*found.flags, flag))
