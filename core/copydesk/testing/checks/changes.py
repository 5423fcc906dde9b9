"""Whether a change of one paragraph of a page changes that paragraph and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, zip_longest

from copydesk.account import rows
from copydesk.errors import CopydeskError
from copydesk.limits import TookTooLong, within
from copydesk.pipeline import normalize
from copydesk.testing.changing import Changeable, Place, changeables
from copydesk.testing.kit import Kit
from copydesk.testing.prose import instead_of
from copydesk.values.capture import Capture
from copydesk.values.document import Document

LONGEST = 5.0
FOLLOWING = frozenset(("id", "input_sha256", "body_sha256", "frontmatter_sha256", "warnings"))
"""Keys that follow from the body, and what is said of it."""
MOST = 3
"""So many problems of a page are told; they mostly have one cause."""

_Block = tuple[str, str]


def changes(kit: Kit) -> Iterator[str]:
    """A paragraph that is replaced, added or taken out is replaced, added or missing, and all else stays."""
    for page in changeables(kit):
        yield from (f"{page.case.name}: {said}" for said in islice(_wrong(kit, page), MOST))


def _wrong(kit: Kit, page: Changeable) -> Iterator[str]:
    whole, lang = _blocks(page.document), str(page.document.frontmatter["lang"])
    for place in page.places:
        at, (role, text) = place.number, whole[place.number]
        before, behind = whole[:at], whole[at + 1 :]
        for words in instead_of(text, lang):
            said = f"paragraph {at + 1} replaced by {words[:60]!r}"
            yield from _differs(kit, page, page.replaced(place, words), [*before, (role, words), *behind], said)
            if behind:
                said = f"{words[:60]!r} added behind paragraph {at + 1}"
                longer = [*before, whole[at], (role, words), *behind]
                yield from _differs(kit, page, page.with_another(place, words), longer, said)
        if before and behind and _is_alone(page, place):
            yield from _differs(kit, page, page.removed(place), [*before, *behind], f"paragraph {at + 1} taken out")


def _is_alone(page: Changeable, place: Place) -> bool:
    """Tell whether a paragraph is all that its block holds."""
    reading = page.document.account.reading
    block = next(span.block for span in page.document.elements[place.number].spans)
    return sum(span.block == block for span in reading.spans) == 1


def _differs(kit: Kit, page: Changeable, capture: Capture, meant: list[_Block], what: str) -> Iterator[str]:
    try:
        with within(LONGEST):
            document = normalize(capture, host=kit.host)
    except (CopydeskError, TookTooLong) as problem:
        yield f"with {what} it is not converted: {problem}"
        return
    for said, wanted in zip_longest(_blocks(document), meant):
        if said != wanted:
            yield f"with {what} the body has {_told(said)} where {_told(wanted)} should be{_by(document, wanted)}"
            return
    before, after = page.document.frontmatter, document.frontmatter
    for key in dict.fromkeys((*before, *after)):
        if key not in FOLLOWING and before.get(key) != after.get(key):
            yield f"with {what} {key} is {after.get(key)!r} and no longer {before.get(key)!r}"


def _told(block: _Block | None) -> str:
    return f"{block[0]} {block[1][:60]!r}" if block else "nothing"


def _by(document: Document, wanted: _Block | None) -> str:
    """Say which rule took the paragraph that is missing, where one did."""
    if wanted is None:
        return ""
    for row in rows(document.account.reading):
        if row.text[:20] and wanted[1].startswith(row.text[:20]) and row.role != wanted[0]:
            return f"; the rule {row.rule!r} takes it for {row.role}"
    return ""


def _blocks(document: Document) -> list[_Block]:
    return [(element.role.value, element.text) for element in document.elements]
