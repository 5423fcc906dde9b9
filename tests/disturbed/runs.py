"""A run of a command in processes of its own, which can be watched, held and killed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from signal import SIGKILL
from typing import NamedTuple

from tests.disturbed.captures import FIELDS
from tests.disturbed.sums import rows

COMMAND = str(Path(sys.executable).with_name("copydesk"))
CONVERT = ("convert", "in", "--fields", FIELDS, "--plugins-dir", "plugins", "--report", "report.jsonl")
"""The run that is disturbed, but for where its output goes, and for how it is done."""

HERE = ("--timeout", "0")
"""In the process of the command, without workers: half the work for a run that nothing disturbs."""

PATIENCE = 60
"""So many seconds anything may take here; only what is broken takes them."""


class Process(NamedTuple):
    """A process of a run."""

    pid: int
    parent: int
    command: str


class Ended(NamedTuple):
    """How a run ended, and what it said."""

    code: int
    err: str


class Gate:
    """Holds the captures of the plugin `planted.HELD` at a point of the work: `rule`, `write` or `replace`."""

    def __init__(self, folder: Path, at: str) -> None:
        self.folder = folder
        self.environment = {"DISTURBED_FOLDER": str(folder), "DISTURBED_AT": at}
        folder.mkdir()
        (folder / "closed").touch()

    def held(self) -> list[int]:
        """Return the processes that have been held."""
        return [int(name) for name in os.listdir(self.folder) if name.isdigit()]

    def open(self) -> None:
        """Hold nothing any more."""
        (self.folder / "closed").unlink()


class Run:
    """A command that runs in a session of its own; whatever of it is alive at the end is killed."""

    def __init__(
        self,
        *arguments: str | Path,
        cwd: Path,
        environment: Mapping[str, str] | None = None,
        before: Sequence[str] = (),
        umask: int = -1,
    ) -> None:
        self.cwd = cwd
        self.report = cwd / "report.jsonl"
        # no pipe, which whatever outlives the command would keep open
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed at the end
        self._process = subprocess.Popen(
            [*before, COMMAND, *map(str, arguments)],
            cwd=cwd,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=self._said,
            stderr=self._said,
            start_new_session=True,
            umask=umask,
        )

    def __enter__(self) -> Run:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.alive():
            kill(process.pid)
        self._process.wait()
        self._said.close()

    @property
    def pid(self) -> int:
        """The process of the command itself, which is the session's."""
        return self._process.pid

    def said(self) -> str:
        """Return what the processes of the run have said up to now."""
        self._said.seek(0)
        return self._said.read().decode()

    def has_reported(self, count: int) -> bool:
        """Tell whether the report has so many outcomes by now."""
        return count == 0 or (self.report.exists() and sum("input" in row for row in rows(self.report)) >= count)

    def wait_until(self, condition: Callable[[], object]) -> None:
        """Wait until something is so, while the run goes on."""
        until = time.monotonic() + PATIENCE
        while not condition():
            assert self._process.poll() is None, f"the run ended with {self._process.returncode} first: {self.said()}"
            assert time.monotonic() < until, f"not in {PATIENCE} s: {self.said()}"
            time.sleep(0.005)

    def wait_for(self, gate: Gate) -> None:
        """Wait until a document is held, and then long enough for another worker to have one too."""
        self.wait_until(gate.held)
        time.sleep(0.3)

    def is_running(self) -> bool:
        """Tell whether the command has not ended."""
        return self._process.poll() is None

    def send(self, signal: int) -> None:
        """Send a signal to the process of the command, and to no other."""
        self._process.send_signal(signal)

    def kill(self) -> None:
        """End the process of the command, and no other, and wait until it is gone."""
        self.send(SIGKILL)
        self._process.wait(PATIENCE)

    def ended(self) -> Ended:
        """Wait until the command has ended."""
        return Ended(self._process.wait(PATIENCE), self.said())

    def alive(self) -> list[Process]:
        """Return the processes of the run that are alive."""
        return [found for pid in os.listdir("/proc") if pid.isdigit() and (found := _process(int(pid), self.pid))]

    def workers(self) -> list[Process]:
        """Return the processes that do the work: the children of the one from which they are started."""
        alive = self.alive()
        servers = {process.pid for process in alive if "forkserver" in process.command}
        return [process for process in alive if process.parent in servers]

    def outlived_by(self, seconds: float) -> list[Process]:
        """Return the processes that are still alive so many seconds later, or as soon as there is none."""
        until = time.monotonic() + seconds
        while (alive := self.alive()) and time.monotonic() < until:
            time.sleep(0.02)
        return alive


def run(*arguments: str | Path, cwd: Path, environment: Mapping[str, str] | None = None, before: Sequence[str] = (),
        umask: int = -1) -> Ended:  # fmt: skip
    """Run a command to its end, and check that it ended as a command should: no traceback, no process left behind."""
    with Run(*arguments, cwd=cwd, environment=environment, before=before, umask=umask) as running:
        ended = running.ended()
        assert "Traceback" not in ended.err, ended.err
        assert running.outlived_by(5) == []
    return ended


def kill(pid: int) -> None:
    """Kill a process, which may have ended meanwhile."""
    try:
        os.kill(pid, SIGKILL)
    except ProcessLookupError:
        return


def _process(pid: int, session: int) -> Process | None:
    """Return a process if it is alive and of a session; one that has ended and that nobody waits for is not alive."""
    try:
        said = Path(f"/proc/{pid}/stat").read_text("utf-8")
        command = Path(f"/proc/{pid}/cmdline").read_text("utf-8").replace("\0", " ")
    except (FileNotFoundError, ProcessLookupError):
        return None
    state, parent, _, of_session, *_ = said.rpartition(")")[2].split()
    return Process(pid, int(parent), command) if int(of_session) == session and state not in "ZX" else None
