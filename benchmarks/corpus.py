"""The corpus of the benchmarks: text captures of 8 to 15 KB with sentences of our own, the same on every machine."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.support import words
from tests.support.articles import LEADERS, Article, RelatedItem, teaser
from tests.support.pages import lay_out

SMALLEST, LARGEST = 8_000, 15_000
"""The size of a capture, in bytes."""

LAYOUTS = ("A", "A", "A", "A", "A1", "B", "B", "C")
"""Layout A most of all, as among real captures; D and E are rare."""

RELATED = 12
FIRST_DAY = datetime.date(2020, 1, 1)


def captures(count: int, *, seed: int = 1) -> list[tuple[str, bytes]]:
    """Return so many captures: the name and the bytes of each."""
    return [(f"{number:04}-{layout.lower()}.txt", lay_out(article, layout).encode())
            for number, (layout, article) in enumerate(articles(count, seed=seed))]  # fmt: skip


def articles(count: int, *, seed: int = 1) -> Iterator[tuple[str, Article]]:
    """Give so many articles, each with the layout of its page."""
    dice = Random(seed)
    for _ in range(count):
        layout = dice.choice(LAYOUTS)
        yield layout, _article(dice, layout)


def fill(folder: Path, count: int) -> list[Path]:
    """Write so many captures into a folder, and return their paths."""
    return write(folder, captures(count))


def write(folder: Path, captures: list[tuple[str, bytes]]) -> list[Path]:
    """Write captures into a folder by their names, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, data in captures:
        paths.append(folder / name)
        paths[-1].write_bytes(data)
    return paths


def _article(dice: Random, layout: str) -> Article:
    """Return an article whose body is as long as its capture needs to reach a size drawn at random."""
    size = dice.randint(SMALLEST + 500, LARGEST - 500)
    day = FIRST_DAY + datetime.timedelta(days=dice.randrange(2000))
    article = Article(
        title=title(dice),
        published=day,
        paragraphs=(),
        dateline_place=dice.choice(words.PLACES),
        dateline_day=day,
        related=tuple(_related(dice) for _ in range(RELATED)),
    )
    while len(lay_out(article, layout).encode()) < size:
        article = article._replace(paragraphs=(*article.paragraphs, _paragraph(dice)))
    return article


def title(dice: Random) -> str:
    """Return a made-up headline."""
    parts = (dice.choice(words.TITLE_STARTS), dice.choice(words.TITLE_VERBS), dice.choice(words.TITLE_ENDS))
    return " ".join(parts).format(leader=dice.choice(LEADERS))


def sentence(dice: Random) -> str:
    """Return a made-up sentence; one in ten names a leader."""
    if dice.random() < 0.1:
        return dice.choice(words.ABOUT_LEADERS).format(leader=dice.choice(LEADERS))
    lists = (words.SUBJECTS, words.VERBS, words.OBJECTS, words.TAILS, words.ENDINGS)
    return "{} {} {}{}{}".format(*map(dice.choice, lists))


def _paragraph(dice: Random) -> str:
    return " ".join(sentence(dice) for _ in range(dice.randint(2, 5)))


def _related(dice: Random) -> RelatedItem:
    day = FIRST_DAY + datetime.timedelta(days=dice.randrange(2000))
    return RelatedItem(title(dice), teaser(_paragraph(dice)), day)
