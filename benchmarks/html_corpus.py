"""The corpus of the benchmarks of HTML: pages of 40 to 80 KB around sentences of our own, the same on every machine."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.support import words
from tests.support.articles import Article, RelatedItem, teaser
from tests.support.html_pages import lay_out_html

from benchmarks.corpus import sentence, title, write

SMALLEST, LARGEST = 40_000, 80_000
"""The size of a page, in bytes; most have about a hundred bytes an element."""
SHORTEST, LONGEST = 3_000, 12_000
"""The length of an article's text, in characters."""


class Kind(NamedTuple):
    """A layout of `lay_out_html` with how much stands around the article: at least so much clutter, and at most."""

    layout: str
    least: int
    most: int


KINDS = (Kind("watch", 13, 19), Kind("watch", 13, 19), Kind("q", 16, 24))
"""An archive's pages most of all; its lists take more room than those of the agency's site."""

class Sheet(NamedTuple):
    """An article and what stands around it: how much clutter, the numbers of its address, markup, styles, scripts."""

    article: Article
    kind: Kind
    number: str
    clutter: int
    key: str
    markup: str = ""
    inline: str = ""


MARKED_UP = 0.1
"""How many of the articles have markup in their text, beside that of the leaders' names."""
FEWEST, MOST = 4, 20
"""How many paragraphs an article has."""
INLINE = 4_000
"""The bytes of style and script that stand in the head of every page at least."""
RELATED = 12
FIRST_DAY = datetime.date(2020, 1, 1)
OPENING = re.compile(r"<p>((?:The|A|An) \w+)(?= )")
"""Where a paragraph begins with an article and a word: no page has such a paragraph before the one it is about."""
MARKUP = (r"<p><em>\1</em>", r'<p><a href="https://www.example.org/shelf?list=2&amp;row=7">\1</a>')


def captures(count: int, *, seed: int = 1) -> list[tuple[str, bytes]]:
    """Return so many captures: the name and the bytes of each."""
    return [(f"{number:04}-{sheet.kind.layout}.html", printed(sheet))
            for number, sheet in enumerate(sheets(count, seed=seed))]  # fmt: skip


def sheets(count: int, *, seed: int = 1) -> Iterator[Sheet]:
    """Give so many articles, each with all that stands around it."""
    dice = Random(seed)
    for _ in range(count):
        yield _sheet(dice, dice.choice(KINDS))


def fill(folder: Path, count: int) -> list[Path]:
    """Write so many captures into a folder, and return their paths."""
    return write(folder, captures(count))


def _sheet(dice: Random, kind: Kind) -> Sheet:
    """Return a page whose styles and scripts are as long as it takes to reach a size drawn at random."""
    article = _article(dice)
    number = f"{dice.randrange(1_500_000_000, 1_700_000_000)}-{dice.randrange(10**6):06}"
    sheet = Sheet(article, kind, number, dice.randint(kind.least, kind.most), dice.randbytes(16).hex())
    if dice.random() < MARKED_UP:
        sheet = sheet._replace(markup=dice.choice(MARKUP))
    room = dice.randint(SMALLEST + 2_000, LARGEST - 2_000) - len(printed(sheet))
    return sheet._replace(inline=_inline(dice, max(room, INLINE)))


def printed(sheet: Sheet) -> bytes:
    """Return the bytes of a page."""
    page = lay_out_html(
        sheet.article,
        sheet.kind.layout,
        clutter=sheet.clutter,
        url=f"https://archive.example.org/newstream/{sheet.number}/a-page/",
        original_url=f"https://agency.example.org/en/article/q/{sheet.key}.kcmsf",
    )
    page = page.replace("<strong>", "<nobr>").replace("</strong>", "</nobr>")  # names in bold would be on most pages
    if sheet.markup:
        page = OPENING.sub(sheet.markup, page, count=1)
    return page.replace("</head>", f"{sheet.inline}</head>", 1).encode()


def _article(dice: Random) -> Article:
    day = FIRST_DAY + datetime.timedelta(days=dice.randrange(2000))
    length, count = dice.randint(SHORTEST + 200, LONGEST - 1_000), dice.randint(FEWEST, MOST)
    return Article(
        title=title(dice),
        published=day,
        paragraphs=tuple(_paragraph(dice, length // count) for _ in range(count)),
        dateline_place=dice.choice(words.PLACES),
        dateline_day=day,
        stamp=stamp(day),
        related=tuple(_related(dice) for _ in range(RELATED)),
    )


def stamp(day: datetime.date) -> str:
    """Return what stands below an article of a day."""
    return f"www.kcna.kp (Juche{day.year - 1911}.{day.month}.{day.day}.)"


def _paragraph(dice: Random, length: int) -> str:
    """Return sentences up to the one that reaches a length."""
    sentences = [sentence(dice)]
    while sum(map(len, sentences)) + len(sentences) < length:
        sentences.append(sentence(dice))
    return " ".join(sentences)


def _related(dice: Random) -> RelatedItem:
    day = FIRST_DAY + datetime.timedelta(days=dice.randrange(2000))
    return RelatedItem(title(dice), teaser(_paragraph(dice, 150)), day)


def _inline(dice: Random, size: int) -> str:
    """Return a style and a script, of so many bytes in all."""
    style, script = _repeated(dice, _rule, size // 2), _repeated(dice, _statement, size // 2)
    return f"<style>\n{style}</style>\n<script>\n{script}</script>\n"


def _repeated(dice: Random, line: Callable[[Random], str], size: int) -> str:
    lines: list[str] = []
    while size > 0:
        lines.append(line(dice))
        size -= len(lines[-1])
    return "".join(lines)


def _rule(dice: Random) -> str:
    name, side = dice.randrange(1000), dice.choice(("margin", "padding", "border-width"))
    return f".block-{name} > a:hover, #part-{name} li {{ {side}: {dice.randrange(40)}px 0; color: #{name:06x}; }}\n"


def _statement(dice: Random) -> str:
    name = dice.randrange(1000)
    return f'  if (part{name} && part{name}.size < {dice.randrange(5000)}) {{ show("<li>", part{name}, "</li>"); }}\n'
