"""Bare URLs: engines that make links of them take the escapes inside for a part of the address."""

from __future__ import annotations

import re

# An address goes on over the spaces that are left in a folded text, such as U+3000.
_BARE = re.compile(r"(?P<url>(?:https?|ftp)://[^ <]*)|(?:://|www\.)[^ <]*", re.IGNORECASE)

# Plain characters make an address, without `&`, since some engines read `&copy=1` in it as an entity, and without
# `xn--`, which some decode, or an emoji code, for which old Hugos look before they read Markdown; its scheme is in
# small letters, the only ones that kramdown knows. Nothing may stand behind it in the same word but what closes a
# sentence.
# The class it ends with and the class that may follow share no character that can repeat, so the search is linear.
_PART = r"[A-Za-z0-9/:?=.,_~#;+!'-]"
_NEVER_SHOWN = r"(?!\S*(?:xn--|:[A-Za-z0-9_+-]+:))"
_PLAIN = re.compile(
    rf"""(?-i:[a-z]+)://{_NEVER_SHOWN}(?:{_PART}|\({_PART}*+\))+(?<=[A-Za-z0-9/_~=#+)-])(?=[]"'”’»›.,;:!?)}}*|…]*(?:[\s<]|\Z))""",
    re.IGNORECASE,
)
_JOINT = re.compile(r":(?=//)|(?<=www)\.", re.IGNORECASE)


def settle(text: str, places: set[int]) -> tuple[set[int], list[tuple[int, int]]]:
    """Return the places mended for bare URLs, and start and end of each URL to be written as `<url>`.

    A URL without a place in it stays as it is. Inside `<url>` there are no places. A URL that cannot stand in angle
    brackets gets a place at its `://` or `www.`, which keeps engines from making a link of it.
    """
    mended, bracketed = set(places), []
    for match in _BARE.finditer(text):
        start, end = match.span()
        if places.isdisjoint(range(start, end + 1)):  # a `<` behind it is a place
            continue
        plain = _PLAIN.match(text, start) if match["url"] else None
        if plain:
            mended.difference_update(range(*plain.span()))
            bracketed.append(plain.span())
            start = plain.end()  # a second address may follow behind a wide space
        mended.update(joint.start() for joint in _JOINT.finditer(text, start, end))
    return mended, bracketed
