"""The cases of Copydesk's own plugins, which no other plugin may take: their captures, without what is expected."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from copydesk.testing.cases import Case, cases_below

_IN_WHEEL = Path(__file__).parent / "specimens"
_IN_REPOSITORY = Path(__file__).parents[3] / "seeds"


def folder() -> Path:
    """Return the folder with the cases: a wheel has a copy of it, which an editable install needs not."""
    return _IN_WHEEL if _IN_WHEEL.is_dir() else _IN_REPOSITORY


@cache
def bundled() -> tuple[Case, ...]:
    """Return the cases of Copydesk's own plugins."""
    return tuple(cases_below(folder()))
