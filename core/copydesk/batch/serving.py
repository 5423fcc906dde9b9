"""The side of a worker: it takes chunks, does the work on each task, and tells what comes of it at once."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import struct
import sys
from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING, Any

from copydesk.batch.values import Outcome, Task

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

FULL = 1 << 14
"""So many bytes are told before the bell is rung: any pipe holds them."""

BELL = struct.Struct("=QQd")
"""What a bell says: how many frames there are since the start, tasks since the last bell, and seconds these took."""

BEGUN = b""
"""The frame that says that the next chunk is begun; any other is the result of the next task."""


def serve(asked: Connection, told: Connection, bell: Connection, work: Callable[[Task], Any], timeout: float,
          memory: int) -> None:  # fmt: skip
    """Do the work on the chunks that are asked for, until nobody asks or listens any more."""
    prepare(memory)
    _prepare_signals()
    gc.disable()  # until a task is done: what is loaded is no garbage, and looking for it takes time
    teller = Teller(told, bell)
    try:
        teller.ring()
        while True:
            tasks = pickle.loads(asked.recv_bytes())
            teller.tell(BEGUN)
            for task in tasks:
                _do(work, task, timeout, teller)
            teller.ring()
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _do(work: Callable[[Task], Any], task: Task, timeout: float, teller: Teller) -> None:
    begun = perf_counter()
    _alarm(timeout)
    result = work(task)
    _alarm(0)
    teller.tell(_packed(result, task), perf_counter() - begun)
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


class Teller:
    """Tells what is done: frames lie in a pipe, which outlives the process, and now and then the bell is rung for them.

    Who listens to the bell alone wakes once for many frames, and finds those of a process that was killed.
    """

    def __init__(self, told: Connection, bell: Connection) -> None:
        self._told = told
        self._bell = bell
        self._frames = self._tasks = self._bytes = 0
        self._seconds = 0.0

    def tell(self, frame: bytes, seconds: float = 0.0) -> None:
        """Tell a frame; before one that the pipe may not hold the bell is rung, so that somebody reads."""
        self._frames += 1
        self._tasks += frame != BEGUN
        self._bytes += len(frame)
        self._seconds += seconds
        if self._bytes > FULL:
            self.ring()
        self._told.send_bytes(frame)

    def ring(self) -> None:
        """Ring the bell for all frames so far, and the one that is about to be told."""
        self._bell.send_bytes(BELL.pack(self._frames, self._tasks, self._seconds))
        self._tasks = self._bytes = 0
        self._seconds = 0.0


def _packed(result: Any, task: Task) -> bytes:
    """Return a result as bytes, without the input, which is known where it is unpacked."""
    if isinstance(result, Outcome) and result.item is task.item:
        result = result._replace(item=None)
    return pickle.dumps(result, pickle.HIGHEST_PROTOCOL)


def unpacked(frame: bytes, task: Task) -> Any:
    """Return the result of a task that a frame holds."""
    result = pickle.loads(frame)
    return result._replace(item=task.item) if isinstance(result, Outcome) and result.item is None else result


def end_with_parent() -> None:
    """Let this process end when the one that it works for is gone, which may have been killed.

    The system sends the signal, so that it ends a plugin too that hangs in a library and lets no thread of Python run.
    """
    from multiprocessing import parent_process

    parent = parent_process()
    if sys.platform != "linux" or parent is None:
        return
    import fcntl
    from select import select

    fcntl.fcntl(parent.sentinel, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(parent.sentinel, fcntl.F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(parent.sentinel, fcntl.F_SETFL, os.O_ASYNC)
    if select([parent.sentinel], [], [], 0)[0]:  # it was gone before
        os.kill(os.getpid(), signal.SIGKILL)


def prepare(memory: int) -> None:
    """Prepare a worker: an interruption is the parent's affair, whose end is its own; memory is limited on Linux."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    if memory and sys.platform == "linux":
        import resource

        with open("/proc/self/statm", encoding="ascii") as file:
            mapped = int(file.read().split()[0]) * resource.getpagesize()
        limit, hard = mapped + (memory << 20), resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (limit if hard < 0 else min(limit, hard), hard))


def _prepare_signals() -> None:
    """Leave a signal to a whole group to the parent, and let an alarm end the process, whatever runs in it."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    if sys.platform != "win32":
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGALRM,))


def _alarm(seconds: float) -> None:
    """Let the system end this process in so many seconds, even in the middle of a library; 0 calls it off."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def ended_by(code: int | None) -> str:
    """Say how a process ended, by its exit code."""
    try:
        return f"signal {signal.Signals(-code).name}" if code is not None and code < 0 else f"exit code {code}"
    except ValueError:
        return f"signal {-(code or 0)}"
