"""Works for engines: each notes what it does, and does what its task is named after."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path

from copydesk.batch.values import Outcome, Settings, Task
from copydesk.inputs import Input

LONG = 100_000
"""A message of so many characters fits into no pipe."""


def task(number: int, folder: Path, deed: str = "") -> Task:
    """Return a task that does something, such as `kill`."""
    return Task(Input(f"{number}", f"{number}"), Settings(str(folder)), f"{number}.md", wanted=deed)


def note(task: Task) -> Outcome:
    """Do what the task is for; note its number, what nobody can guess, and the process."""
    deed = DEEDS.get(task.wanted)
    message = f"{task.item.path} {os.urandom(8).hex()}"
    if deed:
        deed()
    write(task, f"{message} {os.getpid()}")
    if task.wanted == "long":
        message = message.ljust(LONG, ".")
    return Outcome(task.item.path, task.item.relative, "written", message=message, item=task.item)


def begun(task: Task) -> Outcome:
    """Note the process before the work begins."""
    write(task, f"{task.item.path} {os.getpid()}", "begun")
    return note(task)


def echo(task: Task) -> Outcome:
    """Return the bytes of a task as its message."""
    return Outcome(task.item.path, "", "written", message=(task.data or b"").decode())


def write(task: Task, line: str, name: str = "done") -> None:
    """Append a line to a file in one step."""
    file = os.open(Path(task.settings.out, name), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(file, f"{line}\n".encode())
    os.close(file)


def lines(folder: Path, name: str = "done") -> list[list[str]]:
    """Return the words of what was noted."""
    file = folder / name
    return [line.split() for line in file.read_text("ascii").splitlines()] if file.exists() else []


def _deaf() -> None:
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    time.sleep(60)


DEEDS: dict[str, Callable[[], object]] = {
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "end": lambda: os.kill(os.getpid(), signal.SIGTERM),
    "exit": lambda: os._exit(7),
    "hang": lambda: time.sleep(60),
    "deaf": _deaf,
    "loop": lambda: re.match("(a|a)*b", "a" * 60),
    "slow": lambda: time.sleep(0.4),
    "flood": lambda: [bytes(1 << 24) for _ in range(1 << 20)],
}
