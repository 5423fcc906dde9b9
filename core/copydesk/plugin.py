"""What a plugin is written with: the words for layouts, sources and rules.

A layout is the page from top to bottom, a source is a list of habits, and a rule holds places, never text.
"""

from __future__ import annotations

from copydesk.contract.days import day
from copydesk.contract.habits import doubt, every, first, last
from copydesk.contract.hooks import hookimpl
from copydesk.contract.layouts import Layout, Rule
from copydesk.contract.patterns import anywhere, ends, line, starts
from copydesk.contract.regions import attr, css
from copydesk.contract.row import items, maybe, one, some
from copydesk.contract.sources import Source
from copydesk.values.findings import Findings, Flag, Mark, Note
from copydesk.values.reading import Reading, Span
from copydesk.values.roles import FURNITURE, PARAGRAPH, TITLE, Role

__all__ = [
    "FURNITURE", "PARAGRAPH", "TITLE", "Findings", "Flag", "Layout", "Mark", "Note", "Reading", "Role", "Rule",
    "Source", "Span", "anywhere", "attr", "css", "day", "doubt", "ends", "every", "first", "hookimpl", "items", "last",
    "line", "maybe", "one", "some", "starts",
]  # fmt: skip
