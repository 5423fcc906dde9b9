from __future__ import annotations

import pytest

from copydesk.contract.words import FACTS, OF_NO_STRETCH, WORDS, words_of
from copydesk.errors import PluginError
from copydesk.plugin import Role, line

VOCABULARY = [
    *("agency", "author", "byline", "caption", "capture_date", "captured", "cell", "continued", "dateline"),
    *("dateline_date", "dateline_place", "end_mark", "furniture", "heading", "juche", "label", "lang", "link"),
    *("list_item", "original_url", "paragraph", "published", "quote", "related", "slip", "source_label", "stamp"),
    *("stamp_date", "title", "unread", "year"),
]


def test_the_vocabulary_is_closed() -> None:
    """A group is named after a role or a fact, and these are all there are."""
    assert sorted(WORDS) == VOCABULARY


@pytest.mark.parametrize("role", [role for role in Role if role.value not in FACTS and role not in OF_NO_STRETCH])
def test_a_role_cuts_its_stretch_out(role: Role) -> None:
    """A group named after a role gives that role and no fact."""
    assert words_of(f"(?P<{role.value}>a)", "test") == ((role.value, (role, "")),)


@pytest.mark.parametrize(("fact", "role"), list(FACTS.items()))
def test_a_fact_is_noted(fact: str, role: Role | None) -> None:
    """A group named after a fact notes it, and cuts it out where the fact is a part of the page."""
    assert words_of(f"(?P<{fact}>a)", "test") == ((fact, (role, fact)),)


def test_words_come_in_the_order_of_the_pattern() -> None:
    """All groups are looked up, the nested ones too, from left to right."""
    found = words_of(r"(?P<dateline>(?P<dateline_place>\w+), (?P<dateline_date>\w+)) (?:x|(?P<end_mark>-0-))", "test")

    assert [group for group, _ in found] == ["dateline", "dateline_place", "dateline_date", "end_mark"]


@pytest.mark.parametrize("group", ["captured2", "captured23", "stamp_date9"])
def test_a_number_reads_a_word_once_more(group: str) -> None:
    """A number behind a word lets a pattern have two groups of one meaning."""
    assert words_of(f"(?P<{group}>a)", "test")[0][1] == WORDS[group.rstrip("0123456789")]


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("endmark", "end_mark"),
        ("datline", "dateline"),
        ("pubished", "published"),
        ("dateline_palce", "dateline_place"),
        ("orginal_url", "original_url"),
        ("list_itme", "list_item"),
        ("endmark2", "end_mark"),
    ],
)
def test_a_misspelt_group_gets_the_nearest_word(wrong: str, meant: str) -> None:
    """The message has the pattern's name, the group and the word that was meant."""
    with pytest.raises(PluginError) as problem:
        line("last line", rf"a(?P<{wrong}>b)")

    assert str(problem.value) == f"line('last line'): (?P<{wrong}> is no role and no fact; did you mean {meant!r}?"


@pytest.mark.parametrize("wrong", ["xyz", "q7", "_"])
def test_a_group_like_no_word_gets_the_vocabulary(wrong: str) -> None:
    """Where no word is near, the message lists them all."""
    with pytest.raises(PluginError) as problem:
        line("last line", rf"(?P<{wrong}>b)")

    assert str(problem.value).endswith(f"the vocabulary is {', '.join(VOCABULARY)}")


def test_groups_without_a_name_are_free() -> None:
    """What has no name is neither cut nor noted, and needs no word."""
    assert words_of(r"(a)(?:b)(?=c)(?<=d)", "test") == ()
