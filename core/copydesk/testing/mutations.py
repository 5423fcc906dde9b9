"""Captures of text that were damaged on the way: in their lines and in their characters."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

ODD = (
    " ", "  ", "\u00a0", "\t", "\n", "\r\n", "\r", "\x0b", "\x0c",
    "\x00", "\x85", "\u2028", "\u3000", "\u200b", "\u00ad", "\u202e", "\ufeff", "\ufffe",
    "e\u0301", "한", "😀", "-0-", "(KCNA) --",
)  # fmt: skip
"""What gets into a capture by accident: spaces of every kind, controls, invisible and astral characters, marks."""


def _lines(change: Callable[[list[str], int, int], list[str]]) -> Callable[[DrawFn, str], str]:
    def mutate(draw: DrawFn, text: str) -> str:
        lines = text.split("\n")
        one, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        return "\n".join(change(lines, one, other))

    return mutate


def _swapped(lines: list[str], one: int, other: int) -> list[str]:
    lines[one], lines[other] = lines[other], lines[one]
    return lines


def _cut(draw: DrawFn, text: str) -> str:
    return text[: draw(st.integers(0, len(text)))]


def _inserted(draw: DrawFn, text: str) -> str:
    at = draw(st.integers(0, len(text)))
    return text[:at] + draw(st.sampled_from(ODD)) + text[at:]


MUTATIONS: dict[str, Callable[[DrawFn, str], str]] = {
    "insert": _inserted,
    "drop a line": _lines(lambda lines, one, _: lines[:one] + lines[one + 1 :]),
    "double a line": _lines(lambda lines, one, _: lines[: one + 1] + lines[one:]),
    "swap two lines": _lines(_swapped),
    "cut": _cut,
    "CRLF": lambda _, text: text.replace("\n", "\r\n"),
    "BOM": lambda _, text: "\ufeff" + text,
    "NBSP": lambda _, text: text.replace(" ", "\u00a0"),
}
"""What can happen to a capture, by name; all but the last three change one place."""


@st.composite
def mutations(draw: DrawFn, text: str, *, most: int = 4) -> str:
    """Draw the text after one or several accidents: it can be encoded as UTF-8 and may be empty."""
    for name in draw(st.lists(st.sampled_from(sorted(MUTATIONS)), min_size=1, max_size=most)):
        text = MUTATIONS[name](draw, text)
    return text
