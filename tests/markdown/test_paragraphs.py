from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk import normalize
from copydesk.markdown.marked import write_marked
from copydesk.markdown.paragraphs import paragraphs
from copydesk.markdown.writer import write
from copydesk.values.document import Element
from copydesk.values.roles import Role
from tests.markdown.hostile import ELEMENTS
from tests.markdown.marked_bodies import BODIES
from tests.markdown.marked_pages import made, seen
from tests.markdown.rendering import engines
from tests.support.specimens import specimens

BASE = "http://base.example/d/page.html"
SLOW = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def said(body: str) -> list[tuple[str, str]]:
    """Return role and text of each paragraph."""
    return [(role, text) for _, role, text in paragraphs(body)]


@given(st.lists(ELEMENTS, max_size=6))
def test_plain_bodies_are_read_back(elements: list[Element]) -> None:
    """Blocks of plain text have the texts and the roles that they were written with; a caption is a paragraph."""
    found = paragraphs(write(elements))

    assert [element.text for element in elements] == [paragraph.text for paragraph in found]
    roles = ["paragraph" if element.role is Role.CAPTION else element.role.value for element in elements]
    assert roles == [paragraph.role for paragraph in found]
    assert list(range(1, len(elements) + 1)) == [paragraph.number for paragraph in found]


@SLOW
@given(BODIES)
def test_marked_bodies_are_read_back(html: str) -> None:
    """Bodies with lists, quotes, tables and markup have the texts of their elements; blocks of one cell are joined."""
    elements, page = made(html)
    found = [paragraph.text for paragraph in paragraphs(write_marked(elements, page, BASE))]
    texts = [element.text for element in elements if element.text]

    assert (texts == found) or ("<table" in html and " ".join(texts) == " ".join(found))


@SLOW
@given(BODIES)
def test_paragraphs_are_what_engines_show(html: str) -> None:
    """The paragraphs are, one by one, the blocks of text that a Markdown engine shows."""
    elements, page = made(html)
    markdown = write_marked(elements, page, BASE)
    shown = [" ".join(text.split(" ")).replace("  ", " ") for text in seen(engines()["gfm-like"].render(markdown))]

    assert shown == [paragraph.text for paragraph in paragraphs(markdown)]


def test_paragraphs_of_the_specimens() -> None:
    """Every specimen that is converted has the paragraphs of its document, read from the Markdown alone."""
    articles = [specimen for specimen in specimens() if (specimen.folder / "expected.md").exists()]
    documents = [normalize(specimen.capture) for specimen in articles]
    others = [document.id for document in documents
              if document.paragraphs != [paragraph.text for paragraph in paragraphs(document.body)]]  # fmt: skip

    assert len(documents) > 80
    assert [] == others


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", []),
        ("![a](b)\n", []),
        ("a\nb  \nc\\\nd\n", [("paragraph", "a b c d")]),
        ("# A #\n\nB\n===\n\nC\n---\nd\n", [("heading", "A"), ("heading", "B"), ("heading", "C"), ("paragraph", "d")]),
        ("* a\n+ b\n1) c\n", [("list_item", "a"), ("list_item", "b"), ("list_item", "c")]),
        ("- a\nlazy\n\n  b\n\nc\n", [("list_item", "a lazy"), ("list_item", "b"), ("paragraph", "c")]),
        ("> a\nlazy\n>\n> - b\n\nc\n", [("quote", "a lazy"), ("list_item", "b"), ("paragraph", "c")]),
        ("```py\n*a*\n\nb\n```\nc\n", [("code", "*a*\n\nb"), ("paragraph", "c")]),
        ("- ```\n  a\n    b\n  ```\n", [("code", "a\n  b")]),
        ("    a\n\n      b\n\nc\n    d\n", [("code", "a\n\n  b"), ("paragraph", "c d")]),
        ("| A | B |\n| --- | :-: |\n| a \\| b |  |\n", [("cell", "A"), ("cell", "B"), ("cell", "a | b")]),
        ("| no table\n", [("paragraph", "| no table")]),
        ("a\n\n***\n\nb\n", [("paragraph", "a"), ("paragraph", "b")]),
        ("a\n- b\n", [("paragraph", "a"), ("list_item", "b")]),
        ("In\n1986. A great year\n", [("paragraph", "In 1986. A great year")]),
    ],
)
def test_bodies_that_a_person_wrote(body: str, expected: list[tuple[str, str]]) -> None:
    """Forms of Markdown that Copydesk does not write are read as CommonMark reads them."""
    assert expected == said(body)


@given(st.text(st.sampled_from("ab1.)-+*>#`~|=_\\ \t\n\n한"), max_size=80))
def test_any_body_keeps_its_words(body: str) -> None:
    """Whatever a person makes of a body, its letters are in the paragraphs; only what opens a fence is not."""
    found = "".join(paragraph.text for paragraph in paragraphs(body))

    assert re.search("[`~]{3}", body) or _letters(body) == _letters(found)


def _letters(text: str) -> str:
    return "".join(character for character in text if character in "ab한")


@pytest.mark.parametrize(
    "unit", ["> ", "- ", "> - ", "1. ", "a\n", "- a\n", "> a\n", "|", "| a |\n|---|\n", "    - a\n", "```\n"]
)
def test_linear_time(unit: str) -> None:
    """Eight times the body takes far less than the 64 times of a quadratic search, however deep it is nested."""
    small, large = (_cost(unit, size) for size in (5_000, 40_000))

    assert large < 30 * small + 0.05


def _cost(unit: str, size: int) -> float:
    body = unit * (size // len(unit))
    before = process_time()
    paragraphs(body)
    return process_time() - before
