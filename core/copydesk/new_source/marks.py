"""Lines that recur, as landmarks of a layout: patterns with the names of what they tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from copydesk.desk import labels
from copydesk.desk.routing import hosts_of
from copydesk.new_source import words
from copydesk.new_source.align import Row
from copydesk.new_source.days import forms_of
from copydesk.new_source.drafts import Alike, Constant, Entry, Names, day_code, literal, pattern_code, string
from copydesk.new_source.facts import Facts
from copydesk.new_source.lines import URL, Kind, Line, field
from copydesk.new_source.lists import Items


class Marks:
    """The landmarks of a page: their constants, and what they tell of its publisher."""

    def __init__(self, names: Names, facts: Facts, count: int, items: Items | None) -> None:
        self.names = names
        self.facts = facts
        self.alone = count == 1
        self.list = items
        self.constants: list[Constant] = []
        self.labels: list[str] = []
        self.hosts: list[str] = []
        self.letters = 0
        self.dated: tuple[str, ...] = ()

    def entry(self, n: int, mark: Sequence[Row], *, behind: bool) -> Entry:
        """Return the entry of a line that recurs; ``behind`` says that it stands behind the body."""
        lines = [row.line for row in mark if row.line is not None]
        if not lines:
            return self.items(optional=False)
        if len({line.key for line in lines}) > 1:
            return self._field(n, lines)
        if behind and words.END_MARK.fullmatch(lines[0].text):
            return self._landmark("end mark", f"(?P<end_mark>{literal(lines[0].text)})", "an end mark", guess=True)
        if (found := field(lines[0].text)) and words.AUTHOR.fullmatch(found["name"]):
            return self._field(n, lines)
        return self._alike(n, lines)

    def items(self, *, optional: bool) -> Entry:
        """Return the entry of the list of other articles."""
        assert self.list is not None
        if not self.list.fields:
            code, rule = "some(Role.RELATED)", "some related"
        else:
            fields = ", ".join(map(string, self.list.fields))
            code, rule = f"items({fields}, date={self._item_days()})", "items"
        why = "lines with a day at equal distances"
        return Entry(f"maybe({code})" if optional else code, rule, why, f"{why}: other articles")

    def within(self, name: str, text: str) -> str:
        """Return a rule, as code, that makes a line within the body furniture."""
        entry = self._landmark(name, f"(?P<furniture>{literal(text)})", "stands within all bodies", guess=True)
        return f"every({entry.code})"

    def _item_days(self) -> str:
        return day_code(self.dated)

    def _field(self, n: int, lines: Sequence[Line]) -> Entry:
        """Return the entry of a field whose values differ."""
        found = [match for match in (field(line.text) for line in lines) if match]
        name, values = found[0]["name"], [match["value"] for match in found]
        start = literal(f"{name}{found[0]['colon']}")
        self.letters += sum(map(str.isalpha, name))
        if words.AUTHOR.fullmatch(name):
            return self._landmark("byline", f"{start}(?P<author>.+)", f"a name behind {name!r}", guess=False)
        if words.LABEL.fullmatch(name):
            self._label(values)
            return self._landmark("label line", f"{start}(?P<label>.+)", f"a name behind {name!r}", guess=False)
        if (facts := self.facts.of_line(n)) and all(value.startswith(line.days[0].text)
                                                    for value, line in zip(values, lines, strict=True)):  # fmt: skip
            return self._dated_field(facts[0], start, lines)
        return self._landmark(f"{name} line", f"{start}.+", f"a field {name!r} in all samples", guess=True)

    def _dated_field(self, fact: str, start: str, lines: Sequence[Line]) -> Entry:
        """Return the entry of a field whose values begin with a day, and may name a label behind it."""
        forms = forms_of([line.days[0] for line in lines], self.facts.near)
        day = f"(?P<{fact}>{forms.regex})" if forms.formats else forms.regex
        rest, found = r"(?:\D.*)?", [words.LABEL_IN_LINE.search(line.text) for line in lines]
        if all(found):
            told = [match for match in found if match]
            self._label([match["label"] for match in told])
            rest = rf".*?{literal(told[0]['word'])} ?[:\uff1a] ?(?P<label>[^|]+?)(?: ?\|.*)?"
        why = f"a field in all samples, with a day{' and a label' if all(found) else ''}"
        name = "date line" if fact == "published" else "capture date"
        return self._landmark(name, f"{start}{day}{rest}", why, guess=not forms.formats,
                              readers={fact: day_code(forms.formats)} if forms.formats else {})  # fmt: skip

    def _label(self, values: Sequence[str]) -> None:
        self.labels += dict.fromkeys(filter(None, (labels.parse(value).name for value in values)))

    def _alike(self, n: int, lines: Sequence[Line]) -> Entry:
        facts = self.facts.of_line(n)
        alike = Alike(lines, facts, self.facts.near)
        self.letters += alike.letters
        regex, why, name = alike.regex, self._why(lines), lines[0].text
        if facts:
            name = "date line" if "published" in facts.values() else "capture date"
            why = f"{why}; {self.facts.why(n)}"
        regex, told = self._told(regex, lines)
        if told and not facts:
            name, why = f"{told} line", f"{why}; it names the {told}"
        if alike.unclear:
            why = f"a day such as {alike.unclear[0]!r}, and nothing tells which of its numbers is the month"
        guess = self.alone or bool(alike.unclear) or self.facts.is_guess(n)
        return self._landmark(name, regex, why, guess=guess, readers=alike.readers)

    def _why(self, lines: Sequence[Line]) -> str:
        if self.alone:
            return "stands apart from the prose; one sample does not tell what recurs"
        same = len({line.text for line in lines}) == 1
        return "the same in all samples" if same else "alike in all samples"

    def _told(self, regex: str, lines: Sequence[Line]) -> tuple[str, str]:
        """Name the label in a line, and the address of the original; say which of them was found."""
        for text in dict.fromkeys(line.text for line in lines):
            if found := words.LABEL_IN_LINE.search(text):
                escaped = literal(found["label"])
                if regex.count(escaped) == 1 and "://" not in escaped:
                    self._label([found["label"]])
                    ends = text.endswith(found["label"])
                    return regex.replace(escaped, f"(?P<label>{'.+' if ends else '.+?'})"), "label"
        addresses = [piece.text for line in lines for piece in line.pieces if piece.kind is Kind.URL]
        if len(addresses) == len(lines) and self._is_original(lines):
            self._hosts(addresses)
            return regex.replace(URL, f"(?P<original_url>{URL})"), "address"
        return regex, ""

    def _is_original(self, lines: Sequence[Line]) -> bool:
        alone = all(len(line.pieces) == 1 for line in lines)
        differ = self.alone or len({line.text for line in lines}) > 1
        return differ and (alone or bool(words.ORIGINAL.search(re.sub(URL, "", lines[0].text))))

    def _hosts(self, addresses: Sequence[str]) -> None:
        hosts = {(hosts_of(address) or [""])[0].removeprefix("www.") for address in addresses}
        self.hosts += hosts if len(hosts) == 1 else ()

    def _landmark(
        self, name: str, regex: str, why: str, *, guess: bool, readers: dict[str, str] | None = None
    ) -> Entry:
        constant, rule = self.names.constant(name), self.names.pattern(name)
        code = pattern_code("line", rule, regex, readers or {})
        self.constants.append(Constant(constant, code, why if guess else ""))
        return Entry(constant, rule, why)


def formats_of_list(lines: Sequence[Sequence[Line]], items: Items) -> tuple[str, ...]:
    """Return the formats of the days in a list of other articles; none where it is not clear which is the month."""
    at = items.fields.index("date") if items.fields else 0
    length = max(len(items.fields), 1)
    days = [said[n + at].days[0] for said, place in zip(lines, items.places, strict=True)
            for n in range(place.first, place.last, length) if said[n + at].is_day]  # fmt: skip
    return forms_of(days).formats
