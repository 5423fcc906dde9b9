"""pandoc, of Debian and of the wheel: its Markdown in three formats, and its reading of metadata."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from copydesk.frontmatter.writing import dump
from copydesk.markdown.fold import fold
from tests.consumers.consumer import Ask, Asked, Consumer, Known
from tests.consumers.programs import SCRIPTS, by_apt, by_pip, run
from tests.consumers.texts import frontmatters

# Typography is a switch of the reader; off, it shows quotes and dashes as they are.
_FORMATS = ("markdown-smart", "gfm", "commonmark_x-smart")

_ARROWS = Known(
    "U+FE0E behind ↩ and ↔",
    "the HTML writer adds the invisible sign, so that browsers show no emoji; pandoc has read the text right",
    lambda html: re.sub("([↩↔])\ufe0e", r"\1", html),
)


def engines() -> Iterator[Consumer]:
    """Give each pandoc with each format."""
    for name, find in PROGRAMS.items():
        for format_ in _FORMATS:
            yield Consumer(f"{name}, {format_.partition('-')[0]}", _version(find), _ask(find, format_), (_ARROWS,))


def readers() -> Iterator[Consumer]:
    """Give each pandoc as the reader of a title; `titles` says what it should make of one."""
    for name, find in PROGRAMS.items():
        yield Consumer(f"{name}, metadata", _version(find), _titles(find))


def titles(consumer: Consumer) -> list[Asked]:
    """Return the frontmatter of all cases with a title, folded as titles are, and what pandoc should make of it.

    pandoc reads each string of its metadata as Markdown. So the measure is what the same pandoc makes of the same
    string in single quotes, where YAML knows no escape.
    """
    found = [(each.kind, fold(each.expected["title"])) for each in frontmatters()]
    kept = [(kind, title) for kind, title in found if title]
    said = consumer.ask(["title: '{}'\n".format(title.replace("'", "''")) for _, title in kept])
    return [Asked(kind, dump({"title": title}), string) for (kind, title), string in zip(kept, said, strict=True)]


def _of_debian() -> str:
    return by_apt("pandoc")


def _of_the_wheel() -> str:
    return by_pip("pandoc", "pypandoc", "files", "pandoc")


PROGRAMS: dict[str, Callable[[], str]] = {"pandoc 2": _of_debian, "pandoc 3": _of_the_wheel}


def _titles(find: Callable[[], str]) -> Ask:
    def ask(texts: Sequence[str]) -> list[str]:
        return _asked(find(), _FORMATS[0], [f"---\n{text}---\n\nThe body.\n" for text in texts], "title")

    return ask


def _version(find: Callable[[], str]) -> Callable[[], str]:
    return lambda: program_version(find())


@cache
def program_version(path: str) -> str:
    """Return the version that a pandoc says it has."""
    return run(path, "--version").split()[1]


def _ask(find: Callable[[], str], format_: str) -> Ask:
    return lambda texts: _asked(find(), format_, texts)


def _asked(path: str, format_: str, texts: Sequence[str], key: str = "") -> list[str]:
    with TemporaryDirectory() as name:
        given, said = Path(name, "given"), Path(name, "said")
        given.write_bytes(b"".join(b"%d\n%s" % (len(data), data) for data in (text.encode() for text in texts)))
        script = f"--lua-filter={SCRIPTS / 'ask.lua'}"
        run(path, "--from=markdown", "--to=plain", script, given="a",
            ASK_FORMAT=format_, ASK_FOR=key, ASK_IN=str(given), ASK_OUT=str(said))  # fmt: skip
        return list(_answers(said.read_bytes()))


def _answers(data: bytes) -> Iterator[str]:
    at = 0
    while at < len(data):
        stop = data.index(b"\n", at)
        end = stop + 1 + int(data[at:stop])
        yield data[stop + 1 : end].decode()
        at = end
