"""Origin: which source a page is from, and in which language."""

from __future__ import annotations

import re

from copydesk.contract.layouts import Layout
from copydesk.contract.sources import Source
from copydesk.desk import labels
from copydesk.desk.routing import Desk
from copydesk.errors import RuleError
from copydesk.values.findings import Flag, Note
from copydesk.values.reading import Reading

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


def origin_of(reading: Reading, desk: Desk, layout: Layout | None = None) -> Origin:
    """Recognise the source by label, by address, by a sign at the ends of the body; guess nothing."""
    notes = reading.values("label")
    flags = list(_other_labels(notes))
    printed = notes[0].value if notes else ""
    label = labels.parse(printed)
    told = label.name and label.lang
    sign = None if told else desk.by_sign(_ends_of_body(reading))
    source = _source(reading, desk, label, sign, flags, layout)
    own = source.lang if source and not label.printed else ""
    told_by = (sign[1] if sign and sign[0] is source else own, _by_address(reading, layout), _by_head(reading))
    lang = _language(reading, label, told_by, flags)
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
    reading: Reading,
    desk: Desk,
    label: labels.Label,
    sign: tuple[Source, str] | None,
    flags: list[Flag],
    layout: Layout | None,
) -> Source | None:
    if label.name:
        found = desk.by_label(label.name)
        if found is None:
            flags.append(Flag("unknown-source", f"no plugin knows the label {label.name!r}; the plain rules were used"))
        return found
    if layout is not None and (found := desk.sources.get(layout.source)):
        return found
    for address in addresses(reading):
        if (found := desk.by_url(address)):
            return found
    if sign:
        flags.append(Flag("source-by-sign", f"no label; dateline or end mark show that it is {sign[0].name}",
                          severity="info"))  # fmt: skip
        return sign[0]
    flags.append(Flag("unknown-source", "the page has no label, and nothing else tells its source"))
    return None


def addresses(reading: Reading) -> list[str]:
    """Return what is known of where the page and its original are, the original's address first."""
    said = [note.value for note in reading.values("original_url") + reading.values("meta_url")]
    return list(filter(None, (*said, reading.capture.url)))


def _by_address(reading: Reading, layout: Layout | None) -> str:
    if layout is None or layout.language is None:
        return ""
    try:
        return next(filter(None, map(layout.language, addresses(reading))), "")
    except Exception as problem:
        raise RuleError(f"{layout.id}: language", f"raised {problem!r}") from problem


def _by_head(reading: Reading) -> str:
    """Return the language that the head of a page declares: `en` of `en-US` and of `en_US`."""
    said = reading.value("meta_lang").replace("_", "-").partition("-")[0].lower()
    return labels.LANGUAGES.get(said, said) if re.fullmatch("[a-z]{2,3}", said) else ""


def _language(reading: Reading, label: labels.Label, told_by: tuple[str, str, str], flags: list[Flag]) -> str:
    """Return the language by label, layout, address, script, sign or source, and head, in this order, or `und`.

    The head comes last: a site declares one language on the pages of all. ``told_by`` has what sign or source, address
    and head tell.
    """
    sign, address, head = told_by
    said = label.lang or reading.value("lang") or address
    script = labels.by_script("".join(reading.text(span) for span in reading.body()[:3]))
    if label.printed and not label.lang:
        flags.append(Flag("unknown-language", f"the label names the language {label.printed!r}, which nobody knows"))
    if said and script and said != script:
        what = "label" if label.lang else "address or the layout"
        flags.append(Flag("languages-disagree", f"the {what} says {said!r}, and the script is that of {script!r}"))
        return script
    lang = said or script or sign or head
    if not lang:
        flags.append(Flag("unknown-language", "nothing on the page tells its language; no rules of one were used",
                          severity="info"))  # fmt: skip
    if head and head != lang:
        flags.append(Flag("languages-disagree", f"the head of the page says {head!r}, and the article is in {lang!r}",
                          severity="info"))  # fmt: skip
    return lang or labels.UNDETERMINED
