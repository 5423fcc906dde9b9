"""Hypothesis strategies: articles of known truth."""

from __future__ import annotations

import datetime
from math import prod

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.support import words
from tests.support.articles import LEADERS, LIST_ITEM, PARAGRAPH, Article, RelatedItem, teaser

DASHES = ("--", "–", "—")
ENDS = (" -0-", "\u00a0-0-", "  -0-", "-0-")


def days(*, first: int = 1997, last: int = 2026) -> SearchStrategy[datetime.date]:
    """Give days from the first of January of one year to the last of December of another."""
    return st.dates(datetime.date(first, 1, 1), datetime.date(last, 12, 31))


def leaders() -> SearchStrategy[str]:
    """Give one of the three leaders' names."""
    return st.sampled_from(LEADERS)


def _one_of_each(*lists: tuple[str, ...]) -> SearchStrategy[list[str]]:
    """Give a word of each list, by one draw for them all: many small draws are what makes articles slow."""
    return st.integers(0, prod(map(len, lists)) - 1).map(lambda number: _picked(number, lists))


def _picked(number: int, lists: tuple[tuple[str, ...], ...]) -> list[str]:
    picked = []
    for words_ in lists:
        number, index = divmod(number, len(words_))
        picked.append(words_[index])
    return picked


PLAIN = _one_of_each(words.SUBJECTS, words.VERBS, words.OBJECTS, words.TAILS, words.ENDINGS).map(
    lambda parts: "{} {} {}{}{}".format(*parts)
)
ABOUT_LEADERS = _one_of_each(words.ABOUT_LEADERS, LEADERS).map(lambda parts: parts[0].format(leader=parts[1]))
JUCHE = st.integers(1, 115).map(lambda year: f"The mill was built in Juche {year} ({year + 1911}).")


def sentences() -> SearchStrategy[str]:
    """Give English sentences that end properly; some have a leader's name, quotes or a Juche year."""
    return st.one_of(PLAIN, PLAIN, ABOUT_LEADERS, st.sampled_from(words.QUOTED), JUCHE)


PARAGRAPHS = st.lists(sentences(), min_size=1, max_size=3).map(" ".join)
"""Paragraphs of one to three sentences."""


def titles() -> SearchStrategy[str]:
    """Give headlines without a full stop."""
    parts = _one_of_each(words.TITLE_STARTS, words.TITLE_VERBS, words.TITLE_ENDS, LEADERS)
    return parts.map(lambda words_: " ".join(words_[:3]).format(leader=words_[3]))


HEADS = ("", "Pyongyang, May 9 (KCNA) -- ", "Wonsan, June 10 (KCNA) -- ")


def related_items() -> SearchStrategy[RelatedItem]:
    """Give items of a More-From list; their teasers may hold a dateline and a leader's name, and are often cut."""
    texts = st.tuples(st.sampled_from(HEADS), PARAGRAPHS).map(lambda parts: teaser("".join(parts)))
    return st.builds(RelatedItem, titles(), texts, days())


def _bodies(*, hostile: bool, bullets: bool) -> SearchStrategy[list[tuple[str, str]]]:
    """Give the blocks of a body: the first and the last of them are always ordinary prose."""
    prose = st.tuples(st.just(PARAGRAPH), PARAGRAPHS)
    odd = st.tuples(st.just(PARAGRAPH), st.sampled_from(words.HOSTILE))
    items = st.tuples(st.just(LIST_ITEM), sentences())
    inner = st.lists(st.one_of(prose, *[odd] * hostile, *[items] * bullets), max_size=5)
    return st.one_of(
        prose.map(lambda block: [block]),
        st.tuples(prose, inner, prose).map(lambda parts: [parts[0], *parts[1], parts[2]]),
    )


def articles(*, hostile: bool = False, bullets: bool = False) -> SearchStrategy[Article]:
    """Give articles of the agency: dateline and end mark as it prints them, a list of one to three other articles.

    ``hostile`` lets paragraphs look like the page's own lines or like Markdown; ``bullets`` lets some be list items.
    """
    return st.builds(
        _article,
        titles(),
        _bodies(hostile=hostile, bullets=bullets),
        st.lists(related_items(), min_size=1, max_size=3),
        published=days(last=2025),
        captured=days(first=2026, last=2027),
        stamped=st.booleans(),
        prints=_one_of_each(words.PLACES, DASHES, (" ", " ", ""), ENDS),
    )


def _article(
    title: str,
    body: list[tuple[str, str]],
    related: list[RelatedItem],
    *,
    published: datetime.date,
    captured: datetime.date,
    stamped: bool,
    prints: list[str],
) -> Article:
    place, dash, behind_dash, end = prints
    kinds, texts = zip(*body, strict=True)
    return Article(
        title=title,
        published=published,
        paragraphs=texts,
        kinds=kinds,
        dateline_place=place,
        dateline_day=published,
        dash=dash,
        behind_dash=behind_dash,
        end=end,
        stamp=f"www.kcna.kp ({published.year}.{published.month}.{published.day}.)" if stamped else "",
        related=tuple(related),
        captured=captured,
    )


def naenara_articles() -> SearchStrategy[Article]:
    """Give articles of Naenara: no dateline, no end mark, sometimes a byline."""
    bare = {"label": "Naenara (En)", "dateline_place": "", "dateline_day": None, "end": "", "stamp": ""}
    bylines = st.sampled_from(("", *words.BYLINES))
    return st.builds(lambda article, byline: article._replace(**bare, byline=byline), articles(), bylines)
