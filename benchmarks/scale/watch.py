"""Run a command and tell what it and all its processes took: `python watch.py SECONDS COMMAND...`, as JSON.

The workers of a command are children of a fork server, which the command does not wait for, so that what it says of
its children leaves them out. Here all that loses its parent becomes a child of this process (a subreaper of Linux),
which waits for every one of them: what they took is what the kernel says of each when it is waited for, with what its
own children took. Memory is looked up every so many SECONDS, or never where they are 0: for each process its highest
resident size up to then, which does not fall.

This file imports the standard library alone, and as little of it as it can: what it takes itself is not counted.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from time import perf_counter
from typing import NamedTuple

PR_SET_CHILD_SUBREAPER = 36


class Usage(NamedTuple):
    """What a command and all its processes took.

    ``wall`` is in seconds until the command ended, ``cpu`` in seconds of the processor of all processes; ``parent`` is
    the highest resident size of the command's own process and ``worker`` of any other, in bytes, 0 where nobody looked.
    """

    code: int
    wall: float
    cpu: float
    parent: int = 0
    worker: int = 0


def watched(command: list[str], interval: float) -> Usage:
    """Run a command to the end of all its processes."""
    adopt()
    start = perf_counter()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    peaks = _Peaks(interval)
    code, wall, cpu = 0, 0.0, 0.0
    for pid, status, seconds in _ended():
        cpu += seconds
        if pid == child.pid:
            code, wall = os.waitstatus_to_exitcode(status), perf_counter() - start
    child.returncode = code  # it has been waited for
    found = peaks.stop()
    return Usage(code, wall, cpu, found.pop(child.pid, 0), max(found.values(), default=0))


def adopt() -> None:
    """Make this process the parent of all below it that lose theirs."""
    import ctypes

    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


def _ended() -> Iterator[tuple[int, int, float]]:
    """Give each child as it ends, until there is none: its number, its status, and the processor's time it took."""
    while True:
        try:
            pid, status, usage = os.wait4(-1, 0)
        except ChildProcessError:
            return
        yield pid, status, usage.ru_utime + usage.ru_stime


class _Peaks:
    """Looks up the highest resident size of all processes below this one, again and again, in a thread of its own."""

    def __init__(self, interval: float) -> None:
        self.found: dict[int, int] = {}
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._look, args=[interval])
        if interval:
            self.thread.start()

    def _look(self, interval: float) -> None:
        while True:
            for pid in _below(os.getpid()):
                self.found[pid] = max(self.found.get(pid, 0), highest(pid))
            if self.over.wait(interval):
                return

    def stop(self) -> dict[int, int]:
        """Stop looking, and return what was found, by the number of the process."""
        self.over.set()
        if self.thread.ident:
            self.thread.join()
        return self.found


def _below(pid: int) -> Iterator[int]:
    """Give all processes below one."""
    try:
        threads = os.listdir(f"/proc/{pid}/task")
    except OSError:
        return
    for thread in threads:
        for child in _read(f"/proc/{pid}/task/{thread}/children").split():
            yield int(child)
            yield from _below(int(child))


def highest(pid: int) -> int:
    """Return the highest resident size of a process in bytes, 0 once it has ended."""
    _, found, rest = _read(f"/proc/{pid}/status").partition("VmHWM:")
    return int(rest.split(None, 1)[0]) * 1024 if found else 0


def _read(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:  # it ended in between
        return ""


if __name__ == "__main__":
    print(json.dumps(watched(sys.argv[2:], float(sys.argv[1]))._asdict()))
