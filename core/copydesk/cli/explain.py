"""Show each line of a capture with its place, its role and the rule that gave it.

A capture that is rejected is shown too, with the reason: all its lines are unread.
"""

from __future__ import annotations

import json
import shutil
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from copydesk import account, cli, inputs
from copydesk.account import Row
from copydesk.cli import rehearsing, selecting
from copydesk.contract.layouts import OUTSIDE
from copydesk.errors import CopydeskError, Rejection
from copydesk.inputs import Input
from copydesk.inputs.values import INSIDE
from copydesk.page import paginate
from copydesk.pipeline import normalize
from copydesk.values.capture import Capture
from copydesk.values.document import Document
from copydesk.values.reading import unread
from copydesk.values.roles import BODY, Role

FEW = 3
"""So many blocks outside the article are shown in a row; of more the first and their number."""

NARROW = 100
"""Columns to show where the output is no terminal."""


def options(parser: ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("file", metavar="FILE", help="a capture, container!member, or - for standard input")
    parser.add_argument("--url", default="", help="address of the captured page")
    parser.add_argument("--captured", default="", metavar="DAY", help="day of the capture, YYYY-MM-DD")
    parser.add_argument("--encoding", default="", help="character set of the capture, as the server said it")
    parser.add_argument("--full", action="store_true", help="show each line whole")
    parser.add_argument("--all", action="store_true", help="show what is outside the article of an HTML page, too")
    parser.add_argument("--paths", action="store_true", help="show the XPath of each block of an HTML page")
    parser.add_argument("--json", action="store_true", help="print the account as one JSON object")
    parser.add_argument("--plugin", default="", metavar="NAME",
                        help="show what each rule of a plugin did, and which layouts were tried")  # fmt: skip
    parser.add_argument("--watch", action="store_true", help="show it anew whenever the capture or a plugin changes")
    selecting.options(parser)


def run(args: Namespace, parser: ArgumentParser) -> int:
    """Print the account of one capture."""
    if Path(args.file).is_dir():
        parser.error(f"{args.file!r} is a folder; name one capture")
    item = _only(args.file, parser)
    if args.watch:
        return _watch(args, item.path, parser)
    try:
        capture = Capture(inputs.read(item), item.shown, args.url or item.url, args.captured or item.captured,
                          args.encoding or item.encoding)  # fmt: skip
    except Rejection as problem:
        return _refused(problem, [], args)
    host = selecting.host(args)
    if args.plugin:
        rehearsing.check_known(args.plugin, host)
    try:
        if args.plugin:
            return rehearsing.show(capture, host, args.plugin, as_json=args.json)
        document = normalize(capture, host=host)
    except CopydeskError as problem:
        return _refused(problem, _unread_rows(capture), args)
    if args.json:
        print(json.dumps(account.as_json(document.account, document.elements), ensure_ascii=False, indent=1))
    else:
        _print_rows(account.rows(document.account.reading), args)
        _print_rest(document)
    return cli.OK


def _only(file: str, parser: ArgumentParser) -> Input:
    """Return the one capture that is named: a file, or a member of a container as `container!member`."""
    path, _, inside = (file, "", "") if Path(file).exists() else file.partition(INSIDE)
    found = [item for item in inputs.find([path]).inputs if not inside or item.inside == inside]
    if not found:
        parser.error(f"{path!r} has no member {inside!r}")
    if len(found) > 1:
        parser.error(f"{file!r} holds {len(found)} captures; name one of them, such as {found[0].shown!r}")
    return found[0]


def _watch(args: Namespace, path: str, parser: ArgumentParser) -> int:
    from copydesk.cli.watching import watch

    if args.file == inputs.STDIN:
        parser.error("standard input cannot be watched; name a file")
    command = [argument for argument in args.arguments if argument != "--watch"]
    return watch(["explain", *command], [path], selecting.selection(args))


def _unread_rows(capture: Capture) -> list[Row]:
    try:
        return account.rows(unread(capture, paginate(capture)))
    except Rejection:
        return []


def _refused(problem: CopydeskError, rows: list[Row], args: Namespace) -> int:
    rejected = isinstance(problem, Rejection)
    if args.json:
        said = {"status": "rejected" if rejected else "failed", "message": str(problem)}
        print(json.dumps(said | {"spans": [row._asdict() for row in rows]}, ensure_ascii=False, indent=1))
    else:
        _print_rows(rows, args)
    print(f"{args.file}: {'rejected' if rejected else 'failed'}: {problem}", file=sys.stderr)
    return cli.REJECTED if rejected else cli.FAILED


def _print_rows(rows: list[Row], args: Namespace) -> None:
    if not rows:
        return
    rows = rows if args.all else list(_without_much_outside(rows))
    paint = _painter()
    places = [f"{row.line}:{row.column}" for row in rows]
    wide = [max(map(len, column)) for column in (places, [row.role for row in rows], [row.rule for row in rows])]
    width = 1 << 30 if args.full else shutil.get_terminal_size((NARROW, 0)).columns - sum(wide) - 6
    for place, row in zip(places, rows, strict=True):
        text = _shortened(row.text, max(width, 20))
        paint(f"{place:>{wide[0]}}  {row.role:<{wide[1]}}  {row.rule:<{wide[2]}}  {text}", row.role)
        if args.paths and row.path:
            paint(" " * wide[0] + f"  {row.path}", row.role)


def _without_much_outside(rows: list[Row]) -> Iterator[Row]:
    """Give the rows, and of many in a row that stand outside the article the first, with how many follow it."""
    for outside, run in groupby(rows, key=lambda row: row.rule.endswith(OUTSIDE)):
        found = list(run)
        if not outside or len(found) <= FEW:
            yield from found
        else:
            yield found[0]
            yield found[1]._replace(text=f"... {len(found) - 1} more to line {found[-1].line}; --all shows them")


def _shortened(text: str, width: int) -> str:
    shown = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)
    return shown if len(shown) <= width else shown[: width - 1] + "…"


def _painter() -> Any:
    """Return what prints a line: with colours by role on a terminal, and plainly elsewhere."""
    if not sys.stdout.isatty():
        return lambda line, _: print(line.rstrip())
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    return lambda line, role: console.print(Text(line.rstrip(), _colour(role)), no_wrap=True, overflow="ellipsis")


def _colour(role: str) -> str:
    if role == Role.UNREAD:
        return "bold red"
    if role == Role.TITLE:
        return "bold"
    if Role(role) in BODY:
        return "green"
    return "dim" if role in (Role.FURNITURE, Role.RELATED) else "cyan"


def _print_rest(document: Document) -> None:
    found = document.account
    related = len(found.related)
    print(f"\n{found.layout}, source {found.source}: {len(document.elements)} blocks of body, {related} related items, "
          f"{len(found.unread())} unread")  # fmt: skip
    for key, value in document.frontmatter.items():
        if key in ("id", "title", "date", "dateline_date", "captured", "author"):
            print(f"  {key:<14} {', '.join(value) if isinstance(value, list) else value}")
    for line in _said(document):
        print(line)


def _said(document: Document) -> Iterable[str]:
    for found in document.account.diagnostics:
        place = f"line {found.line}: " if found.line else ""
        yield f"  {found.severity}: {place}{found.code}: {found.message}"
