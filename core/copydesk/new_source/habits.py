"""Habits of a publisher: datelines, end marks, bylines and stamps that recur at the ends of all bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from copydesk.contract.days import day
from copydesk.new_source.drafts import Alike, Constant, Names, literal, pattern_code
from copydesk.new_source.lines import Kind, Line, line_of, weight
from copydesk.new_source.words import END_MARK_BEHIND

Body = tuple[str, ...]
"""The blocks of the body of a sample, as they stand on the page."""


class Habit(NamedTuple):
    """A habit: the constant that it is made of, what is written in the list of habits, its rule, and why."""

    constant: Constant
    code: str
    rule: str
    why: str


class Habits(NamedTuple):
    """The habits in one language, and the signs that tell the source: plain text that only its articles have."""

    habits: tuple[Habit, ...]
    signs: tuple[str, ...]


_DASH = r"\s?(?:--|–|—|-)"
_MONTH_DAY = r"(?P<dateline_date>[A-Z][a-z]+\.? \d{1,2})"
_PLACE = r"(?P<dateline_place>[A-Z][\w' .-]{1,40})"


class Form(NamedTuple):
    """A form of datelines: the regular expression with a place for the agency, the agency's, and the day's format."""

    regex: str
    agency: str = ""
    format: str = ""


DATELINES = (
    Form(rf"(?P<dateline>{_PLACE}, {_MONTH_DAY} \(AGENCY\){_DASH})", r"[^()]{2,40}", "Month DD"),
    Form(rf"(?P<dateline>(?P<dateline_place>[A-Z][A-Z' .-]+), {_MONTH_DAY}{_DASH})", "", "Month DD"),
    Form(rf"(?P<dateline>(?P<dateline_place>[A-Z][A-Z' .-]+),? \(AGENCY\){_DASH})", r"[^()]{2,40}"),
    Form(r"(?P<dateline>(?P<dateline_place>[^\W\d_][\w' -]{1,40}), (?P<dateline_date>\d{1,2} de [a-z]+) "
         rf"\(AGENCY\){_DASH})", r"[^()]{2,40}", "DD de Month"),
    Form(r"(?P<dateline>\((?P<dateline_place>[^\d()=]{1,20}) (?P<dateline_date>\d{1,2}월 \d{1,2}일)발 ?AGENCY\))",
         r"[^\s()]{2,20}", "MM월 DD일"),
    Form(r"(?P<dateline>[(\[](?P<dateline_place>[^\d()\[\]=]{1,20})=AGENCY[)\]])", r"[^()\[\]=]{2,40}"),
    Form(r"(?P<dateline>【(?P<dateline_place>[^\d】]{1,20})(?P<dateline_date>\d{1,2}月\d{1,2}日)発AGENCY】)",
         r"[^】]{2,20}", "MM月DD日"),
    Form(r"(?P<dateline>【(?P<dateline_place>[^\d】]{1,20})[＝=]AGENCY】)", r"[^】]{2,20}"),
)  # fmt: skip

_CAPITAL = "[A-ZÀ-ÖØ-ÞА-Я]"
NAME = rf"{_CAPITAL}[\w.'’-]+(?: {_CAPITAL}[\w.'’-]*){{1,3}}"
BYLINES = (
    r"[Bb][Yy] (?P<author>.{2,50})",
    r"(?P<author>[가-힣]{2,4}) ?기자.{0,40}",
    rf"(?P<author>{NAME})",
)
"""Forms of bylines in the last line of a body, the surer ones first."""


_HOST = re.compile(r"\b[a-z][a-z0-9-]*\.[a-z]{2,}\b")


def dateline_form(openings: Sequence[str]) -> tuple[Form, list[re.Match[str]]] | None:
    """Return the form of dateline with which all openings begin, and its matches; None where there is none."""
    for form in DATELINES:
        regex = form.regex.replace("AGENCY", f"(?P<agency>{form.agency})")
        found = [re.match(regex, " ".join(opening.split())) for opening in openings]
        matches = [match for match in found if match]
        if len(matches) == len(found) and all(_is_dated(form, match) for match in matches):
            return form, matches
    return None


def _is_dated(form: Form, match: re.Match[str]) -> bool:
    return not form.format or day(form.format)(match["dateline_date"]) is not None


def days_of_datelines(openings: Sequence[str]) -> list[str]:
    """Return the days of datelines, `--05-09`, where all the openings have them in one form; else nothing."""
    found = dateline_form(openings)
    if found is None or not found[0].format:
        return []
    return [str(day(found[0].format)(match["dateline_date"])) for match in found[1]]


def habits_of(bodies: Sequence[Body], names: Names, prefix: str = "") -> Habits:
    """Return the habits that bodies of one language share, in the order in which they are applied."""
    left = [list(body) for body in bodies]
    found = list(_at_the_end(left, names, prefix))
    dateline = _dateline([body[0] for body in bodies], names, prefix)
    agency = dateline[1] if dateline else ""
    return Habits((*found, *([dateline[0]] if dateline else ())), (agency,) if agency else ())


def _at_the_end(left: list[list[str]], names: Names, prefix: str) -> Iterator[Habit]:
    """Give the habits at the ends of bodies, and take what they mark off ``left``."""
    stamped = _stamped(left)
    if stamped and (stamp := _stamp([body[-1] for body in stamped], names, prefix)):
        yield stamp
        _drop_last(stamped)
    if mark := _end_mark([body[-1] for body in left]):
        yield _last("ends", names.constant(f"{prefix} end mark"), "end mark", f"(?P<end_mark>{literal(mark)})",
                    f"all bodies end with {mark!r}")  # fmt: skip
        for body in left:
            body[-1] = body[-1].removesuffix(mark).rstrip()
        if all(not body[-1] and len(body) > 1 for body in left):
            _drop_last(left)
    if all(len(body) > 1 for body in left) and (regex := _byline([body[-1] for body in left])):
        yield _last("line", names.constant(f"{prefix} byline"), "byline", regex,
                    "the last line of each body has the form of a name")  # fmt: skip


def _drop_last(left: list[list[str]]) -> None:
    for body in left:
        del body[-1]


def _last(kind: str, constant: str, name: str, regex: str, why: str, **readers: str) -> Habit:
    code = pattern_code(kind, name, regex, readers)
    return Habit(Constant(constant, code, why), f"last({constant})", name, why)


def _stamped(left: Sequence[list[str]]) -> list[list[str]]:
    """Return the bodies whose last line is a stamp: those with an address and a day, or all where all have a day."""
    longer = [body for body in left if len(body) > 1 and _is_stamp(line_of(body[-1]))]
    sure = [body for body in longer if _HOST.search(body[-1])]
    return sure or (longer if len(longer) == len(left) > 1 else [])


def _stamp(last: Sequence[str], names: Names, prefix: str) -> Habit | None:
    """Return the habit of a short last line that is alike in bodies but for its day."""
    lines = [line_of(raw) for raw in last]
    if len({line.key for line in lines}) > 1:
        return None
    alike = Alike(lines, {0: "stamp_date"})
    if not alike.readers:
        return None
    return _last("line", names.constant(f"{prefix} stamp"), "stamp", f"(?P<stamp>{alike.regex})",
                 "the last line of bodies, alike but for its day", **alike.readers)  # fmt: skip


def _is_stamp(line: Line) -> bool:
    others = "".join(piece.text for piece in line.pieces if piece.kind is not Kind.DAY)
    return len(line.days) == 1 and weight(line.text) <= 60 and len(others.split()) <= 4


def _end_mark(last: Sequence[str]) -> str:
    """Return the mark with which all bodies end: a known one, or one in brackets or of signs that all share."""
    known = [END_MARK_BEHIND.search(text.rstrip()) for text in last]
    marks = {match[0] for match in known if match}
    if all(known) and len(marks) == 1:
        return marks.pop()
    ends = {text.split()[-1] for text in last if text.split()}
    mark = ends.pop() if len(ends) == 1 and len(last) > 1 else ""
    signs = re.fullmatch(r"[(\[【<].{1,8}[)\]】>]|[^\w\s]{2,8}|[^\w\s][\d]{1,3}[^\w\s]", mark)
    return mark if signs and not re.fullmatch(r"[.!?\"”’)…]+", mark) else ""


def _byline(last: Sequence[str]) -> str:
    for regex in BYLINES if len(last) > 1 else BYLINES[:-1]:  # a line of capitals alone may be anything
        if all(weight(text) <= 60 and re.fullmatch(regex, " ".join(text.split())) for text in last):
            return regex
    return ""


def _dateline(openings: Sequence[str], names: Names, prefix: str) -> tuple[Habit, str] | None:
    """Return the habit of datelines, and the agency in brackets as a sign, where all name one."""
    found = dateline_form(openings)
    if found is None:
        return None
    form, matches = found
    agencies = {match["agency"] for match in matches} if form.agency else set()
    same = agencies.pop() if len(agencies) == 1 else ""
    regex = form.regex.replace("AGENCY", f"(?P<agency>{literal(same) if same else form.agency})")
    if any(match[0] not in opening for match, opening in zip(matches, openings, strict=True)):
        regex = regex.replace(", (", r",\s+(").replace(r" \(", r"\s+\(")  # other white space than one space
    constant = names.constant(f"{prefix} dateline")
    why = "the first paragraph of each body begins with it"
    code = pattern_code("starts", "dateline", regex, {"dateline_date": f'day("{form.format}")'} if form.format else {})
    return Habit(Constant(constant, code, why), f"first({constant})", "dateline", why), same and f"({same})"
