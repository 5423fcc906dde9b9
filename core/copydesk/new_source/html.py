"""Layouts of HTML captures: selectors of title, day, author and body that find these in all samples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from copydesk.desk.routing import hosts_of
from copydesk.new_source import words
from copydesk.new_source.days import forms_of
from copydesk.new_source.drafts import (
    Alike,
    Argument,
    Constant,
    Entry,
    LayoutDraft,
    Names,
    day_code,
    pattern_code,
    string,
    tuple_code,
)
from copydesk.new_source.elements import Look, first_of, simple
from copydesk.new_source.lines import weight
from copydesk.new_source.samples import Sample, SampleError

MOST_OF_IT = 0.7
"""So much of the prose of a page must stand in the element that is taken for its body."""

BLOCKS = frozenset(("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"))
BESIDE = re.compile(
    r"share|social|related|tags?\b|newsletter|subscri|promo|advert|comment|toolbar|breadcrumb|more|caption-link|print",
    re.IGNORECASE,
)
"""Classes of what stands beside an article."""

SHORT = 100.0


def html_layouts(samples: Sequence[Sample], id: str, taken: Sequence[str] = ()) -> Iterator[LayoutDraft]:
    """Give layouts for samples that no known one reads, the tightest first. Raises SampleError where there is none."""
    looks = [Look(sample) for sample in samples]
    hosts = _hosts(samples, looks)
    body = _body(looks)
    if not body:
        raise SampleError("no element with one selector holds the prose of all samples: are they pages of one kind? "
                          "give such pages at one time")  # fmt: skip
    for whole in (True, False):
        yield Regions(looks, body, taken, whole=whole).draft(id, hosts)


def _hosts(samples: Sequence[Sample], looks: Sequence[Look]) -> tuple[str, ...]:
    """Return the host at which all samples say that they are, without `www.`."""
    said = [[sample.capture.url, *look.said("meta_url")] for sample, look in zip(samples, looks, strict=True)]
    first = [next(filter(None, (next(iter(hosts_of(url)), "") for url in urls if url)), "") for urls in said]
    hosts = {host.removeprefix("www.") for host in first}
    return tuple(hosts) if len(hosts) == 1 and "" not in hosts else ()


def _prose(looks: Sequence[Look]) -> list[dict[int, float]]:
    """Return, for each sample, the blocks of prose and their weight; what all samples have is no article."""
    texts = [{line.text for line in look.lines} for look in looks]
    same = set.intersection(*texts) if len(looks) > 1 else set()
    return [{n: weight(line.text) for n, line in enumerate(look.lines)
             if line.prose and line.text not in same and not look.is_around(look.blocks[n].node)}
            for look in looks]  # fmt: skip


def _body(looks: Sequence[Look]) -> str:
    """Return the selector of the innermost element that holds most of the prose of each sample."""
    prose = {id(look): found for look, found in zip(looks, _prose(looks), strict=True)}
    if not all(prose.values()):
        return ""

    def fits(look: Look, css: str) -> bool:
        nodes, known = look.select(css), prose[id(look)]
        held = sum(known.get(number, 0) for node in nodes[:1] for number in look.within(node))
        return len(nodes) == 1 and held >= MOST_OF_IT * sum(known.values())

    return first_of(looks, _containers(looks[0], prose[id(looks[0])]), fits)


def _containers(look: Look, prose: dict[int, float]) -> Iterator[int]:
    """Give the elements around the longest paragraph, from the inside out."""
    longest = max(prose, key=lambda number: prose[number])
    for node in look.markup.ancestors(look.blocks[longest].node):
        if look.markup.tags[node] not in BLOCKS:
            yield node


class Regions:
    """The entries of an HTML layout, made one by one; what stands within something else is named first."""

    def __init__(self, looks: Sequence[Look], body: str, taken: Sequence[str], *, whole: bool) -> None:
        self.looks = looks
        self.body = body
        self.names = Names(("PAGE", "HTML", "SOURCE", *taken))
        self.constants: list[Constant] = []
        self.entries: list[Entry] = []
        self.taken: set[str] = set()
        self._title()
        if whole:
            self._date()
            self._author()
            self._beside()
        self.entries.append(Entry(f"css({string(body)}, some(PARAGRAPH))", "some paragraph",
                                  f"most of the prose of each sample stands in {body!r}",
                                  "the innermost element with most of the prose"))  # fmt: skip

    def draft(self, id: str, hosts: tuple[str, ...]) -> LayoutDraft:
        """Return the layout."""
        named = "".join(re.findall(r"[.#=][^\s,]+", "".join(entry.code for entry in self.entries)))
        arguments = (Argument("hosts", tuple_code(hosts)),) if hosts else ()
        return LayoutDraft(id, tuple(self.constants), tuple(self.entries), arguments,
                           words=sum(map(str.isalpha, named)), hosts=hosts)  # fmt: skip

    def _title(self) -> None:
        css = first_of(self.looks, self._headings(), self._is_title)
        told = bool(css) and any(look.said("meta_title") for look in self.looks)
        css = css or first_of(self.looks, self._headings(), self._is_heading)  # a head may name but the site
        if css:
            self.taken.add(css)
            why = f"the one text in {css!r}" + (", and the title that the head tells" if told else "")
            self.entries.append(Entry(f"css({string(css)}, one(TITLE))", "one title", why, "" if told else why))

    def _headings(self) -> Iterator[int]:
        markup = self.looks[0].markup
        for tag in ("h1", "h2"):
            yield from (node for node, said in enumerate(markup.tags) if said == tag)
        yield from (node for node in range(len(markup.tags))
                    if re.search(r"title|headline", markup.attribute(node, "class"), re.IGNORECASE))  # fmt: skip

    def _is_title(self, look: Look, css: str) -> bool:
        block = look.one(css)
        if block is None or not self._is_heading(look, css):
            return False
        said, text = look.said("meta_title"), _letters(look.lines[block].text)
        return not said or any(text and text in _letters(title) for title in said)

    def _is_heading(self, _: Look, css: str) -> bool:
        """Tell whether a selector finds one text on each page, another on each."""
        blocks = [look.one(css) for look in self.looks]
        texts = {look.lines[block].text for look, block in zip(self.looks, blocks, strict=True) if block is not None}
        return len(texts) == len(self.looks)

    def _date(self) -> None:
        css = first_of(self.looks, self._dated(), self._is_date)
        if not css:
            return
        regex, readers, sure = self._date_pattern(css)
        name = self.names.constant("date line")
        why = f"a day in {css!r}, " + ("the one that the head tells" if sure else "nearest to the title")
        self.constants.append(Constant(name, pattern_code("line", "date line", regex, readers), "" if sure else why))
        self.entries.append(Entry(f"css({string(css)}, {name})", "date line", why))
        self.taken.add(css)

    def _dated(self) -> Iterator[int]:
        """Give elements with a day: those that are called so or have a word for it first, then as they stand."""
        look = self.looks[0]
        found = [n for n, line in enumerate(look.lines) if line.days and weight(line.text) <= SHORT
                 and not look.is_around(look.blocks[n].node) and not words.CAPTURED.search(line.text)
                 and not words.CHANGED.search(line.text)]  # fmt: skip
        for number in sorted(found, key=lambda n: (not self._is_called_date(n), n)):
            yield from look.around(number)

    def _is_called_date(self, number: int) -> bool:
        look = self.looks[0]
        node = look.blocks[number].node
        called = look.markup.attribute(node, "class") + look.markup.tags[node]
        return bool(re.search(r"date|time|publish", called) or words.PUBLISHED.search(look.lines[number].text))

    def _is_date(self, look: Look, css: str) -> bool:
        block = look.one(css)
        if block is None or len(look.lines[block].days) != 1:
            return False
        told, found = set(look.said("meta_published")), look.lines[block].days[0]
        return not told or any(found.value(format) in told for format in found.form.formats)

    def _date_pattern(self, css: str) -> tuple[str, dict[str, str], bool]:
        lines = [look.lines[look.one(css) or 0] for look in self.looks]
        told = [day for look in self.looks for day in look.said("meta_published")]
        near = [f"-{day[4:]}" for day in told]
        if len({line.key for line in lines}) == 1:
            alike = Alike(lines, {0: "published"}, near)
            return alike.regex, alike.readers, len(told) >= len(lines)
        forms = forms_of([line.days[0] for line in lines], near)
        if not forms.formats:
            return f"(?:.*\\D)?{forms.regex}(?:\\D.*)?", {}, False
        readers = {"published": day_code(forms.formats)}
        return f"(?:.*\\D)?(?P<published>{forms.regex})(?:\\D.*)?", readers, len(told) >= len(lines)

    def _author(self) -> None:
        markup = self.looks[0].markup
        called = (node for node in range(len(markup.tags))
                  if any(re.search(r"author|byline", markup.attribute(node, name), re.IGNORECASE)
                         for name in ("class", "rel", "itemprop")))  # fmt: skip
        css = first_of(self.looks, called, self._is_author)
        if css:
            name = self.names.constant("byline")
            why = f"the one text in {css!r}"
            regex = r"(?:[Bb][Yy] )?(?P<author>.+)"
            self.constants.append(Constant(name, pattern_code("line", "byline", regex, {}), why))
            self.entries.append(Entry(f"css({string(css)}, {name})", "byline", why))
            self.taken.add(css)

    def _is_author(self, look: Look, css: str) -> bool:
        block = look.one(css)
        others = {look.one(other) for other in self.taken}
        return block is not None and block not in others and weight(look.lines[block].text) <= SHORT

    def _beside(self) -> None:
        """Take out of the body what stands in elements of it that hold no prose and are no part of the article."""
        found: dict[str, list[set[int]]] = {}
        beside = cache(self._is_beside)
        for n, look in enumerate(self.looks):
            top = look.select(self.body)[0]
            inner = [node for node in range(top + 1, len(look.markup.tags)) if look.within(node)
                     and top in look.markup.ancestors(node)]  # fmt: skip
            for node in inner:
                around = set(look.markup.ancestors(node))
                if not any(around & nodes[n] for nodes in found.values()) and (
                    own := next(filter(beside, _by_name(look, node)), "")
                ):
                    css = f"{self.body} {own}"
                    found[css] = [set(other.select(css)) for other in self.looks]
        for css in found:
            why = "no prose stands in it, and its name or its text is that of what stands beside an article"
            self.entries.append(Entry(f"maybe(css({string(css)}, some(FURNITURE)))", "some furniture", why,
                                      "stands beside the article"))  # fmt: skip

    def _is_beside(self, own: str) -> bool:
        parts = [(look, node) for look in self.looks for node in look.select(f"{self.body} {own}")]
        shown = [(look, node, look.within(node)) for look, node in parts]
        if any(look.lines[number].prose for look, _, numbers in shown for number in numbers):
            return False
        texts = [" ".join(look.lines[number].text for number in numbers) for look, _, numbers in shown if numbers]
        same = len(self.looks) > 1 and len(texts) == len(self.looks) and len(set(texts)) == 1
        return bool(texts) and (same or bool(BESIDE.search(own)) or own.partition(".")[0] in ("nav", "aside", "form"))


def _by_name(look: Look, node: int) -> list[str]:
    tag = look.markup.tags[node]
    return [*simple(look, node), *((tag,) if tag in ("nav", "aside", "form") else ())]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
