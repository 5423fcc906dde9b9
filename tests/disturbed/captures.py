"""The captures that the disturbed runs are over: some hundred, of every kind that a run can meet."""

from __future__ import annotations

import datetime
import gzip
from collections.abc import Iterable, Mapping
from pathlib import Path
from random import Random

from tests.fuzz.made_up import made_up
from tests.inputs.archives import lines, tarred, zipped
from tests.support import words
from tests.support.articles import Article, RelatedItem
from tests.support.pages import LAYOUTS, lay_out

FIELDS = "text=text,name=name"
"""What the fields of the lines of JSON are for, for `--fields`."""

HELD_LABEL = "Held (En)"
"""The label of the captures that the plugin of `planted.HELD` reads."""

HELD = range(6, 36, 3)
"""The text captures, by number, that can be held while they are worked on: enough for any worker to get one."""

STOPPED = {"empty.txt": b"", "letter.txt": b"a letter to nobody\n", "letter.html": b"<p>a letter to nobody</p>\n",
           "picture.txt": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"}  # fmt: skip
"""Captures that are rejected."""


def captures() -> dict[str, bytes]:
    """Return the files of a folder of captures by their relative paths, the same in every process."""
    dice = Random(2026)
    texts = [text(dice, number) for number in range(36)]
    pages = {f"html/{number:02}.html": made_up(dice).page.encode() for number in range(18)}
    inside = {f"sub/{number}.txt": data for number, data in enumerate(texts[:6])} | STOPPED
    return {
        **{f"text/{number:02}.txt": data for number, data in enumerate(texts)},
        **pages,
        **{f"stopped/{name}": data for name, data in STOPPED.items()},
        **alike(texts[1]),
        "more/pages.zip": zipped(inside),
        "more/pages.tar.gz": gzip.compress(tarred(inside), mtime=0),
        "more/lines.jsonl": lines({f"{number}.txt": data for number, data in enumerate(texts[6:12])}),
    }


def alike(data: bytes) -> dict[str, bytes]:
    """Return captures of one article whose names a file system may take for one, or refuse; one is no UTF-8."""
    names = ("same.txt", "Same.txt", "same.html", "\u00e9.txt", "e\u0301.txt", "\udce9.txt", "con.txt", "a:b.txt",
             "same/x.txt")  # fmt: skip
    return {f"names/{name}": data + b"\n" * number for number, name in enumerate(names)}


def text(dice: Random, number: int) -> bytes:
    """Return a text capture in one of the layouts; those that can be held carry their label."""
    day = datetime.date(2020, 1, 1) + datetime.timedelta(days=dice.randrange(2000))
    article = Article(
        title=" ".join(map(dice.choice, (words.TITLE_STARTS, words.TITLE_VERBS, words.TITLE_ENDS))).format(leader="He"),
        published=day,
        paragraphs=tuple(sentence(dice) for _ in range(dice.randint(3, 40))),
        dateline_day=day,
        label=HELD_LABEL if number in HELD else "KCNA.kp (En)",
        related=tuple(RelatedItem(sentence(dice), sentence(dice)[:60], day) for _ in range(3)),
    )
    return lay_out(article, "A" if number in HELD else LAYOUTS[number % len(LAYOUTS)]).encode()


def page(label: str = "KCNA.kp (En)", *, paragraphs: int = 3) -> bytes:
    """Return a text capture with a label, of a length in paragraphs."""
    dice, day = Random(label), datetime.date(2023, 5, 9)
    texts = tuple(sentence(dice) for _ in range(paragraphs))
    return lay_out(Article("A Page Made Up", day, texts, dateline_day=day, label=label), "A").encode()


def sentence(dice: Random) -> str:
    """Return a made-up sentence."""
    lists = (words.SUBJECTS, words.VERBS, words.OBJECTS, words.TAILS, words.ENDINGS)
    return "{} {} {}{}{}".format(*map(dice.choice, lists))


def fill(folder: Path, files: Mapping[str, bytes], order: Iterable[str] = ()) -> None:
    """Write files into a folder, in an order of their names, or as they come."""
    for name in order or files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[name])


def inputs_of(files: Mapping[str, bytes]) -> int:
    """Return how many inputs stand in the files: a container for its members."""
    members = {"more/pages.zip": 6 + len(STOPPED), "more/pages.tar.gz": 6 + len(STOPPED), "more/lines.jsonl": 6}
    return sum(members.get(name, 1) for name in files)
