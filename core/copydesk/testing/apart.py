"""Work on a plugin in a process of its own, so that what hangs or crashes is a failed test and not the end of all."""

from __future__ import annotations

import atexit
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from copydesk.batch.serving import ended_by, prepare
from copydesk.contract.places import place_in, shown
from copydesk.errors import CopydeskError
from copydesk.testing.cases import becomes
from copydesk.testing.checks import check_of
from copydesk.testing.kit import Spec, kit_of

T = TypeVar("T")

MEMORY = 1024
"""So much memory, in MiB, the process may take beyond what it takes to start."""


class Stopped(CopydeskError):  # noqa: N818 - a situation and not a fault
    """Work that was stopped from outside: it took too long, or its process has ended."""


def problems(spec: Spec, check: str) -> list[str]:
    """Return what a check finds wrong."""
    try:
        return list(check_of(check)(kit_of(spec)))
    except (Exception, SystemExit) as problem:  # what a plugin raises where no check expects it is told, too
        place = shown(place_in(problem))
        said = f"{place and f'{place}: '}{type(problem).__name__}: {problem}"
        return [f"the check {check!r} of plugin {spec.plugin!r} cannot go on: {said}"]


def made(spec: Spec, case: str) -> dict[str, str]:
    """Return what becomes of a case: file names and their contents, or why it fails, under `failed`."""
    kit = kit_of(spec)
    try:
        return becomes(next(each for each in kit.cases if each.name == case), kit.host)
    except CopydeskError as problem:
        return {"failed": str(problem)}


def apart(work: Callable[..., T], *arguments: object, timeout: float) -> T:
    """Do some work in a process of its own, which is kept for the next; 0 does it in this one. Raises Stopped."""
    if not timeout:
        return work(*arguments)
    from concurrent.futures import TimeoutError

    from pebble import ProcessExpired

    try:
        result: T = _pool().schedule(work, args=list(arguments), timeout=timeout).result()
    except TimeoutError:
        raise Stopped(f"it took longer than {timeout:g} s, and was stopped") from None
    except ProcessExpired as problem:
        raise Stopped(f"the process that did it ended with {ended_by(problem.exitcode)}") from None
    return result


@cache
def _pool() -> Any:
    import multiprocessing

    from pebble import ProcessPool

    context = multiprocessing.get_context("spawn")  # a fork would take the threads of a test runner with it
    pool = ProcessPool(max_workers=1, context=context, initializer=prepare, initargs=[MEMORY])
    atexit.register(_end, pool)
    return pool


def _end(pool: Any) -> None:
    pool.stop()
    pool.join()
