"""Whether each rule keeps the laws by itself, on pages that are made for it and on any other."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.contract.habits import Habit
from copydesk.desk.marking import apply
from copydesk.errors import CopydeskError, Rejection
from copydesk.limits import TookTooLong, within
from copydesk.page import paginate
from copydesk.pipeline import normalize
from copydesk.testing.kit import Kit, Ruled
from copydesk.values.capture import Capture
from copydesk.values.reading import Reading, unread
from copydesk.values.roles import Role

LONGEST = 3.0

_Block = tuple[str, Role]


def reading_of(*blocks: _Block) -> Reading:
    """Return a reading of blocks that have their roles already."""
    capture = Capture("\n".join(text for text, _ in blocks).encode("utf-8"))
    bare = unread(capture, paginate(capture))
    spans = (span._replace(role=role) for span, (_, role) in zip(bare.spans, blocks, strict=True))
    return bare._replace(spans=tuple(spans))


P = Role.PARAGRAPH
PAGES = {
    "a full stop": (reading_of((".", P)),),
    "a page without a body": (reading_of(("Title", Role.TITLE)), reading_of(("An ad", Role.FURNITURE))),
    "a page of short lines": (reading_of(("Title", Role.TITLE), ("Title", P), ("- ", P), ("1", P), ("한글 (끝)", P)),),
    "a page of everything": (reading_of(("An ad", Role.FURNITURE), ("One", Role.LIST_ITEM), ("two", Role.CONTINUED),
                                        ("A heading", Role.HEADING), ("A quote", Role.QUOTE), ("x" * 500, P)),),
}  # fmt: skip
"""Pages that no plugin was made for."""


def rules(kit: Kit) -> Iterator[str]:
    """Each rule has a name, and neither raises nor breaks a law, on its cases, on others' and on pages with no body."""
    for ruled in kit.rules:
        if getattr(ruled.rule, "__name__", "").strip() in ("", "<lambda>", "rule"):
            yield f"{ruled} has no name for people; give the function one: the account shows it"
        for what, pages in PAGES.items():
            yield from dict.fromkeys(said for page in pages for said in _broken(ruled, page, what))
    yield from _namesakes(kit)
    yield from dict.fromkeys(_on_cases(kit))


def _namesakes(kit: Kit) -> Iterator[str]:
    """Give the habits that have the name of another in their list: the account could not tell them apart."""
    seen: dict[str, Ruled] = {}
    for ruled in kit.rules:
        if isinstance(ruled.rule, Habit) and (other := seen.setdefault(ruled.name, ruled)) is not ruled:
            yield f"{ruled} has the name of another {other}; give each its own"


def _broken(ruled: Ruled, reading: Reading, what: str) -> Iterator[str]:
    try:
        with within(LONGEST):
            apply(reading, ruled.rule, ruled.owner.id)
    except CopydeskError as problem:
        yield f"{what}: {problem}"
    except TookTooLong:
        yield f"{what}: {ruled} took longer than {LONGEST:g} s"


def _on_cases(kit: Kit) -> Iterator[str]:
    """Give what fails on the cases of the plugin; a case that is rejected is none of these."""
    for case in kit.cases:
        try:
            with within(LONGEST):
                normalize(case.capture, host=kit.host)
        except Rejection:
            continue
        except CopydeskError as problem:
            yield f"{case.name}: {problem}"
        except TookTooLong as problem:
            yield f"{case.name}: {problem}"
