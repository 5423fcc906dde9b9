"""Places in plugins: the file and the line of what a plugin has written, for the messages about it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from types import TracebackType
from typing import Any

OWN = os.path.dirname(os.path.dirname(__file__)) + os.sep
_LIBRARY = os.path.dirname(os.__file__) + os.sep

Place = tuple[str, int]
"""The path of a file, and a line in it from 1."""

NOWHERE: Place = ("", 0)


def caller() -> Place:
    """Return where the code stands that has called the core: the innermost place outside it."""
    frame = sys._getframe(1)
    while frame.f_code.co_filename.startswith(OWN) and frame.f_back is not None:
        frame = frame.f_back
    return frame.f_code.co_filename, frame.f_lineno


def place_of(rule: object) -> Place:
    """Return where a rule is written: a function, or what a pattern was made into."""
    made: Place | None = getattr(getattr(rule, "pattern", None), "place", None)
    if made is not None:
        return made
    code: Any = getattr(rule, "__code__", None)
    return (code.co_filename, code.co_firstlineno) if code is not None else NOWHERE


def place_in(problem: BaseException) -> Place:
    """Return where a plugin stood when something was raised: the innermost place outside the core and the library."""
    if isinstance(problem, SyntaxError) and problem.filename:
        return problem.filename, problem.lineno or 1
    own = [place for place in _places(problem.__traceback__) if _is_of_plugin(place[0])]
    return own[-1] if own else NOWHERE


def _places(trace: TracebackType | None) -> Iterator[Place]:
    while trace is not None:
        yield trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next


def _is_of_plugin(path: str) -> bool:
    if not os.path.isabs(path) or path.startswith(OWN):  # what is frozen into Python has no path
        return False
    return not path.startswith(_LIBRARY) or "-packages" in path


def shown(place: Place) -> str:
    """Return a place as `package/module.py:12`, the same on every machine; empty for nowhere."""
    path, line = place
    return f"{'/'.join(path.replace(os.sep, '/').split('/')[-2:])}:{line}" if path else ""
