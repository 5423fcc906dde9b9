"""Stopping a run before its end, so that what is in hand is finished and told."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from copydesk.batch.engines import Engine, WorkerLost
from copydesk.batch.values import Outcome, Task

T = TypeVar("T")

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


class Stop:
    """Ends a run on a signal: the first lets what is in hand be finished, and a second ends it at once.

    To end at once is to raise KeyboardInterrupt, which no net for exceptions catches. The first signal does that too
    where nothing is in hand: before the first task, and while the next one is looked for or read.
    ``number`` is that of the signal, or 0; the exception has it too.
    """

    def __init__(self) -> None:
        self.number = 0
        self._cut = False
        self._in_hand = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Stop:
        for number in (getattr(signal, name) for name in SIGNALS if hasattr(signal, name)):
            before = signal.getsignal(number)
            if before in (signal.SIG_IGN, None):  # as under nohup, or in the background of a script
                continue
            try:
                self._before[number] = signal.signal(number, self._asked)
            except ValueError:  # not in the main thread, which alone may do that
                break
        return self

    def __exit__(self, *_: object) -> None:
        for number, before in self._before.items():
            signal.signal(number, before)

    def _asked(self, number: int, _frame: object) -> None:
        again, self.number = bool(self.number), number
        if again or not self._in_hand:
            raise KeyboardInterrupt(self.number)

    def over(self, engine: Engine) -> Engine:
        """Return an engine that is given no task more once the run is to end.

        When it has given what comes of those that it has, it raises KeyboardInterrupt; and at once where a worker or
        all of the engine was lost, for then the signal went to them too.
        """

        def stopping(work: Callable[[Task], T], tasks: Iterable[Task]) -> Iterator[T | Outcome]:
            try:
                for outcome in engine(work, self.until(tasks)):
                    if self.number and _was_lost(outcome):
                        raise KeyboardInterrupt(self.number)
                    yield outcome
            except Exception as problem:
                if self.number:
                    raise KeyboardInterrupt(self.number) from problem
                raise
            if self._cut:
                raise KeyboardInterrupt(self.number)

        return stopping

    def until(self, tasks: Iterable[Task]) -> Iterator[Task]:
        """Give the tasks, and none more once the run is to end."""
        remaining = iter(tasks)
        while not self.number:
            try:
                self._in_hand = False
                task = next(remaining, None)
            except KeyboardInterrupt:
                break
            finally:
                self._in_hand = True
            if task is None:
                return
            yield task
        self._cut = True


def _was_lost(outcome: object) -> bool:
    return isinstance(outcome, Outcome) and outcome.code == WorkerLost.code
