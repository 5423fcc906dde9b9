"""A command in a terminal of its own, with what is shown there, and keys that are pressed."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyte

CTRL_C = b"\x03"
ROWS = 80
PATIENCE = 60.0
"""Seconds after which a command that does not go on is given up."""

NONE: Mapping[str, str] = {}

COPYDESK = (sys.executable, "-m", "copydesk")


class Terminal:
    """A command whose standard streams are a terminal; ``printed`` is what it has written there."""

    def __init__(
        self, command: Sequence[str], folder: Path, columns: int = 100, *, stdout: int | None = None,
        variables: Mapping[str, str] = NONE,
    ) -> None:  # fmt: skip
        self.columns, self.printed = columns, b""
        self._master, slave = pty.openpty()
        termios.tcsetwinsize(slave, (ROWS, columns))
        unset = ("NO_COLOR", "COLUMNS", "LINES")
        environment = {name: value for name, value in os.environ.items() if name not in unset}
        self.process = subprocess.Popen(
            [sys.executable, "-c", LEADER, *command], cwd=folder, stdin=slave, stderr=slave,
            stdout=slave if stdout is None else stdout, start_new_session=True,
            env=environment | {"TERM": "xterm-256color", **variables})  # fmt: skip
        os.close(slave)

    def press(self, keys: bytes) -> None:
        """Press keys; Ctrl-C goes to each process of the command, as it does on any terminal."""
        os.write(self._master, keys)

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Go on reading until something is so."""
        begun = time.monotonic()
        while not condition():
            assert time.monotonic() - begun < PATIENCE, self.printed
            assert self.process.poll() is None, self.printed
            self._read(0.01)

    def end(self) -> int:
        """Read until the command has ended, and return its exit code."""
        begun = time.monotonic()
        while self._read(0.1) or self.process.poll() is None:
            assert time.monotonic() - begun < PATIENCE, self.printed
        os.close(self._master)
        return self.process.wait()

    def close(self) -> None:
        """Take the terminal away."""
        os.close(self._master)

    def _read(self, seconds: float) -> bool:
        """Read what is there, and tell whether there was anything."""
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # nobody has the other end any more
            return False
        self.printed += data
        return bool(data)

    def screen(self) -> pyte.Screen:
        """Return the screen as it is now."""
        return screen(self.printed, self.columns)

    def lines(self) -> list[str]:
        """Return the lines that stand on the screen; one that is too long for it is several."""
        return lines(self.printed, self.columns)


def screen(printed: bytes, columns: int) -> pyte.Screen:
    """Return the screen of a terminal on which this was printed."""
    found = pyte.Screen(columns, ROWS)
    pyte.ByteStream(found).feed(printed)
    return found


def lines(printed: bytes, columns: int) -> list[str]:
    """Return the lines that stand on the screen of a terminal on which this was printed."""
    return [row.rstrip() for row in screen(printed, columns).display if row.strip()]


LEADER = """
import fcntl, os, sys, termios
fcntl.ioctl(2, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""
"""A program that makes the terminal its own before it becomes the command: so the keys of signals reach it."""
