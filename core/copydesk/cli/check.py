"""Check Markdown files that Copydesk wrote: frontmatter against the schema, bodies against their hashes.

PATH is a file, or a folder whose .md files are checked all the way down.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from copydesk import check, cli


def options(parser: ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="Markdown file or folder")
    parser.add_argument("--json", action="store_true", help="print one line of JSON a fault")
    parser.add_argument("-q", "--quiet", action="store_true", help="show errors only, not what a person may do")


def run(args: Namespace, parser: ArgumentParser) -> int:
    """Print `file:line: key: fact, remedy` for each fault; the exit code is 1 if one is an error."""
    for path in args.paths:
        if not Path(path).exists():
            parser.error(f"{path!r} does not exist; name a Markdown file or a folder")
    errors = others = 0
    cli.collect_garbage()
    for fault in check.check_tree(args.paths):
        if fault.severity == check.ERROR:
            errors += 1
        else:
            others += 1
        if fault.severity == check.ERROR or not args.quiet:
            print(json.dumps(fault._asdict(), ensure_ascii=False) if args.json else fault)
    print(f"{errors} {'error' if errors == 1 else 'errors'}, {others} worth knowing", file=sys.stderr)
    return cli.FAILED if errors else cli.OK
