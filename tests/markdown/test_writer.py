from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from copydesk.markdown.fold import fold
from copydesk.markdown.writer import write
from copydesk.values.document import Element
from copydesk.values.roles import Role
from tests.markdown.hostile import CASES, ELEMENTS, ROLES
from tests.markdown.rendering import KINDS, Block, blocks, engines

ENGINES = engines()


def _element(role: Role, text: str) -> Element:
    return Element(role, text, ())


def _expected(elements: list[Element]) -> list[Block]:
    return [(KINDS[element.role], element.text) for element in elements]


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=400)
@given(elements=st.lists(ELEMENTS, max_size=5))
@example(elements=[_element(Role.LIST_ITEM, "a"), _element(Role.PARAGRAPH, "- b"), _element(Role.LIST_ITEM, "1. c")])
@example(elements=[_element(Role.PARAGRAPH, "a"), _element(Role.PARAGRAPH, "==="), _element(Role.QUOTE, "> b")])
def test_faithful_markdown(engine: str, elements: list[Element]) -> None:
    """Rendered Markdown shows exactly the texts, block by block, each as what it is."""
    assert _expected(elements) == blocks(ENGINES[engine], write(elements))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("construct", dict.fromkeys(construct for construct, _ in CASES))
def test_hostile_corpus(engine: str, construct: str) -> None:
    """Every case of the corpus is shown as it is, in every role, alone and between its like."""
    texts = [fold(text) for group, text in CASES if group == construct]
    alone = [[_element(role, text)] for role in ROLES for text in texts]
    together = [[_element(role, text) for text in texts] for role in ROLES]
    mixed = [[_element(role, text) for text in texts for role in ROLES]]

    for elements in alone + together + mixed:
        assert _expected(elements) == blocks(ENGINES[engine], write(elements))


def test_corpus_is_large_enough() -> None:
    """The corpus of hostile texts holds 150 cases or more, none twice."""
    assert len(CASES) >= 150
    assert len(CASES) == len({text for _, text in CASES})


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Title: x", "Title&#58; x"),
        ("12:30 it began", "12&#58;30 it began"),
        ("http://a.example/b", "http&#58;//a.example/b"),
        ("http://a.example/b_c", "<http://a.example/b_c>"),
        ("...and then", r"\...and then"),
        ("He said: x", "He said: x"),
        ("평양: x", "평양: x"),
    ],
)
def test_no_paragraph_is_taken_for_metadata(text: str, first: str) -> None:
    """What an engine would take for a line of metadata is written as text at the start of a body, and only there."""
    expected = f"{first}\n\n{text if '_' not in text else first}\n"

    assert expected == write(_element(Role.PARAGRAPH, text) for _ in range(2))


def test_form_of_the_body() -> None:
    """Blocks stand apart by a blank line; list items make a tight list, quotes one blockquote."""
    elements = [
        _element(Role.HEADING, "Head"),
        _element(Role.PARAGRAPH, "One."),
        _element(Role.LIST_ITEM, "a"),
        _element(Role.LIST_ITEM, "b"),
        _element(Role.PARAGRAPH, "Two."),
        _element(Role.LIST_ITEM, "c"),
        _element(Role.QUOTE, "d"),
        _element(Role.QUOTE, "e"),
        _element(Role.CAPTION, "Photo"),
        _element(Role.QUOTE, "f"),
    ]
    expected = "## Head\n\nOne.\n\n- a\n- b\n\nTwo.\n\n- c\n\n> d\n>\n> e\n\nPhoto\n\n> f\n"

    assert expected == write(elements)


def test_elements_without_text_are_left_out() -> None:
    """An empty element leaves no trace, and does not part the list around it."""
    elements = [_element(Role.LIST_ITEM, "a"), _element(Role.PARAGRAPH, ""), _element(Role.LIST_ITEM, "b")]
    expected = "- a\n- b\n"

    assert expected == write(elements)


@pytest.mark.parametrize("elements", [[], [_element(Role.QUOTE, "")]])
def test_no_text_no_body(elements: list[Element]) -> None:
    """Without text the body is the empty string."""
    expected = ""

    assert expected == write(elements)


@given(st.lists(ELEMENTS, min_size=1, max_size=5))
def test_body_ends_with_one_newline(elements: list[Element]) -> None:
    """A body ends with one newline, and no line of it ends with a space."""
    body = write(elements)

    assert body.rstrip("\n") + "\n" == body
    assert not any(line.endswith((" ", "\t")) for line in body.split("\n"))


@given(st.lists(ELEMENTS, min_size=1, max_size=5))
def test_no_template_survives(elements: list[Element]) -> None:
    """Site generators and Obsidian, which look at the Markdown before it is rendered, find nothing to expand in it."""
    body = write(elements)

    assert not [sign for sign in ("{{", "{%", "{#", "{=", "<%", "<!", "[[") if sign in body]


def test_generators_will_do() -> None:
    """Elements may come one by one."""
    expected = "a\n"

    assert expected == write(_element(Role.PARAGRAPH, text) for text in "a")


def test_role_that_makes_no_block() -> None:
    """A role that is no block of a body is refused by name."""
    with pytest.raises(ValueError, match=r"role 'furniture' makes no block of a body; give one of paragraph, .*quote"):
        write([_element(Role.FURNITURE, "a")])
