"""Print a schema of the frontmatter: as YAML, or in the shape that another tool wants.

NAME is one of Copydesk's own schemas, the id of a source whose plugin is installed, or `package:file.yaml`; without
it the schema of every article is printed.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from copydesk import cli, schema
from copydesk.shapes import SHAPES, shaped


def options(parser: ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("name", nargs="?", default="article", metavar="NAME",
                        help=f"one of {', '.join(schema.names())}, a source, or package:file.yaml")  # fmt: skip
    parser.add_argument("--as", dest="shape", choices=SHAPES, default="yaml", metavar="SHAPE",
                        help="; ".join(f"{shape}: {what}" for shape, what in SHAPES.items()))  # fmt: skip
    parser.add_argument("--json", dest="shape", action="store_const", const="json", help="the same as --as json")


def run(args: Namespace, parser: ArgumentParser) -> int:
    """Print the schema as it is installed."""
    print(shaped(_found(args.name), args.shape), end="")
    return cli.OK


def _found(name: str) -> str:
    """Return the name of a schema; what is none may be a source, and to know that the plugins are loaded."""
    if ":" in name or name in schema.names():
        return name
    from copydesk.source_schema import of_source

    return of_source(name) or name
