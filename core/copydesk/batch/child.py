"""A process beside the one that keeps it: it does the work on documents, and is replaced when one of them ends it."""

from __future__ import annotations

import os
import pickle
from collections import defaultdict, deque
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

from copydesk import files
from copydesk.batch.values import Outcome, Task

IDLE = 60
"""After so many seconds without work a process ends."""

START = 120
"""So many seconds it may take to start a process and to load its plugins."""

ENDING = 5
"""So many seconds a process may take to end that has closed its connection."""

LATE = 2
"""After so many times the limit of a document a process ends by itself, if it cannot see that its keeper is gone."""


class Order(NamedTuple):
    """Work to be done: ``payload`` is pickled and opened by those alone who have the ``fingerprint`` it comes with.

    ``selection`` holds the fields of a Selection, ``size`` says how many tasks there are, ``begin`` how many of these
    are done, and ``timeout`` how many seconds one may take (0: no limit).
    """

    selection: tuple[Any, ...]
    fingerprint: str = ""
    payload: bytes = b""
    size: int = 0
    begin: int = 0
    timeout: float = 0


class Loss(NamedTuple):
    """What became of a document that ended its process: ``exitcode`` as the system gave it, None for a time limit."""

    exitcode: int | None


class Answer(NamedTuple):
    """What came of an order: the pickled result of each task or its loss, and how long all took, in seconds.

    Without the fingerprint that was asked for there are the ``parts`` of the one there is, or what is wrong.
    """

    results: tuple[bytes | Loss, ...] = ()
    seconds: float = 0
    parts: tuple[str, ...] = ()
    fault: str = ""


class Load(NamedTuple):
    """What an order's payload is: the work, the tasks, the time (ns) from which on an output is of this run, its name.

    A process that is kept from another ``run`` lets go of what it has open: that may be another file by now.
    """

    work: Callable[[Task], Any]
    tasks: tuple[Task, ...]
    since: int
    run: str = ""


_idle: defaultdict[int, deque[Child]] = defaultdict(deque)


def do(order: Order, memory: int) -> Answer:
    """Have an order done in a process with a limit of memory (MiB), each task in turn, whatever becomes of another."""
    from time import perf_counter

    begun, results = perf_counter(), list[bytes | Loss]()
    while True:
        child, known = _at_work(order._replace(begin=len(results)), memory)
        if child is None:
            return known
        while len(results) < order.size:
            results.append(child.result(order.timeout))
            if isinstance(results[-1], Loss):
                break
        else:
            _idle[memory].append(child)
            return Answer(tuple(results), perf_counter() - begun)


def _at_work(order: Order, memory: int) -> tuple[Child | None, Answer]:
    """Return a process that has begun an order; one that is kept may have ended, or be of an older installation."""
    while _idle[memory]:
        try:
            child = _idle[memory].pop()
        except IndexError:  # another thread was faster
            break
        if child.takes(order):
            return child, Answer()
    child = Child(memory)
    if child.takes(order):
        return child, Answer()
    return None, child.known


class Child:
    """The keeper's side of a process."""

    def __init__(self, memory: int) -> None:
        import multiprocessing

        context = multiprocessing.get_context("spawn")  # so that it has the files of now, and no thread of this process
        multiprocessing.current_process().daemon = False  # a nanny's worker is one, and these may have no children
        self._connection, there = context.Pipe()
        self._process = context.Process(target=serve, args=(there, memory), daemon=True)
        self._process.start()
        there.close()
        self.known = Answer()

    def takes(self, order: Order) -> bool:
        """Give an order to the process, and return whether it has begun; if not, it has ended."""
        try:
            self._connection.send(tuple(order))
            if self._connection.poll(START):
                taken, self.known = self._connection.recv()
                if taken:
                    return True
            else:
                self.known = Answer(fault=f"no process was ready within {START} s")
        except (EOFError, OSError):
            self.known = Answer(fault=f"a process ended with exit code {self.end(ENDING)} before it had a document")
        self.end()
        return False

    def result(self, timeout: float) -> bytes | Loss:
        """Wait for the result of a task; where there is none, the process has ended."""
        try:
            if self._connection.poll(timeout or None):
                return self._connection.recv_bytes()
        except (EOFError, OSError):
            return Loss(self.end(ENDING))
        self.end()
        return Loss(None)

    def end(self, patience: float = 0) -> int | None:
        """End the process, if it does not do so by itself, and return its exit code."""
        self._connection.close()
        self._process.join(patience)
        self._process.kill()
        self._process.join()
        return self._process.exitcode


def serve(connection: Connection, memory: int) -> None:
    """Do the orders that come in, until no more come or the keeper is gone."""
    from threading import Thread

    from copydesk.batch.serving import prepare

    prepare(memory)
    Thread(target=_end_with_keeper, daemon=True).start()
    run = ""
    try:
        while connection.poll(IDLE):
            run = _serve(connection, Order(*connection.recv()), run)
    except (EOFError, OSError):
        return


def _end_with_keeper() -> None:
    """End the process as soon as its keeper is gone: somebody else will do the work again."""
    from multiprocessing import parent_process

    keeper = parent_process()
    assert keeper is not None
    keeper.join()
    os._exit(1)


def _serve(connection: Connection, order: Order, run: str) -> str:
    """Do an order after those of a run, and return the run that it is of."""
    known, fingerprint = _known(order.selection)
    connection.send((fingerprint == order.fingerprint, known))
    if fingerprint != order.fingerprint:
        return run
    load: Load = pickle.loads(order.payload)
    if load.run != run:
        files.let_go()
    if order.begin:
        _sweep(load.tasks[order.begin - 1])
    for task in load.tasks[order.begin :]:
        _end_after(LATE * order.timeout)
        connection.send_bytes(pickle.dumps(_of_this_run(load.work(task), load.since)))
    _end_after(0)
    return load.run


def _known(selection: tuple[Any, ...]) -> tuple[Answer, str]:
    from copydesk.desk.selection import Selection
    from copydesk.fingerprint import fingerprint, parts

    try:
        chosen = Selection(*selection)
        return Answer(parts=parts(chosen)), fingerprint(chosen)
    except Exception as problem:  # an older Copydesk, or a plugin that is not here
        return Answer(fault=str(problem)), "none"


def _of_this_run(result: Any, since: int) -> Any:
    """Return a result, and let an output count as written that was written since the run began.

    It is unchanged only because somebody was here before, with the same task, and was lost.
    """
    if not since or not isinstance(result, Outcome) or result.status != "unchanged":
        return result
    return result._replace(status="written") if os.stat(result.output).st_mtime_ns > since else result


def _sweep(task: Task) -> None:
    """Remove what the process that was lost may have left of an output."""
    if task.settings.out and task.name and "://" not in task.settings.out:
        from pathlib import Path

        from copydesk.outputs import sweep

        sweep(Path(task.settings.out, task.name))


def _end_after(seconds: float) -> None:
    """Let the system end this process after so long, also in a pattern that never ends; 0: not at all."""
    import signal

    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
