"""What North Korean media have in common in English, and what extraction does to it."""

from __future__ import annotations

from copydesk.plugin import PARAGRAPH, TITLE, Findings, Flag, Mark, Reading, Role, anywhere, doubt, every

LEADERS = ("Kim Il Sung", "Kim Jong Il", "Kim Jong Un")
LEADER = r"Kim (?:Il Sung|Jong Il|Jong Un)\b"
"""The three names that the publishers mark up, and around which extraction does its damage."""

RANKS = ("Leader", "Marshal", "President", "Chairman", "Comrade", "Generalissimo", "Secretary")
BEHIND_RANK = "|".join(f"(?<={rank} )" for rank in RANKS)

IN_ARTICLE = (TITLE, PARAGRAPH, Role.CONTINUED, Role.LIST_ITEM, Role.HEADING)

STRAY_SPACE = anywhere("stray space", rf"{LEADER}(?P<slip>\s+)(?=[,.;:]|['’]s\b)")
LOST_NAME = anywhere("lost name", rf" (?:{BEHIND_RANK})(?:['’]s\b|(?=[,.](?:\s|$)))")
NAME_MISSING = doubt("name-lost", "a name seems to be missing", every(LOST_NAME, on=IN_ARTICLE))
GAPS = (" '", " ’", " ,", " .")
JUCHE_YEAR = anywhere("Juche year", r"Juche (?P<juche>\d{1,3}) ?\((?P<year>\d{4})\)")


def title_again(reading: Reading) -> Findings:
    """Find the title where it stands a second time: as the first paragraph, or glued to it with three spaces."""
    title = next(reading.of(Role.TITLE), None)
    first = next(reading.of(PARAGRAPH), None)
    if title is None or first is None:
        return
    words, text = reading.text(title), reading.text(first)
    if text == words or text.startswith(words + "   "):
        yield Mark(first.start, first.start + len(words), TITLE)
        yield Flag("title-repeated", "the title stands again at the start of the body", first.start,
                   first.start + len(words), "info")


def lost_names(reading: Reading) -> Findings:
    """Flag a rank with no name behind it: `celebrate Chairman 's birthday`."""
    spans = list(reading.of(*IN_ARTICLE))
    article = reading.page.text[spans[0].start : spans[-1].end] if spans else ""
    if any(gap in article for gap in GAPS):  # most articles have none
        yield from NAME_MISSING(reading)


def cut_short(reading: Reading) -> Findings:
    """Flag a paragraph that ends with a leader's name: the rest may have been lost behind it."""
    text = reading.page.text
    for span in reading.of(PARAGRAPH):
        if text.endswith(LEADERS, span.start, span.end) and text[span.start : span.end] not in LEADERS:
            yield Flag("text-lost", f"the rest of a paragraph may be missing behind {text[span.end - 11 : span.end]!r}",
                       span.start, span.end, "info")  # fmt: skip


def juche_years(reading: Reading) -> Findings:
    """Check each Juche year against the year in brackets behind it; Juche 1 is 1912."""
    if JUCHE_YEAR.literal not in reading.page.text:
        return
    for span in reading.body():
        for match in JUCHE_YEAR.find_all(reading.page.text, span.start, span.end):
            if int(match["juche"]) + 1911 != int(match["year"]):
                yield Flag("juche-year", f"{match[0]!r} is not one year: Juche {match['juche']} is "
                                         f"{int(match['juche']) + 1911}", *match.span())


MENDING = (title_again, lost_names, cut_short, every(STRAY_SPACE, on=IN_ARTICLE), juche_years)
