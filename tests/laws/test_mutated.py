from __future__ import annotations

import contextlib

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from copydesk import Capture, CopydeskError, Rejection, normalize
from copydesk.page import paginate
from copydesk.testing.mutations import mutations
from copydesk.values.reading import unread
from tests.laws.truth import assert_total_account, assert_verbatim, capture_of
from tests.support.pages import LAYOUTS, lay_out
from tests.support.specimens import specimens
from tests.support.strategies import articles

TEXTS = [specimen.capture.data.decode("utf-8", "replace") for specimen in specimens()]


def assert_lawful(capture: Capture) -> None:
    """A capture becomes a lawful document or is rejected with a reason; a bundled rule never fails."""
    try:
        document = normalize(capture)
    except Rejection as problem:
        assert problem.code
        assert str(problem)
        with contextlib.suppress(Rejection):
            assert_total_account(unread(capture, paginate(capture)))
        return
    assert_total_account(document.account.reading)
    assert_verbatim(document)
    assert document.markdown.startswith("---\n")


@given(data=st.data(), text=st.sampled_from(TEXTS))
@settings(max_examples=400)
def test_a_damaged_specimen_is_converted_or_rejected(data: DataObject, text: str) -> None:
    """Lines dropped, doubled, swapped and cut, and odd characters anywhere, never end in anything else."""
    assert_lawful(capture_of(data.draw(mutations(text))))


@given(data=st.data(), article=articles(hostile=True), layout=st.sampled_from(LAYOUTS))
def test_a_damaged_page_is_converted_or_rejected(data: DataObject, article: object, layout: str) -> None:
    """The same holds of any article in any layout."""
    assert_lawful(capture_of(data.draw(mutations(lay_out(article, layout)))))  # type: ignore[arg-type]


@given(st.binary(max_size=400))
def test_any_bytes_are_converted_or_rejected(data: bytes) -> None:
    """Bytes that are no text at all are rejected with a reason."""
    assert_lawful(Capture(data, "page.txt"))


@given(lines=st.lists(st.sampled_from((
    "March 01, 2026Mar 01, 2026", "March 01, 2026", "KCNA KCNA.kp (En)", "KCNA", "Title", "Date: 21/01/2021",
    "Date: 21/01/2021 | Source: KCNA.kp (En) | Read original version at source", "Share Button",
    "Date: 31/02/2021 | Source:  | Read original version at source", "NK News is hiring",
    "Pyongyang, January 21 (KCNA) -- A sentence.", "Pyongyang, May 30, 2014 16:22 KST (KCNA) — A sentence.",
    "A sentence by", "Kim Jong Un , who. -0-", "-0-", "- item", "www.kcna.kp (Juche113.5.27.)",
    "More From KCNA.kp (En)",
    "Get North Korea headlines delivered to your inbox daily", "Subscribe to the NK News 'Daily Update'",
    "Teaser", "More Articles", "Hong Kil Tong",
)), max_size=24))  # fmt: skip
@settings(max_examples=600)
def test_landmarks_in_any_order_are_converted_or_rejected(lines: list[str]) -> None:
    """Pages made of nothing but landmarks, in any order and number, keep the laws."""
    assert_lawful(capture_of("\n".join(lines)))


def test_no_other_error_is_left_to_chance() -> None:
    """A Rejection is a Copydesk error, so that one `except` catches all there is."""
    assert issubclass(Rejection, CopydeskError)
