"""Build a large corpus of made-up captures: `python -m benchmarks.build FOLDER --documents N`.

The same numbers give the same bytes on every machine. To make each article from nothing would take longer than to
convert it, so there are 128 articles of each kind, and document n is the article n modulo 128 with a title, a day, an
address and a first sentence of its own: no two documents have the same text or the same id.
"""

from __future__ import annotations

import datetime
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.support.articles import Article
from tests.support.pages import lay_out

from benchmarks import corpus, html_corpus
from benchmarks.forms import FORMS, Entry, write

BASE = 128
"""So many articles of each kind all documents are made from."""
DAYS = 2000
MIX = 20
"""How many of a hundred documents are HTML, where nobody says otherwise."""
KINDS = {"text": 0, "HTML": 100, "mix": MIX}


class Plan(NamedTuple):
    """What a corpus is to be: how many documents, how many of a hundred in HTML, and the number all chance hangs on."""

    documents: int
    html: int = MIX
    seed: int = 1


def entries(plan: Plan) -> Iterator[Entry]:
    """Give the documents of a corpus, in their order; a shorter corpus is the beginning of a longer one."""
    texts = list(corpus.articles(BASE, seed=plan.seed)) if plan.html < 100 else []
    sheets = list(html_corpus.sheets(BASE, seed=plan.seed)) if plan.html else []
    for number in range(plan.documents):
        if is_html(number, plan.html):
            yield _page(number, sheets[number % BASE])
        else:
            yield _text(number, *texts[number % BASE])


def is_html(number: int, percent: int) -> bool:
    """Tell whether a document is HTML, so that they are spread evenly: the first of a hundred are what the share is."""
    return (number + 1) * percent // 100 > number * percent // 100


def _text(number: int, layout: str, article: Article) -> Entry:
    data = lay_out(_own(number, article), layout).encode()
    return Entry(f"{number:06}-{layout.lower()}.txt", "text/plain", _address(number), data)


def _page(number: int, sheet: html_corpus.Sheet) -> Entry:
    article = _own(number, sheet.article)
    article = article._replace(stamp=html_corpus.stamp(article.published))
    sheet = sheet._replace(article=article, number=f"{1_500_000_000 + number}-{number:06}", key=f"{number:032x}")
    return Entry(f"{number:06}-{sheet.kind.layout}.html", "text/html", _address(number), html_corpus.printed(sheet))


def _own(number: int, article: Article) -> Article:
    """Return the article with a title, a day and a first sentence that no other number has."""
    first, *others = article.paragraphs
    day = corpus.FIRST_DAY + datetime.timedelta(days=number % DAYS)
    return article._replace(
        title=f"{article.title}, Part {number + 1}",
        published=day,
        dateline_day=day,
        paragraphs=(f"Shelf {number + 1} was the first to be looked at. {first}", *others),
    )


def _address(number: int) -> str:
    return f"https://archive.example.org/newstream/{1_500_000_000 + number}-{number:06}/a-page/"


def main(arguments: Sequence[str] | None = None) -> int:
    """Build a corpus, and say what it is."""
    args = _parser().parse_args(arguments)
    plan = Plan(args.documents, args.html, args.seed)
    built = write(entries(plan), Path(args.folder), args.form, flat=args.flat)
    print(f"{built.path}: {built.documents} documents, {built.size} bytes of captures")
    return 0


def _parser() -> ArgumentParser:
    raw = RawDescriptionHelpFormatter
    parser = ArgumentParser("python -m benchmarks.build", description=__doc__, formatter_class=raw)
    parser.add_argument("folder", metavar="FOLDER", help="where the corpus goes; it is made if it is not there")
    parser.add_argument("--documents", type=count, required=True, metavar="N", help="how many")
    parser.add_argument("--as", dest="form", choices=FORMS, default="folder",
                        help="a folder of files, or one file FOLDER/captures.* (%(default)s)")  # fmt: skip
    parser.add_argument("--flat", action="store_true", help="all in one folder, and not a thousand in each")
    parser.add_argument("--html", type=int, choices=range(101), default=MIX, metavar="PERCENT",
                        help="how many of a hundred are HTML (%(default)s); the others are text")  # fmt: skip
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="gives other articles (%(default)s)")
    return parser


def count(text: str) -> int:
    """Return the number, of one or more, that an argument gives."""
    number = int(text)
    if number < 1:
        raise ValueError
    return number


if __name__ == "__main__":
    sys.exit(main())
