"""Whether it is certain which number of a day is the day, and which is the month."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from copydesk.errors import CopydeskError
from copydesk.limits import TookTooLong, within
from copydesk.pipeline import normalize
from copydesk.testing.changing import Changeable, changeables
from copydesk.testing.kit import Kit
from copydesk.values.capture import Capture
from copydesk.values.document import Document
from copydesk.values.findings import Note
from copydesk.values.reading import Reading

FACTS = ("published", "captured", "stamp_date", "dateline_date")
OTHERS = ((11, 28), (2, 13))
"""Month and day of the days that are tried."""
LONGEST = 5.0
NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([/.\- ])(\d{1,2})\2(?:\d{4}|\d{2})(?!\d)")
"""A day in numbers with its year behind it: the one order of which there are two."""


class _Read(NamedTuple):
    """A day in numbers that a rule has read: as it stands, and as ISO day."""

    case: str
    rule: str
    text: str
    value: str

    @property
    def numbers(self) -> tuple[int, int]:
        found = NUMBERS.search(self.text)
        assert found is not None
        return int(found[1]), int(found[3])


def days(kit: Kit) -> Iterator[str]:
    """A rule that reads a day in numbers has a case that can be read one way alone, or says its day twice."""
    found = [read for name, (_, document) in kit.documents.items() for read in _read(kit, name, document)]
    for rule in dict.fromkeys(read.rule for read in found):
        of_rule = [read for read in found if read.rule == rule]
        if not any(max(read.numbers) > 12 or _says(kit, read, read.value) for read in of_rule):
            denied = next((read for read in of_rule if _says(kit, read, _swapped(read.value))), None)
            yield f"rule {rule!r} {_unproved(denied or of_rule[0], is_denied=denied is not None)}"
    yield from _refused(kit)
    yield from dict.fromkeys(_not_read(kit))


def _not_read(kit: Kit) -> Iterator[str]:
    """Write other days in the place of those that were read, in the same order, and give those that are not read."""
    for page in changeables(kit):
        reading = page.document.account.reading
        for note in reading.notes if reading.page.text == page.text else ():
            found = NUMBERS.search(reading.text(note)) if note.start >= 0 else None
            if found and note.key in FACTS and _is_own(kit, note.rule) and found[1] != found[3]:
                yield from (f"{page.case.name}: the rule {note.rule!r} reads {found[0]!r}, and not {other!r}"
                            for other in _others(kit, page, note, found))  # fmt: skip


def _others(kit: Kit, page: Changeable, note: Note, found: re.Match[str]) -> Iterator[str]:
    """Give the days that are not read in the place of one."""
    at = note.start + found.start()
    for month, number in OTHERS:
        numbers = (number, month) if int(found[1]) == int(note.value[-2:]) else (month, number)
        first, second = (str(n).zfill(len(old)) for n, old in zip(numbers, found.group(1, 3), strict=True))
        text = f"{first}{found[2]}{second}{found[0][found.end(3) - found.start() :]}"
        other = page.capture(page.text[:at] + text + page.text[at + len(found[0]) :])
        if f"{note.value[:4]}-{month:02}-{number:02}" not in _values(kit, other, note):
            yield text


def _values(kit: Kit, capture: Capture, note: Note) -> list[str]:
    try:
        with within(LONGEST):
            return [other.value for other in normalize(capture, host=kit.host).account.reading.values(note.key)]
    except (CopydeskError, TookTooLong):
        return []


def _unproved(read: _Read, *, is_denied: bool) -> str:
    said = f"reads {read.text!r} as {read.value} ({read.case})"
    if is_denied:
        return (f"{said}, and the page says elsewhere that it is {_swapped(read.value)}; does it take the month for "
                "the day? the order stands in the format of day()")  # fmt: skip
    return f"{said}, and no case shows that its month is not its day; add a case with a day behind the 12th"


def _swapped(day: str) -> str:
    return f"{day[:5]}{day[8:]}-{day[5:7]}"


def _says(kit: Kit, read: _Read, day: str) -> bool:
    """Tell whether another value of the page has this day, whatever its year."""
    notes = kit.documents[read.case][1].account.reading.notes
    return day[5:7] != day[8:] and any(
        note.value[-5:] == day[-5:]
        for note in notes
        if note.key in ("published", "stamp_date", "dateline_date") and note.rule != read.rule
    )


def _read(kit: Kit, name: str, document: Document) -> Iterator[_Read]:
    reading = document.account.reading
    for note in reading.notes:
        text = reading.text(note) if note.start >= 0 else ""
        if note.key in FACTS and NUMBERS.search(text) and _is_own(kit, note.rule):
            yield _Read(name, note.rule, text, note.value)


def _is_own(kit: Kit, rule: str) -> bool:
    owners = {layout.id for layout in kit.layouts} | {source.id for source in kit.sources}
    return rule.partition(":")[0] in owners


def _refused(kit: Kit) -> Iterator[str]:
    """Give the days that no reader could read, though they are days with the first number as the day, or the second."""
    for name, (_, document) in kit.documents.items():
        for flag in _flags(document.account.reading):
            if _is_own(kit, flag[1]) and (numbers := NUMBERS.search(flag[0])):
                first, second = int(numbers[1]), int(numbers[3])
                if min(first, second) <= 12 < max(first, second) <= 31:
                    yield (f"{name}: the rule {flag[1]!r} cannot read {flag[0]!r}; does it take the month for the day? "
                           "the order stands in the format of day()")  # fmt: skip


def _flags(reading: Reading) -> Iterator[tuple[str, str]]:
    """Give text and rule of each value that a reader refused."""
    codes = {f"bad-{fact.replace('_', '-')}" for fact in FACTS}
    for flag in reading.flags:
        if flag.code in codes and flag.start >= 0:
            yield reading.page.text[flag.start : flag.end], flag.rule
