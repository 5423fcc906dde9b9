"""Paths of all kinds, and what each name must keep to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import PurePosixPath, PureWindowsPath

from hypothesis import strategies as st

from copydesk.inputs import Input, Sighting
from copydesk.ledger import Ledger
from copydesk.ledger.listing import Listing
from copydesk.ledger.naming import settle as settle_listing

PIECES = st.sampled_from(
    (
        *("a", "A", "b", "é", "e\u0301", "한", "ß", "ss", "con", "NUL", "com1", "index", "ReadMe", "-1a2b3c4d"),
        *(".", "..", " ", "-", ":", "\\", "\x00", "\u202e", "\udc80", ".txt", ".html", ".md", "x" * 200, "é" * 126),
    )
)
SEGMENTS = st.one_of(st.lists(PIECES, max_size=4).map("".join), st.text(max_size=20))
PATHS = st.lists(SEGMENTS, max_size=3).map("/".join)


def assert_safe(name: str) -> None:
    """Check a name against what systems and tools refuse, part by part."""
    *folders, last = name.split("/")
    stem = last.removesuffix(".md")
    assert last == f"{stem}.md"
    assert "." not in stem
    assert stem.casefold() not in ("index", "_index", "readme")
    for part in (*folders, stem, last):
        assert part == unicodedata.normalize("NFC", part)
        assert 0 < len(part.encode()) <= 255
        assert not set(part) & set(':*?"<>|#^[]\\/')
        assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in part)
        assert part == part.rstrip(" .")
        assert not part.startswith(".")
        assert not re.fullmatch(r"(con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])\s*(\..*)?", part, re.IGNORECASE)
    assert PurePosixPath(name).as_posix() == PureWindowsPath(name).as_posix() == name


def settle(wanted: Mapping[str, str]) -> dict[str, str]:
    """Return the name that each input gets in a run of its own, given the one it wants, by relative path."""
    with Ledger() as ledger:
        listing = Listing(ledger, mirrored=False)
        listing.fill(Sighting((number, key, 0), f"{number}", Input(key, key)) for number, key in enumerate(wanted))
        listing.want((row.row, wanted[row.item.path]) for row in listing.rows())
        settle_listing(listing)
        return {row.item.path: row.name for row in listing.rows()}
