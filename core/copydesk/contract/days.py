"""Readers of days: a format such as `DD/MM/YYYY` says in which order a page writes them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from copydesk.errors import PluginError

Reader = Callable[[str], str | None]
"""Reads the text of a group; gives the value, or None where the text is no such value."""

JUCHE_OFFSET = 1911
"""Juche 1 is 1912."""

_ENGLISH = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SPANISH = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
MONTHS = (
    {name: n for n, name in enumerate(_ENGLISH, 1)}
    | {name[:3]: n for n, name in enumerate(_ENGLISH, 1)}
    | {name: n for n, name in enumerate(_SPANISH, 1)}
)
"""Names of months: English long and short, Spanish."""

_TOKENS = {
    "YYYY": r"(?P<year>\d{4})",
    "JJJ": r"(?P<juche>\d{1,3})",
    "MM": r"(?P<month>\d{1,2})",
    "DD": r"(?P<day>\d{1,2})",
    "Month": r"(?P<name>[^\W\d_]+)\.?",
}
_TOKEN = re.compile("|".join(_TOKENS))


def day(*formats: str) -> Reader:
    """Return a reader of days in any of the formats, tried in order.

    The tokens are `YYYY`, `JJJ` (a Juche year), `MM`, `DD` and `Month` (a name, long or short); all else
    stands for itself. The reader gives an ISO day, or `--01-21` where the format has no year.
    """
    for form in formats:
        _check_format(form)

    @lru_cache(maxsize=4096)  # a list of articles has the same days again and again
    def read(text: str) -> str | None:
        for form in formats:
            if (found := _compiled(form).fullmatch(text)) and (value := _value(found.groupdict())):
                return value
        return None

    return read


def _check_format(form: str) -> None:
    tokens = _TOKEN.findall(form)
    if tokens.count("DD") != 1 or tokens.count("MM") + tokens.count("Month") != 1:
        raise PluginError(f"day({form!r}): a day needs DD once, and MM or Month once")
    if tokens.count("YYYY") + tokens.count("JJJ") > 1:
        raise PluginError(f"day({form!r}): a day has one year at most, YYYY or JJJ")


@lru_cache(maxsize=256)
def _compiled(form: str) -> re.Pattern[str]:
    parts, at = [], 0
    for token in _TOKEN.finditer(form):
        parts += [re.escape(form[at : token.start()]), _TOKENS[token[0]]]
        at = token.end()
    return re.compile("".join([*parts, re.escape(form[at:])]))


def _value(parts: dict[str, str]) -> str | None:
    month = int(parts["month"]) if "month" in parts else MONTHS.get(parts["name"], 0)
    number = int(parts["day"])
    year = _year(parts)
    if year is None:  # then 29 February is a day
        return f"--{month:02}-{number:02}" if is_day(2000, month, number) else None
    return f"{year:04}-{month:02}-{number:02}" if is_day(year, month, number) else None


def _year(parts: dict[str, str]) -> int | None:
    """Return the year, 0 for a year that is none, or None where the format has no year."""
    if "juche" in parts:
        juche = int(parts["juche"])
        return juche and juche + JUCHE_OFFSET
    return int(parts["year"]) if "year" in parts else None


def is_day(year: int, month: int, number: int) -> bool:
    """Tell whether there is such a day in the Gregorian calendar, from the year 1 on."""
    if not (1 <= year <= 9999 and 1 <= month <= 12 and number >= 1):
        return False
    if month == 2:
        return number <= 28 + (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    return number <= 30 + (month in (1, 3, 5, 7, 8, 10, 12))
