"""Paths of all kinds, and what each name must keep to."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

from hypothesis import strategies as st

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
