"""Proposing a source: a known layout or a new one, and the habits that all samples share; all of it tried."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from typing import NamedTuple

from copydesk.desk.labels import UNDETERMINED
from copydesk.desk.load import Host, Plugin
from copydesk.desk.routing import hosts_of
from copydesk.errors import CopydeskError, PluginError
from copydesk.new_source.code import SourceDraft, module_code
from copydesk.new_source.drafts import Argument, LayoutDraft, Names, string, tuple_code
from copydesk.new_source.habits import Habits, habits_of
from copydesk.new_source.html import html_layouts
from copydesk.new_source.samples import Sample, SampleError
from copydesk.new_source.text import text_layouts
from copydesk.new_source.trial import converted, failure, host_with
from copydesk.new_source.words import language_of
from copydesk.values.document import Document

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST = 40
FEW_WORDS = 6
"""A layout whose landmarks have fewer letters fits pages of others."""


class Said(NamedTuple):
    """What the author says of the source: each may be empty."""

    title: str = ""
    labels: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    lang: str = ""


class Proposal(NamedTuple):
    """A source as it is proposed: its draft, its layouts, and the samples with what becomes of them.

    ``whys`` says, for each rule of the account (and its language, of a habit), why it is proposed, and ``notes`` what
    else a person should know.
    """

    source: SourceDraft
    layouts: tuple[LayoutDraft, ...]
    samples: tuple[Sample, ...]
    documents: tuple[Document, ...]
    host: Host
    code: str
    whys: dict[tuple[str, str], str]
    notes: tuple[str, ...]


def check_name(name: str, host: Host) -> None:
    """Raise SampleError for a name that cannot be one of a source, or that is taken."""
    if not NAME.fullmatch(name) or len(name) > LONGEST or name == "unknown":
        raise SampleError(f"{name!r} cannot be the name of a source; use lower-case letters, digits and single hyphens "
                          f"({LONGEST} at most), such as 'harbour-post'")  # fmt: skip
    taken = {"source": host.desk.sources.keys(), "plugin": {plugin.name for plugin in host.plugins}}
    for what, names in taken.items():
        if name in names:
            raise SampleError(f"a {what} {name!r} is installed already; choose another name, or mend that one")
    if find_spec(module_of(name)) is not None:
        raise SampleError(f"a package {module_of(name)!r} is installed already; choose another name")


def module_of(name: str) -> str:
    """Return the package of the plugin of a source."""
    return f"copydesk_{name.replace('-', '_')}"


def propose(samples: Sequence[Sample], said: Said, plugin: Plugin, schema: str, host: Host) -> Proposal:
    """Return what is proposed for samples, each of which it converts. Raises SampleError where nothing can be."""
    return Proposer(samples, said, plugin, schema, host).proposal()


class Proposer:
    """A proposal in the making."""

    def __init__(self, samples: Sequence[Sample], said: Said, plugin: Plugin, schema: str, host: Host) -> None:
        self.samples = samples
        self.said = said
        self.plugin = plugin
        self.host = host
        self.notes: list[str] = []
        self.layouts = list(self._layouts())
        self.notes += [note for layout in self.layouts for note in layout.notes]
        self.source = self._source()._replace(schema=schema)

    def proposal(self) -> Proposal:
        """Return the proposal: with the habits that all bodies of a language share, if all can be converted so."""
        plain = self._tried(self.source)
        if (source := self._with_language(plain)) != self.source:
            self.source, plain = source, self._tried(source)
        found = self._habits(plain)
        source, documents = self.source, plain
        if found:
            with_habits = self.source._replace(habits=found, signs=self._signs(found))
            try:
                documents = self._tried(with_habits)
                source = with_habits
            except CopydeskError as problem:
                self.notes.append(f"the ends of the bodies are left as they are: {problem}")
        self._check_known(documents)
        code = module_code(source, self.layouts)
        return Proposal(source, tuple(self.layouts), tuple(self.samples), tuple(documents), self._host(source), code,
                        self._whys(source), tuple(self.notes))  # fmt: skip

    def _with_language(self, documents: Sequence[Document]) -> SourceDraft:
        """Say the language of the source where a known layout reads pages that tell none."""
        untold = [document for document in documents if document.frontmatter["lang"] == UNDETERMINED]
        guessed = {language_of(document.body) for document in untold}
        lang = self.said.lang or (guessed.pop() if len(guessed) == 1 else "")
        if self.layouts or not untold or not lang:
            return self.source
        guess = () if self.said.lang else (("lang", "the commonest words are of this language"),)
        return self.source._replace(lang=lang, guesses=(*self.source.guesses, *guess))

    def _host(self, source: SourceDraft) -> Host:
        return host_with(self.host, module_code(source, self.layouts), self.plugin)

    def _tried(self, source: SourceDraft) -> list[Document]:
        return converted(self.samples, self._host(source))

    def _layouts(self) -> Iterator[LayoutDraft]:
        kinds: tuple[tuple[bool, str, Callable[..., Iterator[LayoutDraft]]], ...] = (
            (False, "page", text_layouts), (True, "html", html_layouts))  # fmt: skip
        taken: tuple[str, ...] = ()
        for is_html, what, drafts in kinds:
            samples = [sample for sample in self.samples if sample.document is None and sample.is_html is is_html]
            if samples:
                layout = self._layout(samples, drafts(samples, f"{self.plugin.name}-{what}", taken))
                taken = tuple(constant.name for constant in layout.constants)
                yield layout

    def _layout(self, samples: Sequence[Sample], drafts: Iterator[LayoutDraft]) -> LayoutDraft:
        """Return the first layout that reads all samples."""
        why = ""
        for draft in drafts:
            layout = self._at_home(draft)
            code = module_code(SourceDraft(self.plugin.name, "A source"), [layout])
            try:
                host = host_with(self.host, code, self.plugin)
            except PluginError as problem:
                why = str(problem)
                continue
            if not (why := failure(samples, layout, host)):
                self._check_words(layout)
                return self._in_language(layout, samples, host)
        names = ", ".join(sample.name for sample in samples)
        raise SampleError(f"no layout was found that reads every line of {names}: {why}; give samples of one kind of "
                          "page at a time, or write the layout by hand (docs/plugins.md)")  # fmt: skip

    def _at_home(self, draft: LayoutDraft) -> LayoutDraft:
        arguments = [Argument("source", string(self.plugin.name)), *draft.arguments]
        hosts = tuple(dict.fromkeys((*self.said.hosts, *draft.hosts)))
        if draft.words < FEW_WORDS and hosts and not draft.arguments:
            arguments.append(Argument("hosts", tuple_code(hosts)))
        return draft._replace(arguments=tuple(arguments))

    def _check_words(self, layout: LayoutDraft) -> None:
        if layout.words < FEW_WORDS and "hosts" not in [argument.name for argument in layout.arguments]:
            raise SampleError("the samples have no words in common by which their pages could be told from others; "
                              "name the host with --host, and the address of each sample with --url")  # fmt: skip

    def _in_language(self, layout: LayoutDraft, samples: Sequence[Sample], host: Host) -> LayoutDraft:
        """Say the language of all pages, where the author does, or where no page tells it and its words do."""
        documents = converted(samples, host)
        told = {str(document.frontmatter["lang"]) for document in documents}
        guessed = {language_of(document.body) for document in documents} if told == {UNDETERMINED} else set()
        lang = self.said.lang or (guessed.pop() if len(guessed) == 1 else "")
        if not lang:
            if UNDETERMINED in told:
                self.notes.append("nothing tells the language, so no habits are proposed; say it with --lang")
            return layout
        guess = "" if self.said.lang else "the commonest words are of this language"
        return layout._replace(arguments=(*layout.arguments, Argument("facts", f'{{"lang": {string(lang)}}}', guess)))

    def _source(self) -> SourceDraft:
        labels, hosts = self._labels(), self._hosts()
        guesses = []
        name = self.said.title or (labels[0] if labels else "")
        if not name:
            name = self.plugin.name.replace("-", " ").title()
            guesses.append(("name", "made of the source's id; write the publisher's name"))
        elif not self.said.title:
            guesses.append(("name", "as the label says it"))
        if hosts and not self.said.hosts:
            guesses.append(("hosts", "where the samples say that they are"))
        return SourceDraft(self.plugin.name, name, labels, hosts, guesses=tuple(guesses))

    def _labels(self) -> tuple[str, ...]:
        found = [sample.label for sample in self.samples if sample.label]
        found += [label for layout in self.layouts for label in layout.labels]
        names = list(dict.fromkeys(found))
        said = {label.casefold() for label in self.said.labels}
        if len(names) > 1 and not {name.casefold() for name in names} <= said:
            raise SampleError(f"the samples have the labels {', '.join(map(repr, names))}; a source is one publisher: "
                              "leave the others out, or name each with --label if they are all its own")  # fmt: skip
        return tuple(dict.fromkeys((*names, *(label for label in self.said.labels if label not in names))))

    def _hosts(self) -> tuple[str, ...]:
        hosts = [*self.said.hosts, *(host for layout in self.layouts for host in layout.hosts)]
        urls = [sample.capture.url for sample in self.samples if sample.document is None and sample.capture.url]
        hosts += [host.removeprefix("www.") for url in urls for host in hosts_of(url)[:1] if host]
        return tuple(dict.fromkeys(hosts))

    def _habits(self, documents: Sequence[Document]) -> tuple[tuple[str, Habits], ...]:
        """Return the habits of each language."""
        names = Names(("PAGE", "HTML", "SOURCE", *(c.name for layout in self.layouts for c in layout.constants)))
        bodies: dict[str, list[tuple[str, ...]]] = {}
        for document in documents:
            reading = document.account.reading
            lang = str(document.frontmatter["lang"])
            bodies.setdefault(lang, []).append(tuple(reading.text(span) for span in reading.body()))
        if bodies.pop(UNDETERMINED, None) and not self.layouts:
            self.notes.append("nothing tells the language of a sample, so no habits are proposed for it; "
                              "say it with --lang")
        several = len(bodies) > 1
        found = [(lang, habits_of(said, names, lang if several else "")) for lang, said in sorted(bodies.items())]
        return tuple((lang, habits) for lang, habits in found if habits.habits)

    def _signs(self, found: Sequence[tuple[str, Habits]]) -> tuple[tuple[str, str], ...]:
        """Return the signs by which pages without label and host are known, where no other source has them."""
        if self.source.labels or self.source.hosts or self.layouts:
            return ()
        claimed = {sign for source in self.host.desk.sources.values() for sign in source.signs}
        return tuple((sign, lang) for lang, habits in found for sign in habits.signs if sign not in claimed)

    def _check_known(self, documents: Sequence[Document]) -> None:
        for sample, document in zip(self.samples, documents, strict=True):
            if document.account.source != self.plugin.name:
                raise SampleError(f"{sample.name!r}: nothing tells that it is a page of {self.plugin.name}: "
                                  f"the layout {document.account.layout} reads no label, and the address is not known; "
                                  "name the host with --host and the address of each sample with --url")  # fmt: skip
            if unread := document.account.unread():
                line = document.account.reading.page.blocks[unread[0].block].line
                self.notes.append(f"{sample.name}: line {line} is read by no rule of {document.account.layout}")

    def _whys(self, source: SourceDraft) -> dict[tuple[str, str], str]:
        whys = {("", f"{layout.id}: {entry.rule}"): entry.why for layout in self.layouts for entry in layout.entries}
        return whys | {(lang, f"{source.id}: {habit.rule}"): habit.why
                       for lang, found in source.habits for habit in found.habits}  # fmt: skip
