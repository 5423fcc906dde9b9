"""Origin: which source a page is from, and in which language."""

from __future__ import annotations

from copydesk.contract.sources import Source
from copydesk.desk import labels
from copydesk.desk.routing import Desk
from copydesk.values.reading import Flag, Note, Reading

OPENING = 300
CLOSING = 40
"""The sign of a source is looked for in so many characters at the start and at the end of the body."""


class Origin:
    """The source of a page (None if nobody knows it), its label and language, and what is odd about them."""

    __slots__ = ("flags", "label", "lang", "printed", "source")

    def __init__(
        self, source: Source | None, label: labels.Label, printed: str, lang: str, flags: tuple[Flag, ...]
    ) -> None:
        self.source = source
        self.label = label
        self.printed = printed
        self.lang = lang
        self.flags = flags


def origin_of(reading: Reading, desk: Desk) -> Origin:
    """Recognise the source by label, by address, by a sign at the ends of the body; guess nothing."""
    notes = reading.values("label")
    flags = list(_other_labels(notes))
    printed = notes[0].value if notes else ""
    label = labels.parse(printed)
    told = label.name and label.lang
    sign = None if told else desk.by_sign(_ends_of_body(reading))
    source = _source(reading, desk, label, sign, flags)
    lang = _language(reading, label, sign[1] if sign and sign[0] is source else "", flags)
    return Origin(source, label, printed, lang, tuple(flags))


def _ends_of_body(reading: Reading) -> str:
    """Return the start of the block in which the body begins (with the dateline), and the end of the body."""
    body = reading.body()
    if not body:
        return ""
    text, start, end = reading.page.text, reading.page.blocks[body[0].block].start, body[-1].end
    opening = text[start : min(start + OPENING, body[0].end)]
    return f"{opening}\n{text[max(start, end - CLOSING) : end]}"


def _other_labels(notes: list[Note]) -> list[Flag]:
    return [
        Flag("labels-disagree", f"the page names {notes[0].value!r} and {note.value!r}", note.start, note.end)
        for note in notes[1:]
        if note.value != notes[0].value
    ]


def _source(
    reading: Reading, desk: Desk, label: labels.Label, sign: tuple[Source, str] | None, flags: list[Flag]
) -> Source | None:
    if label.name:
        found = desk.by_label(label.name)
        if found is None:
            flags.append(Flag("unknown-source", f"no plugin knows the label {label.name!r}; the plain rules were used"))
        return found
    for address in (reading.value("original_url"), reading.capture.url):
        if address and (found := desk.by_url(address)):
            return found
    if sign:
        flags.append(Flag("source-by-sign", f"no label; dateline or end mark show that it is {sign[0].name}",
                          severity="info"))  # fmt: skip
        return sign[0]
    flags.append(Flag("unknown-source", "the page has no label, and nothing else tells its source"))
    return None


def _language(reading: Reading, label: labels.Label, sign: str, flags: list[Flag]) -> str:
    """Return the language by label, layout, script and sign, in this order; `und` where none tells it."""
    said = label.lang or reading.value("lang")
    script = labels.by_script("".join(reading.text(span) for span in reading.body()[:3]))
    if label.printed and not label.lang:
        flags.append(Flag("unknown-language", f"the label names the language {label.printed!r}, which nobody knows"))
    if said and script and said != script:
        flags.append(Flag("languages-disagree", f"the label says {said!r}, and the script is that of {script!r}"))
        return script
    lang = said or script or sign
    if not lang:
        flags.append(Flag("unknown-language", "nothing on the page tells its language; no rules of one were used",
                          severity="info"))  # fmt: skip
    return lang or labels.UNDETERMINED
