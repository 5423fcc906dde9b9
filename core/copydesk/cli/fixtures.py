"""Record what becomes of the cases of a plugin, and accept what a person has looked at.

DIR is a case (a folder with a capture and case.yaml) or holds some, all the way down. `record` proposes what becomes of
each case where that is other than expected, or nothing is expected yet; a check of the case then fails, once, until a
person has read the proposal and says `accept`.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from copydesk import cli
from copydesk.cli import selecting
from copydesk.testing.cases import PROPOSED, Case, CaseError, accept, cases_below, propose


def options(parser: ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("what", choices=("record", "accept"), help="propose what becomes of the cases, or accept that")
    parser.add_argument("folders", nargs="+", metavar="DIR", help="a case, or a folder with cases")
    selecting.options(parser)


def run(args: Namespace, parser: ArgumentParser) -> int:
    """Record or accept the cases; the exit code is 1 if one of them is no case, or fails."""
    del parser
    cases = [case for folder in args.folders for case in _cases(Path(folder))]
    if args.what == "accept":
        told = [_told(case, "accepted") for case in cases if accept(case)]
    else:
        host = selecting.host(args)
        told = [_told(case, f"look at {PROPOSED}/, then accept it") for case in cases if propose(case, host)]
    counted = f"{len(cases)} {'case' if len(cases) == 1 else 'cases'}"
    print("\n".join((*told, f"{counted}, {len(told)} {'accepted' if args.what == 'accept' else 'proposed'}")))
    return cli.OK


def _cases(folder: Path) -> list[Case]:
    found = cases_below(folder)
    if not found:
        raise CaseError(f"{folder.as_posix()}: no case.yaml in this folder; make a folder for each case")
    return found


def _told(case: Case, what: str) -> str:
    return f"{case.folder.as_posix()}: {what}"
