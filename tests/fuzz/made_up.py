"""Pages for the fuzz target to begin with: articles put together at random, in every layout and language."""

from __future__ import annotations

import datetime
from random import Random
from typing import NamedTuple

from tests.support import words
from tests.support.articles import LEADERS, LIST_ITEM, PARAGRAPH, Article, RelatedItem, dateline
from tests.support.html_pages import HTML_LAYOUTS, lay_out_html
from tests.support.languages import EDITIONS, LABELS, Foreign

FIRST = datetime.date(1997, 1, 1)
DAYS = 10_000
NO_DATELINES = tuple(text for text in words.HOSTILE if not text.startswith("Pyongyang, "))


class Made(NamedTuple):
    """A page, the article on it, and its layout."""

    whole: Foreign
    layout: str
    page: str


def made_up(rng: Random) -> Made:
    """Return a page of some article in some layout."""
    lang, layout = rng.choice(("en", "en", *sorted(EDITIONS))), rng.choice(HTML_LAYOUTS)
    whole = _english(rng, words.HOSTILE if layout != "cojp" else NO_DATELINES) if lang == "en" else _abroad(rng, lang)
    clutter = rng.choice((1, 1, 1, 2))  # with none, and with a dateline quoted on kcna.co.jp, there are known failures
    page = lay_out_html(whole, layout, inline=rng.random() < 0.5, clutter=clutter, metadata=rng.random() < 0.7)
    return Made(whole, layout, page)


def _english(rng: Random, hostile: tuple[str, ...]) -> Foreign:
    texts = [_sentence(rng) for _ in range(rng.randint(2, 6))]
    texts[1:1] = rng.sample(hostile, rng.randint(0, 2))
    kinds = [PARAGRAPH, *(rng.choice((PARAGRAPH, PARAGRAPH, LIST_ITEM)) for _ in texts[2:]), PARAGRAPH]
    kinds = [PARAGRAPH if text in words.HOSTILE else kind for kind, text in zip(kinds, texts, strict=True)]
    article = Article(
        title=_title(rng),
        published=(day := _day(rng)),
        paragraphs=tuple(texts),
        kinds=tuple(kinds),
        dateline_place=rng.choice(words.PLACES),
        dateline_day=day,
        end=rng.choice((" -0-", "-0-", "\u00a0-0-")),
        related=(RelatedItem(_title(rng), _sentence(rng), _day(rng)),),
    )
    return Foreign(article, "en", dateline(article), "-0-")


def _abroad(rng: Random, lang: str) -> Foreign:
    edition, day = EDITIONS[lang], _day(rng)
    place = rng.choice(edition.places)
    texts = [edition.between.join(map(rng.choice, edition.words)) for _ in range(rng.randint(1, 4))]
    article = Article(
        title=edition.between.join(map(rng.choice, edition.titles)),
        published=day,
        paragraphs=tuple(texts),
        label=LABELS[lang],
        dateline_place=place,
        dateline_day=day,
        agency=edition.agency,
        behind_dash=edition.behind_dateline,
        end=edition.end,
    )
    return Foreign(article, lang, edition.dateline_on(place, day), edition.end, edition.alone)


def _day(rng: Random) -> datetime.date:
    return FIRST + datetime.timedelta(rng.randrange(DAYS))


def _sentence(rng: Random) -> str:
    if rng.random() < 0.3:
        return rng.choice(words.ABOUT_LEADERS).format(leader=rng.choice(LEADERS))
    parts = (words.SUBJECTS, words.VERBS, words.OBJECTS, words.TAILS, words.ENDINGS)
    return "{} {} {}{}{}".format(*map(rng.choice, parts))


def _title(rng: Random) -> str:
    parts = (words.TITLE_STARTS, words.TITLE_VERBS, words.TITLE_ENDS)
    return " ".join(map(rng.choice, parts)).format(leader=rng.choice(LEADERS))
