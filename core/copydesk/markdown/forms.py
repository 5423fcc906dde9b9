"""How the characters of a line are written where some of it is marked up."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from copydesk.markdown.escape import harmless, ordinary, places_of, reference, settled
from copydesk.markdown.rules import LINE_START

_WORD = re.compile(r"[^ ]+")
_ADDRESS = re.compile(r":(?=//)|(?<=www)\.|@", re.IGNORECASE)
_BRACKET = re.compile(r"[\[\]]")
_BACKTICK = re.compile("`")
_IN_ALT = re.compile(r"[\[\]$~]")
_IN_TITLE = re.compile(r"[!-+<>@\[-`{-~]|(?<=[:=])[:=]")

Forms = dict[int, str]
"""The characters of a line that are not written as they are, by their place."""

Stretch = tuple[int, int]


def forms(
    text: str,
    *,
    heading: bool = False,
    breaks: Sequence[int] = (),
    touched: Sequence[int] = (),
    links: Sequence[Stretch] = (),
) -> Forms:
    """Return what `escape` writes for the characters of a line, and what markup in it asks for besides.

    Behind each of ``breaks`` a new line begins. Where ``touched`` by markup, a word makes no address: engines would
    take the markup for a part of it. Within ``links`` stand neither brackets nor addresses, which would be links in a
    link. All are in order.
    """
    places = _places(text, breaks, heading=heading)
    found = settled(text, places)
    if touched and _ADDRESS.search(text):
        inside = (match.start() for start, end in links for match in _ADDRESS.finditer(text, start, end))
        _break_addresses(found, text, places, sorted({*touched, *inside}))
    if touched:  # some engines find code between escaped backticks, across a link
        found.update((match.start(), reference(match[0])) for match in _BACKTICK.finditer(text))
    for start, end in links:
        found.update((match.start(), reference(match[0])) for match in _BRACKET.finditer(text, start, end))
    return found


def written(text: str, found: Forms, order: Sequence[int], start: int, end: int) -> str:
    """Return a stretch of a line as Markdown; ``order`` has the places of the forms in order."""
    pieces: list[str] = []
    done = start
    for place in order[bisect_left(order, start) : bisect_left(order, end)]:
        pieces += (text[done:place], found[place])
        done = place + 1
    return "".join((*pieces, text[done:end]))


def alternative(text: str) -> str:
    """Return the alternative text of an image as Markdown; what would need a partner to be markup has none in it."""
    found = forms(text, touched=range(len(text)))
    found.update((match.start(), reference(match[0])) for match in _IN_ALT.finditer(text))
    return written(text, found, sorted(found), 0, len(text))


def title(text: str) -> str:
    """Return the title of an image as it stands between quotes."""
    return _IN_TITLE.sub(lambda match: reference(match[0]), text)


def _places(text: str, breaks: Sequence[int], *, heading: bool) -> set[int]:
    if not breaks and ordinary(text):
        return set()
    places = places_of(text, heading=heading)
    for at, behind in pairwise((*breaks, len(text))):
        places |= _at_start(text[at + 1 : behind], at + 1)
    return places


def _at_start(line: str, start: int) -> set[int]:
    """Return the places at the start of a further line, where a single sign can make a heading or a table."""
    places = {start + place for rule in LINE_START for place in rule.find(line)}
    return places | {start} if line[:1] in ("-", "=") else places


def _break_addresses(found: Forms, text: str, places: set[int], touched: Sequence[int]) -> None:
    """Write the addresses of the words that are touched as text: they get back the places that settling took."""
    for word in _WORD.finditer(text):
        start, end = word.span()
        at = bisect_left(touched, start)
        if at < len(touched) and touched[at] <= end and _ADDRESS.search(word[0]):
            for place in range(start, end):
                found.pop(place, None)
                if place in places:
                    found[place] = harmless(text[place])
            found.update((match.start(), reference(match[0])) for match in _ADDRESS.finditer(text, start, end))
