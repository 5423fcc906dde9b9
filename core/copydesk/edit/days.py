"""Dates: keep publication, capture and dateline apart, and try them against each other.

No date is ever chosen in silence: where two disagree, or where a date comes from elsewhere than a Date line,
a flag says so, with both rules by name.
"""

from __future__ import annotations

import re
from datetime import date

from copydesk.contract.layouts import Layout
from copydesk.errors import RuleError
from copydesk.values.findings import Flag, Note
from copydesk.values.reading import Reading

LATE = 7
"""So many days behind its dateline an article may be published; seen over 1,002 articles, in five of them."""

_NAMED_DAY = re.compile(r"(?<!\d)(\d{4}-\d\d-\d\d)(?!\d)")


class Days:
    """The days of a document, each ISO or empty, and what is odd about them."""

    __slots__ = ("captured", "dateline", "flags", "published")

    def __init__(self, published: str, captured: str, dateline: str, flags: tuple[Flag, ...]) -> None:
        self.published = published
        self.captured = captured
        self.dateline = dateline
        self.flags = flags


def days_of(reading: Reading, layout: Layout) -> Days:
    """Decide the days of a document by the evidence on its page, its address and its name, in this order."""
    flags: list[Flag] = []
    captured = _agreed(reading.values("captured") + _given(reading), flags)
    dateline = _agreed(reading.values("dateline_date"), flags)
    hints = _hints(reading, layout)
    published = _published(reading, dateline, captured, hints, flags)
    written = _in_year_of(dateline, published)
    if published:
        _compare(published, written, flags)
        for note in [*reading.values("stamp_date"), *hints, *_heads(reading)]:
            _compare_same(published, note, flags)
        if captured and captured.value < published.value:
            flags.append(_apart("captured before it was published", published, captured))
    return Days(_value(published), _value(captured), _value(written), tuple(flags))


def _value(note: Note | None) -> str:
    return note.value if note else ""


def _given(reading: Reading) -> list[Note]:
    day = reading.capture.captured
    return [Note("captured", day, rule="capture hint")] if day else []


def _hints(reading: Reading, layout: Layout) -> list[Note]:
    """Return days of publication that stand in the capture's address or name."""
    capture = reading.capture
    read = layout.posted or _no_day
    try:
        read_from = (("address", read(capture.url)), ("name", read(capture.name)))
    except Exception as problem:
        raise RuleError(f"{layout.id}: posted", f"raised {problem!r}") from problem
    return [Note("posted", day, rule=f"capture {what}") for what, day in read_from if day]


def _no_day(_: str) -> None:
    return None


def _agreed(notes: list[Note], flags: list[Flag]) -> Note | None:
    """Return the first of several notes for one fact, and flag those that say something else."""
    others = (note for note in notes if note.value != notes[0].value)
    flags += (_apart(f"two values for {note.key!r}", notes[0], note) for note in others)
    return notes[0] if notes else None


def _published(
    reading: Reading, dateline: Note | None, captured: Note | None, hints: list[Note], flags: list[Flag]
) -> Note | None:
    """Return the day of publication: a Date line's, a stamp's, a dateline's with a year from a hint, a hint's.

    Where none of these is, what the head of an HTML page tells, or the dateline with a year from the day of capture.
    """
    if found := _agreed(reading.values("published"), flags):
        return found
    if any(flag.code == "bad-published" for flag in reading.flags):
        flags.append(Flag("undated", "the Date line holds no day; no other date is taken in its place"))
        return None
    if found := _agreed(reading.values("stamp_date"), flags):
        return _taken(found, "the stamp", flags, "info")
    if dateline and not dateline.value.startswith("--"):
        return _taken(dateline, "the dateline", flags, "info")
    if dateline and (found := _in_year_of(dateline, hints[0] if hints else _named(reading, dateline))):
        return _taken(found, f"the dateline, its year from the {hints[0].rule if hints else 'capture name'}", flags)
    if hints and not dateline:
        return _taken(hints[0], f"the {hints[0].rule}", flags)
    if told := _told(reading, dateline):
        return _taken(told, f"the {_short(told)}", flags)
    if dateline and captured and (found := _last_before(dateline, captured)):
        return _taken(found, f"the dateline, its year the last before the capture on {captured.value}", flags)
    flags.append(Flag("undated", _why_undated(dateline, reading)))
    return None


def _told(reading: Reading, dateline: Note | None) -> Note | None:
    """Return the day that the head of a page tells, if a publication on it could have that dateline."""
    for note in reading.values("meta_published"):
        written = _in_year_of(dateline, note) if _parsed(note.value) else None
        if _parsed(note.value) and (dateline is None or (written and -1 <= _days(written, note) <= LATE)):
            return note
    return None


def _last_before(dateline: Note, captured: Note) -> Note | None:
    """Return a dateline's day in the last year in which it was not after the capture.

    A capture is made a day earlier where the clock is behind that of Korea.
    """
    near = _parsed(captured.value)
    if near is None:
        return None
    days = filter(None, (_parsed(f"{year:04}{dateline.value[1:]}") for year in range(near.year + 1, near.year - 8, -1)))
    last = next((day for day in days if (day - near).days <= 1), None)
    return dateline._replace(value=last.isoformat()) if last else None


def _why_undated(dateline: Note | None, reading: Reading) -> str:
    remedy = "" if reading.capture.url else "; give the address with --url"
    if dateline is None:
        return f"no date on the page, in its address or in its name{remedy}"
    if not remedy or reading.page.markup is not None:
        remedy = "; give the day of the capture with --captured"
    return f"the dateline has a day ({dateline.value[2:]}) and no year, and nothing tells it{remedy}"


def _taken(note: Note, what: str, flags: list[Flag], severity: str = "warning") -> Note:
    flags.append(Flag("date-source", f"no Date line; the date is that of {what}", note.start, note.end, severity))
    return note


def _named(reading: Reading, dateline: Note) -> Note | None:
    """Return an ISO day in the capture's file name, if it follows the dateline as closely as a publication does."""
    for day in _NAMED_DAY.findall(reading.capture.name.rpartition("/")[2]):
        note = Note("posted", day, rule="capture name")
        if _parsed(day) and (written := _in_year_of(dateline, note)) and 0 <= _days(written, note) <= LATE:
            return note
    return None


def _in_year_of(dateline: Note | None, other: Note | None) -> Note | None:
    """Return a dateline's day with the year that brings it closest to another day."""
    if dateline is None or not dateline.value.startswith("--"):
        return dateline
    near = _parsed(other.value) if other else None
    if near is None:
        return None
    years = (near.year - 1, near.year, near.year + 1)
    days = filter(None, (_parsed(f"{year:04}{dateline.value[1:]}") for year in years))
    closest = min(days, key=lambda day: abs((day - near).days), default=None)
    return dateline._replace(value=closest.isoformat()) if closest else None


def _parsed(day: str) -> date | None:
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


def _days(earlier: Note, later: Note) -> int:
    return (date.fromisoformat(later.value) - date.fromisoformat(earlier.value)).days


def _compare(published: Note, written: Note | None, flags: list[Flag]) -> None:
    """Flag a day of publication that is not the dateline's; a few days late is worth a word only."""
    if written is None or not (late := _days(written, published)):
        return
    message = f"published {abs(late)} day{'s' * (abs(late) > 1)} {'after' if late > 0 else 'before'} the dateline's"
    if _swapped(published.value) == written.value:
        message += "; with day and month the other way round they agree"
    flags.append(_apart(message, published, written, "info" if 0 < late <= LATE else "warning"))


def _heads(reading: Reading) -> list[Note]:
    """Return the days that the head of a page tells, as far as they are days, each once."""
    said = {note.value: note for note in reversed(reading.values("meta_published")) if _parsed(note.value)}
    return list(reversed(said.values()))


def _compare_same(published: Note, other: Note, flags: list[Flag]) -> None:
    """Flag another day; a day more or less in an address or a head may come from a clock elsewhere in the world."""
    if other.value != published.value:
        clock = other.key == "posted" or (other.key == "meta_published" and abs(_days(published, other)) <= 1)
        flags.append(_apart(f"the day of the {_short(other)} is another", published, other,
                            "info" if clock else "warning"))  # fmt: skip


def _short(note: Note) -> str:
    return note.rule.rpartition(": ")[2]


def _swapped(day: str) -> str:
    return f"{day[:4]}-{day[8:]}-{day[5:7]}"


def _apart(message: str, one: Note, other: Note, severity: str = "warning") -> Flag:
    said = f"{message}: {one.value} ({_short(one)}), {other.value} ({_short(other)})"
    place = other if other.start >= 0 else one
    return Flag("dates-disagree", said, place.start, place.end, severity)
