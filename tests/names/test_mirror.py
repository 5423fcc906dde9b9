from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from copydesk.names import mirror
from tests.names.by_hand import PATHS, assert_safe

SAFE_PARTS = st.from_regex("[abXY019_é한][ abXY019_é한-]{0,9}[abXY019_é한]", fullmatch=True)
CLEAN = st.lists(SAFE_PARTS, min_size=1, max_size=3)


@given(PATHS)
@example("")
@example("..")
@example("/etc/passwd")
@example("C:\\x.txt")
@example("con .d/LPT¹.txt")
@example("x" * 252 + ".txt")
@example("x" * 253 + ".txt")
@example("한" * 100 + "/" + "한" * 100 + ".txt")
def test_a_name_is_safe_everywhere(relative: str) -> None:
    """Whatever a path holds, its name is one that every file system and site generator takes."""
    assert_safe(mirror(relative))


@given(CLEAN)
def test_safe_names_stay_as_they_are(parts: list[str]) -> None:
    """A path that is safe loses its suffix and nothing else, and a name is a fixed point."""
    name = "/".join(parts)

    assert f"{name}.md" == mirror(f"{name}.txt") == mirror(f"{name}.md")


@given(PATHS)
def test_a_name_is_the_name_of_itself(relative: str) -> None:
    """Making a safe name safe changes nothing."""
    name = mirror(relative)

    assert name == mirror(name)


@pytest.mark.parametrize(
    ("relative", "name"),
    [
        ("2021/a b.txt", "2021/a b.md"),
        ("A.TEXT", "A.md"),
        ("a.xhtml", "a.md"),
        ("www.example.org/v1.2/a.html", "www.example.org/v1.2/a.md"),
        ("로동신문.txt", "로동신문.md"),
        ("a.b.txt", "a-b-3d687583.md"),
        ("a.log", "a-log-e4355b8d.md"),
        ("con.txt", "con-d3bde286.md"),
        ("index.html", "index-0eb54730.md"),
        ("a .txt", "a-4459ea71.md"),
        ("../x.txt", "--/x-66375855.md"),
        ("/etc/x.txt", "etc/x-8ba338ad.md"),
        ("CON/x.txt", "CON-/x-a6f5eb05.md"),
        ("e\u0301.txt", "é-5c89df12.md"),
    ],
)
def test_mirrored_names(relative: str, name: str) -> None:
    """A name is its path with `.md`; where more had to change, the hash of the path is in it."""
    assert name == mirror(relative)


def test_a_long_name_is_cut_at_a_character() -> None:
    """A name of more bytes than a file system takes is cut between characters and stays unique by its hash."""
    first, second = mirror("é" * 200 + "1.txt"), mirror("é" * 200 + "2.txt")

    assert first != second
    assert re.fullmatch("é{121}-[0-9a-f]{8}.md", first)


def test_a_long_folder_is_cut_and_stays_unique() -> None:
    """Two long folders that differ at their ends stay two folders."""
    first, second = (mirror(f"{'한' * 90}{end}/a.txt").partition("/")[0] for end in "12")

    assert first != second
    assert re.fullmatch("한{82}-[0-9a-f]{8}", first)
