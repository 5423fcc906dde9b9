"""Dask: the work on many inputs, done by the workers of a cluster of machines."""

from __future__ import annotations

import pickle
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from uuid import uuid4

from copydesk.batch.child import Answer, Load, Loss, Order, do
from copydesk.batch.engines import TimeoutReached, WorkerLost
from copydesk.batch.serving import ended_by
from copydesk.batch.shipping import as_given, from_anywhere, now, whole
from copydesk.batch.values import Outcome, Settings, Task, stopped
from copydesk.desk.selection import Selection
from copydesk.errors import CopydeskError
from copydesk.fingerprint import differences, fingerprint, parts

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")

CONNECT = 10
"""So many seconds a scheduler may take to answer, and workers to turn up."""

CHUNK = 0.2
"""So many seconds the documents take that are handed out together: a scheduler has about one millisecond of work."""

LARGEST = 64
"""So many documents are handed out together at most, and so many come to be done again where a worker is lost."""

HEAVY = 1 << 20
"""So many bytes are handed out together at most, where the documents themselves are."""

AHEAD = 16
"""So many chunks for each thread are handed out at a time, so that a slow one holds nobody up."""


class Cluster(NamedTuple):
    """Does the work by the workers of a Dask scheduler, with a process for each of their threads.

    What a document does, it does to such a process and not to the worker: a document that takes longer than
    ``timeout`` (seconds; 0: no limit) or more than ``memory`` (MiB), or that ends the process, costs itself alone, and
    at once. A worker that is lost costs nothing: its documents are handed out again, and only one that has lost as
    many workers as the scheduler allows, by itself, is `failed`.

    A document that was written by a worker before it was lost is there already when it is done again; it counts as
    written and not as unchanged, if its file is younger than the run by the clock of the file system. On a store that
    has no such clock, which is known by ``://``, it counts as unchanged. What ``--force`` has overwritten is told by
    the worker that did it, and not told where that was lost.

    All tasks of a run select the same plugins. Workers have the files at the same paths, and the same installation:
    those that have not are told before the run, and left out where they come later.
    """

    address: str
    timeout: float
    memory: int

    def __call__(self, work: Callable[[Task], T], tasks: Iterable[Task]) -> Iterator[T | Outcome]:
        """Hand out the tasks in chunks, a bounded number at a time, and give what comes back in their order."""
        client = connect(self.address)
        run = Run(client, self, work)
        try:
            yield from run.results(tasks)
        except CopydeskError:
            raise
        except Exception as problem:
            if not _is_lost(client, problem):
                raise
            raise CopydeskError(f"the scheduler at {self.address} was lost after {run.done} of the inputs; the same "
                                "command goes on from there") from problem  # fmt: skip
        finally:  # also where nobody asks for the rest
            run.cancel()
            client.close()


def connect(address: str) -> Client:
    """Return a connection to a scheduler that has workers. Raises CopydeskError, with what to do."""
    try:
        from distributed import Client
        from distributed.comm import parse_address, parse_host_port
    except ImportError:
        raise CopydeskError("--scheduler needs the library distributed; pip install 'copydesk[dask]'") from None
    _be_quiet()
    try:
        parse_host_port(parse_address(address)[1])  # a client that was made with a wrong one takes long to be gone
        client = Client(address, timeout=CONNECT, set_as_default=False, name="copydesk")
    except (OSError, ValueError, TimeoutError) as problem:
        raise CopydeskError(f"no scheduler answers at {address!r}: {_first_line(problem)}; start one with "
                            "'dask scheduler', and give the address that it names") from None  # fmt: skip
    try:
        client.wait_for_workers(1, timeout=CONNECT)
    except TimeoutError:
        client.close()
        raise CopydeskError(f"the scheduler at {address} has no workers; start some with "
                            f"'dask worker {address}'") from None  # fmt: skip
    return client


def _be_quiet() -> None:
    """Leave it to the run to say what has happened; the library would say it again, with its call stack."""
    import logging

    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)


def _first_line(problem: BaseException) -> str:
    return str(problem).partition("\n")[0]


def _is_lost(client: Client, problem: Exception) -> bool:
    """Tell whether it was the scheduler that was lost."""
    from concurrent.futures import CancelledError

    from distributed.comm import CommClosedError

    return client.status != "running" or isinstance(problem, CancelledError | CommClosedError)


class Chunk(NamedTuple):
    """Tasks in their order, those of them that were handed out together, and the promise of what comes of these."""

    tasks: list[Task]
    sent: list[Task]
    promise: Any


class Run:
    """One kind of work on many tasks: what is handed out, who does it, and how long it takes."""

    def __init__(self, client: Client, cluster: Cluster, work: Callable[[Task], Any]) -> None:
        self.done = 0
        self._client, self._cluster, self._work = client, cluster, work
        self._name = f"copydesk-{uuid4().hex}"
        self._sent = 0
        self._handed_out: deque[Chunk] = deque()
        self._refused: set[str] = set()
        self._threads: dict[str, int] = {}
        self._asked = 0.0
        self._size = 4
        self._order = Order(())
        self._since = 0

    def results(self, tasks: Iterable[Task]) -> Iterator[Any]:
        """Give the results of tasks."""
        for chunk in self._chunks(iter(tasks)):
            self._handed_out.append(chunk)
            while self._handed_out and (self._is_much() or self._is_ready(self._handed_out[0])):
                yield from self._back(self._handed_out.popleft())
        while self._handed_out:
            yield from self._back(self._handed_out.popleft())

    def _is_much(self) -> bool:
        return len(self._handed_out) > AHEAD * sum(self._workers().values())

    def _is_ready(self, chunk: Chunk) -> bool:
        return chunk.promise is None or bool(chunk.promise.done())

    def _chunks(self, tasks: Iterator[Task]) -> Iterator[Chunk]:
        """Hand out tasks as they come, those that are settled aside."""
        chunk, heavy = Chunk([], [], None), 0
        for task in tasks:
            chunk.tasks.append(task)
            if not task.settled:
                chunk.sent.append(task)
                heavy += len(task.data or b"")
            if len(chunk.sent) >= self._size or len(chunk.tasks) >= LARGEST or heavy >= HEAVY:
                yield self._hand_out(chunk)
                chunk, heavy = Chunk([], [], None), 0
        if chunk.tasks:
            yield self._hand_out(chunk)

    def _hand_out(self, chunk: Chunk) -> Chunk:
        return chunk._replace(promise=self._submit(chunk.sent)) if chunk.sent else chunk

    def _submit(self, tasks: list[Task]) -> Any:
        if not self._order.fingerprint:
            self._begin(tasks[0].settings)
        self._sent += 1
        load = Load(self._work, tuple(map(from_anywhere, tasks)), self._since, self._name)
        order = self._order._replace(payload=pickle.dumps(load), size=len(tasks))
        return self._client.submit(_done, tuple(order), self._cluster.memory, key=f"{self._name}-{self._sent}",
                                   pure=False, workers=self._others(), allow_other_workers=False)  # fmt: skip

    def _begin(self, settings: Settings) -> None:
        """Look whether all workers have the plugins of a run, and the same Copydesk."""
        selection = whole(settings.plugins)
        self._since = now(settings.out)
        self._order = Order(tuple(selection), fingerprint(selection), timeout=self._cluster.timeout)
        answers = self._client.run(_asked, tuple(selection), self._cluster.memory, on_error="return")
        others = {address: said for address, answer in answers.items() if (said := self._said(answer))}
        if others:
            address, said = min(others.items())
            raise CopydeskError(f"{len(others)} of {len(answers)} workers cannot do the work: {address}: {said}")

    def _said(self, answer: Any) -> str:
        """Say how the installation of a worker differs from this one, or nothing where it does not."""
        if isinstance(answer, Exception):
            return f"{type(answer).__name__}: {_first_line(answer)}; install Copydesk there as it is here"
        found, known = Answer(*answer), parts(Selection(*self._order.selection))
        if found.fault or found.parts == known:
            return found.fault
        return f"it has another installation ({differences(known, found.parts)}); install the same here and there"

    def _workers(self) -> dict[str, int]:
        """Return the threads of each worker, as they were a moment ago."""
        if monotonic() - self._asked > 1:
            self._threads, self._asked = dict(self._client.nthreads()), monotonic()
        return self._threads

    def _others(self) -> list[str] | None:
        """Return the workers that are not left out, or None for all."""
        if not self._refused:
            return None
        others = sorted({*self._workers()} - self._refused)
        if not others:
            raise CopydeskError("no worker is left that has the same installation; the same command goes on from here")
        return others

    def _back(self, chunk: Chunk) -> Iterator[Any]:
        results = iter(self._results(chunk.sent, chunk.promise) if chunk.sent else ())
        for task in chunk.tasks:
            self.done += 1
            yield task.settled or self._result(task, next(results))

    def _results(self, tasks: list[Task], promise: Any) -> list[bytes | Loss | str]:
        """Return what came of tasks; where their workers were lost, they are handed out again one by one.

        Then there is nothing else at the workers that could have them lost once more.
        """
        try:
            return list(self._answer(tasks, promise).results)
        except CopydeskError:
            raise
        except Exception as problem:
            if _is_lost(self._client, problem):
                raise
            if len(tasks) == 1:
                return [_first_line(problem)]
        self._wait()
        return [result for task in tasks for result in self._results([task], self._submit([task]))]

    def _wait(self) -> None:
        for chunk in self._handed_out:
            if chunk.promise is not None:
                chunk.promise.exception()

    def _answer(self, tasks: list[Task], promise: Any) -> Answer:
        while True:
            address, fields = promise.result()
            answer = Answer(*fields)
            if answer.results:
                self._size = max(1, min(LARGEST, round(CHUNK * len(tasks) / answer.seconds)))
                return answer
            if address not in self._refused:
                print(f"worker {address} is left out: {self._said(fields)}", file=sys.stderr)
                self._refused.add(address)
            self._asked = 0
            promise = self._submit(tasks)

    def _result(self, task: Task, result: bytes | Loss | str) -> Any:
        if isinstance(result, bytes):
            return as_given(pickle.loads(result), task)
        return stopped(task, "normalize", self._problem(result))

    def _problem(self, result: Loss | str) -> CopydeskError:
        if isinstance(result, str):
            return WorkerLost(f"the workers that had it were lost, and so were those that had it alone ({result}); "
                              "look at its plugin, or at the workers")  # fmt: skip
        if result.exitcode is None:
            return TimeoutReached(f"it took longer than {self._cluster.timeout:g} s, and was stopped; look at its "
                                  "plugin, or allow more with --timeout")  # fmt: skip
        return WorkerLost(f"the process that had it ended with {ended_by(result.exitcode)}; look at its plugin, or at "
                          "what that is made of")  # fmt: skip

    def cancel(self) -> None:
        """Take back what was handed out and has not been begun."""
        self._client.cancel([chunk.promise for chunk in self._handed_out if chunk.promise is not None])


def _done(order: tuple[Any, ...], memory: int) -> tuple[str, tuple[Any, ...]]:
    """Have an order done at a worker; only plain values come and go, which any version of Copydesk can read."""
    from distributed import get_worker

    return get_worker().address, tuple(do(Order(*order), memory))


async def _asked(selection: tuple[Any, ...], memory: int) -> tuple[Any, ...]:
    """Return what the installation of a worker is made of; its loop goes on while that is found out."""
    from asyncio import to_thread

    return tuple(await to_thread(do, Order(selection), memory))
