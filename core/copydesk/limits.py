"""Limits of time within a process: what takes too long is interrupted, also in a pattern that never ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class TookTooLong(BaseException):
    """What was to be done within a limit was not."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise TookTooLong in what takes longer than so many seconds, waiting included.

    Only the main thread can be interrupted, and only where the system has interval timers; elsewhere there is no limit.
    """
    import signal
    import threading

    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(_number: int, _frame: object) -> None:
        raise TookTooLong(f"it took longer than {seconds:g} s")

    handler = signal.signal(signal.SIGALRM, interrupt)
    delay, interval = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, delay, interval)
        signal.signal(signal.SIGALRM, handler)
