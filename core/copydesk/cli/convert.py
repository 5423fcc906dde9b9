"""Turn captures into Markdown files with checked frontmatter.

INPUT is a capture, saved as text or as HTML: a file, a folder (its .txt, .text, .html, .htm and .xhtml files, all the
way down), a pattern such as 'in/**/*.html', or - for standard input. A container stands for all that is in it: .zip,
.tar (.gz, .bz2, .xz, .zst), .warc and .wet (.gz), .jsonl (.gz, .zst). One input without -o is written to standard
output; several, a folder or a container need -o.
"""

from __future__ import annotations

import gc
import os
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator
from typing import Any

from copydesk import cli, inputs
from copydesk.batch.engines import Apart, Engine, here
from copydesk.batch.recorder import Recorder
from copydesk.batch.values import STATUSES, Outcome, Settings
from copydesk.cli import selecting
from copydesk.convert import convert
from copydesk.errors import CopydeskError

TIMEOUT = 30
"""So many seconds a document may take: a thousand times what one takes."""

MEMORY = 2048
"""So much memory, in MiB, a process may take: ten times what the largest page does."""

FAIL_ON = ("never", "failed", "rejected", "diagnostic")


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
    add("--memory", type=int, default=MEMORY, metavar="MIB",
        help="what such a process may take (%(default)s; 0: no limit; on Linux)")  # fmt: skip
    add("--quarantine", default="", metavar="DIR",
        help="keep what was rejected or failed in this folder, each capture beside the reason")  # fmt: skip
    add("--fail-on", choices=FAIL_ON, default="rejected", help="what makes the exit code other than 0 (%(default)s)")
    add("--json", action="store_true", help="print one line of JSON an input, and a last one with the counts")
    add("-v", "--verbose", action="store_true", help="show every outcome and every diagnostic")
    add("-q", "--quiet", action="store_true", help="show nothing but what was rejected or failed")


def run(args: Namespace, parser: ArgumentParser) -> int:
    """Convert the inputs; results go to standard output, all else to standard error."""
    found = _found(args, parser)
    _check_usage(args, parser, found)
    host = selecting.host(args)  # loaded here, so that what is left out is said before all else
    settings = Settings(args.out, args.name, args.force, args.strict, args.related, args.encoding, args.url,
                        args.captured, selecting.selection(args), args.fields)  # fmt: skip
    with Recorder(args.report, args.quarantine, settings, host) as recorder:
        outcomes = convert(found.inputs, settings, engine_of(args, args.out, len(found.inputs)))
        return tell_all(outcomes, found.passed_over, args, recorder)


def _found(args: Namespace, parser: ArgumentParser) -> inputs.Found:
    if not (args.inputs or args.from_file):
        parser.error("no inputs; name a file, a folder, a container or - for standard input, or a list by --from-file")
    if args.from_file == inputs.STDIN and inputs.STDIN in args.inputs:
        parser.error("standard input is either a capture (-) or a list (--from-file -)")
    if args.fields:
        from copydesk.inputs.jsonl import parsed

        parsed(args.fields)
    listed: list[str] = []
    if args.from_file:
        from copydesk.inputs.lists import paths

        listed = paths(args.from_file)
    return inputs.find(args.inputs, fields=args.fields, listed=listed)


def tell_all(outcomes: Iterator[Outcome], passed_over: dict[str, int], args: Namespace, recorder: Recorder) -> int:
    """Tell of each outcome as it comes, and at last how many there were; return the exit code."""
    counts: Counter[str] = Counter()
    try:
        for outcome in outcomes:
            recorder.add(outcome)
            _tell(outcome, args)
            counts[outcome.status] += 1  # what could not be kept or told is not claimed
            counts["diagnostics"] += any(found.severity == "warning" for found in outcome.diagnostics)
            if not gc.isenabled():
                cli.collect_garbage()
        recorder.end(counts, passed_over)
    finally:
        _sum_up(counts, passed_over, args)
    return _exit_code(counts, args.fail_on)


def engine_of(args: Namespace, out: str, inputs: int) -> Engine:
    """Return what does the work: processes of their own for many inputs, or where somebody asks for it."""
    asked = args.timeout is not None or args.jobs > 1
    timeout = TIMEOUT if args.timeout is None else args.timeout
    if not timeout or not (asked or (out and inputs > 1)):
        return here
    return Apart(args.jobs, timeout, args.memory)


def _check_usage(args: Namespace, parser: ArgumentParser, found: inputs.Found) -> None:
    alone = len(found.inputs) == 1
    if not args.out and not (alone and found.inputs[0].shown in _plain(args.inputs)):
        parser.error(f"{len(found.inputs)} inputs need a folder to go to; name one with -o DIR")
    if (args.url or args.captured) and not alone:
        parser.error(f"--url and --captured are about one capture, and there are {len(found.inputs)} inputs")
    check_running(args, parser)
    if args.name not in ("mirror", "dated"):
        _check_template(args.name, parser)
    if args.captured and not _is_day(args.captured):
        parser.error(f"--captured {args.captured!r} is no day; write it as YYYY-MM-DD")


def _plain(arguments: list[str]) -> list[str]:
    """Return the arguments as the paths of inputs that they are themselves, if there is one."""
    return [argument.replace(os.sep, "/") for argument in arguments] if len(arguments) == 1 else []


def check_running(args: Namespace, parser: ArgumentParser) -> None:
    """End the command where the options of a run make no sense."""
    if args.jobs < 1:
        parser.error(f"--jobs {args.jobs}: at least one process does the work")
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


def _tell(outcome: Outcome, args: Namespace) -> None:
    if args.json:
        from copydesk.batch.report import as_json

        print(as_json(_as_json(outcome)))
    elif outcome.document is not None and not args.out:
        sys.stdout.flush()
        sys.stdout.buffer.write(outcome.document.markdown.encode("utf-8"))
        sys.stdout.buffer.flush()
    if not outcome.id:
        print(f"{outcome.input}: {outcome.status}: {outcome.code}: {outcome.message}", file=sys.stderr)
    elif not args.quiet:
        _tell_more(outcome, verbose=args.verbose)
    if outcome.overwrote:  # even when quiet: here a person's work is lost
        print(f"{outcome.input}: overwrote {outcome.output}: {outcome.overwrote}", file=sys.stderr)


def _tell_more(outcome: Outcome, *, verbose: bool) -> None:
    if verbose:
        print(f"{outcome.input}: {outcome.status}: {outcome.output}", file=sys.stderr)
    for found in outcome.diagnostics:
        if verbose or found.severity == "warning":
            place = f"{outcome.input}:{found.line}" if found.line else outcome.input
            print(f"{place}: {found.severity}: {found.code}: {found.message}", file=sys.stderr)


def _as_json(outcome: Outcome) -> dict[str, Any]:
    from copydesk.batch.report import line

    row = line(outcome)
    if outcome.document is not None:
        row |= {"frontmatter": outcome.document.frontmatter, "body": outcome.document.body}
    return row


def _sum_up(counts: Counter[str], passed_over: dict[str, int], args: Namespace) -> None:
    total = sum(counts[status] for status in STATUSES)
    if args.json:
        import json

        from copydesk.batch.report import closing

        print(json.dumps(closing(counts, passed_over)))
    if args.quiet:
        return
    said = f"{total} {'input' if total == 1 else 'inputs'} = " + " + ".join(f"{counts[s]} {s}" for s in STATUSES)
    if counts["diagnostics"]:
        said += f"; {counts['diagnostics']} with warnings"
    if passed_over:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(passed_over.items()))
        said += f"; other files passed over: {kinds}"
    print(said, file=sys.stderr)


def _exit_code(counts: Counter[str], fail_on: str) -> int:
    strictness = FAIL_ON.index(fail_on)
    if counts["failed"] and strictness >= 1:
        return cli.FAILED
    if counts["rejected"] and strictness >= 2:
        return cli.REJECTED
    if counts["diagnostics"] and strictness >= 3:
        return cli.DIAGNOSTIC
    return cli.OK
