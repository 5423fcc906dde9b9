"""How far a run is: on a terminal a display below the messages, elsewhere a line from time to time."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from copydesk.batch.stopping import Stop
from copydesk.batch.values import STATUSES

if TYPE_CHECKING:
    from copydesk.cli.display import Display

TICK = 0.2
"""Seconds between two looks at the counts, and between two drawings of the display."""

SHORT = 0.5
"""Seconds that a run may take before a display is made for it, and its library loaded."""

SPARING = (10.0, 60.0)
"""Seconds between two plain lines: at first, and at most; in between it is half of what the run has taken."""

RECENT = (5.0, 10)
"""What the rate is taken from: the last seconds, and so many inputs at least."""

STOPPING = "stopping: what is in hand is finished first; a second Ctrl-C ends at once"


class Far(NamedTuple):
    """How far a run is; the rate is in inputs a second, ``left`` in seconds, and either is None where it is unknown."""

    command: str
    done: int
    total: int | None
    rate: float | None
    left: float | None
    counts: dict[str, int]


class Pace:
    """How fast inputs are done, over the recent past.

    What has not changed is passed in no time and what is new is not, so the mean of all of a run says nothing of
    what is left; an average that fades takes minutes to forget a thousandfold rate. A window forgets it at its end.
    """

    def __init__(self, begun: float) -> None:
        self._seen = deque([(begun, 0)])

    def rate(self, now: float, done: int) -> float | None:
        """Take in how many are done by now, and return how many a second these are."""
        seconds, inputs = RECENT
        seen = self._seen
        while len(seen) > 1 and now - seen[1][0] >= seconds and done - seen[1][1] >= inputs:
            seen.popleft()
        since, before = seen[0]
        if done != seen[-1][1]:
            seen.append((now, done))
        return (done - before) / (now - since) if done > before and now > since else None


class Progress:
    """Shows how far a run is, from a thread of its own: a document costs nothing by it.

    ``counts`` are those of the run, which others keep; ``say`` puts a line on standard error.
    """

    def __init__(
        self, command: str, counts: Mapping[str, int], stop: Stop, total: int | None, say: Callable[[str], None], *,
        on_terminal: bool,
    ) -> None:  # fmt: skip
        self._command, self._counts, self._stop, self._total = command, counts, stop, total
        self._plainly, self._on_terminal = say, on_terminal
        self._begun = monotonic()
        self._pace, self._next_line = Pace(self._begun), self._begun + SPARING[0]
        self._display: Display | None = None
        self._waiting: list[str] = []
        self._lock, self._over = threading.Lock(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="progress", daemon=True)
        self._has_said_stopping = False

    def start(self) -> None:
        """Begin to look at the counts."""
        self._thread.start()

    def say(self, text: str) -> None:
        """Put a line on standard error, above the display if there is one."""
        with self._lock:
            if self._display:
                self._waiting.append(text)
            else:
                self._plainly(text)

    def end(self) -> None:
        """Take the display away, when it has shown each line."""
        self._over.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(TICK):
            self._look(monotonic())
        if display := self._display:
            self._draw(display, self._far(monotonic()))
            self._give_up(display)

    def _look(self, now: float) -> None:
        """Tell how far the run is now, where it is time to."""
        far = self._far(now)
        if self._stop.number and not self._has_said_stopping:
            self._has_said_stopping = True
            self.say(f"{self._command}: {STOPPING}")
        if self._on_terminal and not self._display and now - self._begun >= SHORT:
            self._open()
        if self._display:
            self._draw(self._display, far)
        elif not self._on_terminal and now >= self._next_line:
            self._plainly(line(far))
            self._next_line = now + min(max(SPARING[0], (now - self._begun) / 2), SPARING[1])

    def _far(self, now: float) -> Far:
        counts = dict(self._counts)
        done, total = sum(counts.get(status, 0) for status in STATUSES), self._total
        rate = self._pace.rate(now, done)
        left = max(total - done, 0) / rate if rate and total is not None else None
        return Far(self._command, done, total, rate, left, counts)

    def _open(self) -> None:
        from copydesk.cli.display import Display

        with self._lock:  # so that no line is being written while the terminal is prepared
            try:
                self._display = Display()
            except OSError:  # the terminal is gone
                self._on_terminal = False

    def _draw(self, display: Display, far: Far) -> None:
        lines = self._taken()
        try:
            display.draw(far, lines)
        except Exception:  # the terminal is gone, or its library is at a loss: the lines are what matters
            self._give_up(display)
            for text in lines:
                self._plainly(text)

    def _give_up(self, display: Display) -> None:
        """Let the display be no more, and lines be written as they are from now on."""
        with self._lock:
            self._display, self._on_terminal = None, False
            try:
                display.close()
            except Exception:  # as above
                return

    def _taken(self) -> list[str]:
        with self._lock:
            waiting, self._waiting = self._waiting, []
        return waiting


def line(far: Far) -> str:
    """Return in one line how far a run is."""
    return f"{far.command}: {', '.join(filter(None, (reached(far), speed(far), remaining(far))))}: {became(far)}"


def reached(far: Far) -> str:
    """Return how many inputs are done, and of how many."""
    of = "" if far.total is None else f" of {far.total:,}"
    return f"{far.done:,}{of} {'input' if (far.total or far.done) == 1 else 'inputs'}"


def speed(far: Far) -> str:
    """Return the rate, or nothing."""
    if far.rate is None:
        return ""
    return f"{far.rate:,.0f} a second" if far.rate >= 10 else f"{far.rate:.2g} a second"


def remaining(far: Far) -> str:
    """Return the time that is left, or nothing."""
    return "" if far.left is None else f"{duration(far.left)} left"


def became(far: Far) -> str:
    """Return how many inputs had which outcome."""
    said = " + ".join(f"{far.counts.get(status, 0):,} {status}" for status in STATUSES)
    warned = far.counts.get("diagnostics", 0)
    return said + (f"; {warned:,} with warnings" if warned else "")


def duration(seconds: float) -> str:
    """Return a time in the two largest units that it has."""
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    if days:
        return f"{days:,} d {hour} h"
    if hours:
        return f"{hours} h {minute} min"
    return f"{minutes} min {second} s" if minutes else f"{second} s"
