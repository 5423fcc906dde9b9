"""Hypothesis strategies: captures that are damaged, or nothing at all."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from copydesk.decoding import decode, is_html
from copydesk.errors import Rejection
from copydesk.testing.html_mutations import html_mutations
from copydesk.testing.mutations import mutations
from copydesk.values.capture import Capture

__all__ = ["anything", "damaged", "html_mutations", "mutations"]


def damaged(capture: Capture) -> SearchStrategy[Capture]:
    """Give a capture after one or several accidents: in its lines or tags, its characters, its bytes, its encoding."""
    html = is_html(capture.data)
    try:
        text = decode(capture.data, capture.encoding, html=html).text
    except Rejection:
        return st.just(capture)
    if html:
        return html_mutations(text).map(lambda data: capture._replace(data=data, encoding=""))
    return mutations(text).map(lambda text: capture._replace(data=text.encode("utf-8", "surrogatepass"), encoding=""))


def anything() -> SearchStrategy[Capture]:
    """Give captures of any bytes, of any text, and of what claims to be a page."""
    texts = st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
    pages = st.binary(max_size=200).map(lambda data: b"<html>" + data)
    return st.one_of(st.binary(max_size=200), texts, pages).map(lambda data: Capture(data, "page"))
