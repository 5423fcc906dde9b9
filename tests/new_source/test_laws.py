from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.desk.load import Plugin
from copydesk.new_source.drafts import Names, literal, pattern_code, regex_string, string
from copydesk.new_source.propose import Said, propose
from copydesk.new_source.samples import Sample, SampleError
from copydesk.page import paginate
from copydesk.plugin import line
from copydesk.values.capture import Capture
from tests.new_source import made_up
from tests.new_source.made_up import HOST, NAME

PROSE = ("It was said on the quay that the nets would be mended before the storm, and so they were.",
         "Those who had come by boat went home on foot, since nobody could tell when the wind would turn (HP).",
         "마을 도서관이 다음달부터 일요일에도 문을 열어 배를 타는 사람들도 책을 빌릴수 있게 된다고 한다.")  # fmt: skip
LINES = ("HARBOUR POST", "Published: 4 March 2025", "Published: 22/02/2025, 10:15", "By Ana Ruiz", "2025-03-04",
         "Section: Sports", "Share", "https://a.example/1", "Source: A (En)", "(end)", "Advertisement", "Title of it",
         "More news", "By", ":", "' \" \\ {x} [y] (z)", "\u200b\x1b", "© 2025 A | B", "입력: 2025.03.04.",
         "12 13 14")  # fmt: skip
TEXTS = st.text(st.characters(exclude_characters="\0<", codec="utf-8"), max_size=30)
PAGES = st.lists(st.sampled_from((*LINES, *PROSE)) | TEXTS, min_size=1, max_size=14)


def sample(page: list[str], n: int) -> Sample:
    """Return a sample that no installed layout reads."""
    capture = Capture("\n".join(page).encode("utf-8", "replace"), f"page-{n}.txt")
    return Sample(capture, paginate(capture), None)


@given(st.lists(PAGES, min_size=1, max_size=3), st.randoms(use_true_random=False))
@settings(max_examples=300)
def test_what_is_proposed_reads_every_line(pages: list[list[str]], dice: random.Random) -> None:
    """Whatever the lines of samples are, they are refused with a reason, or each of them is read whole as proposed."""
    samples = [sample([*page, dice.choice(PROSE), "The end of all pages"], n) for n, page in enumerate(pages)]
    try:
        proposal = propose(samples, Said(), Plugin(NAME, "0.1.0", NAME), "article", HOST)
    except SampleError as problem:
        assert str(problem)
        return

    assert [[]] * len(samples) == [document.account.unread() for document in proposal.documents]
    assert {NAME} == {document.account.source for document in proposal.documents}
    assert all(document.body for document in proposal.documents)


@given(st.text(min_size=1))
def test_a_text_is_the_same_as_code(text: str) -> None:
    """A text written as a literal, as a regular expression and as a pattern is the text again."""
    assert text == eval(string(text))
    assert text == eval(regex_string(text))
    pattern = eval(pattern_code("line", "a name", literal(text), {}), {"line": line})

    assert pattern.find(text, 0, len(text)) is not None


@given(st.lists(st.text(), max_size=6))
def test_names_are_given_once(texts: list[str]) -> None:
    """Constants have names that Python takes, and no two have the same; no two patterns have either."""
    names = Names()
    constants = [names.constant(text) for text in texts]
    patterns = [names.pattern(text) for text in texts]

    assert len({*constants, *patterns}) == 2 * len(texts)
    assert [name for name in constants if not (name.isidentifier() and name.isascii() and name.isupper())] == []


def test_samples_in_any_order_make_the_same_layout() -> None:
    """Which sample is named first changes neither the entries nor what becomes of each sample."""
    both = [sample(made_up.paper(story).splitlines(), n) for n, story in enumerate(made_up.STORIES)]
    one, other = (propose(order, Said(), Plugin(NAME, "0.1.0", NAME), "article", HOST) for order in (both, both[::-1]))

    assert one.code == other.code
    assert [document.markdown for document in one.documents] == [d.markdown for d in reversed(other.documents)]
