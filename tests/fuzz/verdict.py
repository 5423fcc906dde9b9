"""The verdict on one page: what became of it, or which law it breaks, named such that like failures have one name."""

from __future__ import annotations

import re
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NamedTuple

from copydesk import Capture, Rejection, normalize
from copydesk.decoding import decode
from copydesk.page import paginate
from tests.fuzz.made_up import Made
from tests.laws.html_truth import (
    assert_lawful_html,
    assert_marks_of,
    assert_page_is_whole,
    assert_true_to_html,
    captured_html,
)

SECONDS = 20
"""A page that takes longer hangs: the slowest of its size takes a hundredth of that."""


class Verdict(NamedTuple):
    """What became of a page (`document` or the code of its rejection), or the name of the failure and its trace."""

    outcome: str
    failure: str = ""
    trace: str = ""


class Hang(Exception):  # noqa: N818 - what happens, and no error of any code
    """A page took too long."""


@contextmanager
def time_limit(seconds: int) -> Iterator[None]:
    """Raise Hang where a block takes longer."""

    def ring(_: int, __: FrameType | None) -> None:
        raise Hang(f"more than {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def verdict(judge: Callable[[], str], *, seconds: int = SECONDS) -> Verdict:
    """Return the outcome that a judge gives, or its failure."""
    try:
        with time_limit(seconds):
            return Verdict(judge())
    except Exception as problem:
        return Verdict("failed", name_of(problem), traceback.format_exc())


def name_of(problem: Exception) -> str:
    """Return a name for a failure: its kind, where it was raised, and what it says without names and numbers."""
    frames = [frame for frame in traceback.extract_tb(problem.__traceback__) if "verdict" not in frame.filename]
    where = f"{frames[-1].name}:{frames[-1].lineno}" if frames else "nowhere"
    said = re.sub(r"'[^']*'|\"[^\"]*\"|\d+", "_", str(problem).partition("\n")[0])[:60]
    return re.sub(r"[^\w:.-]+", " ", f"{type(problem).__name__} in {where} {said}").strip()


def judge_any(capture: Capture) -> str:
    """Judge a capture of anything: lawful, and with all that an HTML page shows."""
    outcome = assert_lawful_html(capture)
    try:
        page = paginate(capture)
    except Rejection:
        return outcome
    if page.markup is not None:
        assert_page_is_whole(page, decode(capture.data, capture.encoding, html=True).text)
    return outcome


def judge_made(made: Made, data: bytes) -> str:
    """Judge a page that was not changed, or in ways that nobody sees: it gives its article back."""
    document = normalize(captured_html(data, made.layout, made.whole))
    assert_true_to_html(made.whole, made.layout, document)
    assert_marks_of(made.whole, made.layout, document)
    return "given back"
