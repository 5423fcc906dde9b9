"""Engines: what does the work on many inputs, here or in processes of its own."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

from copydesk.batch.values import Outcome, Task, stopped
from copydesk.errors import CopydeskError

T = TypeVar("T")

WAITING = 4
"""So many tasks for each worker are handed out at a time: enough to keep it busy, and few to hold in memory."""


class Engine(Protocol):
    """Does one kind of work on many tasks, and gives what comes of each, in the order of the tasks."""

    def __call__(self, work: Callable[[Task], T], tasks: Iterable[Task], /) -> Iterator[T | Outcome]:
        """Give what the work returns for each task, or an outcome `failed` where it was stopped from outside.

        Of a task that is settled it is the outcome that it has.
        """


def here(work: Callable[[Task], T], tasks: Iterable[Task]) -> Iterator[T | Outcome]:
    """Do the work in this process, one task after the other: what hangs here hangs, and what crashes ends all."""
    return (task.settled or work(task) for task in tasks)


class TimeoutReached(CopydeskError):  # noqa: N818 - a situation and not a fault
    """A document that took longer than it may."""

    code = "timeout"


class WorkerLost(CopydeskError):  # noqa: N818 - a situation and not a fault
    """A worker that ended while it had a document."""

    code = "crashed"


class Apart(NamedTuple):
    """Does the work in processes of its own, so that a hang, a crash or a flood of memory costs one document.

    ``timeout`` is in seconds a document, ``memory`` in MiB a worker beyond what it takes to start.
    """

    jobs: int
    timeout: float
    memory: int

    def __call__(self, work: Callable[[Task], T], tasks: Iterable[Task]) -> Iterator[T | Outcome]:
        """Hand out the tasks, a few at a time, and give what comes back in their order."""
        from pebble import ProcessPool

        pool: Any = ProcessPool(max_workers=self.jobs, context=_context(), initializer=prepare, initargs=[self.memory])
        handed_out: deque[tuple[Task, Any]] = deque()
        try:
            for task in tasks:
                promise = None if task.settled else pool.schedule(work, args=[task], timeout=self.timeout)
                handed_out.append((task, promise))
                if len(handed_out) >= WAITING * self.jobs:
                    yield self._back(*handed_out.popleft())
            while handed_out:
                yield self._back(*handed_out.popleft())
        finally:  # also where nobody asks for the rest
            pool.stop()
            pool.join()

    def _back(self, task: Task, promise: Any) -> Any:
        from concurrent.futures import TimeoutError
        from concurrent.futures.process import BrokenProcessPool

        from pebble import ProcessExpired

        try:
            return task.settled or promise.result()
        except TimeoutError:
            _sweep(task)
            return stopped(task, "normalize", TimeoutReached(
                f"it took longer than {self.timeout:g} s, and was stopped; look at its plugin, or allow more with "
                "--timeout"))  # fmt: skip
        except BrokenProcessPool as problem:
            raise CopydeskError(f"no worker could do the work ({problem}); convert in this process with --timeout 0, "
                                "or allow more with --memory") from problem  # fmt: skip
        except ProcessExpired as problem:
            _sweep(task)
            return stopped(task, "normalize", WorkerLost(
                f"the process that had it ended with {ended_by(problem.exitcode)}; look at its plugin, or at what "
                "that is made of"))  # fmt: skip


def _sweep(task: Task) -> None:
    """Remove what a worker that was stopped may have left of an output."""
    if task.settings.out and task.name:
        from copydesk.outputs import sweep

        sweep(Path(task.settings.out, task.name))


def ended_by(code: int | None) -> str:
    """Say how a process ended, by its exit code."""
    from signal import Signals

    try:
        return f"signal {Signals(-code).name}" if code is not None and code < 0 else f"exit code {code}"
    except ValueError:
        return f"signal {-(code or 0)}"


def _context() -> Any:
    """Return how workers are started: from a process that has the libraries, where there is such a thing."""
    import multiprocessing

    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["copydesk.batch.work", "copydesk.schema", "pebble"])
    return context


def end_with_parent() -> None:
    """Let this process end when the one that it works for is gone, which may have been killed.

    The system sends the signal, so that it ends a plugin too that hangs in a library and lets no thread of Python run.
    """
    from multiprocessing import parent_process

    parent = parent_process()
    if sys.platform != "linux" or parent is None:
        return
    import fcntl
    import os
    from select import select
    from signal import SIGKILL

    fcntl.fcntl(parent.sentinel, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(parent.sentinel, fcntl.F_SETSIG, SIGKILL)
    fcntl.fcntl(parent.sentinel, fcntl.F_SETFL, os.O_ASYNC)
    if select([parent.sentinel], [], [], 0)[0]:  # it was gone before
        os.kill(os.getpid(), SIGKILL)


def prepare(memory: int) -> None:
    """Prepare a worker: an interruption is the parent's affair, whose end is its own; memory is limited on Linux."""
    from signal import SIG_IGN, SIGINT, signal

    signal(SIGINT, SIG_IGN)
    end_with_parent()
    if memory and sys.platform == "linux":
        import resource

        with open("/proc/self/statm", encoding="ascii") as file:
            mapped = int(file.read().split()[0]) * resource.getpagesize()
        limit, hard = mapped + (memory << 20), resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (limit if hard < 0 else min(limit, hard), hard))
