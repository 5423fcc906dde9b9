"""Places: where in its capture each paragraph of an article stands."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from copydesk.article import Article
from copydesk.digest import hex_digest
from copydesk.errors import CopydeskError
from copydesk.frontmatter.writing import body_hash
from copydesk.inputs import SUFFIXES, Input
from copydesk.inputs import read as read_input
from copydesk.inputs.folders import is_container
from copydesk.inputs.values import INSIDE
from copydesk.markdown.paragraphs import Paragraph
from copydesk.pipeline import normalize
from copydesk.values.capture import Capture
from copydesk.values.document import Document, Element
from copydesk.values.reading import Reading, Span

EDITED = "edited"
MISSING = "missing"
DIFFERS = "differs"
READ_OTHERWISE = "read otherwise"

REASONS = {
    EDITED: "its body was edited after it was written; write it anew to another folder, and trace it there",
    MISSING: "its capture {input_file!r} is not there; name the folder that has it with --captures",
    DIFFERS: "its capture {input_file!r} has other bytes by now (input_sha256 differs); find the capture as it was",
    READ_OTHERWISE: "its capture {input_file!r} gives another body by now; convert it anew with these plugins",
}
"""Why the places of an article are not known, and what to do."""


class Place(NamedTuple):
    """A stretch of a capture, from its first to its last character; all count from 1.

    On an HTML page the lines are those of the tag that opens the block, and the columns count from the block's start.
    """

    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.line}:{self.column}-{self.end_line}:{self.end_column}"


class Traced(NamedTuple):
    """The places of each paragraph of an article, and their texts as they stand in the capture.

    ``capture`` is the path of the capture. Where nothing is known ``reason`` says why, and the rest is empty.
    """

    reason: str
    capture: str = ""
    places: tuple[tuple[Place, ...], ...] = ()
    texts: tuple[tuple[str, ...], ...] = ()


def trace(article: Article, paragraphs: Sequence[Paragraph], captures: str | os.PathLike[str]) -> Traced:
    """Find the places of the paragraphs of an article in its capture, which is somewhere below ``captures``.

    The capture is normalized once more with the installed plugins: its bytes must be those that the article was made
    of, and the body must come out as it stands in the article.
    """
    if body_hash(article.body) != article.frontmatter.get("body_sha256"):
        return Traced(EDITED)
    item, data, reason = _capture(article, os.fspath(captures))
    if reason:
        return Traced(reason)
    for document in _documents(article, data, item.encoding):
        found = aligned(paragraphs, document.elements)
        if found is not None:
            reading = document.account.reading
            stretches = [[*_stretches(reading, elements)] for elements in found]
            return Traced("", item.shown, tuple(tuple(_place(reading, *at) for at in some) for some in stretches),
                          tuple(tuple(reading.page.text[slice(*at)] for at in some) for some in stretches))  # fmt: skip
    return Traced(READ_OTHERWISE)


def _capture(article: Article, root: str) -> tuple[Input, bytes, str]:
    """Return place and bytes of the capture of an article, and why there is none."""
    reason = MISSING
    for item in _inputs(str(article.frontmatter.get("input_file", "")), root):
        try:
            data = read_input(item)
        except CopydeskError:
            continue
        if hex_digest(data) == article.frontmatter.get("input_sha256"):
            return item, data, ""
        reason = DIFFERS
    return Input("", ""), b"", reason


def _inputs(name: str, root: str) -> Iterator[Input]:
    """Give the inputs below a folder that can be meant by a name: files, and members of containers."""
    for path in _candidates(name, root):
        yield Input(path, path)
    at = name.find(INSIDE)
    while at > 0:
        for path in _candidates(name[:at], root) if is_container(name[:at]) else ():
            yield from _member(path, name[at + 1:])
        at = name.find(INSIDE, at + 1)


def _member(path: str, inside: str) -> Iterator[Input]:
    from copydesk.inputs.containers import members

    return (item for _, item, _ in members(path, path, SUFFIXES) if item is not None and item.inside == inside)


def _candidates(name: str, root: str) -> Iterator[str]:
    """Give the paths below a folder at which an input can be: whole, then without its outer folders one by one.

    It was given from another folder, perhaps, or with the whole path of another machine.
    """
    parts = [part for part in PurePosixPath(name).parts if part not in ("/", "..", "-") and not part.endswith(":")]
    for outer in range(len(parts)):
        path = os.path.normpath(os.path.join(root, *parts[outer:]))
        if os.path.isfile(path):
            yield path.replace(os.sep, "/")


def _documents(article: Article, data: bytes, encoding: str) -> Iterator[Document]:
    """Give the documents of a capture whose body is that of the article: with what the article knows of the saving.

    Options of the conversion are not in the article, but its address and day may have been among them.
    """
    known = article.frontmatter
    name, address, day = (str(known.get(key, "")) for key in ("input_file", "capture_url", "captured"))
    for url, captured in dict.fromkeys((("", ""), (address, ""), (address, day))):
        try:
            document = normalize(Capture(data, name, url, captured, encoding))
        except CopydeskError:
            continue
        if document.body == article.body:
            yield document


def aligned(paragraphs: Iterable[Paragraph], elements: Iterable[Element]) -> list[list[Element]] | None:
    """Return the elements of each paragraph: one, or those that share a cell of a table; None if they do not fit."""
    waiting = [element for element in elements if element.spans][::-1]
    found: list[list[Element]] = []
    for paragraph in paragraphs:
        taken = [waiting.pop()] if waiting else []
        text = taken[0].text if taken else ""
        while waiting and paragraph.role == "cell" and text != paragraph.text:
            taken.append(waiting.pop())
            text = f"{text} {taken[-1].text}"
        if text != paragraph.text:
            return None
        found.append(taken)
    return None if waiting else found


def _stretches(reading: Reading, elements: Iterable[Element]) -> Iterator[tuple[int, int]]:
    """Give the spans of elements, without white space at their ends; what is only white space is left out."""
    for element in elements:
        for span in element.spans:
            start, end = _trimmed(reading, span)
            if start < end:
                yield start, end


def _trimmed(reading: Reading, span: Span) -> tuple[int, int]:
    text = reading.text(span)
    start = span.start + len(text) - len(text.lstrip())
    return start, max(start, span.start + len(text.rstrip()))


def _place(reading: Reading, start: int, end: int) -> Place:
    return Place(*reading.page.place(start), *reading.page.place(end - 1))
