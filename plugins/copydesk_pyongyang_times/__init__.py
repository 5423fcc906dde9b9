"""The source The Pyongyang Times, an English paper, as KCNA Watch has it: neither dateline nor end mark."""

from __future__ import annotations

from collections.abc import Iterable

from copydesk.plugin import Source, doubt, every, hookimpl, line

ISSUE_LINE = line("issue line", r"(?:No|Issue|Vol)\b\.? ?\d{1,5}\b.{0,40}(?<![.!?])")  # a guess: none was seen

PYONGYANG_TIMES = Source(
    "pyongyang-times",
    "The Pyongyang Times",
    labels=("Pyongyang Times",),
    lang="en",  # its label names no language
    habits={"en": (doubt("maybe-issue-line", "the short line may name an issue", every(ISSUE_LINE), severity="info"),)},
    schema="pyongyang-times",
)


@hookimpl
def copydesk_sources() -> Iterable[Source]:
    """Return the source."""
    return (PYONGYANG_TIMES,)
