"""The texts that every engine and every reader is given: the hostile corpus, random strings, random documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from random import Random

from copydesk.frontmatter.writing import dump
from copydesk.markdown.fold import fold
from copydesk.markdown.writer import write
from copydesk.values.document import Element
from tests.consumers.consumer import Asked
from tests.frontmatter.samples import HOSTILE
from tests.markdown.hostile import CASES, PIECES, ROLES
from tests.markdown.rendering import KINDS

STRINGS, DOCUMENTS = 4000, 800
LISTS = ("author", "related", "warnings")
KEYS_OF_TEXT = ("title", "source_name", "source_label", "archive", "agency", "dateline", "dateline_place", *LISTS)
"""The keys whose values can be any text; the others hold days, addresses, hashes and ids."""

Values = dict[str, str | list[str]]

# Letters, signs and invisible characters of all planes, so that no engine's tables of Unicode are left out.
_RANGES = ((0x20, 0x7F), (0x20, 0x7F), (0xA1, 0x17F), (0x300, 0x36F), (0x2000, 0x22FF), (0xAC00, 0xAD00))
_PLANES = ((0x3000, 0x30FF), (0x600, 0x6FF), (0x4E00, 0x4F00), (0xFE00, 0xFFFF), (0x1D400, 0x1D4FF), (0x1F300, 0x1F64F))

KINDS_OF_CASES = ("hostile cases", "random strings", "random documents")


@cache
def bodies() -> tuple[Asked, ...]:
    """Return all documents: each hostile case in every role, each random string alone, and the random documents."""
    hostile = [[Element(role, fold(text), ())] for _, text in CASES for role in ROLES]
    random = Random("strings")
    strings = _distinct(lambda: fold(_raw(random)))
    alone = [[Element(ROLES[n % len(ROLES)], text, ())] for n, text in enumerate(strings)]
    kinds = zip(KINDS_OF_CASES, (hostile, alone, list(_documents())), strict=True)
    return tuple(_body(kind, elements) for kind, documents in kinds for elements in documents)


def _distinct(make: Callable[[], str]) -> list[str]:
    """Return as many strings as are asked, none of them empty and none twice."""
    found: dict[str, None] = {}
    while len(found) < STRINGS:
        found.setdefault(make())
        found.pop("", None)
    return list(found)


def _documents() -> Iterator[list[Element]]:
    random = Random("documents")
    for _ in range(DOCUMENTS):
        texts = filter(None, (fold(_raw(random)) for _ in range(random.randint(2, 9))))
        yield [Element(random.choice(ROLES), text, ()) for text in texts]


def _raw(random: Random) -> str:
    mixed = "".join(random.choices(PIECES, k=random.randint(1, 14)))
    chance = random.random()
    if chance < 0.4:
        return mixed
    if chance < 0.8:
        return random.choice(CASES)[1] + random.choice(("", " ", "a")) + mixed
    return "".join(chr(random.randrange(*random.choice(_RANGES + _PLANES))) for _ in range(random.randint(1, 30)))


def _body(kind: str, elements: list[Element]) -> Asked:
    return Asked(kind, write(elements), [(KINDS[element.role], element.text) for element in elements])


@cache
def frontmatters() -> tuple[Asked, ...]:
    """Return the frontmatter of all cases: each hostile value, random strings, and documents of many keys."""
    random = Random("values")
    alone: list[Values] = [{"title": value, "related": [value, value]} for value in dict.fromkeys(HOSTILE) if value]
    strings: list[Values] = [{"title": value} for value in _distinct(lambda: _value(random))]
    documents = [_mapping(random) for _ in range(DOCUMENTS)]
    kinds = zip(KINDS_OF_CASES, (alone, strings, documents), strict=True)
    return tuple(Asked(kind, dump(values), values) for kind, group in kinds for values in group)


def _mapping(random: Random) -> Values:
    keys = ["title", *random.sample(KEYS_OF_TEXT[1:], random.randint(1, len(KEYS_OF_TEXT) - 1))]
    lists = {key: [_value(random) for _ in range(random.randint(1, 4))] for key in keys if key in LISTS}
    return {key: lists.get(key) or _value(random) for key in keys}


def _value(random: Random) -> str:
    chance = random.random()
    if chance < 0.4:
        return "".join(random.choices(HOSTILE, k=random.randint(1, 4))) or "a"
    if chance < 0.6:
        return _raw(random)
    return "".join(_any_character(random) for _ in range(random.randint(1, 40)))


def _any_character(random: Random) -> str:
    code = random.choice((random.randrange(0x100), random.randrange(0xD800), random.randrange(0xE000, 0x110000)))
    return chr(code)
