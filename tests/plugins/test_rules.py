from __future__ import annotations

from collections.abc import Iterator

import pytest

from copydesk.contract.habits import Habit
from copydesk.desk.marking import apply
from copydesk.pipeline import read_page
from copydesk.plugin import Reading, Role
from copydesk.values.document import Document
from tests.desk.by_hand import reading_of
from tests.plugins.installed import HOST, OWN_PLUGINS, Ruled, documents, rules
from tests.support.specimens import Specimen

RULES = [pytest.param(ruled, id=ruled.name) for ruled in rules()]


@pytest.mark.parametrize("ruled", RULES)
def test_every_rule_runs_on_any_page(ruled: Ruled) -> None:
    """A rule neither fails nor breaks a law on a page that is not made for it, or that is empty of body."""
    pages = (
        reading_of("."),
        reading_of(("Title", Role.TITLE)),
        reading_of(("Title", Role.TITLE), "Title", "- ", "-0-", "Kim Il Sung", "by", "Kim Jong Un , and", "한글 (끝)"),
        reading_of(("An ad", Role.FURNITURE), ("One", Role.LIST_ITEM), ("two -0-", Role.CONTINUED)),
    )
    for page in pages:
        after = apply(page, ruled.rule, ruled.owner.id)

        assert after.page is page.page


@pytest.mark.parametrize("ruled", RULES)
def test_every_rule_has_a_name(ruled: Ruled) -> None:
    """The account names the rule that gave a role, so each has a name for people."""
    name = getattr(ruled.rule, "__name__", "")

    assert name.strip()
    assert name not in ("<lambda>", "rule")


def test_the_habits_of_one_list_have_different_names() -> None:
    """What the account says of a line leads to one habit; a doubt has the name of its habit and marks nothing."""
    names = [ruled.name for ruled in rules() if isinstance(ruled.rule, Habit)]

    assert sorted(set(names)) == sorted(names)


def steps(specimen: Specimen, document: Document) -> Iterator[tuple[Ruled, Reading]]:
    """Give each rule that a specimen goes through, with the reading that it gets."""
    reading, layout = read_page(specimen.capture, HOST)
    source, lang = HOST.desk.sources.get(document.account.source), str(document.frontmatter["lang"])
    todo = [Ruled(layout, "", rule) for rule in layout.rules]
    todo += [Ruled(source, lang, rule) for rule in source.habits.get(lang, ())] if source else []
    for ruled in todo:
        yield ruled, reading
        reading = apply(reading, ruled.rule, ruled.owner.id)


def test_each_rule_gives_the_same_findings_twice() -> None:
    """A rule keeps nothing from one call to the next."""
    for specimen, document in documents().values():
        for ruled, reading in steps(specimen, document):
            assert list(ruled.rule(reading)) == list(ruled.rule(reading)), f"{specimen.name}, {ruled.name}"


RARE = (
    reading_of("A sentence of the agency.", "www.kcna.kp (Juche113.5.27.)"),
    reading_of("Pyongyang, May 9 (KCNA) -- One line.", "Pyongyang, May 9 (KCNA) -- Another."),
)
"""Pages with what no specimen shows."""


def test_each_rule_finds_something() -> None:
    """None of Copydesk's own rules is dead: a specimen shows it, or one of the pages above."""
    seen = [step for specimen, document in documents().values() for step in steps(specimen, document)]
    seen += [(ruled, page) for ruled in rules() for page in RARE]
    alive = {id(ruled.rule) for ruled, reading in seen if list(ruled.rule(reading))}

    assert [ruled.name for ruled in rules() if ruled.owner.plugin in OWN_PLUGINS and id(ruled.rule) not in alive] == []


def test_marks_of_a_rule_are_settled() -> None:
    """What a rule has cut out it does not cut again: a second pass changes no span."""
    for specimen, document in documents().values():
        for ruled, reading in steps(specimen, document):
            once = apply(reading, ruled.rule, ruled.owner.id)
            assert apply(once, ruled.rule, ruled.owner.id).spans == once.spans, f"{specimen.name}, {ruled.name}"
