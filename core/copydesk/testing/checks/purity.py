"""Whether the plugin reads nothing but its page while it runs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from copydesk.contract.places import OWN, shown
from copydesk.errors import CopydeskError
from copydesk.limits import TookTooLong, within
from copydesk.pipeline import normalize
from copydesk.testing.kit import Kit

MODULES = frozenset(("time", "posix", "nt", "_socket", "_posixsubprocess", "_winapi", "_locale", "_ctypes"))
"""Modules in C whose functions ask the system; `os` and others end in them."""
HARMLESS = frozenset(("fspath",))
METHODS = frozenset(("datetime.now", "datetime.today", "datetime.utcnow", "date.today", "Random.random",
                     "Random.getrandbits", "Random.seed", "SystemRandom.random"))  # fmt: skip
ENVIRONMENT = ("_Environ.__getitem__", "_Environ.__iter__")
LONGEST = 5.0
EVENTS = ("open", "socket.", "subprocess.", "os.", "shutil.", "ctypes.", "urllib.", "sqlite3.", "glob.", "tempfile.")


class _Watch:
    """What was seen of a plugin; it listens to calls of C and to the events of Python's audit."""

    def __init__(self) -> None:
        self.files: frozenset[str] = frozenset()
        self.seen: dict[str, None] = {}
        self.hooked = False

    def on_call(self, frame: FrameType, event: str, arg: Any) -> None:
        if event == "c_call":
            if said := _asks(arg):
                self.note(frame, said)
        elif event == "call" and frame.f_code.co_qualname in ENVIRONMENT and frame.f_back is not None:
            self.note(frame.f_back, "os.environ")

    def on_event(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.files and event.startswith(EVENTS):
            self.note(sys._getframe(1), f"{event} {arguments[0]!r}" if arguments else event)

    def note(self, frame: FrameType | None, what: str) -> None:
        """Note what was asked if the plugin has asked it, itself or through the library, and not the core for it."""
        while frame is not None:
            path = frame.f_code.co_filename
            if path in self.files:
                place = shown((path, frame.f_lineno))
                self.seen[f"{place}: asks for {what} while it reads a page; a plugin reads its page and no more"] = None
                return
            if path.startswith(OWN):
                return
            frame = frame.f_back


_WATCH = _Watch()


def _asks(function: Any) -> str:
    name = getattr(function, "__qualname__", "")
    module = getattr(function, "__module__", None) or ""
    if module in MODULES and name not in HARMLESS:
        return f"{module}.{name}"
    return name if name in METHODS or (name == "open" and module in ("io", "_io")) else ""


@contextmanager
def watched(files: frozenset[str]) -> Iterator[dict[str, None]]:
    """Watch what the code in some files asks of the system; give the lines in which it is told."""
    if not _WATCH.hooked:
        sys.addaudithook(_WATCH.on_event)  # there is no way to take it away
        _WATCH.hooked = True
    _WATCH.seen = {}
    _WATCH.files = files
    before = sys.getprofile()
    sys.setprofile(_WATCH.on_call)
    try:
        yield _WATCH.seen
    finally:
        sys.setprofile(before)
        _WATCH.files = frozenset()


def purity(kit: Kit) -> Iterator[str]:
    """On its cases the plugin opens nothing, asks no clock, no dice, no network, no environment."""
    _run(kit)  # what is imported on first use is imported now
    with watched(frozenset(str(path) for path in kit.files)) as seen:
        _run(kit)
    yield from seen


def _run(kit: Kit) -> None:
    for case in kit.cases:
        try:
            with within(LONGEST):
                normalize(case.capture, host=kit.host)
        except (CopydeskError, TookTooLong):
            continue
