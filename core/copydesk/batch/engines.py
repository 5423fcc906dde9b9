"""Engines: what does the work on many inputs, here or in processes of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, Protocol, TypeVar

from copydesk.batch.values import Outcome, Task, stopped
from copydesk.errors import CopydeskError

T = TypeVar("T")


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

    ``timeout`` is in seconds a document, ``memory`` in MiB a worker beyond what it takes to start; 0 is no limit.
    """

    jobs: int
    timeout: float
    memory: int

    def __call__(self, work: Callable[[Task], T], tasks: Iterable[Task]) -> Iterator[T | Outcome]:
        """Hand out the tasks, as they are needed, and give what comes back in their order."""
        from copydesk.batch.chunks import Chunks
        from copydesk.batch.pool import Pool
        from copydesk.batch.workers import Worker

        chunks = Chunks(tasks, self.jobs)
        yield from Pool(lambda: Worker(work, self.timeout, self.memory), self.jobs, chunks, self._blame, _sweep
                        ).results()  # fmt: skip

    def _blame(self, task: Task, code: int | None) -> Outcome:
        """Return the outcome of the task that a worker had when it ended, by its exit code, or None for the limit."""
        _sweep(task)
        return stopped(task, "normalize", self._late() if code is None else _lost(code))

    def _late(self) -> CopydeskError:
        return TimeoutReached(f"it took longer than {self.timeout:g} s, and was stopped; look at its plugin, or allow "
                              "more with --timeout")  # fmt: skip


def _lost(code: int) -> CopydeskError:
    from copydesk.batch.serving import ended_by

    return WorkerLost(f"the process that had it ended with {ended_by(code)}; look at its plugin, or at what that is "
                      "made of")  # fmt: skip


def _sweep(task: Task) -> None:
    """Remove what a worker that was stopped may have left of an output."""
    if task.settings.out and task.name:
        from copydesk.outputs import place, sweep

        sweep(place(task.settings.out, task.name))
