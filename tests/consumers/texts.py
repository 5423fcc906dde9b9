"""The texts that every engine and every reader is given: the hostile corpus, random strings, random documents."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from random import Random
from typing import NamedTuple

from copydesk.markdown.fold import fold
from copydesk.markdown.writer import write
from copydesk.values.document import Element
from tests.markdown.hostile import CASES, PIECES, ROLES
from tests.markdown.rendering import KINDS, Block

STRINGS, DOCUMENTS = 4000, 800

# Letters, signs and invisible characters of all planes, so that no engine's tables of Unicode are left out.
_RANGES = ((0x20, 0x7F), (0x20, 0x7F), (0xA1, 0x17F), (0x300, 0x36F), (0x2000, 0x22FF), (0xAC00, 0xAD00))
_PLANES = ((0x3000, 0x30FF), (0x600, 0x6FF), (0x4E00, 0x4F00), (0xFE00, 0xFFFF), (0x1D400, 0x1D4FF), (0x1F300, 0x1F64F))


class Case(NamedTuple):
    """A document for the engines: of which kind it is, its Markdown, and the blocks that it must show."""

    kind: str
    markdown: str
    blocks: list[Block]


@cache
def cases() -> tuple[Case, ...]:
    """Return all documents: each hostile case in every role, each random string alone, and the random documents."""
    hostile = [[Element(role, fold(text), ())] for _, text in CASES for role in ROLES]
    alone = [[Element(ROLES[n % len(ROLES)], text, ())] for n, text in enumerate(strings(STRINGS))]
    kinds = (("hostile cases", hostile), ("random strings", alone), ("random documents", list(_documents())))
    return tuple(_case(kind, elements) for kind, documents in kinds for elements in documents)


@cache
def strings(count: int) -> tuple[str, ...]:
    """Return so many folded texts of one line, the same ones in every run."""
    random = Random("strings")
    texts = filter(None, (fold(_raw(random)) for _ in iter(int, 1)))
    return tuple(text for text, _ in zip(texts, range(count), strict=False))


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


def _case(kind: str, elements: list[Element]) -> Case:
    return Case(kind, write(elements), [(KINDS[element.role], element.text) for element in elements])
