"""Check Markdown files that Copydesk wrote: frontmatter against the schema, bodies against their hashes and ids, names.

PATH is a file, or a folder whose .md files are checked all the way down; hidden folders are passed over.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from copydesk import check, cli
from copydesk.check import Fault

_ANNOTATIONS = {check.ERROR: "error", check.INFO: "notice"}


def options(parser: ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="Markdown file or folder")
    parser.add_argument("--format", choices=FORMATS, default="text",
                        help="text: `file:line: key: fact, remedy`; json: one line of JSON a fault; "
                             "github: annotations of GitHub Actions")  # fmt: skip
    parser.add_argument("--json", dest="format", action="store_const", const="json", help="the same as --format json")
    parser.add_argument("--fail-on", choices=("never", "error", "info"), default="error",
                        help="what makes the exit code other than 0: error (1), or info too (4)")  # fmt: skip
    parser.add_argument("-q", "--quiet", action="store_true", help="show errors only, not what a person may do")


def run(args: Namespace, parser: ArgumentParser) -> int:
    """Print each fault; the exit code is 1 if one is an error."""
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
            print(FORMATS[args.format](fault))
    print(f"{errors} {'error' if errors == 1 else 'errors'}, {others} worth knowing", file=sys.stderr)
    return _code(args.fail_on, errors, others)


def _code(fail_on: str, errors: int, others: int) -> int:
    if errors and fail_on != "never":
        return cli.FAILED
    return cli.DIAGNOSTIC if others and fail_on == "info" else cli.OK


def _json(fault: Fault) -> str:
    return json.dumps(fault._asdict(), ensure_ascii=False)


def _annotation(fault: Fault) -> str:
    """Return a workflow command of GitHub Actions; in its properties `:` and `,` would end one."""
    title = f"{fault.key}: {fault.message}" if fault.key else fault.message
    said = f"{title}, {fault.remedy}" if fault.remedy else title
    place = f"file={_property(fault.path)},line={fault.line}"
    return f"::{_ANNOTATIONS[fault.severity]} {place},title={_property(fault.key or 'copydesk')}::{_data(said)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Fault], str]] = {"text": str, "json": _json, "github": _annotation}
"""The forms in which a fault is printed."""
