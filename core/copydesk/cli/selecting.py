"""The options by which a command selects its plugins."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from copydesk.desk.load import Host
from copydesk.desk.selection import FOLDERS, NAMES, Selection, from_environment, host_of


def options(parser: ArgumentParser) -> None:
    """Declare the options."""
    group = parser.add_argument_group("plugins")
    group.add_argument("--only", action="append", default=[], metavar="NAME",
                       help=f"use this plugin and no other; may be given again (or {NAMES}, with commas)")  # fmt: skip
    group.add_argument("--no-plugins", action="store_true", help="use none but Copydesk's own, and those of a folder")
    group.add_argument("--plugins-dir", action="append", default=[], metavar="DIR",
                       help="use the plugins of this folder too, each a .py file; may be given again "
                            f"(or {FOLDERS})")  # fmt: skip


def selection(args: Namespace) -> Selection:
    """Return what the options say, or the environment where they say nothing; folders count together."""
    told = from_environment()
    names = tuple(args.only) or (() if args.no_plugins else told.names)
    return Selection(names, tuple(dict.fromkeys((*told.folders, *args.plugins_dir))), args.no_plugins)


def host(args: Namespace) -> Host:
    """Return the host of the selected plugins, and say on standard error which of them were left out, and why."""
    found = host_of(selection(args))
    for plugin in found.plugins:
        if plugin.state == "left out":
            print(f"plugin {plugin.name} ({plugin.origin}) is left out: {plugin.problem}", file=sys.stderr)
    return found
