"""A plugin under test: what it brings, its cases, and the cases of all others."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from copydesk.contract.layouts import Layout, Rule
from copydesk.contract.patterns import Pattern
from copydesk.contract.places import place_of, shown
from copydesk.contract.regions import Css
from copydesk.contract.sources import Source
from copydesk.desk.installed import FILE, EntryPoint, entry_points
from copydesk.desk.load import Host, Plugin, load
from copydesk.desk.marking import apply
from copydesk.desk.single import in_folder
from copydesk.edit.origin import origin_of
from copydesk.errors import CopydeskError, Rejection
from copydesk.pipeline import normalize, read_page
from copydesk.testing.bundled import bundled
from copydesk.testing.cases import Case, CaseError, cases_below
from copydesk.values.capture import Capture
from copydesk.values.document import Document
from copydesk.values.reading import Reading


class Spec(NamedTuple):
    """Which plugin is tested: its name, the folders of its cases, folders of one-file plugins, allowed imports."""

    plugin: str
    cases: tuple[str, ...]
    folders: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()


class Ruled(NamedTuple):
    """A rule with its owner and, of a source, its language."""

    owner: Layout | Source
    lang: str
    rule: Rule

    @property
    def name(self) -> str:
        """What the account calls it."""
        return f"{self.owner.id}{self.lang and f' ({self.lang})'}: {getattr(self.rule, '__name__', '')}"

    def __str__(self) -> str:
        place = shown(place_of(self.rule))
        return f"rule {self.name!r}{place and f' ({place})'}"


class Kit:
    """All that the checks need of a plugin; what takes time is made once, when it is first asked for."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.points = [*entry_points(), *chain.from_iterable(in_folder(folder) for folder in spec.folders)]
        self.host = load(self.points)

    @property
    def point(self) -> EntryPoint | None:
        """The entry point of the plugin, if there is one of its name."""
        return next((point for point in self.points if point.name == self.spec.plugin), None)

    @property
    def plugin(self) -> Plugin | None:
        """What became of the plugin when it was loaded."""
        return next((plugin for plugin in self.host.plugins if plugin.name == self.spec.plugin), None)

    @property
    def layouts(self) -> list[Layout]:
        """The layouts of the plugin."""
        return [layout for layout in self.host.desk.layouts.values() if layout.plugin == self.spec.plugin]

    @property
    def sources(self) -> list[Source]:
        """The sources of the plugin."""
        return [source for source in self.host.desk.sources.values() if source.plugin == self.spec.plugin]

    @cached_property
    def rules(self) -> list[Ruled]:
        """Each rule of the plugin once: layouts of one family share theirs."""
        found = [Ruled(layout, "", rule) for layout in self.layouts for rule in layout.rules]
        found += [Ruled(source, lang, rule)
                  for source in self.sources for lang, habits in source.habits.items() for rule in habits]  # fmt: skip
        return list({id(ruled.rule): ruled for ruled in found}.values())

    @cached_property
    def cases(self) -> list[Case]:
        """The cases of the plugin. Raises CaseError for a folder that is no case."""
        return cases_in(self.spec.cases)

    @cached_property
    def foreign(self) -> list[Case]:
        """The cases of others: those of Copydesk's own plugins, and of what is installed beside them."""
        own = {case.capture.data for case in self.cases}
        return [case for case in (*bundled(), *self._of_installed()) if case.capture.data not in own]

    def _of_installed(self) -> Iterator[Case]:
        """Give the cases that other plugins keep in a folder `cases` of their package."""
        for point in self.points:
            if not point.is_file and point.name != self.spec.plugin:
                for folder in _folders_of(point):
                    yield from cases_below(Path(folder, "cases"))

    @cached_property
    def without(self) -> Host:
        """The host of all plugins but this one."""
        return load(point for point in self.points if point.name != self.spec.plugin)

    @cached_property
    def documents(self) -> dict[str, tuple[Case, Document]]:
        """Each case of the plugin that becomes a document, by its name; what fails is for other checks to say."""
        found = {}
        for case in self.cases:
            try:
                found[case.name] = case, normalize(case.capture, host=self.host)
            except CopydeskError:
                continue
        return found

    def layout_of(self, case: Case) -> str:
        """Return the layout that has converted a case, or has refused it as no article; empty if there is none."""
        if case.name in self.documents:
            return self.documents[case.name][1].account.layout
        return fate(case, self.host).partition("no-article ")[2]

    def steps(self, capture: Capture) -> Iterator[tuple[Ruled, Reading]]:
        """Give each rule that a capture goes through, with the reading that it gets. Raises as `normalize` does."""
        reading, layout = read_page(capture, self.host)
        for rule in layout.rules:
            yield Ruled(layout, "", rule), reading
            reading = apply(reading, rule, layout.id)
        origin = origin_of(reading, self.host.desk, layout)
        for rule in origin.source.habits.get(origin.lang, ()) if origin.source else ():
            assert origin.source is not None
            yield Ruled(origin.source, origin.lang, rule), reading
            reading = apply(reading, rule, origin.source.id)

    def own_steps(self, case: Case) -> Iterator[tuple[Ruled, Reading]]:
        """Give the steps of a case that are rules of this plugin; a case that is rejected or fails has fewer."""
        try:
            for ruled, reading in self.steps(case.capture):
                if ruled.owner.plugin == self.spec.plugin:
                    yield ruled, reading
        except CopydeskError:
            return

    @cached_property
    def files(self) -> list[Path]:
        """The Python files of the plugin, without those of its tests and cases."""
        if self.point is None:
            return []
        if self.point.is_file:
            return [Path(self.point.target.removeprefix(FILE))]
        folders = _folders_of(self.point)
        if not folders:
            spec = find_spec(self.point.target.partition(":")[0])
            return [Path(spec.origin)] if spec and spec.origin else []
        found = (path for folder in folders for path in sorted(Path(folder).rglob("*.py")))
        return [path for path in found if not {"tests", "cases"} & set(path.parts[-3:-1])]

    @property
    def patterns(self) -> list[str]:
        """The regular expressions that stand in the plugin's modules by a name, or in its rules."""
        files = {str(path) for path in self.files}
        modules = [module for module in [*sys.modules.values()] if getattr(module, "__file__", None) in files]
        found = [value for module in modules for value in vars(module).values()]
        found += [getattr(ruled.rule, "pattern", None) for ruled in self.rules]
        regexes = [value.regex if isinstance(value, Pattern) else value.pattern
                   for value in found if isinstance(value, Pattern | re.Pattern)]  # fmt: skip
        return list(dict.fromkeys(regex for regex in regexes if isinstance(regex, str)))


def _folders_of(point: EntryPoint) -> list[str]:
    """Return the folders of the package that a plugin is, or that its module is in."""
    module = point.target.partition(":")[0]
    for name in (module, module.rpartition(".")[0]):
        try:
            spec = find_spec(name) if name else None
        except (ImportError, ValueError):
            spec = None
        if spec and spec.submodule_search_locations:
            return list(spec.submodule_search_locations)
    return []


def cases_in(folders: Iterable[str]) -> list[Case]:
    """Return the cases in folders, each of which may be one itself, under different names. Raises CaseError."""
    found: dict[str, Case] = {}
    for folder in folders:
        for case in cases_below(Path(folder)):
            name = case.folder.name if case.name == "." else case.name
            if name in found:
                raise CaseError(f"{case.folder.as_posix()}: {found[name].folder.as_posix()} is called {name!r} too; "
                                "rename one of them")  # fmt: skip
            found[name] = case._replace(name=name)
    return list(found.values())


@cache
def kit_of(spec: Spec) -> Kit:
    """Return the kit of a plugin, made once in a process."""
    return Kit(spec)


def fate(case: Case, host: Host) -> str:
    """Return what becomes of a case in one line: `written`, and by what, or why it is refused."""
    try:
        document = normalize(case.capture, host=host)
    except Rejection as problem:
        of = problem.message.rpartition("(it fits ")[2].removesuffix(")") if problem.code == "no-article" else ""
        return f"rejected: {problem.code} {of}".rstrip()
    except CopydeskError as problem:
        return f"failed: {problem}"
    return f"written by {document.account.layout} and {document.account.source}"


def landmarks(layout: Layout) -> list[Pattern]:
    """Return all patterns of a layout's page, the optional ones and those it must not have too."""
    entries: list[object] = [*layout.entries, *chain.from_iterable(layout.without)]
    for part in layout.parts:
        entries += part.entry.entries if isinstance(part.entry, Css) else (part.entry,)
    return [entry for entry in entries if isinstance(entry, Pattern)]
