"""Clusters on this machine: a scheduler and workers in processes of their own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FAILURES = 1
"""So many workers more may be lost with a task before the scheduler gives it up: 3 unless it is told otherwise."""

RESTART = 30
"""So many seconds it may take until a worker that was lost is there again."""


@contextmanager
def started(folder: Path, *command: str, **variables: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command of Dask in a folder of its own, with variables for its environment, and end it."""
    folder.mkdir()
    environment = {**os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(FAILURES), "PYTHONPATH": "",
                   **variables}  # fmt: skip
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "dask", *command, "--no-dashboard"], cwd=folder,
                                   env=environment, stdout=log, stderr=log)  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def scheduler(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run a scheduler at a port that nobody has, and give its address."""
    file = folder / "scheduler" / "file.json"
    command = ("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
    with started(folder / "scheduler", *command) as process:
        until(lambda: file.exists() and file.read_bytes().endswith(b"}"))  # it is there before it is whole
        yield json.loads(file.read_text("utf-8"))["address"], process


def worker(folder: Path, name: str, address: str, **variables: str) -> Any:
    """Run a worker with one thread, in a folder of its own."""
    return started(folder / name, "worker", address, "--host", "127.0.0.1", "--nthreads", "1", "--name", name,
                   "--local-directory", str(folder / name), **variables)  # fmt: skip


def until(is_so: Callable[[], bool], seconds: float = RESTART) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def processes(address: str) -> dict[str, int]:
    """Return the process of each worker, by its address."""
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        return dict(client.run(os.getpid))


def kill(address: str) -> None:
    """Kill all workers of a scheduler, which are started again."""
    for process in processes(address).values():
        os.kill(process, signal.SIGKILL)
