from __future__ import annotations

import re
import signal
import threading
import time
from collections.abc import Callable

import pytest

from copydesk.limits import TookTooLong, within


def test_what_never_ends_is_interrupted() -> None:
    """A loop, a wait and a pattern that backtracks are stopped, and code that catches all exceptions too."""
    def patient() -> None:
        while True:
            try:
                time.sleep(60)
            except Exception:
                continue

    jobs: list[Callable[[], object]] = [patient, lambda: time.sleep(60), lambda: re.match(r"(a|a)*b", "a" * 60)]
    for job in jobs:
        begun = time.monotonic()
        with pytest.raises(TookTooLong, match=r"it took longer than 0\.1 s"), within(0.1):
            job()
        assert time.monotonic() - begun < 5


def test_what_ends_in_time_is_not() -> None:
    """Nothing is interrupted later, and what was set before is set again."""
    before = signal.getsignal(signal.SIGALRM)
    with within(0.05):
        pass
    time.sleep(0.1)

    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_other_threads_have_no_limit() -> None:
    """Where nothing can be interrupted, the work is done all the same."""
    done = []

    def work() -> None:
        with within(0.01):
            time.sleep(0.05)
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    assert done == [True]
