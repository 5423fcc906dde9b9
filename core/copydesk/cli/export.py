"""Export a folder of Markdown files to one file: JSON Lines, Parquet, SQLite with full-text search, or CSL-JSON.

A file whose frontmatter the schema refuses is told with its line, and the others are exported.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import BinaryIO

from copydesk import cli
from copydesk.export.files import replacing
from copydesk.export.records import Record, Tally, records

FORMATS = ("jsonl", "parquet", "sqlite", "csl")


def options(parser: ArgumentParser) -> None:
    """Declare the options of the command."""
    add = parser.add_argument
    add("folder", metavar="DIR", help="folder of Markdown files, searched all the way down")
    add("--to", choices=FORMATS, required=True, help="what to write; parquet needs copydesk[parquet]")
    add("-o", "--out", default="", metavar="FILE", help="write this file; jsonl and csl can go to standard output")
    add("--captures", default="", metavar="ROOT", help="folder of the captures; gives each paragraph its places")
    add("-q", "--quiet", action="store_true", help="show nothing but the files that were refused")


def run(args: Namespace, parser: ArgumentParser) -> int:
    """Write the export; the exit code is 1 if a file was refused."""
    _check_usage(args, parser)
    tally = Tally()
    cli.collect_garbage()
    found = _told(args, tally)
    if args.out:
        with replacing(args.out) as place:
            _write(args.to, found, place, tally)
    else:
        _write(args.to, found, "", tally)
    if not args.quiet:
        print(_summary(tally), file=sys.stderr)
    return cli.FAILED if tally.refused or tally.folders else cli.OK


def _check_usage(args: Namespace, parser: ArgumentParser) -> None:
    for folder in filter(None, (args.folder, args.captures)):
        try:
            os.scandir(folder).close()
        except OSError as problem:
            parser.error(f"{folder!r} cannot be listed: {problem.strerror}; name a folder")
    if not args.out and args.to in ("parquet", "sqlite"):
        parser.error(f"--to {args.to} needs a file to write; name one with -o FILE")
    if args.out.lower().endswith(".md"):
        parser.error(f"-o {args.out!r} would be taken for an article; name it otherwise")


def _told(args: Namespace, tally: Tally) -> Iterator[Record]:
    """Give the records, and tell of each file that has none as soon as it is met."""
    for record in records(args.folder, tally, captures=args.captures):
        _tell(tally)
        if record is not None:
            tally.exported += 1
            yield record
    _tell(tally)


def _tell(tally: Tally) -> None:
    for fault in tally.told():
        print(fault, file=sys.stderr)


def _write(to: str, found: Iterator[Record], place: str, tally: Tally) -> None:
    if to == "sqlite":
        from copydesk.export import sqlite

        sqlite.write(found, place)
    elif to == "parquet":
        from copydesk.export import parquet

        parquet.write(found, place)
    elif place:
        with open(place, "wb") as stream:
            _write_text(to, found, stream, tally)
    else:
        sys.stdout.flush()
        _write_text(to, found, sys.stdout.buffer, tally)
        sys.stdout.buffer.flush()


def _write_text(to: str, found: Iterator[Record], stream: BinaryIO, tally: Tally) -> None:
    from copydesk.export import csl, jsonl

    if to == "csl":
        csl.write(found, stream, tally)
    else:
        jsonl.write(found, stream)


def _summary(tally: Tally) -> str:
    files = f"{tally.files} {'file' if tally.files == 1 else 'files'}"
    said = f"{files} = {tally.exported} exported + {tally.refused} refused"
    if tally.merged:
        said += f" + {tally.merged} of an article that was exported before"
    unplaced = {reason: count for reason, count in sorted(tally.unplaced.items()) if count}
    if unplaced:
        reasons = ", ".join(f"{count} {reason}" for reason, count in unplaced.items())
        said += f"; without places in their captures: {reasons}"
    if tally.folders:
        said += f"; {tally.folders} folders cannot be listed"
    if tally.passed_over:
        kinds = ", ".join(f"{count} {kind or 'without suffix'}" for kind, count in sorted(tally.passed_over.items()))
        said += f"; passed over: {kinds}"
    return said
