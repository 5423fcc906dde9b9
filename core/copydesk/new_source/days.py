"""Days in samples: the forms in which pages write them, and which of them a line has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from copydesk.contract.days import day


class Form(NamedTuple):
    """A way to write a day: a regular expression, and the formats that may read it, of which one is meant."""

    regex: str
    formats: tuple[str, ...]


FORMS = (
    Form(r"\d{4}-\d{1,2}-\d{1,2}", ("YYYY-MM-DD",)),
    Form(r"\d{4}/\d{1,2}/\d{1,2}", ("YYYY/MM/DD",)),
    Form(r"\d{4}\.\d{1,2}\.\d{1,2}\.", ("YYYY.MM.DD.",)),
    Form(r"\d{4}\.\d{1,2}\.\d{1,2}", ("YYYY.MM.DD",)),
    Form(r"\d{1,2}/\d{1,2}/\d{4}", ("DD/MM/YYYY", "MM/DD/YYYY")),
    Form(r"\d{1,2}-\d{1,2}-\d{4}", ("DD-MM-YYYY", "MM-DD-YYYY")),
    Form(r"\d{1,2}\.\d{1,2}\.\d{4}", ("DD.MM.YYYY",)),
    Form(r"[A-Z][a-z]+\.? \d{1,2}, \d{4}", ("Month DD, YYYY",)),
    Form(r"[A-Z][a-z]+\.? \d{1,2} \d{4}", ("Month DD YYYY",)),
    Form(r"\d{1,2} [A-Z][a-z]+\.? \d{4}", ("DD Month YYYY",)),
    Form(r"\d{1,2} de [a-z]+ de \d{4}", ("DD de Month de YYYY",)),
    Form(r"\d{4}년 \d{1,2}월 \d{1,2}일", ("YYYY년 MM월 DD일",)),
    Form(r"\d{4}년\d{1,2}월\d{1,2}일", ("YYYY년MM월DD일",)),
    Form(r"\d{4}年\d{1,2}月\d{1,2}日", ("YYYY年MM月DD日",)),
    Form(r"Juche\d{1,3}\.\d{1,2}\.\d{1,2}\.", ("JucheJJJ.MM.DD.",)),
    Form(r"주체\d{1,3}\.\d{1,2}\.\d{1,2}\.", ("주체JJJ.MM.DD.",)),
)
"""Those with more at their end stand before those with less, so that a full stop which belongs to a day is taken."""



def _apart(regex: str) -> str:
    """Return what matches a day that is no part of a longer number."""
    return (r"(?<!\d)" if regex.startswith(r"\d") else "") + regex + r"(?!\d)"


_ANY = re.compile("|".join(f"(?P<f{n}>{_apart(form.regex)})" for n, form in enumerate(FORMS)))


class Day(NamedTuple):
    """A day as it stands in a text, from ``start`` to ``end``."""

    start: int
    end: int
    form: Form
    text: str

    def value(self, form: str) -> str | None:
        """Return the ISO day that one of its formats makes of it."""
        return day(form)(self.text)


def days_in(text: str) -> list[Day]:
    """Return the days that a text has, in order; what looks like one and is no day in any format is left out."""
    found = (Day(match.start(), match.end(), _form(match), match[0]) for match in _ANY.finditer(text))
    return [one for one in found if day(*one.form.formats)(one.text)]


def _form(match: re.Match[str]) -> Form:
    assert match.lastgroup is not None
    return FORMS[int(match.lastgroup[1:])]


class Forms(NamedTuple):
    """What reads a day that stands at one place of all samples: a regular expression, and the formats.

    Without formats nothing tells which of two numbers is the month.
    """

    regex: str
    formats: tuple[str, ...]


def forms_of(found: Iterable[Day], near: Iterable[str] = ()) -> Forms:
    """Return how to read days that stand at one place; ``near`` are days without years, `--05-09`, of the same pages.

    Of two formats those count by which all are days, and by which they are the days of ``near``.
    """
    days = list(found)
    forms = list(dict.fromkeys(one.form for one in days))
    formats = [_meant(form, [one for one in days if one.form == form], set(near)) for form in forms]
    regex = forms[0].regex if len(forms) == 1 else f"(?:{'|'.join(form.regex for form in forms)})"
    return Forms(regex, tuple(filter(None, formats)) if all(formats) else ())


def _meant(form: Form, days: list[Day], near: set[str]) -> str:
    possible = [format for format in form.formats if all(one.value(format) for one in days)]
    if len(possible) > 1 and near:
        possible = [format for format in possible if {f"-{str(one.value(format))[4:]}" for one in days} <= near]
    return possible[0] if len(possible) == 1 else ""
