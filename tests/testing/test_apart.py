from __future__ import annotations

import os
import time

import pytest

from copydesk.testing.apart import Stopped, apart, made, problems
from copydesk.testing.kit import Spec
from tests.support.specimens import SEEDS

NAENARA = Spec("naenara", (str(SEEDS / "naenara"),))


def test_work_is_done_in_another_process() -> None:
    """What is done apart is done in a process that is kept for the next work, or in this one where 0 is asked for."""
    first, second = (apart(os.getpid, timeout=20) for _ in range(2))

    assert first == second != os.getpid()
    assert apart(os.getpid, timeout=0) == os.getpid()


def test_what_hangs_is_stopped_and_the_next_is_done() -> None:
    """Work that takes too long is stopped with the limit, and what follows has a new process."""
    before = apart(os.getpid, timeout=20)
    with pytest.raises(Stopped, match=r"it took longer than 0\.5 s, and was stopped"):
        apart(time.sleep, 60, timeout=0.5)

    assert apart(os.getpid, timeout=20) != before


def test_what_crashes_is_told_and_the_next_is_done() -> None:
    """Work that ends its process is told with how it ended."""
    with pytest.raises(Stopped, match="the process that did it ended with exit code 7"):
        apart(os._exit, 7, timeout=20)

    assert apart(problems, NAENARA, "loads", timeout=20) == []


def test_what_becomes_of_a_case_is_what_is_accepted() -> None:
    """Apart a case becomes the same as here."""
    (folder,) = SEEDS.glob("naenara/byline")

    assert apart(made, NAENARA, "byline", timeout=20)["expected.md"] == (folder / "expected.md").read_text("utf-8")
