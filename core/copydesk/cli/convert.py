"""Turn captures into Markdown files with checked frontmatter.

INPUT is a capture, saved as text or as HTML: a file, a folder (its .txt, .text, .html, .htm and .xhtml files, all the
way down), a pattern such as 'in/**/*.html', or - for standard input. A container stands for all that is in it: .zip,
.tar (.gz, .bz2, .xz, .zst), .warc and .wet (.gz), .jsonl (.gz, .zst). One input without -o is written to standard
output; several, a folder or a container need -o.
"""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from copydesk import cli, files, inputs
from copydesk.batch.engines import Apart, Engine, here
from copydesk.batch.recorder import Recorder
from copydesk.batch.values import Settings
from copydesk.cli import selecting
from copydesk.cli.telling import FAIL_ON, say, tell_all
from copydesk.convert import Run, convert
from copydesk.errors import CopydeskError

if TYPE_CHECKING:
    from copydesk.batch.stopping import Stop
    from copydesk.ledger import Ledger

TIMEOUT = 30
"""So many seconds a document may take: a thousand times what one takes."""

MEMORY = 2048
"""So much memory, in MiB, a process may take: ten times what the largest page does."""


def options(parser: ArgumentParser) -> None:
    """Declare the options of the command."""
    add = parser.add_argument
    add("inputs", nargs="*", metavar="INPUT", help="file, folder, container, pattern, or - for standard input")
    add("--from-file", default="", metavar="FILE",
        help="read more inputs from a list, a path a line or with a NUL behind each (- for standard input)")
    add("--fields", default="", metavar="KEY=FIELD,...",
        help="what the fields of JSON Lines are for: text, url, captured and name, as in text=body,url=link")
    add("-o", "--out", default="", metavar="DIR", help="write into this folder")
    add("--name", default="mirror", metavar="HOW",
        help="mirror (default: as the input), dated (source/year/day-title-id), or a template such as "
             "{source_id}/{year}/{slug}-{id8}")  # fmt: skip
    add("--url", default="", help="address of the captured page (one input only)")
    add("--captured", default="", metavar="DAY", help="day of the capture, YYYY-MM-DD (one input only)")
    add("--encoding", default="", help="character set of the captures, as the server said it")
    add("--related", action="store_true", help="list the page's related items in the frontmatter")
    add("--strict", action="store_true", help="reject a document with a line that no rule has read")
    add("--force", action="store_true", help="overwrite what a person edited, and tell of it; keys they added stay")
    add("--anew", action="store_true", help="convert also what has not changed since the last run")
    add("--prune", action="store_true", help="remove outputs whose input has gone, unless a person edited them")
    add("--report", default="", metavar="FILE", help="write what became of each input into this file, as JSON Lines")
    running_options(parser)
    selecting.options(parser)


def running_options(parser: ArgumentParser) -> None:
    """Declare the options of how a run is done and told, which are the same for each command that converts."""
    add = parser.add_argument
    add("--timeout", type=float, default=None, metavar="SECONDS",
        help=f"what a document may take; it then runs in a process of its own, as several with -o do "
             f"({TIMEOUT} unless given; 0: no limit, all in one process)")  # fmt: skip
    add("-j", "--jobs", type=int, default=1, metavar="N", help="so many processes do the work (%(default)s)")
    add("--scheduler", default="", metavar="ADDRESS",
        help="the workers of this Dask scheduler do the work, as in tcp://host:8786")  # fmt: skip
    add("--memory", type=int, default=MEMORY, metavar="MIB",
        help="what such a process may take (%(default)s; 0: no limit; on Linux)")  # fmt: skip
    add("--quarantine", default="", metavar="DIR",
        help="keep what was rejected or failed in this folder, each capture beside the reason")  # fmt: skip
    add("--ledger", default="", metavar="FILE",
        help="keep what is known of the documents in this file (DIR/.copydesk/ledger.sqlite)")  # fmt: skip
    add("--fail-on", choices=FAIL_ON, default="rejected", help="what makes the exit code other than 0 (%(default)s)")
    add("--json", action="store_true", help="print one line of JSON an input, and a last one with the counts")
    add("-v", "--verbose", action="store_true", help="show every outcome and every diagnostic")
    add("-q", "--quiet", action="store_true", help="show nothing but what was rejected or failed")


def run(args: Namespace, parser: ArgumentParser) -> int:
    """Convert the inputs; results go to standard output, all else to standard error."""
    _check_usage(args, parser)
    settings = Settings(args.out, args.name, args.force, args.strict, args.related, args.encoding, args.url,
                        args.captured, selecting.selection(args), args.fields)  # fmt: skip
    return _into_folder(args, parser, settings) if args.out else _to_output(args, parser, settings)


def _to_output(args: Namespace, parser: ArgumentParser, settings: Settings) -> int:
    """Convert one input to standard output."""
    found = inputs.find(args.inputs, fields=args.fields, listed=_listed(args))
    if not (len(found.inputs) == 1 and found.inputs[0].shown in _plain(args.inputs)):
        parser.error(f"{len(found.inputs)} inputs need a folder to go to; name one with -o DIR")
    host = selecting.host(args)  # loaded here, so that what is left out is said before all else
    with Recorder(args.report, args.quarantine, settings, host) as recorder:
        outcomes = convert(found.inputs, settings, engine_of(args, 1))
        return tell_all(outcomes, found.passed_over, args, recorder)


def _into_folder(args: Namespace, parser: ArgumentParser, settings: Settings) -> int:
    """Convert the inputs into a folder, with its ledger."""
    from copydesk.batch.stopping import Stop

    host = selecting.host(args)
    with Stop() as stop, ledger_of(args) as ledger:
        run = Run(settings, ledger, anew=args.anew, elsewhere=bool(args.scheduler))
        run.list(inputs.sightings(args.inputs, fields=args.fields, listed=_listed(args)))
        if (args.url or args.captured) and run.total != 1:
            parser.error(f"--url and --captured are about one capture, and there are {run.total} inputs")
        with Recorder(args.report, args.quarantine, settings, host) as recorder:
            return tell_run(run, args, recorder, stop, prune=args.prune)


def ledger_of(args: Namespace) -> Ledger:
    """Return the ledger of a run: the one that is named, or that of the folder of the documents."""
    from copydesk.ledger import Ledger

    return Ledger(args.ledger) if args.ledger else Ledger.of(args.out)


def _listed(args: Namespace) -> Iterable[str]:
    if not args.from_file:
        return ()
    from copydesk.inputs.lists import paths

    return paths(args.from_file)


def tell_run(run: Run, args: Namespace, recorder: Recorder, stop: Stop, *, prune: bool = False) -> int:
    """Do a run, and tell of each outcome, of captures of one article, and of outputs whose input has gone."""
    outcomes = run.outcomes(stop.over(engine_of(args, run.total)))
    after = partial(_after, run, args.quiet, prune=prune)
    code = tell_all(outcomes, run.passed_over, args, recorder, stop, run.total, after)
    if run.ledger.trouble:
        say(f"{run.ledger.trouble}; until then each run converts anew what this one did")
    return code or (cli.FAILED if run.ledger.trouble else cli.OK)


def _after(run: Run, quiet: bool, *, prune: bool) -> Iterator[dict[str, Any]]:
    """Give the lines of the report behind those of the inputs, and say what a person should know of them."""
    counts: Counter[str] = Counter()
    yield from run.groups()
    for found in run.gone(prune=prune):
        counts[found.fate] += 1
        if not quiet:
            say(f"{found.output}: {found.fate}: {found.reason}")
        yield {"gone": found._asdict()}
    if (kept := counts["kept"]) and not quiet:
        what = "1 output has no input any more; --prune removes it" if kept == 1 else (
            f"{kept} outputs have no input any more; --prune removes them")  # fmt: skip
        say(what)


def engine_of(args: Namespace, total: int) -> Engine:
    """Return what does the work: processes of their own for many inputs, or where somebody asks for it."""
    asked = args.timeout is not None or args.jobs > 1
    timeout = TIMEOUT if args.timeout is None else args.timeout
    if args.scheduler:
        from copydesk.batch.cluster import Cluster

        return Cluster(args.scheduler, timeout, args.memory)
    if not timeout or not (asked or (args.out and total > 1)):
        return here
    return Apart(args.jobs, timeout, args.memory)


def _check_usage(args: Namespace, parser: ArgumentParser) -> None:
    if not (args.inputs or args.from_file):
        parser.error("no inputs; name a file, a folder, a container or - for standard input, or a list by --from-file")
    if args.from_file == inputs.STDIN and inputs.STDIN in args.inputs:
        parser.error("standard input is either a capture (-) or a list (--from-file -)")
    if args.fields:
        from copydesk.inputs.jsonl import parsed

        parsed(args.fields)
    if not args.out and (args.prune or args.ledger or args.anew):
        parser.error("--prune, --ledger and --anew are about a folder of documents; name it with -o DIR")
    check_running(args, parser)
    if args.name not in ("mirror", "dated"):
        _check_template(args.name, parser)
    if args.captured and not _is_day(args.captured):
        parser.error(f"--captured {args.captured!r} is no day; write it as YYYY-MM-DD")


def _plain(arguments: list[str]) -> list[str]:
    """Return the arguments as the paths of inputs that they are themselves, if there is one."""
    return [files.local(argument).replace(os.sep, "/") for argument in arguments] if len(arguments) == 1 else []


def check_running(args: Namespace, parser: ArgumentParser) -> None:
    """End the command where the options of a run make no sense."""
    if args.jobs < 1:
        parser.error(f"--jobs {args.jobs}: at least one process does the work")
    if args.scheduler and args.jobs > 1:
        parser.error(f"--jobs {args.jobs} is of no use with --scheduler; each thread of its workers has a process")
    if args.timeout is not None and args.timeout < 0:
        parser.error(f"--timeout {args.timeout:g}: give seconds, or 0 for no limit")


def _check_template(template: str, parser: ArgumentParser) -> None:
    """Say what is wrong with a template before the first document needs it."""
    from copydesk.names import from_template

    try:
        from_template(template, {}, "page.txt")
    except CopydeskError as problem:
        parser.error(str(problem))


def _is_day(text: str) -> bool:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
