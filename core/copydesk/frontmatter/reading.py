"""Takes a file apart into frontmatter and body, and tells whether it still is as it was written."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from copydesk.errors import FrontmatterError
from copydesk.frontmatter.writing import body_hash, frontmatter_hash

_FENCE = re.compile(r"^(?:-{3,}|\.{3,})[ \t]*$", re.MULTILINE)
# Not printable to YAML, or a line break to some readers and a character to others; compiled when first used.
_STRANGE = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]"


class Parsed(NamedTuple):
    """A file as it was read, with LF line ends and without BOM.

    ``lines`` gives the line in the file, from 1, of each key (``title``) and of each item (``related/0``);
    ``body_line`` is the line on which the body begins. ``bom`` and ``crlf`` say what the file had.
    """

    data: dict[str, Any]
    body: str
    lines: dict[str, int]
    frontmatter_text: str
    body_line: int
    bom: bool
    crlf: bool


class _Halves(NamedTuple):
    frontmatter: str
    body: str
    body_line: int
    bom: bool
    crlf: bool


def untouched(text: str) -> bool:
    """Tell whether a file still is as Copydesk wrote it, by its two hashes; reads no YAML and never raises."""
    try:
        frontmatter, body = split(text)
    except FrontmatterError:
        return False
    hashes = (("body", body_hash(body)), ("frontmatter", frontmatter_hash(frontmatter)))
    return all(f'\n{part}_sha256: "{digest}"\n' in f"\n{frontmatter}" for part, digest in hashes)


def split(text: str) -> tuple[str, str]:
    """Return the lines between the fences and the body, unread, both with LF line ends."""
    halves = _halves(text)
    return halves.frontmatter, halves.body


def parse(text: str) -> Parsed:
    """Read a file that Copydesk or a person wrote.

    A bare date is given back as `datetime.date`. Raises `FrontmatterError`, with the line, for what has no one
    reading: fences that are missing or otherwise written, broken YAML, keys that are double or no strings,
    anchors, aliases and tags, control characters.
    """
    from copydesk.frontmatter.nodes import read  # imports yaml

    halves = _halves(text)
    strange = re.search(_STRANGE, halves.frontmatter)
    if strange:
        line = halves.frontmatter.count("\n", 0, strange.start()) + 2
        raise FrontmatterError(
            f"the frontmatter holds the raw character {strange[0]!a}",
            line=line,
            remedy=f'write it in double quotes as "\\u{ord(strange[0]):04X}", or take it out',
        )
    data, lines = read(halves.frontmatter)
    return Parsed(data, halves.body, lines, halves.frontmatter, halves.body_line, halves.bom, halves.crlf)


def _halves(text: str) -> _Halves:
    bom, crlf = text.startswith("\ufeff"), "\r\n" in text
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    first = text.partition("\n")[0]
    if first != "---":
        fact = f"the first line is {first[:40]!r}" if first.startswith("---") else "the file has no frontmatter"
        raise FrontmatterError(fact, line=1, remedy="make the first line exactly '---'")
    fence = _FENCE.search(text, 4)
    if fence is None:
        raise FrontmatterError("the frontmatter is not closed", line=1, remedy="close it with a line '---'")
    line = text.count("\n", 0, fence.start()) + 1
    if fence[0] != "---":
        raise FrontmatterError(
            f"{fence[0][:40]!r} does not close the frontmatter", line=line, remedy="close it with exactly '---'"
        )
    rest = text[fence.end() + 1 :]
    blank = rest.startswith("\n")
    return _Halves(text[4 : fence.start()], rest[blank:], line + 1 + blank, bom, crlf)
