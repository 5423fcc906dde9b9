"""What a rule can say of a page: marks, notes and flags."""

from collections.abc import Iterable
from typing import NamedTuple

from copydesk.values.roles import Role


class Mark(NamedTuple):
    """What a stretch *is*: ``page.text[start:end]`` has this role."""

    start: int
    end: int
    role: Role


class Note(NamedTuple):
    """What a stretch *means*: a value for a fact, with the place it was read from.

    A value that stands nowhere on the page has ``start == end == -1``, and ``rule`` says where it comes from
    (`capture url`, `layout`). Days are ISO (`2021-01-21`) or, without a year, `--01-21`.
    """

    key: str
    value: str
    start: int = -1
    end: int = -1
    rule: str = ""


class Flag(NamedTuple):
    """What is *odd* about a stretch: a diagnostic in the making.

    ``severity`` is `warning` (goes into the document's warnings) or `info` (into the account only).
    """

    code: str
    message: str
    start: int = -1
    end: int = -1
    severity: str = "warning"
    rule: str = ""


Finding = Mark | Note | Flag
Findings = Iterable[Finding]
