"""Convert again what was rejected or failed in a run, as its report says, and put what becomes of it into the report.

The settings are those of the run. What was written is left alone; outputs get the names that they would have had.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator

from copydesk import cli, files
from copydesk.batch import report
from copydesk.batch.recorder import Recorder
from copydesk.batch.stopping import Stop
from copydesk.batch.values import Outcome
from copydesk.cli.convert import check_running, engine_of, ledger_of, running_options
from copydesk.cli.telling import tell_all
from copydesk.convert import Run
from copydesk.desk.selection import host_of
from copydesk.errors import CopydeskError
from copydesk.inputs import STDIN, SUFFIXES, Input, Sighting, identified
from copydesk.inputs.folders import is_container
from copydesk.inputs.values import INSIDE


def options(parser: ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("report", metavar="REPORT", help="a file that `copydesk convert --report` wrote")
    running_options(parser)


def run(args: Namespace, parser: ArgumentParser) -> int:
    """Convert what was stopped, and write the report anew when all is done, or what could be."""
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
    recorder = Recorder("", args.quarantine, kept.settings, host_of(kept.settings.plugins))
    with Stop() as stop, ledger_of(args) as ledger, recorder:
        run = Run(kept.settings, ledger, anew=True, again=True)
        run.list((Sighting((number, item.relative, item.number), identified(item), item)
                  for number, item in enumerate(_items(stopped, kept))), others)  # fmt: skip
        outcomes = _kept(run.outcomes(stop.over(engine_of(args, run.total))), again)
        code = tell_all(outcomes, {}, args, recorder, stop, run.total)
    mended = {outcome.input for outcome in stopped} - {*again} if code < cli.SIGNALLED else set()
    _rewrite(args.report, kept, again, mended)
    return code if stopped else cli.OK


def _items(stopped: list[Outcome], kept: report.Kept) -> Iterator[Input]:
    """Give the inputs of outcomes; members are looked for in their containers as these are now.

    In the place of a container that was damaged come all of its members that are not in the report, and the fault if it
    is still there.
    """
    known = {outcome.input for outcome in kept.outcomes}
    listings: dict[str, dict[str, Input]] = {}
    for outcome in stopped:
        path = outcome.input.removesuffix(f"{INSIDE}{outcome.inside}") if outcome.inside else outcome.input
        if not (outcome.inside or is_container(path)):
            yield Input(outcome.input, outcome.relative)
            continue
        found = listings[path] = listings.get(path) or _listing(path, kept.settings.fields)
        if outcome.inside:
            yield found.get(outcome.input, _gone(path, outcome, found))._replace(relative=outcome.relative)
        else:
            yield from (_below(item, outcome) for shown, item in found.items() if shown not in known or shown == path)


def _listing(path: str, fields: str) -> dict[str, Input]:
    from copydesk.inputs.containers import members

    seen = members(path, files.name_of(path), SUFFIXES, fields)
    return {item.shown: item for _, item, _ in seen if item is not None}


def _below(item: Input, container: Outcome) -> Input:
    """Return an input as if its container had been found where that of an outcome was."""
    folder, slash, _ = container.relative.rpartition("/")
    return item._replace(relative=f"{folder}{slash}{item.relative}")


def _gone(path: str, outcome: Outcome, found: dict[str, Input]) -> Input:
    reason = f"{path!r}: {outcome.inside!r} is not in it any more; give the container as it was"
    if path in found:
        reason = found[path].reason
    return Input(path, outcome.relative, outcome.inside, fault="read", reason=reason)


def _kept(outcomes: Iterator[Outcome], again: dict[str, Outcome]) -> Iterator[Outcome]:
    for outcome in outcomes:
        again[outcome.input] = outcome
        yield outcome


def _rewrite(path: str, kept: report.Kept, again: dict[str, Outcome], mended: set[str]) -> None:
    """Put the new outcomes into the report in the place of the old ones, and those of new members behind them."""
    outcomes = [again.pop(outcome.input, outcome) for outcome in kept.outcomes if outcome.input not in mended]
    outcomes += again.values()
    counts = Counter(outcome.status for outcome in outcomes)
    rows = [report.opening(kept.settings, host_of(kept.settings.plugins)), *map(report.line, outcomes),
            *report.groups(outcomes), *kept.gone]  # fmt: skip
    if kept.summary:
        rows.append(report.closing(counts, kept.summary.get("passed_over", {})))
    report.replace(path, rows)
