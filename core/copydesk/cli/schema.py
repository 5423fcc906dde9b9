"""Print a schema of the frontmatter as YAML, or as JSON Schema; without NAME that of every article."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace

from copydesk import cli, schema


def options(parser: ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("name", nargs="?", default="article", metavar="NAME",
                        help=f"one of {', '.join(schema.names())}")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print JSON Schema 2020-12 as JSON")


def run(args: Namespace, parser: ArgumentParser) -> int:
    """Print the schema as it is installed."""
    if args.json:
        print(json.dumps(schema.load(args.name), ensure_ascii=False, indent=2))
    else:
        print(schema.text(args.name), end="")
    return cli.OK
