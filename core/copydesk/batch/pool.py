"""A pool: workers that are handed chunks of tasks, and are replaced where they end."""

from __future__ import annotations

import atexit
from collections.abc import Callable, Iterator
from multiprocessing import connection
from time import monotonic
from typing import Any

from copydesk.batch.chunks import Chunks
from copydesk.batch.serving import ended_by
from copydesk.batch.values import Outcome, Task
from copydesk.batch.workers import GRACE, Worker
from copydesk.errors import CopydeskError

ATTENTION = 0.01
"""So many seconds at most go to what is done with results, before the workers are looked after."""

WATCH = 1.0
"""So many seconds pass before it is looked at who is stuck."""


class Pool:
    """Has the work done on tasks by up to so many workers, and gives the results in the order of the tasks.

    ``blame`` makes the result of a task that a worker had in hand when it ended with an exit code, or None where its
    time was up; ``sweep`` is asked for each task that may have been in hand when a worker had to be killed at the end.
    """

    def __init__(self, start: Callable[[], Worker], jobs: int, chunks: Chunks,
                 blame: Callable[[Task, int | None], Outcome], sweep: Callable[[Task], None]) -> None:  # fmt: skip
        self._start = start
        self._jobs = jobs
        self._chunks = chunks
        self._blame = blame
        self._sweep = sweep
        self._workers: list[Worker] = []
        self._attend_at = self._watch_at = 0.0

    def results(self) -> Iterator[Any]:
        """Give the results; whoever stops asking stops the workers."""
        atexit.register(self._end)
        try:
            while self._chunks.remain:
                if self._chunks.has_next and monotonic() < self._attend_at:
                    yield self._chunks.give()
                else:
                    self._attend()
        finally:
            self._end()
            atexit.unregister(self._end)

    def _attend(self) -> None:
        """Listen to the workers, wait for them where there is nothing to give, and hand out what they have room for."""
        self._listen(0 if self._chunks.has_next else WATCH)
        if monotonic() >= self._watch_at:
            self._watch()
        self._hand_out()
        self._attend_at = monotonic() + ATTENTION

    def _listen(self, seconds: float) -> None:
        bells = {worker.bell: worker for worker in self._workers}
        for bell in connection.wait(bells, seconds) if bells else ():
            worker = bells[bell]
            try:
                self._chunks.learn(*worker.listen())
            except (EOFError, OSError):
                self._replace(worker, worker.end(GRACE))

    def _watch(self) -> None:
        for worker in [*self._workers]:
            if worker.is_stuck():
                worker.end()
                self._replace(worker, None)
            elif not worker.is_alive():
                self._replace(worker, worker.end())
        self._watch_at = monotonic() + WATCH

    def _replace(self, worker: Worker, code: int | None) -> None:
        """Take back what a worker had that has ended; another is started when there is work for it."""
        self._workers.remove(worker)
        if not worker.is_ready:
            raise CopydeskError(f"no worker could do the work (one ended with {ended_by(code)} as it began); convert "
                                "in this process with --timeout 0, or allow more with --memory")  # fmt: skip
        self._chunks.recover(worker.chunks, lambda task: self._blame(task, code))

    def _hand_out(self) -> None:
        """Hand out chunks while somebody has room for one."""
        while self._have_room() and (chunk := self._chunks.cut()):
            if not self._idlest().hand(chunk):
                self._chunks.put_back(chunk)
                return

    def _have_room(self) -> bool:
        """Tell whether a worker has none, or may have a second, so that it need not wait when it is done with one."""
        most = 2 if self._chunks.are_small else 1
        return len(self._workers) < self._jobs or any(len(worker.chunks) < most for worker in self._workers)

    def _idlest(self) -> Worker:
        worker = min(self._workers, key=lambda each: len(each.chunks), default=None)
        if worker is None or (worker.chunks and len(self._workers) < self._jobs):
            worker = self._start()
            self._workers.append(worker)
        return worker

    def _end(self) -> None:
        """Let the workers go, and end those that do not go by themselves."""
        for worker in self._workers:
            worker.let_go()
        until = monotonic() + GRACE
        for worker in self._workers:
            for task in worker.see_off(max(0.0, until - monotonic())):
                self._sweep(task)
        self._workers.clear()
