"""Layouts of text captures: the page from top to bottom, from the lines that recur in all samples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean

from copydesk.new_source import words
from copydesk.new_source.align import LIST, MOST, Aligned, Row, align, rows_of
from copydesk.new_source.drafts import Argument, Entry, LayoutDraft, Names
from copydesk.new_source.facts import Facts, facts_of
from copydesk.new_source.lines import Line, ends_as_sentence, lines_of, weight
from copydesk.new_source.lists import NOWHERE, Items, items_of
from copydesk.new_source.marks import Marks, formats_of_list
from copydesk.new_source.samples import Sample, SampleError
from copydesk.new_source.single import apart

Gap = tuple[tuple[Row, ...], ...]
"""What stands between two lines that recur: the rows of each sample."""

CONSISTENT = 3
"""A gap with the same number of lines in all samples, and no more than this, has an entry for each of them."""


def text_layouts(samples: Sequence[Sample], id: str, taken: Sequence[str] = ()) -> Iterator[LayoutDraft]:
    """Give layouts for samples that no known one reads, the tightest first. Raises SampleError where there is none."""
    lines = [lines_of(sample.page) for sample in samples]
    _check_lines(lines, samples)
    found = items_of(lines)
    formats = formats_of_list(lines, found) if found and found.fields else ()
    if found and not formats:
        found = found._replace(fields=())
    tries = [found, found._replace(fields=()), None] if found and found.fields else [found, None] if found else [None]
    for items in tries:
        rows = _rows(lines, items)
        _check_prose(rows, samples)
        aligned = align(rows) if len(samples) > 1 else apart(rows[0])
        page = Page(_merged(aligned), items, id, taken)
        page.marks.dated = formats
        yield page.draft()
    yield Page(_loosened(_merged(aligned)), items, id, taken).draft()


def _check_lines(lines: Sequence[Sequence[Line]], samples: Sequence[Sample]) -> None:
    for said, sample in zip(lines, samples, strict=True):
        if len(said) > MOST:
            raise SampleError(f"{sample.name!r} has {len(said)} lines, and no more than {MOST} are looked at; "
                              "give the page of one article")  # fmt: skip
        if not any(line.prose for line in said):
            raise SampleError(f"{sample.name!r} has no line that is long enough to be the prose of an article; "
                              "give the page of an article")  # fmt: skip


def _check_prose(rows: Sequence[Sequence[Row]], samples: Sequence[Sample]) -> None:
    for said, sample in zip(rows, samples, strict=True):
        if not _prose(said):
            raise SampleError(f"{sample.name!r} has no prose but in a list of lines with days: it seems to be a list "
                              "of articles; give the page of one article")  # fmt: skip


def _rows(lines: Sequence[Sequence[Line]], items: Items | None) -> list[list[Row]]:
    """Return the rows of samples: what stands in a list is one row, with a key where all samples have a list."""
    if items is None:
        return rows_of(lines)
    rest = [[line for n, line in enumerate(said) if not place.first <= n < place.last]
            for said, place in zip(lines, items.places, strict=True)]  # fmt: skip
    key = LIST if NOWHERE not in items.places else ()
    rows = rows_of(rest)
    for row, place in zip(rows, items.places, strict=True):
        if place != NOWHERE:
            row.insert(place.first, Row(key))
    return rows


def _merged(aligned: Aligned) -> Aligned:
    """Take out the lines that recur within the body: those with prose on both sides in all samples."""
    marks, gaps = list(aligned.marks), list(aligned.gaps)
    at = body_gap(gaps)
    while at < len(marks) and _is_within(marks[at], gaps[at + 1]):
        gaps[at : at + 2] = [_joined(gaps[at], marks.pop(at), gaps[at + 1])]
    while at > 0 and _is_within(marks[at - 1], gaps[at - 1]):
        at -= 1
        gaps[at : at + 2] = [_joined(gaps[at], marks.pop(at), gaps[at + 1])]
    return Aligned(tuple(marks), tuple(gaps))


def _joined(one: Gap, mark: Sequence[Row], other: Gap) -> Gap:
    return tuple((*before, row, *behind) for before, row, behind in zip(one, mark, other, strict=True))


def _loosened(aligned: Aligned) -> Aligned:
    """Keep of the lines that recur those right above and right below the body; all others are lines like any."""
    marks, gaps = list(aligned.marks), list(aligned.gaps)
    at = body_gap(gaps)
    while at + 1 < len(marks):
        gaps[at + 1 : at + 3] = [_joined(gaps[at + 1], marks.pop(at + 1), gaps[at + 2])]
    for n in reversed(range(at - 1)):
        gaps[n : n + 2] = [_joined(gaps[n], marks.pop(n), gaps[n + 1])]
    return Aligned(tuple(marks), tuple(gaps))


def body_gap(gaps: Sequence[Sequence[Sequence[Row]]]) -> int:
    """Return the gap with the most prose, counting for each sample as much as for the others."""
    return max(range(len(gaps)), key=lambda n: sum(_prose(rows) for rows in gaps[n]) * all(map(_prose, gaps[n])))


def _prose(rows: Sequence[Row]) -> float:
    return sum(weight(row.line.text) for row in rows if row.line and row.line.prose)


def _is_within(mark: Sequence[Row], beyond: Sequence[Sequence[Row]]) -> bool:
    """Tell whether what recurs stands within a body: prose goes on beyond it, and it is no heading of a list."""
    line = mark[0].line
    if line is None or line.days or words.RELATED.search(line.text):
        return False
    return all(_prose(rows) and sum(map(_is_heading, rows)) * 2 < len(rows) for rows in beyond)


def _is_heading(row: Row) -> bool:
    """Tell whether a line is no sentence: many such beyond prose are those of a list."""
    return row.line is None or not ends_as_sentence(row.line.text)


class Page:
    """The entries of a page, made one by one from top to bottom."""

    def __init__(self, aligned: Aligned, items: Items | None, id: str, taken: Sequence[str]) -> None:
        self.aligned = aligned
        self.items = items
        self.id = id
        self.count = len(aligned.gaps[0])
        self.names = Names(("PAGE", "HTML", "SOURCE", *taken))
        self.body = body_gap(aligned.gaps)
        if not all(map(_prose, aligned.gaps[self.body])):
            raise SampleError("no prose stands at one place of all samples and is another in each: are they pages of "
                              "one kind, and of different articles? give such pages at one time")  # fmt: skip
        self.title = _title_of(aligned, self.body)
        self.skipped = int(self.title is None or self.title[0] != self.body) * _skipped(aligned.gaps[self.body])
        self.facts: Facts = facts_of(aligned, self.body)
        self.marks = Marks(self.names, self.facts, self.count, items)
        self.entries: list[Entry] = []
        self.notes: list[str] = []
        self.away: set[str] = set()

    def draft(self) -> LayoutDraft:
        """Return the layout."""
        for n, gap in enumerate(self.aligned.gaps):
            self._gap(n, gap)
            if n < len(self.aligned.marks):
                self.entries.append(self.marks.entry(n, self.aligned.marks[n], behind=n >= self.body))
        rules = self._within()
        return LayoutDraft(self.id, tuple(self.marks.constants), tuple(self.entries), rules, self.marks.letters,
                           self._titles(), self._bodies(), tuple(self.marks.labels), tuple(self.marks.hosts),
                           tuple(self.notes))  # fmt: skip

    def _within(self) -> tuple[Argument, ...]:
        """Return the rules for lines that recur within the body: what is called an advertisement is furniture there."""
        texts = [{row.line.text for row in rows if row.line} for rows in self.aligned.gaps[self.body]]
        same = sorted(set.intersection(*texts)) if self.count > 1 else []
        found = []
        for text in same:
            if words.ADVERTISEMENT.fullmatch(text):
                found.append(self.marks.within("advertisement line", text))
                self.away.add(text)
            else:
                self.notes.append(f"{text[:60]!r} stands within the body of all samples and was left in it; "
                                  "if it is furniture, mark it by a habit: every(line(..., r\"(?P<furniture>...)\"))")
        return (Argument("rules", f"({', '.join(found)},)", "called an advertisement"),) if found else ()

    def _gap(self, n: int, gap: Sequence[Sequence[Row]]) -> None:
        if n == self.body:
            if self.title == (n, 0):
                self._title()
            elif self.skipped:
                self._furniture("one", at=n)
            self.entries.append(Entry("some(PARAGRAPH)", "some paragraph", "where the longest prose stands"))
        elif any(row.line is None for rows in gap for row in rows) and all(_is_list(rows) for rows in gap):
            self.entries.append(self.marks.items(optional=True))
        elif any(gap):
            self._others(n, [len(rows) for rows in gap])

    def _title(self) -> None:
        right = self.title == (self.body, 0)
        why = "the short line right above the body" if right else "the longest short line above the body"
        self.entries.append(Entry("one(TITLE)", "one title", why, why))

    def _others(self, n: int, counts: list[int]) -> None:
        """Say what the lines of a gap outside the body are, which differ in the samples."""
        if n < self.body and len(set(counts)) == 1 and counts[0] <= CONSISTENT:
            for at in range(counts[0]):
                if self.title == (n, at):
                    self._title()
                else:
                    self._furniture("one", at=n)
            return
        if self.title == (n, 0):
            self._title()
            counts = [count - 1 for count in counts]
        if any(counts):
            self._furniture("some" if all(counts) else "maybe", at=n)
        if n > self.body and any(map(_prose, self.aligned.gaps[n])):
            before = self.aligned.marks[n - 1][0].line
            where = repr(before.text[:60]) if before else "the list"
            self.notes.append(f"prose stands behind the body too, below {where}, and was taken for no part of it")

    def _furniture(self, word: str, *, at: int) -> None:
        before = self.aligned.marks[at - 1][0].line if at > self.body else None
        related = before is not None and bool(words.RELATED.search(before.text))
        role, said = ("Role.RELATED", "related") if related else ("FURNITURE", "furniture")
        why = "behind a heading of other articles" if related else "nothing tells what it is"
        why = f"differs in the samples, and {why}"
        one = "some" if word == "maybe" else word
        code = f"{one}({role})"
        self.entries.append(Entry(f"maybe({code})" if word == "maybe" else code, f"{one} {said}", why, why))

    def _titles(self) -> tuple[int, ...]:
        if self.title is None:
            return (0,) * self.count
        n, at = self.title
        lines = [rows[at].line for rows in self.aligned.gaps[n]]
        return tuple(line.number if line else 0 for line in lines)

    def _bodies(self) -> tuple[tuple[int, ...], ...]:
        first = 1 if self.title == (self.body, 0) else self.skipped
        gap = self.aligned.gaps[self.body]
        return tuple(tuple(row.line.number for row in rows[first:] if row.line and row.line.text not in self.away)
                     for rows in gap)  # fmt: skip


def _skipped(gap: Gap) -> int:
    """Return 1 where a line stands right above all bodies that has the form of a name, and 0 elsewhere."""
    lines = [rows[0].line for rows in gap]
    return int(all(line is not None and not line.prose and _is_name(line.text) for line in lines))


def _is_list(rows: Sequence[Row]) -> bool:
    return not rows or (len(rows) == 1 and rows[0].line is None)


def _title_of(aligned: Aligned, body: int) -> tuple[int, int] | None:
    """Return gap and place in it of the line that a title would be: the longest short line that all have before it."""
    places = [(n, at) for n in range(body) for at in _places(aligned.gaps[n])]
    if all(len(rows) > 1 and rows[0].line and not rows[0].line.prose for rows in aligned.gaps[body]):
        places.append((body, 0))
    scores = {place: score for place in places if (score := _score(aligned, place))}
    return max(scores, key=lambda place: (scores[place], place), default=None)


def _places(gap: Sequence[Sequence[Row]]) -> range:
    """Return the places at which all samples have a line: each where all have as many, else the first."""
    counts = {len(rows) for rows in gap}
    if len(counts) == 1 and max(counts) <= CONSISTENT:
        return range(max(counts))
    return range(min(1, *counts))


LONGEST_TITLE = 110.0
NAME = 8.0
"""So much is taken off for lines that could all be names of authors."""


def _score(aligned: Aligned, place: tuple[int, int]) -> float:
    n, at = place
    if len(aligned.gaps[n]) > 1 and any(rows[at].key for rows in aligned.gaps[n]):
        return 0  # what recurs is no title
    lines = [rows[at].line for rows in aligned.gaps[n]]
    said = [line.text for line in lines if line is not None and not line.days]
    if len(said) < len(lines):
        return 0
    return max(0.1, min(fmean(map(weight, said)), LONGEST_TITLE) - NAME * all(map(_is_name, said)))


def _is_name(text: str) -> bool:
    return 2 <= len(text.split()) <= 3 and all(word[:1].isupper() for word in text.split())
