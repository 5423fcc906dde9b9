"""Telling of a run: each outcome as it comes, how far it is, and at last how many there were."""

from __future__ import annotations

import errno
import gc
import os
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from copydesk import cli
from copydesk.batch.recorder import Recorder
from copydesk.batch.values import STATUSES, Outcome

if TYPE_CHECKING:
    from copydesk.batch.stopping import Stop

FAIL_ON = ("never", "failed", "rejected", "diagnostic")

FEW = 3
"""So many inputs are done before anybody asks how far they are."""

WARNINGS = "diagnostics"
"""What documents with warnings are counted as."""

Say = Callable[[str], None]
"""What puts a line on standard error."""


def tell_all(
    outcomes: Iterator[Outcome], passed_over: Mapping[str, int], args: Namespace, recorder: Recorder,
    stop: Stop | None = None, total: int | None = None, after: Callable[[], Iterable[dict[str, Any]]] = tuple,
) -> int:  # fmt: skip
    """Tell of each outcome as it comes, and at last how many there were; return the exit code.

    ``total`` is how many there will be, where that is known; ``after`` gives the lines of the report behind those of
    the inputs. An outcome counts once it is in the report and told. What a ``stop`` has ended is told as well.
    """
    counts: Counter[str] = Counter()
    interrupted = False
    try:
        with _progress(counts, args, stop, total) as say_beside:
            for outcome in outcomes:
                recorder.add(outcome)
                _tell(outcome, args, say_beside)
                counts[outcome.status] += 1
                counts[WARNINGS] += any(found.severity == "warning" for found in outcome.diagnostics)
                if not gc.isenabled():
                    cli.collect_garbage()
        for row in after():
            recorder.write(row)
            if args.json:
                _print_as_json(row)
        recorder.end(counts, passed_over)
    except KeyboardInterrupt:
        if not (stop and stop.number):
            raise
        interrupted = True
        _write_over()
    finally:
        _sum_up(counts, passed_over, args)
    if stop and interrupted:
        say(f"interrupted; the same command goes on from here: {_command(args)}")
        return cli.SIGNALLED + stop.number
    return _exit_code(counts, args.fail_on)


def say(text: str) -> None:
    """Put a line on standard error; a name or a message can neither break it nor reach the terminal's commands.

    Where nobody reads it any more, the run is no worse for that, and goes on.
    """
    try:
        sys.stderr.write(f"{visible(text)}\n")
    except OSError as problem:
        if problem.errno not in (errno.EIO, errno.EPIPE):
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def _write_over() -> None:
    """Go to the start of the line on a terminal, so that what it has put there for Ctrl-C is written over."""
    if sys.stderr.isatty():
        sys.stderr.write("\r")


def visible(text: str) -> str:
    """Return a text with its control characters, and all else that cannot be printed, written as in Python."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


@contextmanager
def _progress(counts: Mapping[str, int], args: Namespace, stop: Stop | None, total: int | None) -> Iterator[Say]:
    """Show how far a run is as long as it lasts, if it may last; give what says a line beside that."""
    if args.quiet or not stop or (total is not None and total <= FEW):
        yield say
        return
    from copydesk.cli.progress import Progress

    progress = Progress(args.command, counts, stop, total, say, on_terminal=_has_terminal(args))
    try:
        progress.start()
        yield lambda text: progress.say(visible(text))
    finally:
        progress.end()


def _has_terminal(args: Namespace) -> bool:
    """Tell whether standard error is a terminal on which lines can be drawn over, and nothing else is printed there."""
    if not sys.stderr.isatty() or (args.json and sys.stdout.isatty()):
        return False
    plain = "NO_COLOR" in os.environ or os.environ.get("TERM", "" if os.name == "nt" else "dumb") in ("dumb", "unknown")
    return not plain


def _command(args: Namespace) -> str:
    import shlex

    return shlex.join(["copydesk", args.command, *args.arguments])


def _tell(outcome: Outcome, args: Namespace, say: Say) -> None:
    if args.json:
        _print_as_json(_as_json(outcome))
    elif outcome.document is not None and not args.out:
        sys.stdout.flush()
        sys.stdout.buffer.write(outcome.document.markdown.encode("utf-8"))
        sys.stdout.buffer.flush()
    if not outcome.id:
        say(f"{outcome.input}: {outcome.status}: {outcome.code}: {outcome.message}")
    elif not args.quiet:
        _tell_more(outcome, say, verbose=args.verbose)
    if outcome.overwrote:  # even when quiet: here a person's work is lost
        say(f"{outcome.input}: overwrote {outcome.output}: {outcome.overwrote}")


def _print_as_json(row: Mapping[str, Any]) -> None:
    from copydesk.batch.report import as_json

    print(as_json(row))


def _tell_more(outcome: Outcome, say: Say, *, verbose: bool) -> None:
    if verbose:
        say(f"{outcome.input}: {outcome.status}: {outcome.output}")
    for found in outcome.diagnostics:
        if verbose or found.severity == "warning":
            place = f"{outcome.input}:{found.line}" if found.line else outcome.input
            say(f"{place}: {found.severity}: {found.code}: {found.message}")


def _as_json(outcome: Outcome) -> dict[str, Any]:
    from copydesk.batch.report import line

    row = line(outcome)
    if outcome.document is not None:
        row |= {"frontmatter": outcome.document.frontmatter, "body": outcome.document.body}
    return row


def _sum_up(counts: Mapping[str, int], passed_over: Mapping[str, int], args: Namespace) -> None:
    total = sum(counts[status] for status in STATUSES)
    if args.json:
        from copydesk.batch.report import closing

        _print_as_json(closing(counts, passed_over))
    if args.quiet:
        return
    said = f"{total} {'input' if total == 1 else 'inputs'} = " + " + ".join(f"{counts[s]} {s}" for s in STATUSES)
    if counts[WARNINGS]:
        said += f"; {counts[WARNINGS]} with warnings"
    if passed_over:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(passed_over.items()))
        said += f"; other files passed over: {kinds}"
    say(said)


def _exit_code(counts: Mapping[str, int], fail_on: str) -> int:
    strictness = FAIL_ON.index(fail_on)
    if counts["failed"] and strictness >= 1:
        return cli.FAILED
    if counts["rejected"] and strictness >= 2:
        return cli.REJECTED
    if counts[WARNINGS] and strictness >= 3:
        return cli.DIAGNOSTIC
    return cli.OK
