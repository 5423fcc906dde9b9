from __future__ import annotations

import pytest

from copydesk import normalize
from copydesk.testing.changing import Changeable, changeables
from copydesk.testing.kit import Spec, kit_of
from tests.support.specimens import SEEDS

KIT = kit_of(Spec("kcna", (str(SEEDS / "kcna"),)))
PAGES = {page.case.name: page for page in changeables(KIT)}
WORDS = "A <new> line & no more."


def paragraphs(page: Changeable) -> list[str]:
    """Return the paragraphs of a page as it is."""
    return page.document.paragraphs


def test_most_pages_can_be_changed() -> None:
    """There is something to change on nearly all specimens, of text and of HTML."""
    changeable = [page for page in PAGES.values() if page.places]

    assert len(changeable) > 0.8 * len(PAGES) > 60
    assert len([page for page in changeable if page.is_html]) > 20
    assert len([page for page in changeable if not page.is_html]) > 40


@pytest.mark.parametrize("name", ["layout-a", "html-q", "html-watch"])
def test_a_change_is_where_it_should_be(name: str) -> None:
    """A paragraph is replaced, one is added behind it, and it is taken out: each as the page would have it."""
    page = PAGES[name]
    whole, place = paragraphs(page), page.places[1]
    at = place.number

    assert normalize(page.replaced(place, WORDS)).paragraphs == [*whole[:at], WORDS, *whole[at + 1 :]]
    assert normalize(page.with_another(page.places[0], WORDS)).paragraphs[page.places[0].number + 1] == WORDS
    assert len(normalize(page.with_more(30)).paragraphs) == len(whole) + 30
    if at + 1 < len(whole):
        assert normalize(page.removed(place)).paragraphs == [*whole[:at], *whole[at + 1 :]]


def test_only_the_words_are_replaced() -> None:
    """The dateline before the first paragraph, and the end mark behind the last, stay."""
    page = PAGES["layout-a"]
    first, last = page.places[0], page.places[-1]
    text = normalize(page.replaced(last, WORDS)).account.reading.page.text

    assert normalize(page.replaced(first, WORDS)).frontmatter["dateline"] == page.document.frontmatter["dateline"]
    assert f"{WORDS} -0-" in text
