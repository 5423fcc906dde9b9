"""What a page does to an article: each quirk changes how it is printed and leaves its truth alone."""

from __future__ import annotations

import re

from tests.support.articles import LEADERS, Article

LEADER = re.compile("|".join(LEADERS))
UNFINISHED = re.compile(r"(?:\b[a-z]+|Leader|Marshal|President|Chairman|Comrade) $")
"""The text before a leader's name at which originals break a paragraph: no comma, no opening quote."""


def breaks(article: Article) -> list[tuple[int, int]]:
    """Return block and offset of each leader's name before which a page may break it; list items are not broken."""
    return [
        (index, match.start())
        for index, text in enumerate(article.blocks())
        for match in LEADER.finditer(text)
        if UNFINISHED.search(text[: match.start()]) and not text.startswith("-")
    ]


def broken(article: Article, *, at: int = 0, gap: str = "") -> Article:
    """Return the article with one paragraph broken before a leader's name, as originals do.

    ``at`` counts the places of `breaks`; ``gap`` is the white space that is left at the end of the first part.
    Raises IndexError where there is no such place.
    """
    index, offset = breaks(article)[at]
    lines = article.blocks()
    parts = (lines[index][:offset].rstrip() + gap, lines[index][offset:])
    return article._replace(printed=(*lines[:index], *parts, *lines[index + 1 :]))


def stray_space(article: Article) -> Article:
    """Return the article with a space between each leader's name and the comma, full stop or `'s` behind it."""
    return article._replace(
        printed=tuple(_strayed(text) for text in article.blocks()),
        printed_title=_strayed(article.printed_title or article.title),
    )


def wide_spaces(article: Article, *, space: str = "\u00a0") -> Article:
    """Return the article with every other space of its blocks replaced: by NBSP, or by two spaces."""
    return article._replace(printed=tuple(_widened(text, space) for text in article.blocks()))


def title_repeated(article: Article) -> Article:
    """Return the article with its title printed once more as the first paragraph."""
    return article._replace(title_again="\n")


def title_glued(article: Article) -> Article:
    """Return the article with its title printed once more before paragraph 1, three spaces between them."""
    return article._replace(title_again="   ")


def lost_name(article: Article) -> Article:
    """Return the article whose printed title has lost the first leader's name in it, as in `Chairman 's Visit`."""
    title = LEADER.sub("", article.title, count=1)
    return article._replace(printed_title=re.sub(r" {2,}", " ", title).strip())


def _strayed(text: str) -> str:
    return re.sub(rf"({LEADER.pattern})(?=[,.]|'s)", r"\1 ", text)


def _widened(text: str, space: str) -> str:
    words = text.split(" ")
    gaps = [" " if index % 2 else space for index in range(len(words) - 1)]
    return "".join(word + gap for word, gap in zip(words, [*gaps, ""], strict=True))
