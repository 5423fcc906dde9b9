"""Change the bytes of a page at random: blindly, by its tags, in its encoding, or in a way that must not matter."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

from copydesk.testing.html_mutations import (
    CHARSETS,
    DEPTHS,
    ENTITIES,
    NESTS,
    ODD,
    ODD_BYTES,
    POISON,
    UNCLOSED,
    WRAPS,
    WRONG,
)
from tests.support.words import HOSTILE

TAG = re.compile(rb"</?[a-zA-Z][^<>]*>")
OPENING = re.compile(rb"<[a-zA-Z][^<>]*>")
ATTRIBUTE = re.compile(rb"\s[a-z-]+=(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+)")
TEXT = re.compile(rb">([^<>]*[^<>\s][^<>]*)<")
NAMES = (
    b"p", b"div", b"span", b"br", b"hr", b"h1", b"h2", b"li", b"ul", b"td", b"tr", b"table", b"body", b"html", b"head",
    b"a", b"b", b"em", b"nobr", b"pre", b"script", b"style", b"title", b"template", b"textarea", b"select", b"option",
    b"button", b"form", b"img", b"blockquote", b"figure", b"figcaption", b"main", b"article", b"header", b"footer",
    b"nav", b"aside", b"section", b"svg", b"math", b"iframe", b"noscript", b"frameset", b"object", b"video", b"q",
    b"rt", b"ruby", b"dd", b"dt", b"x-y", b"meta", b"link", b"base", b"input", b"label", b"center", b"font", b"del",
)  # fmt: skip
CLASSES = (
    b"article-title", b"article-main-title", b"article-content", b"article-content-body", b"content-wrapper",
    b"publish-time", b"article-desc", b"text-center text-danger", b"container", b"entry-content", b"entry-title",
)  # fmt: skip
"""The classes by which layouts know their regions: to have them twice, or around other things, is what goes wrong."""
LINES = tuple(line.encode() for line in (
    *HOSTILE, "-0-", "(끝)", "---", "www.kcna.kp (Juche113.5.27.)", "March 01, 2026", "March 01, 2026Mar 01, 2026",
    "Date: 21/01/2021 | Source: KCNA.kp (En) | Read original version at source", "Date: 21/01/2021",
    "Date: 31/02/2021 | Source:  | Read original version at source", "More From KCNA.kp (En)", "More Articles",
    "KCNA Naenara (En)",
    "calendar>>May 9. 2023 Juche 112", "Copyright (C) KOREA NEWS SERVICE(KNS) All Rights Reserved.", "2023.5.9",
    "Pyongyang, February 30 (KCNA) -- A day that is none.", "Kim Jong Un", "Kim Jong Un , who", "- item",
    "Share Button",
    "(평양 8월 21일발 조선중앙통신)", "【平壌7月6日発朝鮮中央通信】", "Pyongyang, 12 de septiembre (ACNC) --",
))  # fmt: skip
TOKENS = tuple(text.encode() for text in (*ODD, *ENTITIES, *UNCLOSED, "</html>", "</body>", "<frameset>", "]]>", "-->"))

Mutate = Callable[[Random, bytes], bytes]


def _ends(rng: Random, data: bytes, *, most: int = 0) -> tuple[int, int]:
    at, end = sorted((rng.randint(0, len(data)), rng.randint(0, len(data))))
    return at, min(end, at + most) if most else end


def _put(data: bytes, at: int, end: int, new: bytes) -> bytes:
    return data[:at] + new + data[end:]


def _one(rng: Random, data: bytes, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
    found = list(pattern.finditer(data))
    return rng.choice(found) if found else None


def _bit(rng: Random, data: bytes) -> bytes:
    if not data:
        return data
    at = rng.randrange(len(data))
    return _put(data, at, at + 1, bytes((data[at] ^ (1 << rng.randrange(8)),)))


def _inserted(rng: Random, data: bytes, pieces: Sequence[bytes]) -> bytes:
    at = rng.randint(0, len(data))
    return _put(data, at, at, rng.choice(pieces))


def _random_bytes(rng: Random, data: bytes) -> bytes:
    return _inserted(rng, data, (rng.randbytes(rng.randint(1, 8)),))


def _lost(rng: Random, data: bytes) -> bytes:
    return _put(data, *_ends(rng, data, most=rng.choice((1, 8, 200, 10**9))), b"")


def _doubled(rng: Random, data: bytes) -> bytes:
    at, end = _ends(rng, data, most=2000)
    return _put(data, at, at, data[at:end] * rng.choice((1, 1, 2, 30)))


def _moved(rng: Random, data: bytes) -> bytes:
    at, end = _ends(rng, data, most=2000)
    piece, left = data[at:end], data[:at] + data[end:]
    to = rng.randint(0, len(left))
    return _put(left, to, to, piece)


BLIND: dict[str, Mutate] = {
    "flip a bit": _bit,
    "insert bytes": _random_bytes,
    "insert odd bytes": lambda rng, data: _inserted(rng, data, ODD_BYTES),
    "insert a token": lambda rng, data: _inserted(rng, data, TOKENS),
    "lose a piece": _lost,
    "double a piece": _doubled,
    "move a piece": _moved,
    "cut": lambda rng, data: data[: rng.randint(0, len(data))],
}
"""Mutations that know nothing of tags."""


def _renamed(rng: Random, data: bytes) -> bytes:
    tag = _one(rng, data, TAG)
    if tag is None:
        return data
    return _put(data, *tag.span(), re.sub(rb"(?<=[</])[a-zA-Z][\w-]*", lambda _: rng.choice(NAMES), tag[0], count=1))


def _tag_lost(rng: Random, data: bytes) -> bytes:
    tag = _one(rng, data, TAG)
    return _put(data, *tag.span(), b"") if tag else data


def _tags_swapped(rng: Random, data: bytes) -> bytes:
    one, other = _one(rng, data, TAG), _one(rng, data, TAG)
    if one is None or other is None or one.end() > other.start():
        return data
    return _put(_put(data, *other.span(), one[0]), *one.span(), other[0])


def _tag_added(rng: Random, data: bytes) -> bytes:
    name, at = rng.choice(NAMES), rng.randint(0, len(data))
    classed = b"<%b class='%b'>" % (name, rng.choice(CLASSES))
    return _put(data, at, at, rng.choice((b"<%b>" % name, b"</%b>" % name, classed, b"<%b><%b>" % (name, name))))


def _nested(rng: Random, data: bytes) -> bytes:
    tags, depth, (at, end) = rng.choice(NESTS), rng.choice(DEPTHS), _ends(rng, data)
    closing = "".join(f"</{tag}>" for tag in reversed(tags.split("><"))) * depth * rng.randint(0, 1)
    return _put(data, at, end, f"<{tags}>".encode() * depth + data[at:end] + closing.encode())


def _wrapped(rng: Random, data: bytes) -> bytes:
    (before, behind), (at, end) = rng.choice(WRAPS), _ends(rng, data)
    return _put(data, at, end, before.encode() + data[at:end] + behind.encode())


def _element_wrapped(rng: Random, data: bytes) -> bytes:
    """Put an element, from a tag to some end tag of its name, within another."""
    tag = _one(rng, data, OPENING)
    if tag is None:
        return data
    name = re.match(rb"<([a-zA-Z][\w-]*)", tag[0])
    assert name is not None
    end = data.find(b"</" + name[1], tag.end())
    outer = rng.choice(NAMES)
    return _put(data, tag.start(), end, b"<%b>" % outer + data[tag.start() : end] + b"</%b>" % outer)


def _classed(rng: Random, data: bytes) -> bytes:
    tag = _one(rng, data, OPENING)
    return _put(data, tag.end() - 1, tag.end() - 1, b" class='%b'" % rng.choice(CLASSES)) if tag else data


def _poisoned(rng: Random, data: bytes) -> bytes:
    tag = _one(rng, data, OPENING)
    if tag is None:
        return data
    quote = rng.choice((b'"', b"'", b""))
    name = rng.choice((b"class", b"id", b"href", b"style", b"lang", b"src", b"alt", b"title", b"="))
    new = b" " + name + b"=" + quote + rng.choice(POISON).encode() + quote
    return _put(data, tag.end() - 1, tag.end() - 1, new)


def _attribute_lost(rng: Random, data: bytes) -> bytes:
    found = _one(rng, data, ATTRIBUTE)
    return _put(data, *found.span(), b"") if found else data


def _said_otherwise(rng: Random, data: bytes) -> bytes:
    found = _one(rng, data, TEXT)
    return _put(data, *found.span(1), rng.choice(LINES)) if found else data


def _line_added(rng: Random, data: bytes) -> bytes:
    tag, name = _one(rng, data, TAG), rng.choice((b"p", b"div", b"li", b"h2", b"td", b"span"))
    return _put(data, tag.end(), tag.end(), b"<%b>%b</%b>" % (name, rng.choice(LINES), name)) if tag else data


BY_TAG: dict[str, Mutate] = {
    "rename a tag": _renamed,
    "lose a tag": _tag_lost,
    "swap two tags": _tags_swapped,
    "add a tag": _tag_added,
    "nest": _nested,
    "wrap a piece": _wrapped,
    "wrap an element": _element_wrapped,
    "give a class": _classed,
    "poison": _poisoned,
    "lose an attribute": _attribute_lost,
    "say something else": _said_otherwise,
    "add a line": _line_added,
}
"""Mutations that go by tags."""


def _reencoded(rng: Random, data: bytes) -> bytes:
    return data.decode("utf-8", "replace").encode(rng.choice(CHARSETS), "xmlcharrefreplace")


def _declared(rng: Random, data: bytes) -> bytes:
    return data.replace(b"<meta", b"<meta charset='%b'><meta" % rng.choice(WRONG).encode(), 1)


BY_ENCODING: dict[str, Mutate] = {"encode": _reencoded, "declare": _declared}
"""Mutations of the encoding, and of what a page says of it."""

MUTATIONS = BLIND | BY_TAG | BY_ENCODING


def mutate(rng: Random, data: bytes, others: Sequence[bytes], *, most: int = 6) -> bytes:
    """Return a page after some mutations; one in twenty goes on as another page."""
    for _ in range(rng.randint(1, most)):
        table = rng.choice((BLIND, BY_TAG, BY_TAG, BY_TAG, BY_ENCODING))
        data = table[rng.choice(sorted(table))](rng, data)
    if rng.random() < 0.05:
        other = rng.choice(others)
        data = data[: rng.randint(0, len(data))] + other[rng.randint(0, len(other)) :]
    return data


BETWEEN = (b"<!-- -->", b"<!-- <p> -->", b"<span></span>", b"<script>a='</p>';</script>", b"<?php ?>")


def _commented(rng: Random, data: bytes) -> bytes:
    """Put what nobody sees behind a word of the body."""
    found = _one(rng, data[data.find(b"<body") :], re.compile(rb"\w (?=\w[^<>]*</(?:p|h1|h2)>)"))
    at = data.find(b"<body") + found.start() + 1 if found else 0
    return _put(data, at, at, rng.choice(BETWEEN)) if found else data


def _attribute_added(rng: Random, data: bytes) -> bytes:
    tag = _one(rng, data, OPENING)
    return _put(data, tag.end() - 1, tag.end() - 1, b' data-x="%d"' % rng.randrange(9)) if tag else data


def _upper(_: Random, data: bytes) -> bytes:
    return re.sub(rb"</?[a-z][a-z0-9]*", lambda tag: tag[0].upper(), data)


HARMLESS: dict[str, Mutate] = {
    "comment": _commented,
    "attribute": _attribute_added,
    "upper case": _upper,
    "line ends": lambda rng, data: data.replace(b"\n", rng.choice((b"\r\n", b"\r", b"\n\n", b" \t\n"))),
    "mark": lambda _, data: b"\xef\xbb\xbf" + data.removeprefix(b"\xef\xbb\xbf"),
}
"""Changes that no reader of the page can see."""


def harmless(rng: Random, data: bytes) -> bytes:
    """Return a page after some changes that must not change its document."""
    for _ in range(rng.randint(1, 5)):
        data = HARMLESS[rng.choice(sorted(HARMLESS))](rng, data)
    return data
