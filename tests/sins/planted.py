"""Sins: plugins that are bad in one way each, with the check of the kit that must say so.

Each is the good plugin below with something replaced, a file of its own that reads pages of its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

PLUGIN = r'''"""A plugin made up for the tests."""

import re
from copydesk.plugin import *
from copydesk.plugin import Role

BANNER = line("banner", r"Planted NAME")
DATE_LINE = line("Date line", r"Date: (?P<published>[\d/]{10}) \| (?P<label>Planted NAME)", published=day("DD/MM/YYYY"))
OTHERS = line("other pages", r"Other pages")
END_MARK = ends("end mark", r"(?P<end_mark>\(end\))")
DATELINE = starts(
    "dateline",
    r"(?P<dateline>(?P<dateline_place>[A-Z][a-z]{1,20}), (?P<dateline_date>[A-Z][a-z]{2,9} \d{1,2})"
    r" \((?P<agency>PLN)\) --)",
    dateline_date=day("Month DD"),
)
PAGE = (BANNER, one(TITLE), DATE_LINE, some(PARAGRAPH), OTHERS, some(FURNITURE))


def sin(reading):
    return ()


LAYOUT = Layout("planted-NAME", facts={"lang": "en"}, page=PAGE)
SOURCE = Source("planted-NAME", "Planted", labels=("Planted NAME",), habits={
    "en": (last(END_MARK), first(DATELINE), sin),
})


@hookimpl
def copydesk_layouts():
    return (LAYOUT,)


@hookimpl
def copydesk_sources():
    return (SOURCE,)
'''

CAPTURE = """Planted NAME

Harbour Opens a Second Pier

Date: 23/04/2024 | Planted NAME

Riverton, April 23 (PLN) -- The harbour opened its second pier on Tuesday, and forty boats were tied up there by noon.

The master of the harbour said that the work had taken two years, that the boats had waited, and that a third is meant.

Boats from the upper river may come in from May on. (end)

Other pages

Index of the week
"""

NOTHING = "return ()"
HABIT = "first(DATELINE), sin)"


class Sin(NamedTuple):
    """A sin: its name, the check that catches it, what is replaced in the good plugin, by what, and in its page.

    ``at`` stands in the line of the plugin at which the message must point, where it can.
    """

    name: str
    check: str
    old: str
    new: str
    at: str = ""
    page: tuple[str, str] = ("", "")

    @property
    def plugin(self) -> str:
        """The text of the plugin."""
        assert PLUGIN.count(self.old) == 1, f"{self.name}: {self.old!r} stands not once in the good plugin"
        return PLUGIN.replace(self.old, self.new).replace("NAME", self.name)

    @property
    def capture(self) -> str:
        """The page that it reads."""
        old, new = self.page
        assert old in CAPTURE
        return (CAPTURE.replace(old, new) if old else CAPTURE).replace("NAME", self.name)

    @property
    def line(self) -> int:
        """The line of the plugin at which the message must point; 0 for none."""
        lines = [number for number, line in enumerate(self.plugin.split("\n"), 1) if self.at and self.at in line]
        return lines[0] if lines else 0

    def plant(self, plugins: Path) -> None:
        """Write the plugin into a folder of plugins."""
        plugins.mkdir(exist_ok=True)
        (plugins / f"{self.name}.py").write_text(self.plugin, "utf-8")

    def case(self, folder: Path) -> None:
        """Write its page as a case."""
        (folder / "page").mkdir(parents=True)
        (folder / "page" / "case.yaml").write_text("shows: A page made up for the tests.\n", "utf-8")
        (folder / "page" / "capture.txt").write_text(self.capture, "utf-8")


ELSE = '''return (LAYOUT, Layout("other-NAME", page=(
        one(TITLE), line("a date", r"Date: [\\d/]{10} \\| Source: .*"), line("a button", r"Share Button"),
        some(PARAGRAPH),
    )))'''
KEPT = "len(kept) and kept.append(1) or kept.append(1) or [Flag('odd', str(len(kept)), 0, 1)]"

SINS = (
    # When it is loaded
    Sin("misspelt-group", "loads", "?P<end_mark>", "?P<endmark>", at="END_MARK ="),
    Sin("wrong-hook", "loads", "def copydesk_layouts():", "def copydesk_layout():"),
    Sin("wrong-argument", "loads", 'facts={"lang": "en"}, page=PAGE', "pages=PAGE", at="LAYOUT = Layout"),
    Sin("wrong-hook-argument", "loads", "def copydesk_sources():", "def copydesk_sources(page):"),
    Sin("duplicate-id", "loads", 'Layout("planted-NAME"', 'Layout("kcna-q"'),
    Sin("duplicate-label", "loads", 'labels=("Planted NAME",)', 'labels=("Planted NAME", "kcna.kp")'),
    Sin("duplicate-sign", "loads", 'labels=("Planted NAME",)', 'labels=("Planted NAME",), signs={"-0-": "en"}'),
    Sin("bad-pattern", "loads", r"\(end\)", r"(end\)", at="END_MARK ="),
    Sin("raises-at-import", "loads", "PAGE = (BANNER", "1 / 0\nPAGE = (BANNER", at="1 / 0"),
    Sin("exits-at-import", "loads", "PAGE = (BANNER", "raise SystemExit(3)\nPAGE = (BANNER", at="SystemExit"),
    Sin("gives-no-layout", "loads", "return (LAYOUT,)", 'return ("planted-NAME",)'),
    Sin("bad-schema", "schema", 'labels=("Planted NAME",)', 'labels=("Planted NAME",), schema="nowhere:article.yaml"'),
    Sin("unknown-schema", "schema", 'labels=("Planted NAME",)', 'labels=("Planted NAME",), schema="artikle"'),
    # What it asks of the system
    Sin("reads-the-clock", "code", NOTHING, "import datetime; datetime.date.today(); return ()", at="today"),
    Sin("reads-the-clock-in-secret", "purity", NOTHING,
        "import datetime; getattr(datetime.date, 'to' + 'day')(); return ()", at="'to' + 'day'"),
    Sin("opens-a-file", "code", NOTHING, "open(__file__).close(); return ()", at="open("),
    Sin("opens-a-file-in-secret", "purity", NOTHING,
        "getattr(re, '__built' + 'ins__')['op' + 'en'](__file__).close(); return ()", at="'op' + 'en'"),
    Sin("rolls-dice", "code", NOTHING, "import random; random.random(); return ()", at="import random"),
    Sin("crashes", "code", NOTHING, "import os; os._exit(7)", at="import os"),
    # What it gives
    Sin("overlapping-marks", "rules", NOTHING, "return [Mark(s.start, s.end - n, FURNITURE) for s in reading.body() "
        "for n in (0, 1) if s.end - s.start > 1]", at="def sin"),
    Sin("marks-outside", "rules", NOTHING, "at = len(reading.page.text); return [Mark(at, at + 5, FURNITURE)]",
        at="def sin"),
    Sin("marks-the-label", "rules", NOTHING, "return [Mark(s.start, s.end, TITLE) for s in reading.spans[:1]]",
        at="def sin"),
    Sin("value-without-place", "rules", NOTHING, "return [Note('author', 'Somebody')]", at="def sin"),
    Sin("gives-text", "rules", NOTHING, "return [reading.page.text]", at="def sin"),
    Sin("raises-on-an-empty-body", "rules", NOTHING, "return () if reading.body()[0] else ()", at="body()[0]"),
    Sin("reader-raises", "rules", 'published=day("DD/MM/YYYY")', "published=int", at="DATE_LINE ="),
    Sin("raises-on-a-tab", "totality", NOTHING, "assert chr(9) not in reading.page.text; return ()", at="chr(9)"),
    Sin("exits", "rules", NOTHING, "raise SystemExit(3)", at="SystemExit"),
    Sin("recurses", "rules", NOTHING, "return sin(reading)", at="return sin"),
    Sin("has-no-name", "rules", HABIT, "first(DATELINE), lambda reading: ())", at="lambda"),
    Sin("not-deterministic", "determinism", NOTHING,
        "return [Flag('odd', word, 0, 1) for word in {'a', 'b', 'c', 'd', 'e'}]"),
    Sin("keeps-something", "determinism", "def sin(reading):\n    return ()",
        f"kept = []\n\n\ndef sin(reading):\n    return {KEPT}", at="def sin"),
    # What it costs
    Sin("hangs", "ends", NOTHING, "while True: pass", at="while True"),
    Sin("eats-memory", "memory", NOTHING, "hoard = [bytes(1 << 24) for _ in range(1 << 20)]; return ()", at="def sin"),
    Sin("backtracks", "linear", HABIT,
        r'''first(DATELINE), every(anywhere("numbers", r"No\. (?:\d+,?)+(?P<end_mark>;)")))''', at='"numbers"'),
    Sin("backtracks-in-a-landmark", "linear", 'r"Planted NAME")', r'r"Planted NAME(?: *\w*)*!?")', at="BANNER ="),
    Sin("backtracks-in-a-function", "linear", "def sin(reading):\n    return ()",
        "SLOW = re.compile(r'No\\. (?:\\d+,?)+;')\n\n\ndef sin(reading):\n    SLOW.search(reading.page.text)",
        at="def sin"),
    Sin("grows-with-the-square", "linear", HABIT,
        r'''first(DATELINE), every(anywhere("brackets", r"\((?P<end_mark>[^)]*)\)\)")))''', at='"brackets"'),
    Sin("grows-with-the-page", "linear", NOTHING,
        "[a == b for a in reading.spans for b in reading.spans for c in (1, 2)]; return ()"),
    Sin("slow", "budget", NOTHING, "sum(range(4_000_000)); return ()"),
    # What it takes for its own
    Sin("claims-everything", "claims", "page=PAGE", "page=(some(PARAGRAPH),)"),
    Sin("claims-anothers", "claims", "return (LAYOUT,)", ELSE),
    Sin("claims-every-page-of-html", "claims", "return (LAYOUT,)",
        'return (LAYOUT, Layout("html-NAME", page=(css("p", some(PARAGRAPH)),)))'),
    Sin("claims-by-a-sign", "claims", 'labels=("Planted NAME",)', 'labels=("Planted NAME",), signs={"The ": "en"}'),
    # What it makes of the page
    Sin("calls-body-furniture", "changes", NOTHING,
        "return [Mark(s.start, s.end, FURNITURE) for s in reading.of(PARAGRAPH) if len(reading.text(s)) < 40]"),
    Sin("calls-a-paragraph-furniture", "furniture", HABIT,
        'first(DATELINE), every(line("advertisement", r"(?P<furniture>The master of .*)")))'),
    Sin("too-narrow", "changes", HABIT,
        'first(DATELINE), every(line("no sentence", r"(?P<furniture>(?!The |Boats ).*)")))'),
    Sin("never-settled", "settled", HABIT, r'first(DATELINE), first(starts("word", r"(?P<byline>\w+)")))', at='"word"'),
    Sin("shows-no-case", "shown", "return (LAYOUT,)",
        'return (LAYOUT, Layout("other-NAME", page=(line("a line", r"Planted by nobody"), some(PARAGRAPH))))'),
    Sin("month-first", "days", "DD/MM/YYYY", "MM/DD/YYYY"),
    Sin("month-first-in-april", "days", "DD/MM/YYYY", "MM/DD/YYYY", page=("Date: 23/04", "Date: 05/04")),
    Sin("knows-one-month", "days", 'published=day("DD/MM/YYYY")',
        'published=lambda said: day("DD/MM/YYYY")(said) if "/04/" in said else None'),
    Sin("order-unproved", "days", 'first(DATELINE), sin', 'sin', page=("Date: 23/04", "Date: 05/04")),
)  # fmt: skip
