"""Pages, readings and rules made by hand, and a count of the work that code does."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from copydesk.contract.layouts import Layout, Rule
from copydesk.desk.choose import choose
from copydesk.desk.fit import Way
from copydesk.desk.read import read
from copydesk.desk.routing import Desk
from copydesk.desk.sheet import Sheet
from copydesk.errors import Rejection
from copydesk.page import paginate
from copydesk.values.capture import Capture
from copydesk.values.findings import Finding, Findings, Note
from copydesk.values.reading import Reading, unread
from copydesk.values.roles import Role

PLAIN = Role.PARAGRAPH


def sheet_of(text: str) -> Sheet:
    """Return the sheet of a text capture."""
    return Sheet(paginate(Capture(text.encode("utf-8"))))


def reading_of(
    *blocks: str | tuple[str, Role], name: str = "", url: str = "", captured: str = "", notes: tuple[Note, ...] = ()
) -> Reading:
    """Return a reading of blocks that have their roles already; a bare text is a paragraph."""
    given = [(block, PLAIN) if isinstance(block, str) else block for block in blocks]
    capture = Capture("\n".join(text for text, _ in given).encode("utf-8"), name, url, captured)
    bare = unread(capture, paginate(capture))
    spans = (span._replace(role=role) for span, (_, role) in zip(bare.spans, given, strict=True))
    return bare._replace(spans=tuple(spans), notes=notes)


def read_by(text: str, *layouts: Layout) -> Reading:
    """Return the reading of a text capture by the one of the layouts that fits; raises Rejection as `choose`."""
    sheet = sheet_of(text)
    choice = choose(Desk(layouts), sheet)
    assert isinstance(choice.fit, Way)
    return read(Capture(text.encode("utf-8")), sheet, choice.layout, choice.fit)


def outline(reading: Reading) -> list[tuple[str, str]]:
    """Return role and text of each span."""
    return [(span.role.value, reading.text(span)) for span in reading.spans]


def roles(text: str, *layouts: Layout) -> str:
    """Return the first letter of each span's role, `p` for paragraph and so on, by the layout that fits."""
    return "".join(role[0] for role, _ in outline(read_by(text, *layouts)))


def rejected(text: str, *layouts: Layout) -> Rejection:
    """Return why no layout fits."""
    with pytest.raises(Rejection) as problem:
        read_by(text, *layouts)
    return problem.value


def saying(*findings: Finding, name: str = "made up") -> Rule:
    """Return a rule of this name that gives the same findings for every reading."""

    def rule(_: Reading) -> Findings:
        return findings

    rule.__name__ = name
    return rule


PAGE = reading_of(("A Title", Role.TITLE), "First  part.", ("An ad", Role.FURNITURE), "Second part.")
"""Offsets: title 0 to 7, first part 8 to 20 with two spaces at 13, ad 21 to 26, second part 27 to 39."""


def work(job: Callable[[], object]) -> int:
    """Count the lines of Python that a job runs: a measure of time that is the same on every machine."""
    lines = 0

    def trace(_frame: FrameType, event: str, _arg: Any) -> Any:
        nonlocal lines
        lines += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        job()
    finally:
        sys.settrace(before)
    return lines
