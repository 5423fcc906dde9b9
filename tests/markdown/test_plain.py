from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from copydesk.markdown.escape import escape
from copydesk.markdown.fold import fold
from copydesk.markdown.plain import plain
from tests.markdown.hostile import CASES, LINES
from tests.markdown.rendering import engines


@pytest.mark.parametrize("heading", [False, True])
def test_hostile_corpus_is_read_back(heading: bool) -> None:
    """Each case of the corpus is read back as exactly the text that was escaped."""
    texts = [fold(text) for _, text in CASES]

    assert texts == [plain(escape(text, heading=heading)) for text in texts]


@given(LINES, st.booleans())
@example("[text](http://a.example/x_y)", False)
def test_what_is_escaped_is_read_back(text: str, heading: bool) -> None:
    """Whatever is escaped is read back as it was."""
    assert text == plain(escape(text, heading=heading))


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("**a** *b* ***c*** `d_*e*`", "a b c d_*e*"),
        ("[a **b**](http://a.example/b_c) d", "a b d"),
        ('a ![b](http://a.example/i "c") d', "a d"),
        ("[![a](http://a.example/i)](http://a.example/) b", "b"),
        ("__a__ b_c_d _e_", "a b_c_d e"),
        ("2 * 3 * 4, a*, *b", "2 * 3 * 4, a*, *b"),
        ("[a] [b][c] ![d]", "[a] [b][c] ![d]"),
        ("`` a ` b `` `c", "a ` b `c"),
        ("&eacute; &nosuch; &#x41; &#0; &#55296; &", "é &nosuch; A \ufffd \ufffd &"),
        ("<http://a.example/> <a@b.example> <b>c</b>", "http://a.example/ a@b.example <b>c</b>"),
        ("a  b ", "a b"),
        ("**a*", "*a"),
        ("*a **b* c**", "a b c"),
    ],
)
def test_markup_is_taken_off(line: str, text: str) -> None:
    """The words of markup stay, as CommonMark shows them; what only looks like markup is text."""
    assert text == plain(line)


@given(st.text(st.sampled_from("ab *_.*_`[]"), max_size=20).map("x{}x".format))
@example("*a**a")
@example("*foo**bar*")
@example("*a_*_a_")
@example("x` a `y")
def test_emphasis_and_code_are_those_of_commonmark(line: str) -> None:
    """Which signs mark up and which are text is as CommonMark says."""
    assert re.sub(" +", " ", _shown(line)) == plain(line)


def _shown(line: str) -> str:
    inline = (token for token in engines()["commonmark"].parse(line) if token.type == "inline")
    return "".join(piece.content for token in inline for piece in token.children or ())


@given(st.text(st.sampled_from("ab1\\`*_[]()!<>&#;:/ \"'é한"), max_size=60))
def test_any_line_keeps_its_words(line: str) -> None:
    """No line makes the reader fail, and letters go only with the target of a link or with an image."""
    text = plain(line)

    assert "](" in line or "&" in line or [c for c in line if c.isalnum()] == [c for c in text if c.isalnum()]


@pytest.mark.parametrize(
    "unit", ["*a", "*a_b", "a* ", "`", "a``b", "[", "](", "![a](", "<a:", "&a", "[a](b '", "_*", "***a"]
)
def test_linear_time(unit: str) -> None:
    """Eight times the line takes far less than the 64 times of a quadratic search."""
    small, large = (_cost(unit, size) for size in (20_000, 160_000))

    assert large < 30 * small + 0.05


def _cost(unit: str, size: int) -> float:
    line = unit * (size // len(unit))
    times = []
    for _ in range(3):
        before = process_time()
        plain(line)
        times.append(process_time() - before)
    return min(times)
