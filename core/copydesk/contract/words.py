"""The closed vocabulary of named groups: what each says a stretch is, and which fact it gives."""

from __future__ import annotations

import re

from copydesk.errors import PluginError
from copydesk.values.roles import Role

Word = tuple[Role | None, str]
"""What a group of this name does: cut its stretch out as this role, note its text for this fact, or both."""

FACTS = {
    "captured": Role.CAPTURE_DATE,
    "published": Role.PUBLISHED,
    "label": Role.SOURCE_LABEL,
    "dateline": Role.DATELINE,
    "author": Role.BYLINE,
    "stamp": Role.STAMP,
    "stamp_date": None,
    "dateline_place": None,
    "dateline_date": None,
    "agency": None,
    "juche": None,
    "year": None,
    "lang": None,
    "original_url": None,
}
"""The facts that can be read from a page, and the role that a stretch gets by being read for one."""

OF_NO_STRETCH = (Role.IMAGE, Role.METADATA)
"""Roles that no pattern can give: they are not of the text."""

WORDS: dict[str, Word] = {role.value: (role, "") for role in Role if role not in OF_NO_STRETCH}
WORDS |= {fact: (role, fact) for fact, role in FACTS.items()}

_GROUP = re.compile(r"\(\?P<(\w+)>")


def words_of(regex: str, owner: str) -> tuple[tuple[str, Word], ...]:
    """Return group name and word of each named group; a number behind a word (`captured2`) reads it once more.

    Raises PluginError for a name that is no word, with the nearest one.
    """
    return tuple((group, word(group, owner)) for group in _GROUP.findall(regex))


def word(group: str, owner: str) -> Word:
    """Look a group's name up in the vocabulary."""
    found = WORDS.get(group) or WORDS.get(group.rstrip("0123456789"))
    if found is None:
        raise PluginError(f"{owner}: (?P<{group}> is no role and no fact; {_remedy(group)}")
    return found


def _remedy(group: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(group, WORDS, n=1)
    known = ", ".join(sorted(WORDS))
    return f"did you mean {near[0]!r}?" if near else f"the vocabulary is {known}"
