"""The command line: each command is a module, imported when it is asked for."""

from __future__ import annotations

import gc
import os
import sys
from argparse import ArgumentParser, HelpFormatter, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from importlib import import_module

from copydesk import __version__
from copydesk.errors import CopydeskError

COMMANDS = {
    "convert": "turn captures into checked Markdown",
    "retry": "convert again what was rejected or failed in a run",
    "explain": "show each line of a capture with its role and rule",
    "check": "check Markdown files against schema and hashes",
    "export": "export a folder as JSON Lines, Parquet, SQLite or CSL-JSON",
    "trace": "follow a paragraph back to the lines of its capture",
    "schema": "print a schema of the frontmatter",
    "plugins": "list the installed plugins",
    "fixtures": "record what becomes of a plugin's cases, and accept it",
    "new-source": "write the package of a new source from samples",
}

OK = 0
FAILED = 1
REJECTED = 3
DIAGNOSTIC = 4
SIGNALLED = 128
"""The exit code of what a signal has ended, less the number of the signal."""

EXIT_CODES = """\
exit codes:
  0  every input was written or is unchanged, or the check found nothing, or all was exported or traced
  1  an input failed (it cannot be read or written, or a plugin broke), or the check found a fault, or a file was not
     exported or a paragraph not traced
  2  the command was used wrongly
  3  an input was rejected: it is no article, or no layout fits it
  4  a document has a diagnostic, with --fail-on diagnostic; or the check has one, with --fail-on info
  130  it was interrupted by Ctrl-C (143: by SIGTERM); the same command goes on from there
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    if argv is None and sys.getfilesystemencoding() != "utf-8":
        _begin_in_utf8()
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] not in COMMANDS:
        return _top(arguments)
    name = arguments[0]
    gc.disable()  # until the first document is done: what is imported is no garbage, and looking for it takes time
    try:
        return _run(name, arguments[1:])
    except CopydeskError as problem:
        print(f"copydesk {name}: {problem}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:  # whoever read the output has closed it
        sys.stderr.close()
        return FAILED
    except OSError as problem:
        if problem.filename is not None or problem.errno is None:  # not that of a stream that was open
            raise
        _leave_output()
        print(f"copydesk {name}: the output cannot be written: {problem.strerror}; make room, or write elsewhere",
              file=sys.stderr)  # fmt: skip
        return FAILED
    except KeyboardInterrupt as signal:
        print("interrupted", file=sys.stderr)
        return SIGNALLED + int(signal.args[0] if signal.args else 2)


def _begin_in_utf8() -> None:
    """Begin anew with names of files in UTF-8, whatever the locale says: a tree depends on no setting of a machine."""
    os.environ["PYTHONUTF8"] = "1"  # for the processes of workers
    os.execv(sys.executable, [sys.executable, "-X", "utf8", "-m", "copydesk", *sys.argv[1:]])


def _run(name: str, arguments: list[str]) -> int:
    command = import_module(f"copydesk.cli.{name.replace('-', '_')}")
    parser = ArgumentParser(prog=f"copydesk {name}", description=command.__doc__, epilog=EXIT_CODES,
                            formatter_class=_formatter)  # fmt: skip
    command.options(parser)
    return int(command.run(parser.parse_args(arguments, Namespace(command=name, arguments=arguments)), parser))


def _leave_output() -> None:
    """Let what could not be written to standard output go, so that nobody tries again at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _formatter(prog: str) -> HelpFormatter:
    """Return the formatter of help; argparse makes one for each option, and to ask for the width imports much."""
    try:
        width = os.get_terminal_size().columns - 2
    except OSError:
        width = 100
    return RawDescriptionHelpFormatter(prog, width=min(width, 120))


def collect_garbage() -> None:
    """Look for garbage from now on, but not among what has been imported."""
    gc.freeze()
    gc.enable()


def _top(arguments: list[str]) -> int:
    commands = "\n".join(f"  {name:<11} {what}" for name, what in COMMANDS.items())
    parser = ArgumentParser(
        prog="copydesk",
        usage="copydesk COMMAND [options]",
        description="Turn captured news pages into checked Markdown, with an account of every line.",
        epilog=f"commands:\n{commands}\n\n`copydesk COMMAND --help` tells more of one.\n\n{EXIT_CODES}",
        formatter_class=_formatter,
    )
    parser.add_argument("--version", action="version", version=f"copydesk {__version__}")
    parser.parse_known_args(arguments)
    if not arguments:
        parser.print_help()
        return OK
    return parser.error(f"no command {arguments[0]!r}; the commands are {', '.join(COMMANDS)}")
