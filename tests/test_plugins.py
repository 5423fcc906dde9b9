"""The contract suite: what holds for every installed layout, source and rule, whoever wrote it."""

from __future__ import annotations

import ast
import re
import sys
import time
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest

from copydesk import Capture, normalize
from copydesk.contract.habits import Habit
from copydesk.contract.layouts import Rule
from copydesk.contract.patterns import Pattern
from copydesk.desk.choose import choose
from copydesk.desk.installed import entry_points
from copydesk.desk.load import OWN, installed
from copydesk.desk.marking import apply
from copydesk.desk.routing import Desk
from copydesk.desk.sheet import Sheet
from copydesk.errors import Rejection
from copydesk.page import paginate
from copydesk.pipeline import read_page
from copydesk.plugin import Layout, Mark, Reading, Role, Source
from copydesk.values.document import Document
from tests.desk.by_hand import reading_of
from tests.support.specimens import Specimen, specimens

HOST = installed()
OWN_PLUGINS = {point.name for point in entry_points() if point.distribution == OWN}
LAYOUTS = [pytest.param(layout, id=name) for name, layout in HOST.desk.layouts.items()]
SOURCES = [pytest.param(source, id=name) for name, source in HOST.desk.sources.items()]
OWN_LAYOUTS = [param for param in LAYOUTS if HOST.desk.layouts[str(param.id)].plugin in OWN_PLUGINS]
OWN_SOURCES = [param for param in SOURCES if HOST.desk.sources[str(param.id)].plugin in OWN_PLUGINS]
SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"


class Ruled(NamedTuple):
    """A rule with its owner and, of a source, its language."""

    owner: Layout | Source
    lang: str
    rule: Rule

    @property
    def name(self) -> str:
        """What the account calls it."""
        return f"{self.owner.id}{self.lang and f' ({self.lang})'}: {getattr(self.rule, '__name__', '')}"


def rules() -> Iterator[Ruled]:
    """Give each rule of each layout and source."""
    for layout in HOST.desk.layouts.values():
        yield from (Ruled(layout, "", rule) for rule in layout.rules)
    for source in HOST.desk.sources.values():
        for lang, habits in source.habits.items():
            yield from (Ruled(source, lang, rule) for rule in habits)


RULES = [pytest.param(ruled, id=ruled.name) for ruled in rules()]


def landmarks(layout: Layout) -> list[Pattern]:
    """Return all patterns of a layout's page, the optional ones and those it must not have too."""
    entries = layout.entries
    return [entry for entry in (*entries, *layout.without) if isinstance(entry, Pattern)]


@cache
def documents() -> dict[str, tuple[Specimen, Document]]:
    """Return each specimen that becomes a document, by its case."""
    found = {}
    for specimen in specimens():
        try:
            found[specimen.case] = specimen, normalize(specimen.capture, host=HOST)
        except Rejection:
            continue
    return found


def test_every_installed_plugin_is_active() -> None:
    """No plugin of this environment is left out, and Copydesk's own are among them."""
    assert {plugin.name: plugin.problem for plugin in HOST.plugins if plugin.problem} == {}
    assert {plugin.name for plugin in HOST.plugins} >= OWN_PLUGINS >= {"kcna", "kcnawatch", "naenara"}


def test_ids_are_slugs() -> None:
    """The ids of layouts and sources are lower-case words, and no source is called as a layout is."""
    ids = [*HOST.desk.layouts, *HOST.desk.sources]

    assert [name for name in ids if not re.fullmatch(SLUG, name)] == []
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_landmark_compiles(layout: Layout) -> None:
    """A pattern that `re` refuses is found here and not on the first page that has it."""
    for pattern in landmarks(layout):
        assert pattern.compiled.pattern


@pytest.mark.parametrize("ruled", RULES)
def test_every_rule_runs_on_any_page(ruled: Ruled) -> None:
    """A rule neither fails nor breaks a law on a page that is not made for it, or that is empty of body."""
    pages = (
        reading_of("."),
        reading_of(("Title", Role.TITLE)),
        reading_of(("Title", Role.TITLE), "Title", "- ", "-0-", "Kim Il Sung", "by", "Kim Jong Un , and", "한글 (끝)"),
        reading_of(("An ad", Role.FURNITURE), ("One", Role.LIST_ITEM), ("two -0-", Role.CONTINUED)),
    )
    for page in pages:
        after = apply(page, ruled.rule, ruled.owner.id)

        assert after.page is page.page


@pytest.mark.parametrize("ruled", RULES)
def test_every_rule_has_a_name(ruled: Ruled) -> None:
    """The account names the rule that gave a role, so each has a name for people."""
    name = getattr(ruled.rule, "__name__", "")

    assert name.strip()
    assert name not in ("<lambda>", "rule")


def test_the_habits_of_one_list_have_different_names() -> None:
    """What the account says of a line leads to one habit; a doubt has the name of its habit and marks nothing."""
    names = [ruled.name for ruled in rules() if isinstance(ruled.rule, Habit)]

    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("layout", OWN_LAYOUTS)
def test_each_layout_has_a_specimen(layout: Layout) -> None:
    """A layout converts at least one specimen, and reads every line of it."""
    of_it = [document for _, document in documents().values() if document.account.layout == layout.id]

    assert of_it
    assert [document for document in of_it if not document.account.unread()]


@pytest.mark.parametrize("source", OWN_SOURCES)
def test_each_source_has_a_specimen(source: Source) -> None:
    """A source has a specimen in each language of its habits."""
    mine = [document for _, document in documents().values() if document.account.source == source.id]

    assert source.habits.keys() <= {document.frontmatter["lang"] for document in mine}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_fits_its_specimens_and_no_others(layout: Layout) -> None:
    """All and only: alone on the desk, a layout takes its own specimens and refuses all that another one reads."""
    alone = Desk([layout])
    fits = []
    for case, (specimen, _) in documents().items():
        try:
            choose(alone, Sheet(paginate(specimen.capture)))
        except Rejection:
            continue
        fits.append(case)

    assert fits == [case for case, (_, document) in documents().items() if document.account.layout == layout.id]


CUT_OFF = "More From KCNA.kp (En)\nOther\nOther\nA teaser\nMay 09, 2023\nA teaser\nNext\nNext\nA te"
BROKEN_OFF = {
    "kcnawatch-d": f"A Title\nDate: 09/05/2023\nPyongyang, May 9 (KCNA) -- Text. -0-\n{CUT_OFF}",
    "kcnawatch-e": f"A Title\nPyongyang, May 9, 2023 16:22 KST (KCNA) -- Text. -0-\n{CUT_OFF}",
}


@pytest.mark.parametrize("page", BROKEN_OFF.values(), ids=BROKEN_OFF)
def test_a_list_that_breaks_off_is_no_body(page: str) -> None:
    """The items of a capture that ends in its list are refused or unread, and never text of the article."""
    try:
        document = normalize(Capture(page.encode()), host=HOST)
    except Rejection:
        return

    assert document.paragraphs == ["Text."]


def steps(specimen: Specimen, document: Document) -> Iterator[tuple[Ruled, Reading]]:
    """Give each rule that a specimen goes through, with the reading that it gets."""
    reading, layout = read_page(specimen.capture, HOST)
    source, lang = HOST.desk.sources.get(document.account.source), str(document.frontmatter["lang"])
    todo = [Ruled(layout, "", rule) for rule in layout.rules]
    todo += [Ruled(source, lang, rule) for rule in source.habits.get(lang, ())] if source else []
    for ruled in todo:
        yield ruled, reading
        reading = apply(reading, ruled.rule, ruled.owner.id)


def test_each_rule_gives_the_same_findings_twice() -> None:
    """A rule keeps nothing from one call to the next."""
    for specimen, document in documents().values():
        for ruled, reading in steps(specimen, document):
            assert list(ruled.rule(reading)) == list(ruled.rule(reading)), f"{specimen.case}, {ruled.name}"


RARE = (
    reading_of("A sentence of the agency.", "www.kcna.kp (Juche113.5.27.)"),
)
"""Pages with what no specimen shows."""


def test_each_rule_finds_something() -> None:
    """None of Copydesk's own rules is dead: a specimen shows it, or one of the pages above."""
    seen = [step for specimen, document in documents().values() for step in steps(specimen, document)]
    seen += [(ruled, page) for ruled in rules() for page in RARE]
    alive = {id(ruled.rule) for ruled, reading in seen if list(ruled.rule(reading))}

    assert [ruled.name for ruled in rules() if ruled.owner.plugin in OWN_PLUGINS and id(ruled.rule) not in alive] == []


def test_marks_of_a_rule_are_settled() -> None:
    """What a rule has cut out it does not cut again: a second pass changes no span."""
    for specimen, document in documents().values():
        for ruled, reading in steps(specimen, document):
            once = apply(reading, ruled.rule, ruled.owner.id)
            assert apply(once, ruled.rule, ruled.owner.id).spans == once.spans, f"{specimen.case}, {ruled.name}"


HOSTILE = (
    *("a", " ", "Kim ", "Kim Jong Un ", "Kim Jong Un , ", "Pyongyang, ", "Pyongyang, May 9 (KCNA) ", "1", "1 "),
    *("-", "-0-", "- ", ".", "(", "www.kcna.kp (", "Juche 1 ", "Juche 100 (2011) ", "Leader 's ", "한", "월", "평양 "),
    *("More From ", "Date: ", "Date: 09/05/2023 | Source: ", "| Read original version at source ", "https://a"),
)
SIZES = (20_000, 80_000)
NOISE = 0.02
"""Seconds of the processor below which a time is not compared."""


def hostile(part: str, size: int, edge: str) -> str:
    """Return a line of so many characters: one part over and over between two edges."""
    return edge + part * (size // len(part)) + edge


def seconds(rule: Rule, reading: Reading) -> float:
    """Return the time of the processor that a rule takes for a reading."""
    begun = time.thread_time()
    list(rule(reading))
    return time.thread_time() - begun


def grows(rule: Rule, part: str) -> bool:
    """Tell whether four times the line takes far more than four times the time, alone or behind another."""
    for edge in ("x", "") if part.strip() else ("x",):
        for before in ((), ("sent by",)):
            small, large = (seconds(rule, reading_of(*before, hostile(part, size, edge))) for size in SIZES)
            if large > 10 * max(small, NOISE):
                return True
    return False


ONCE = {id(ruled.rule): ruled for ruled in rules()}  # layouts of one family share their rules


@pytest.mark.parametrize("ruled", [pytest.param(ruled, id=ruled.name) for ruled in ONCE.values()])
def test_law_a_rule_is_linear_in_the_line(ruled: Ruled) -> None:
    """Law: no line makes a rule slow: 80,000 characters take about four times as long as 20,000."""
    assert [part for part in HOSTILE if grows(ruled.rule, part)] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_law_a_landmark_is_linear_in_the_line(layout: Layout) -> None:
    """Law: no line makes a landmark slow, wherever the plain text at its start stands."""
    for pattern in landmarks(layout):

        def find(reading: Reading, pattern: Pattern = pattern) -> list[Mark]:
            for block in reading.page.blocks:
                pattern.find(reading.page.text, block.start, block.end)
                pattern.find(reading.page.text, block.start + 1, block.end)
            return []

        assert [part for part in (*HOSTILE, pattern.literal or "x") if grows(find, part)] == [], pattern


def files() -> list[Path]:
    """Return the Python files of Copydesk's own plugins."""
    found = []
    for point in entry_points():
        if point.distribution == OWN:
            spec = find_spec(point.target.partition(":")[0])
            assert spec is not None
            assert spec.origin is not None
            found += sorted(Path(spec.origin).parent.glob("**/*.py"))
    return found


FILES = [pytest.param(path, id=f"{path.parent.name}/{path.name}") for path in files()]
PACKAGES = {path.parent.name for path in files()}
IMPURE = frozenset(
    ("asyncio", "builtins", "ctypes", "glob", "http", "importlib", "io", "locale", "multiprocessing", "os", "pathlib",
     "random", "secrets", "shutil", "signal", "socket", "sqlite3", "subprocess", "sys", "tempfile", "threading", "time",
     "urllib", "uuid")
)  # fmt: skip
"""Modules by which a plugin could read a file, a clock, the network, the environment or dice."""
CALLS = frozenset(("open", "eval", "exec", "compile", "__import__", "input", "print", "today", "now", "utcnow"))


def imported(path: Path) -> set[str]:
    """Return the modules that a file imports."""
    tree = ast.parse(path.read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return names | {
        "." * node.level + (node.module or "") for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
    }


@pytest.mark.parametrize("path", FILES)
def test_a_plugin_imports_public_names_alone(path: Path) -> None:
    """A plugin uses `copydesk`, `copydesk.plugin`, other plugins and the pure part of the standard library."""
    foreign = {
        name
        for name in imported(path)
        if name not in ("copydesk", "copydesk.plugin")
        and name.split(".")[0] not in PACKAGES
        and name.split(".")[0] not in sys.stdlib_module_names - IMPURE
    }

    assert foreign == set()


@pytest.mark.parametrize("path", FILES)
def test_a_plugin_reads_nothing_but_its_page(path: Path) -> None:
    """A plugin opens no file, asks no clock and runs no text as code."""
    calls = [node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    names = {call.id for call in calls if isinstance(call, ast.Name)}
    names |= {call.attr for call in calls if isinstance(call, ast.Attribute) and call.attr != "compile"}

    assert names & CALLS == set()


@pytest.mark.parametrize("path", FILES)
def test_a_plugin_is_small(path: Path) -> None:
    """A file of a plugin is read at one sitting."""
    assert len(path.read_text("utf-8").splitlines()) < 150


def test_no_two_plugins_import_each_other() -> None:
    """What plugins share has one direction, so that either can be read, and left out, by itself."""
    edges = {(path.parent.name, name.split(".")[0]) for path in files() for name in imported(path)}
    between = {(one, other) for one, other in edges if one in PACKAGES and other in PACKAGES and one != other}

    assert {(one, other) for one, other in between if (other, one) in between} == set()
