"""The real articles, read in place where the environment variable COPYDESK_CORPUS points."""

from __future__ import annotations

import datetime
import json
import os
import re
from pathlib import Path

from tests.support.articles import HEADING, LEADERS, LIST_ITEM, MONTHS, PARAGRAPH, Article, folded

VARIABLE = "COPYDESK_CORPUS"

BROKEN = {
    "TRUE_split_before_leader_name_0": (2,),
    "TRUE_split_before_leader_name_1": (3,),
    "TRUE_split_before_leader_name_2": (16,),
    "para_starts_with_leader_name_1": (16,),
}
"""The lines, counted from 0, that the original broke before a leader's name, by file, found by eye.

The lines that end with a comma before a leader's name (22 and 36 of the two long files) stand here on purpose not:
whether the original meant one paragraph or two is not certain.
"""

NAMES = "|".join(LEADERS)
GLUED_BEFORE = re.compile(rf"(?<=[A-Za-z0-9,.;:)])(?={NAMES})|(?<=--)(?={NAMES})")
GLUED_BEHIND = re.compile(rf"({NAMES})(?=[A-Za-z0-9(])")
DATELINE = re.compile(
    r"(?P<place>[A-Z][\w' -]*), (?P<month>[A-Z][a-z]+) (?P<day>\d\d?) \(KCNA\) ?(?P<dash>--|–|—)(?P<gap>\s*)"
)
END = re.compile(r"\s*-0-$")
BULLET = re.compile(r"-\s*")
PAPERS = frozenset(("Rodong Sinmun", "Minju Joson"))


def corpus_files() -> list[Path]:
    """Return the files of the real articles, by name; none where COPYDESK_CORPUS is not set."""
    root = os.environ.get(VARIABLE)
    return sorted(Path(root).rglob("kcna_kp/*.json")) if root else []


def read_article(path: Path) -> Article:
    """Return one real article with its truth: the scraper's glue undone, broken paragraphs joined."""
    fields = json.loads(path.read_text("utf-8"))
    headline, _, subtitle = fields["headline"].partition("\n")
    published = datetime.date.fromisoformat(fields["date_str"])
    lines = [unglued(line) for line in fields["story_text"].split("\n") if line.strip()]
    lines[-1], end = _without_end(lines[-1])
    article = _with_dateline(lines, published)
    body = [_truth(text) for text in joined(article.printed, BROKEN.get(path.stem, ()))]
    return article._replace(
        title=folded(headline),
        printed_title=headline,
        subtitle=subtitle,
        end=end,
        paragraphs=tuple(text for _, text in body),
        kinds=tuple(kind for kind, _ in body),
    )


def corpus_articles() -> dict[str, Article]:
    """Return the real articles by the name of their file, without its suffix."""
    return {path.stem: read_article(path) for path in corpus_files()}


def unglued(text: str) -> str:
    """Return the text with the spaces that the scraper swallowed around the leaders' names.

    None is put before punctuation, `'s` and a hyphen, nor behind an opening quote, a bracket or a hyphen.
    """
    return GLUED_BEHIND.sub(r"\1 ", GLUED_BEFORE.sub(" ", text))


def joined(lines: tuple[str, ...], broken: tuple[int, ...]) -> list[str]:
    """Return the lines with each broken one, given by its index, joined by a space to the one behind it."""
    texts: list[str] = []
    for index, line in enumerate(lines):
        if index - 1 in broken:
            texts[-1] += f" {line}"
        else:
            texts.append(line)
    return texts


def _truth(text: str) -> tuple[str, str]:
    text = folded(text)
    if text in PAPERS:
        return HEADING, text
    if text.startswith("-"):
        return LIST_ITEM, BULLET.sub("", text, count=1)
    return PARAGRAPH, text


def _without_end(line: str) -> tuple[str, str]:
    match = END.search(line)
    return (line[: match.start()], match.group()) if match else (line, "")


def _with_dateline(lines: list[str], published: datetime.date) -> Article:
    """Return an article that knows its dateline and its printed lines; the dateline's year is the last that fits."""
    match = DATELINE.match(lines[0])
    if not match:
        return Article("", published, (), dateline_place="", printed=tuple(lines))
    month, day = MONTHS.index(match["month"]) + 1, int(match["day"])
    year = published.year - ((month, day) > (published.month, published.day))
    return Article(
        "",
        published,
        (),
        dateline_place=match["place"],
        dateline_day=datetime.date(year, month, day),
        dash=match["dash"],
        behind_dash=match["gap"],
        printed=(lines[0][match.end() :], *lines[1:]),
    )
