"""How the agency writes: datelines, end marks and stamps in four languages."""

from __future__ import annotations

from copydesk.plugin import Findings, Flag, Reading, Role, day, doubt, ends, every, first, last, line, starts
from copydesk_kcnawatch.dprk import LEADER, RANKS

SITE = r"(?:www\.kcna\.kp\s*)?"
STAMP_DAY = day("JucheJJJ.MM.DD.", "YYYY.MM.DD.", "주체JJJ.MM.DD.")  # the calendar is that of the capture's time
SIGNED = rf"(?P<stamp>{SITE}\((?P<stamp_date>(?:Juche|주체)?\d{{1,4}}\.\d{{1,2}}\.\d{{1,2}}\.)\))"

STAMP = line("stamp", SIGNED, stamp_date=STAMP_DAY)
TITLE_STAMP = ends("stamp in the title", r"(?P<stamp>\[(?P<stamp_date>(?:Juche)?\d{1,4}\.\d{1,2}\.\d{1,2}\.)\])",
                   stamp_date=STAMP_DAY)

# English

END_MARK = ends("end mark", rf"(?P<end_mark>-0-)(?:\s*{SIGNED})?", stamp_date=STAMP_DAY)
DATELINE = starts(
    "dateline",
    r"(?P<dateline>(?P<dateline_place>[A-Z][\w' -]{1,40}),\s+(?P<dateline_date>[A-Z][a-z]+\s+\d{1,2})"
    r"\s+\((?P<agency>KCNA)\)\s*(?:--|–|—))",
    dateline_date=day("Month DD"),
)
BROKEN = starts("broken before a leader's name", rf"(?P<continued>{LEADER}.*)")
CERTAIN = "|".join((*RANKS, "by|and|of|to|with|from|for|that|the|when|as|in|at|on|admire"))
UNFINISHED = ends("unfinished sentence", rf"\b(?:{CERTAIN})")  # words that end no sentence and no heading
MAYBE_UNFINISHED = ends("sentence without an end", rf"\b(?!(?:{CERTAIN})\Z)[a-z]+,?")
PARTY_PAPER = line("name of the party's paper", r"(?P<heading>Rodong Sinmun)")
STATE_PAPER = line("name of the state's paper", r"(?P<heading>Minju J\w{2,5}n)")  # Joson, and misspelt
BULLET = starts("bullet", r"(?P<furniture>-(?:\s|(?=[^\W\d_]|[\"“‘'])))\s*(?P<list_item>\S.*)")


def end_missing(reading: Reading) -> Findings:
    """Say so where an article of kcna.kp has no end mark: all of 1,061 had one, so its end may be lost."""
    body = reading.body()
    if body and reading.value("label").startswith("KCNA.kp") and not any(reading.of(Role.END_MARK)):
        yield Flag("end-mark-missing", "no -0- at the end: the end of the article may be missing", body[-1].start,
                   body[-1].end, "info")


ENGLISH = (
    last(STAMP),  # from 2022 on a line of its own behind the end mark
    last(END_MARK),
    end_missing,
    every(TITLE_STAMP, on=(Role.TITLE,)),
    first(DATELINE),
    every(BROKEN, behind=UNFINISHED),
    doubt("maybe-broken", "this may continue the paragraph before", every(BROKEN, behind=MAYBE_UNFINISHED)),
    every(PARTY_PAPER),
    every(STATE_PAPER),
    every(BULLET),
)

# Korean

KOREAN_DATELINE = starts(
    "dateline",
    r"(?P<dateline>\((?P<dateline_place>[^\d()]{1,20}) (?P<dateline_date>\d{1,2}월 ?\d{1,2}일)발"
    r" ?(?P<agency>조선중앙통신)\))",
    dateline_date=day("MM월 DD일", "MM월DD일"),
)
KOREAN_END = ends("end mark", r"(?P<end_mark>\(끝\))")

KOREAN = (last(STAMP), last(KOREAN_END), first(KOREAN_DATELINE))

# Japanese

JAPANESE_DATELINE = starts(
    "dateline",
    r"(?P<dateline>【(?P<dateline_place>[^\d】]{1,20})(?P<dateline_date>\d{1,2}月\d{1,2}日)発(?P<agency>朝鮮中央通信)】)",
    dateline_date=day("MM月DD日"),
)
JAPANESE_END = ends("end mark", r"(?P<end_mark>---)")

JAPANESE = (last(STAMP), last(JAPANESE_END), first(JAPANESE_DATELINE))

# Spanish

SPANISH_DATELINE = starts(
    "dateline",
    r"(?P<dateline>(?P<dateline_place>[^\W\d_][\w' -]{1,40}), (?P<dateline_date>\d{1,2} de [a-z]+)"
    r" \((?P<agency>ACNC)\)\s?(?:--|–|—))",
    dateline_date=day("DD de Month"),
)

SPANISH = (last(STAMP), first(SPANISH_DATELINE))
