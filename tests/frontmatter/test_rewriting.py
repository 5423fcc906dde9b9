from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.frontmatter.samples import BODY, HOSTILE, WHOLE

from copydesk.errors import CopydeskError
from copydesk.frontmatter.reading import parse, untouched
from copydesk.frontmatter.rewriting import carried, rewritten, sealed
from copydesk.frontmatter.writing import KEYS, compose

STRINGS = st.one_of(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.sampled_from(HOSTILE))
NAMES = st.from_regex(r"own_[a-z0-9_]{1,8}", fullmatch=True)
VALUES = st.one_of(STRINGS.filter(bool), st.lists(STRINGS, min_size=1, max_size=3), st.integers(-(2**62), 2**62),
                   st.booleans())  # fmt: skip
OWN = st.dictionaries(NAMES, VALUES, max_size=5)

COMMENTED = """---
# my own copy
id: "a"   # as written
# about the title

title: 'It is'
tags:
  # the best
  - one
  - two
rating: 5
nested: {a: [1, null, 2021-01-01], b: .nan}
"my key": yes
# the end
---

Body.
"""


@given(OWN, st.text(st.sampled_from("ab \n"), max_size=30))
def test_what_is_not_changed_stays(own: dict[str, Any], body: str) -> None:
    """A file written anew with the values that it has is the same, byte for byte."""
    text = compose({**WHOLE, **own}, body)
    parsed = parse(text)

    assert text == rewritten(text, parsed.data, parsed.body)


@given(OWN, OWN)
def test_keys_of_a_person_survive(first: dict[str, Any], second: dict[str, Any]) -> None:
    """Strings, lists, integers and booleans that a person adds, changes or takes out are read as they were set."""
    text = compose({**WHOLE, **first}, BODY)
    data = {key: value for key, value in parse(text).data.items() if key not in first} | second
    again = parse(rewritten(text, data, BODY))

    assert data == again.data
    assert [(key, type(value)) for key, value in data.items() if key in second] == [
        (key, type(value)) for key, value in again.data.items() if key in second
    ]
    assert BODY == again.body


@given(st.permutations(["own_a", "own_b", "own_c"]))
def test_keys_keep_their_order(order: list[str]) -> None:
    """Keys that a person added stay in their order when a value between them changes, and new ones come behind."""
    text = compose({**WHOLE, **dict.fromkeys(order, "x")}, BODY)
    again = parse(rewritten(text, parse(text).data | {"own_b": 2, "new": True}, BODY))

    assert [*order, "new"] == [key for key in again.data if key not in KEYS]


def test_comments_stay_where_they_are() -> None:
    """Comments, blank lines and the way a value is spelled stay where the value does not change."""
    parsed = parse(COMMENTED)
    found = rewritten(COMMENTED, parsed.data | {"rating": 4, "my key": False}, "Other.")

    expected = COMMENTED.replace("rating: 5", "rating: 4").replace('"my key": yes', '"my key": false')
    assert expected.replace("Body.", "Other.") == found


def test_comments_about_other_keys_stay() -> None:
    """A comment above a key stays when the key before it changes or goes; one beside a changed value goes with it."""
    data = parse(COMMENTED).data
    del data["title"]
    found = rewritten(COMMENTED, data | {"id": "b", "tags": ["three"]}, "Body.\n")
    head = '---\n# my own copy\nid: "b"\n# about the title\n\ntags:\n  - "three"\nrating: 5\n'

    assert found.startswith(head)


def test_comments_are_not_lost_in_silence() -> None:
    """Where lines cannot be kept and a comment would be lost, nothing is written."""
    text = '---\n{id: "a", title: "b"} # mine\n---\n\nBody.\n'

    assert text == rewritten(text, {"id": "a", "title": "b"}, "Body.\n")
    with pytest.raises(CopydeskError, match="the frontmatter has comments that would be lost"):
        rewritten(text, {"id": "a", "title": "c"}, "Body.\n")


def test_a_form_that_cannot_be_kept_is_written_anew() -> None:
    """Frontmatter in one pair of braces gets a line a key when a value changes."""
    found = rewritten('---\n{id: "a", title: "b"}\n---\n\nBody.\n', {"id": "a", "title": "c"}, "Body.\n")

    assert found == '---\nid: "a"\ntitle: "c"\n---\n\nBody.\n'


def test_new_keys_of_copydesk_stand_in_their_place() -> None:
    """A key of Copydesk's that was not there stands in the order of the contract."""
    text = compose({key: value for key, value in WHOLE.items() if key != "date"}, BODY)
    again = parse(rewritten(text, parse(text).data | {"date": "2021-01-21"}, BODY))

    assert [key for key in KEYS if key in again.data] == list(again.data)


def test_bom_and_crlf_are_mended_with_a_change() -> None:
    """A file that other hands gave a BOM and CRLF keeps them while nothing changes, and loses them with a change."""
    text = "\ufeff" + compose(WHOLE, BODY).replace("\n", "\r\n")
    parsed = parse(text)

    assert text == rewritten(text, parsed.data, parsed.body)
    assert compose(WHOLE, BODY).replace('"en"', '"ko"') == rewritten(text, parsed.data | {"lang": "ko"}, parsed.body)


@pytest.mark.parametrize("value", [1.5, {"a": "b"}, [1], object()])
def test_values_that_frontmatter_cannot_have(value: object) -> None:
    """A value that readers would not agree on is refused by its key."""
    text = compose(WHOLE, BODY)

    with pytest.raises(CopydeskError, match="'mine' cannot stand in frontmatter"):
        rewritten(text, parse(text).data | {"mine": value}, BODY)


@given(STRINGS.filter(bool), st.text(st.sampled_from("ab \n"), max_size=30))
def test_a_sealed_file_is_untouched(title: str, body: str) -> None:
    """A sealed file counts as Copydesk's own writing, has the new values, and keeps its comments."""
    text = compose(WHOLE, BODY).replace("lang:", "# mine\nlang:")
    found = sealed(text, parse(text).data | {"title": title}, body)

    assert untouched(found)
    assert not untouched(text)
    assert title == parse(found).data["title"]
    assert "\n# mine\nlang:" in found


def test_a_new_article_can_be_sealed() -> None:
    """Without a file that it was read from, a sealed article is what Copydesk itself writes."""
    assert compose(WHOLE, BODY) == sealed("", WHOLE, BODY)


def test_a_sealed_file_has_no_keys_of_a_person() -> None:
    """A person's key is not sealed: a new run would take the file for its own, and lose it."""
    with pytest.raises(CopydeskError, match="'rating': no key of Copydesk's"):
        sealed("", {**WHOLE, "rating": 5}, BODY)


def test_keys_of_a_person_are_carried() -> None:
    """The keys that a person added to a file, with their lines, come behind those of a new text."""
    new = compose(WHOLE, BODY)
    found, keys = carried(new, COMMENTED)

    assert ["tags", "rating", "nested", "my key"] == keys
    assert found.endswith('"my key": yes\n# the end\n---\n\n' + BODY)
    assert (new, []) == carried(new, "no frontmatter")
    assert (new, []) == carried(new, new)
