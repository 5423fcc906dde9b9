"""Write the package of a new source from samples: captures of its pages, saved as text or as HTML.

The samples are looked at: whether a known layout reads them, which lines recur in all of them and which differ. What is
proposed has read all samples before it is written; what is a guess says so in the code. Two samples tell more than one.
"""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from pathlib import Path

from copydesk import __version__, cli
from copydesk.cli import selecting
from copydesk.desk.load import OWN, Plugin
from copydesk.new_source.bundled import REMAINS, add_entry_point, bundle_of, checkout_of
from copydesk.new_source.package import VERSION, distribution_of, package_of, write
from copydesk.new_source.propose import Proposal, Said, check_name, module_of, propose
from copydesk.new_source.samples import Hints, SampleError, samples_of
from copydesk.new_source.table import table_of

NEXT = (
    "cd {folder}",
    "pip install -e '.[test]'",
    "copydesk plugins",
    "copydesk fixtures accept cases   # when you have read what is proposed",
    "pytest",
)


def options(parser: ArgumentParser) -> None:
    """Declare the options of the command."""
    add = parser.add_argument
    add("name", metavar="NAME", help="id of the source: lower-case letters, digits and hyphens, such as harbour-post")
    add("samples", nargs="+", metavar="SAMPLE", help="a capture of a page of the source, or a folder of such")
    add("--out", default="", metavar="DIR", help="the folder to be made (copydesk-NAME unless given)")
    add("--into", default="", metavar="DIR", help="write a bundled source into plugins/ of a checkout of Copydesk")
    add("--title", default="", help="name of the publisher")
    add("--label", action="append", default=[], help="a label that archives print for it; may be given again")
    add("--host", action="append", default=[], help="a host of its pages, such as example.org; may be given again")
    add("--lang", default="", metavar="CODE", help="language of its pages, where they do not tell it, such as en")
    add("--url", action="append", default=[], help="address of a sample; given once for each, in their order")
    add("--captured", action="append", default=[], metavar="DAY",
        help="day of the capture, YYYY-MM-DD; once for all samples, or for each")  # fmt: skip
    add("--encoding", default="", help="character set of the samples, as the server said it")
    selecting.options(parser)


def run(args: Namespace, parser: ArgumentParser) -> int:
    """Look at the samples, print what was found, and write the package."""
    _check_usage(args, parser)
    host = selecting.host(args)
    check_name(args.name, host)
    root = checkout_of(Path(args.into)) if args.into else None
    folder = Path(args.out or distribution_of(args.name))
    if root is None and folder.exists():
        raise SampleError(f"{folder.as_posix()!r} is there already; move it away, or name another folder with --out")
    samples = samples_of(args.samples, Hints(tuple(args.url), tuple(args.captured), args.encoding), host)
    said = Said(args.title, tuple(args.label), tuple(at.casefold() for at in args.host), args.lang)
    if root is None:
        plugin = Plugin(args.name, VERSION, f"{distribution_of(args.name)} {VERSION}")
        proposal = propose(samples, said, plugin, f"{module_of(args.name)}:article.yaml", host)
        write(package_of(proposal), folder)
        _tell(proposal, f"wrote {folder.as_posix()}; next:", [step.format(folder=folder.as_posix()) for step in NEXT])
    else:
        plugin = Plugin(args.name, __version__, f"{OWN} {__version__}")
        proposal = propose(samples, said, plugin, args.name, host)
        write(bundle_of(proposal, root), root)
        add_entry_point(args.name, root)
        _tell(proposal, f"wrote plugins/{module_of(args.name)} and its entry point; what remains to be done:",
              [step.format(name=args.name) for step in REMAINS])  # fmt: skip
    return cli.OK


def _check_usage(args: Namespace, parser: ArgumentParser) -> None:
    if args.out and args.into:
        parser.error("--out and --into exclude each other: a package of its own, or a bundled source")
    if args.title and not (args.title.isprintable() and args.title.strip() and len(args.title) <= 80):
        parser.error(f"--title {args.title!r}: give a name of 80 printable characters at most")
    for host in args.host:
        if "/" in host or ":" in host:
            parser.error(f"--host {host!r} is no host; write it like example.org")
    if args.lang and not re.fullmatch("[a-z]{2,3}", args.lang):
        parser.error(f"--lang {args.lang!r} is no code of a language; write it like en")
    for day in args.captured:
        if not _is_day(day):
            parser.error(f"--captured {day!r} is no day; write it as YYYY-MM-DD")


def _is_day(text: str) -> bool:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _tell(proposal: Proposal, heading: str, steps: list[str]) -> None:
    print("\n".join(table_of(proposal)))
    print(heading)
    print("\n".join(f"  {step}" for step in steps))
