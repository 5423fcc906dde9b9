"""Convert again what was rejected or failed in a run, as its report says, and put what becomes of it into the report.

The settings are those of the run. What was written is left alone; outputs get the names that they would have had.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator

from copydesk import cli
from copydesk.batch import report
from copydesk.batch.recorder import Recorder
from copydesk.batch.values import Outcome
from copydesk.cli.convert import check_running, engine_of, running_options, tell_all
from copydesk.convert import convert
from copydesk.desk.selection import host_of
from copydesk.errors import CopydeskError
from copydesk.inputs import STDIN, Input


def options(parser: ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("report", metavar="REPORT", help="a file that `copydesk convert --report` wrote")
    running_options(parser)


def run(args: Namespace, parser: ArgumentParser) -> int:
    """Convert what was stopped, and write the report anew when all is done."""
    check_running(args, parser)
    kept = report.read(args.report)
    if not kept.settings.out:
        raise CopydeskError(f"{args.report}: its run wrote no files, so there is nothing to do again; convert with -o")
    if not kept.summary:
        print(f"{args.report}: the run was interrupted, and the inputs that it did not reach are not in its report; "
              "convert them with the command of that run", file=sys.stderr)  # fmt: skip
    stopped = [outcome for outcome in kept.outcomes if not outcome.id and outcome.input != STDIN]
    others = [outcome for outcome in kept.outcomes if outcome.id]
    args.out = kept.settings.out
    again: dict[str, Outcome] = {}
    outcomes = convert([Input(outcome.input, outcome.relative) for outcome in stopped], kept.settings,
                       engine_of(args, args.out, len(stopped)), others)  # fmt: skip
    with Recorder("", args.quarantine, kept.settings, host_of(kept.settings.plugins)) as recorder:
        code = tell_all(_kept(outcomes, again), {}, args, recorder)
    _rewrite(args.report, kept, again)
    return code if stopped else cli.OK


def _kept(outcomes: Iterator[Outcome], again: dict[str, Outcome]) -> Iterator[Outcome]:
    for outcome in outcomes:
        again[outcome.input] = outcome
        yield outcome


def _rewrite(path: str, kept: report.Kept, again: dict[str, Outcome]) -> None:
    """Put the new outcomes into the report in the place of the old ones."""
    outcomes = [again.get(outcome.input, outcome) for outcome in kept.outcomes]
    counts = Counter(outcome.status for outcome in outcomes)
    rows = [report.opening(kept.settings, host_of(kept.settings.plugins)), *map(report.line, outcomes)]
    if kept.summary:
        rows.append(report.closing(counts, kept.summary.get("passed_over", {})))
    report.replace(path, rows)
