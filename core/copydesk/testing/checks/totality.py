"""Whether every capture, whatever it is, becomes a lawful document or gets a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import HypothesisException
from hypothesis.strategies import SearchStrategy

from copydesk.errors import CopydeskError, Rejection
from copydesk.limits import TookTooLong, within
from copydesk.pipeline import normalize
from copydesk.testing.changing import changeables
from copydesk.testing.checks.laws import schema_of
from copydesk.testing.kit import Kit
from copydesk.testing.laws import broken
from copydesk.testing.mutations import ODD
from copydesk.testing.strategies import anything, damaged
from copydesk.values.capture import Capture

EXAMPLES = 150
LONGEST = 5.0


class _Broken(Exception):  # noqa: N818 - what is broken is not in this program
    """A capture that breaks a law."""


def totality(kit: Kit) -> Iterator[str]:
    """Damaged cases and arbitrary captures are converted lawfully, or rejected with a code and a reason."""
    yield from _odd(kit)
    captures = [case.capture for case in kit.cases]
    strategies: dict[str, SearchStrategy[Capture]] = {"any bytes": anything()}
    if captures:
        strategies["a damaged case"] = st.sampled_from(captures).flatmap(damaged)
    for what, strategy in strategies.items():
        yield from _found(kit, what, strategy)


def _odd(kit: Kit) -> Iterator[str]:
    """Put each odd character into the first and the last paragraph of a page of each layout."""
    seen: set[str] = set()
    for page in changeables(kit):
        layout = page.document.account.layout
        if layout in seen or not page.places:
            continue
        seen.add(layout)
        for place in {page.places[0], page.places[-1]}:
            for odd in ODD:
                at = (place.start + place.end) // 2
                if said := _wrong(kit, page.capture(page.text[:at] + odd + page.text[at:])):
                    yield f"{page.case.name}, with {odd!r} in paragraph {place.number + 1}: {said}"
                    return


def _found(kit: Kit, what: str, strategy: SearchStrategy[Capture]) -> Iterator[str]:
    """Give the smallest capture that breaks a law."""

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, report_multiple_bugs=False,
              phases=(Phase.generate, Phase.shrink), suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(capture=strategy)
    def every(capture: Capture) -> None:
        if said := _wrong(kit, capture):
            raise _Broken(f"{what}: {said}; the capture is {capture.data[:300]!r}")

    try:
        _quietly(every)
    except (_Broken, HypothesisException) as problem:
        yield str(problem)


def _quietly(test: Callable[[], None]) -> None:
    """Run a test of Hypothesis, without the example that it prints: the message has it."""
    import contextlib
    import io

    with contextlib.redirect_stdout(io.StringIO()):
        test()


def _wrong(kit: Kit, capture: Capture) -> str:
    try:
        with within(LONGEST):
            document = normalize(capture, host=kit.host)
            return "; ".join(broken(document, schema_of(kit, document)))
    except Rejection as problem:
        return "" if problem.code and str(problem) else "it is rejected without a reason"
    except CopydeskError as problem:
        return f"it fails: {problem}"
    except TookTooLong as problem:
        return str(problem)
