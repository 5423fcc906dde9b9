from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from types import SimpleNamespace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from copydesk.errors import CopydeskError
from copydesk.names import mirror
from tests.names.by_hand import PATHS, assert_safe, settle


def clash(names: list[str]) -> list[str]:
    """Return the names that a file system blind to case and Unicode form takes for another, or for its folder."""
    plain = [unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold()) for name in names]
    folders = {str(parent) for name in plain for parent in PurePosixPath(name).parents}
    return [name for name in plain if plain.count(name) > 1 or name in folders]


@given(st.sets(PATHS, max_size=12))
@example({"a.txt", "a.text", "A.txt"})
@example({"a.txt", "a.md/b.txt", "A.md/c/d.txt"})
@example({"é.txt", "e\u0301.txt", "\u00c9.html"})
@example({"x" * 251 + ".txt", "x" * 251 + ".text", "x" * 300 + ".txt"})
def test_two_inputs_never_share_an_output(relatives: set[str]) -> None:
    """Mirrored names never meet, nor does one stand where another needs a folder, and all of them are safe."""
    final = settle({relative: mirror(relative) for relative in relatives})

    assert relatives == set(final)
    assert clash(list(final.values())) == []
    for name in final.values():
        assert_safe(name)


PARTS = st.lists(st.sampled_from(("a", "A", "b", "한", "a.md")), min_size=1, max_size=3)
WANTED = st.dictionaries(st.text(max_size=6), PARTS.map(lambda parts: "/".join(parts) + ".md"))


@given(WANTED)
def test_wanted_names_that_collide_are_told_apart(wanted: dict[str, str]) -> None:
    """Whatever names are wanted, the final ones never meet, and those that nobody else wants stay."""
    met = clash(list(wanted.values()))

    final = settle(wanted)

    assert clash(list(final.values())) == []
    assert {key for key, name in wanted.items() if name.casefold() in met} == {
        key for key, name in wanted.items() if name != final[key]
    }


@given(WANTED, st.randoms())
def test_names_do_not_depend_on_order(wanted: dict[str, str], random: SimpleNamespace) -> None:
    """The same inputs get the same names, in whichever order they come."""
    keys = list(wanted)
    random.shuffle(keys)

    assert settle(wanted) == settle({key: wanted[key] for key in keys})


def test_every_member_of_a_collision_is_renamed() -> None:
    """Names that collide all get their hash, the rest stays; a file makes room for a folder."""
    final = settle({"one": "a.md", "two": "A.md", "three": "b.md", "four": "c.md", "five": "c.md/d.md"})

    expected = {"one": "a-7692c3ad.md", "two": "A-3fc4ccfe.md", "three": "b.md"}
    assert expected | {"four": "c-04efaf08.md", "five": "c.md/d.md"} == final


@pytest.mark.parametrize(("one", "other"), [("é.md", "e\u0301.md"), ("É/a.md", "é/A.md"), ("한.md/a.md", "한.md")])
def test_names_collide_across_case_and_unicode_form(one: str, other: str) -> None:
    """Two spellings that some file system takes for one, or for a folder of the other, do not both stay."""
    final = settle({"one": one, "other": unicodedata.normalize("NFD", other)})

    assert re.search("-[0-9a-f]{8}.md$", final["other"])


def test_a_hash_that_collides_grows() -> None:
    """A name that another input already has is left by a longer hash, never by a counter."""
    taken = settle({"one": "a.md", "two": "a.md"})["one"]

    final = settle({"one": "a.md", "two": "a.md", "three": taken})

    assert re.fullmatch("a-[0-9a-f]{16}.md", final["one"])
    assert re.fullmatch("a-[0-9a-f]{8}.md", final["two"])
    assert re.fullmatch("a-[0-9a-f]{8}-[0-9a-f]{8}.md", final["three"])


def test_names_that_cannot_be_settled_are_told() -> None:
    """Where folders have every name that a file could get, the input that is left is named."""
    from hashlib import sha256

    digest = sha256(b"one").hexdigest()
    folders = ["a", *(f"a-{digest[:digits]}" for digits in (8, 16, 32, 64))]

    with pytest.raises(CopydeskError, match="no free name for 'one'; rename this input"):
        settle({"one": "a.md", **{folder: f"{folder}.md/x.md" for folder in folders}})
