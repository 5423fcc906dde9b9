"""List the installed plugins: version, origin, hooks, sources, layouts and state."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace

from copydesk import cli
from copydesk.cli import selecting
from copydesk.desk.load import Plugin, faults
from copydesk.desk.selection import host_of


def options(parser: ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("--json", action="store_true", help="print a list of JSON objects")
    selecting.options(parser)


def run(args: Namespace, parser: ArgumentParser) -> int:
    """Print each plugin; the exit code is 1 if one has a problem."""
    host = host_of(selecting.selection(args))
    said = faults(host)
    plugins = [plugin._replace(problem="; ".join(filter(None, (plugin.problem, *said.get(plugin.name, ())))))
               for plugin in host.plugins]  # fmt: skip
    if args.json:
        print(json.dumps([{**plugin._asdict(), "state": plugin.state} for plugin in plugins], ensure_ascii=False))
    else:
        for plugin in plugins:
            print(_shown(plugin))
    return cli.FAILED if any(plugin.problem for plugin in plugins) else cli.OK


def _shown(plugin: Plugin) -> str:
    rows = [
        ("hooks", ", ".join(plugin.hooks)),
        ("sources", ", ".join(plugin.sources)),
        ("layouts", ", ".join(plugin.layouts)),
        ("problem", plugin.problem),
    ]
    lines = [f"{plugin.name}  ({plugin.origin}): {plugin.state}"]
    return "\n".join(lines + [f"  {name:<8} {value}" for name, value in rows if value])
