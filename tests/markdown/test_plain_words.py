from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import Capture, CopydeskError, Document, normalize
from copydesk.markdown.plain_words import plain_words
from copydesk.markdown.writer import write_plain
from copydesk.values.document import Element
from copydesk.values.roles import Role
from tests.markdown.hostile import CASES, ELEMENTS, ROLES
from tests.support.specimens import specimens


def words(elements: Sequence[Element]) -> str:
    """Return the visible characters that a body must show."""
    return "".join("".join(element.text for element in elements).split())


@pytest.mark.parametrize("role", ROLES)
def test_the_words_of_hostile_texts_are_told_right_or_not_at_all(role: Role) -> None:
    """Whatever a block holds, its words are those that it was written from, wherever they are told."""
    bodies = [[Element(role, text, ()), Element(Role.PARAGRAPH, "and 7. more", ())] for _, text in CASES]
    told = [(words(body), plain_words(write_plain(body))) for body in bodies]

    assert [] == [pair for pair in told if pair[1] not in (None, pair[0])]
    assert sum(found is not None for _, found in told) > 0.9 * len(told)


def test_a_reference_to_no_character_stays() -> None:
    """A number beyond Unicode's is text, as engines have it or not, and no failure."""
    assert plain_words("a &#1114111; &#1114112; &#38;\n") == "a\U0010ffff&#1114112;&"


@given(st.lists(ELEMENTS, max_size=8))
def test_the_words_of_any_document_are_told_right_or_not_at_all(body: Sequence[Element]) -> None:
    """The law, over documents that mix all roles."""
    assert plain_words(write_plain(body)) in (None, words(body))


def test_the_words_of_specimens_agree_with_their_ids() -> None:
    """Of nine documents in ten the words are told, and they are those that the id was made of."""
    documents = [document for specimen in specimens() if (document := _document(specimen.capture))]
    told = [(document, found) for document in documents if (found := plain_words(document.body)) is not None]

    assert [] == [document.id for document, found in told if found != words(document.elements)]
    assert len(told) > 0.9 * len(documents)


def _document(capture: Capture) -> Document | None:
    try:
        return normalize(capture)
    except CopydeskError:
        return None
