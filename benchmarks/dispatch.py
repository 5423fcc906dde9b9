"""Dispatch: what a document costs where many sources are registered, against the same where two are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from benchmarks import corpus, html_corpus
from benchmarks.measure import Result, Work, compare
from copydesk import Capture, normalize
from copydesk.desk.load import Host, Plugin
from copydesk.desk.routing import Desk
from copydesk.desk.selection import installed
from copydesk.plugin import PARAGRAPH, TITLE, Layout, Source, css, ends, last, line, one, some

GOAL = 1.05
MANY = 1000
FEW = ("kcna", "naenara")
OWN_LAYOUTS = ("kcnawatch", *FEW)


def measure(*, captures: int, rounds: int) -> Iterator[Result]:
    """Compare documents with 1,000 registered sources, each with a layout of its own, with those with two."""
    many, few = host(MANY), host(len(FEW))
    kinds = (("text capture, unlabelled", [bare for bare in corpus.captures(captures) if "-b" in bare[0]]),
             ("text capture", corpus.captures(captures)), ("HTML page", html_corpus.captures(captures)))  # fmt: skip
    for name, pages in kinds:
        pairs: list[tuple[Work, Work]] = [(partial(_convert, data, name, many), partial(_convert, data, name, few))
                                          for name, data in pages]  # fmt: skip
        for pair in pairs[:1]:
            for work in pair:  # the first time builds the tables
                work()
        yield compare(f"{name}, {MANY:,} sources", f"{len(FEW)} sources", pairs, rounds=rounds, goal=GOAL)


def host(sources: int) -> Host:
    """Return a host with so many sources, those of two bundled plugins among them, and a layout for each other one."""
    known = installed()
    made = [_source(number) for number in range(sources - len(FEW))]
    layouts = [layout for layout in known.desk.layouts.values() if layout.plugin in OWN_LAYOUTS]
    desk = Desk([*layouts, *(_layout(number) for number in range(len(made)))],
                [*(known.desk.sources[name] for name in FEW), *made], own=OWN_LAYOUTS)  # fmt: skip
    plugins = [Plugin(f"made-up-{number}", "1.0", "made up 1.0") for number in range(len(made))]
    return Host(desk, (*known.plugins, *plugins))


def _source(number: int) -> Source:
    end = ends("end mark", rf"(?P<end_mark>-{number}-)")
    return Source(f"paper-{number}", f"Paper {number}", labels=(f"Paper {number}",), hosts=(f"paper{number}.example",),
                  signs={f"(P{number})": "en", f"-{number}.": "en"}, habits={"en": (last(end),)})  # fmt: skip


def _layout(number: int) -> Layout:
    if number % 2:
        return Layout(f"paper-{number}-page", page=(line("head", f"Paper {number}"), one(TITLE), some(PARAGRAPH)))
    return Layout(f"paper-{number}-html", page=(css(f".title-{number}", one(TITLE)),
                                                css(f".body-{number}", some(PARAGRAPH))))  # fmt: skip


def _convert(data: bytes, name: str, host: Host) -> str:
    return normalize(Capture(data, name), host=host).markdown
