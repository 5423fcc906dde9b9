"""A worker as its parent has it: a process, the pipes to it, and the chunks that it was handed."""

from __future__ import annotations

import pickle
import signal
from collections import deque
from collections.abc import Callable
from time import monotonic
from typing import Any

from copydesk.batch.chunks import Chunk
from copydesk.batch.serving import BELL, serve, unpacked
from copydesk.batch.values import Task

LIGHT = 1 << 15
"""A pipe holds so many bytes, so that a worker which is at work can be handed them without waiting for it."""

GRACE = 1.0
"""So many seconds a worker has to end by itself."""

START = 60.0
"""So many seconds a worker may take to start, on however busy a machine."""


class Worker:
    """Hands chunks to a process, and finishes their tasks as it tells of them."""

    def __init__(self, work: Callable[[Task], Any], timeout: float, memory: int) -> None:
        context = _context()
        asked, self._asking = context.Pipe(duplex=False)
        self._told, telling = context.Pipe(duplex=False)
        self.bell, ringing = context.Pipe(duplex=False)
        self._process = context.Process(target=serve, args=(asked, telling, ringing, work, timeout, memory),
                                        daemon=True)  # fmt: skip
        self._process.start()
        for theirs in (asked, telling, ringing):
            theirs.close()
        self.chunks: deque[Chunk] = deque()
        self.is_ready = False
        self._timeout = timeout
        self._frames = 0
        self._heard = monotonic()

    def hand(self, chunk: Chunk) -> bool:
        """Hand over a chunk, unless it is so large that one would have to wait until the process takes it."""
        chunk.payload = chunk.payload or pickle.dumps(tuple(turn.task for turn in chunk.turns), pickle.HIGHEST_PROTOCOL)
        if self.chunks and len(chunk.payload) > LIGHT:
            return False
        if not self.chunks:
            self._heard = monotonic()
        self.chunks.append(chunk)
        try:
            self._asking.send_bytes(chunk.payload)
        except OSError:  # it has ended, which is found out when its bell is listened to
            return True
        finally:
            chunk.payload = b""
        return True

    def listen(self) -> tuple[int, float]:
        """Take what the bell was rung for; return how many tasks were done, and the seconds these took.

        Raises EOFError or OSError where the process has ended.
        """
        frames, tasks, seconds = BELL.unpack(self.bell.recv_bytes())
        while self._frames < frames:
            self._take()
        self.is_ready = True
        self._heard = monotonic()
        return tasks, seconds

    def _take(self) -> None:
        frame = self._told.recv_bytes()
        self._frames += 1
        chunk = self.chunks[0]
        if not frame:
            chunk.is_begun = True
            return
        turn = chunk.turns.popleft()
        turn.finish(unpacked(frame, turn.task))
        if not chunk.turns:
            self.chunks.popleft()

    def _take_all(self) -> None:
        """Take also what no bell was rung for."""
        try:
            while self._told.poll():
                self._take()
                self._heard = monotonic()
        except (EOFError, OSError):  # that was all
            return

    def is_stuck(self) -> bool:
        """Tell whether it has been at one task for longer than it may.

        The system ends a process in time where it has alarms; this is for where it has none.
        """
        self._take_all()
        patience = self._timeout + GRACE if self.is_ready else START
        return bool(self.chunks and self._timeout) and monotonic() - self._heard > patience

    def is_alive(self) -> bool:
        """Tell whether the process has not ended."""
        return bool(self._process.is_alive())

    def end(self, seconds: float = 0.0) -> int | None:
        """End the process, unless it ends by itself in so many seconds, and take what it has told.

        Return its exit code, or None where the system ended it since its time was up.
        """
        self._process.join(seconds)
        self._process.kill()
        self._process.join()
        self._take_all()
        self.let_go()
        code: int | None = self._process.exitcode
        return None if code is not None and -code == getattr(signal, "SIGALRM", None) else code

    def let_go(self) -> None:
        """Let the process end when it is done with the task in hand."""
        for ours in (self._asking, self._told, self.bell):
            ours.close()

    def see_off(self, seconds: float) -> list[Task]:
        """Wait for a process that was let go, and end it in so many seconds; return what it may have had in hand."""
        self._process.join(seconds)
        if not self._process.is_alive():
            return []
        self._process.kill()
        self._process.join()
        return [turn.task for turn in self.chunks[0].turns] if self.chunks else []


def _context() -> Any:
    """Return how workers are started: from a process that has the libraries, where there is such a thing."""
    import multiprocessing

    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["copydesk.batch.work", "copydesk.batch.serving", "copydesk.schema"])
    _start_deaf()
    return context


def _start_deaf() -> None:
    """Start the process that workers come from, such that Ctrl-C reaches neither it nor them, not even at first."""
    from multiprocessing import forkserver, resource_tracker
    from signal import SIG_BLOCK, SIG_SETMASK, SIGINT, pthread_sigmask

    resource_tracker.ensure_running()  # the other would start it, and that lets signals in again
    before = pthread_sigmask(SIG_BLOCK, {SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        pthread_sigmask(SIG_SETMASK, before)
