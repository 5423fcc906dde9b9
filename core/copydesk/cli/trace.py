"""Follow a citation back to the capture: the lines and columns from which a paragraph was made.

A citation is the id of an article, and behind # the number of a paragraph, counted from 1 as exports count them;
without a number all paragraphs are traced. If several captures of the article are in the folder, each is.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from copydesk import cli, corpus
from copydesk.article import Article, read
from copydesk.errors import CopydeskError
from copydesk.markdown.paragraphs import Paragraph, paragraphs
from copydesk.places import REASONS, Traced, trace


def options(parser: ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("folder", metavar="DIR", help="folder of Markdown files, or one of them")
    parser.add_argument("citation", metavar="ID[#N]", help="id of an article, and number of a paragraph from 1")
    parser.add_argument("--captures", required=True, metavar="ROOT", help="folder of the captures")
    parser.add_argument("--json", action="store_true", help="print one line of JSON a paragraph")


def run(args: Namespace, parser: ArgumentParser) -> int:
    """Print `capture:line:column-line:column: text` for each paragraph; the exit code is 1 if one cannot be traced."""
    wanted, number = _citation(args.citation, parser)
    if not Path(args.folder).exists():
        parser.error(f"{args.folder!r} does not exist; name a folder of Markdown files, or one of them")
    if not Path(args.captures).is_dir():
        parser.error(f"--captures {args.captures!r} is no folder; name the one that holds the captures")
    found = failed = 0
    try:
        for article in _articles(args.folder, wanted):
            found += 1
            failed += not _traced(article, number, args)
    except OSError as problem:
        if isinstance(problem, BrokenPipeError):
            raise
        reason = problem.strerror or str(problem)
        raise CopydeskError(f"{problem.filename!r}: cannot be read: {reason}; make it readable") from problem
    if not found:
        raise CopydeskError(f"{args.folder!r} has no article {wanted!r}; see the ids with `copydesk export`")
    return cli.FAILED if failed else cli.OK


def _citation(citation: str, parser: ArgumentParser) -> tuple[str, int]:
    wanted, sign, number = citation.partition("#")
    if not wanted or (sign and not (number.isascii() and number.isdigit() and int(number))):
        parser.error(f"{citation!r} is no citation; write the id of an article and the number of a paragraph: ID#1")
    return wanted, int(number or 0)


def _articles(folder: str, wanted: str) -> Iterator[Article]:
    """Give the articles with an id; only a file that holds it is taken apart."""
    said = wanted.encode()
    for path in corpus.files(folder) if Path(folder).is_dir() else (folder,):
        if said in Path(path).read_bytes():
            article = read(path)
            if article.id == wanted:
                yield article


def _traced(article: Article, number: int, args: Namespace) -> bool:
    """Print the places of an article's paragraphs, or why there are none."""
    found = paragraphs(article.body)
    if number > len(found):
        fact = f"it has {len(found)} {'paragraph' if len(found) == 1 else 'paragraphs'}, and no number {number}"
        return _refused(article, f"{fact}; count from 1")
    traced = trace(article, found, args.captures)
    if traced.reason:
        return _refused(article, REASONS[traced.reason].format_map(article.frontmatter))
    for paragraph in found[number - 1 : number] if number else found:
        _print(article, paragraph, traced, as_json=args.json)
    return True


def _refused(article: Article, why: str) -> bool:
    print(f"copydesk trace: {article.path}: {why}", file=sys.stderr)
    return False


def _print(article: Article, paragraph: Paragraph, traced: Traced, *, as_json: bool) -> None:
    places, texts = traced.places[paragraph.number - 1], traced.texts[paragraph.number - 1]
    if not as_json:
        where = places[0]._replace(end_line=places[-1].end_line, end_column=places[-1].end_column)
        print(f"{traced.capture}:{where}: {paragraph.text}")
        return
    said: dict[str, Any] = {"id": article.id, **paragraph._asdict(), "path": article.path, "capture": traced.capture}
    said["input_sha256"] = article.frontmatter["input_sha256"]
    said["places"] = [{**place._asdict(), "text": text} for place, text in zip(places, texts, strict=True)]
    print(json.dumps(said, ensure_ascii=False))
