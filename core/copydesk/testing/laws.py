"""The laws of a document, each as what breaks it: nothing where it holds."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from copydesk.errors import FrontmatterError
from copydesk.frontmatter.reading import parse
from copydesk.frontmatter.writing import seal
from copydesk.markdown.fold import fold
from copydesk.schema import problems
from copydesk.values.document import Document
from copydesk.values.reading import Reading
from copydesk.values.roles import BODY, Role


def visible(text: str) -> str:
    """Return a text without its white space."""
    return "".join(text.split())


def total(reading: Reading) -> Iterator[str]:
    """Each visible character of the page stands in exactly one span, in reading order, and each span has a role."""
    text, at = reading.page.text, 0
    for span in reading.spans:
        if not at <= span.start < span.end <= len(text):
            yield f"a span from {span.start} to {span.end} stands behind {at} on a page of {len(text)}"
        if visible(text[at : span.start]):
            yield f"{text[at : span.start].strip()[:60]!r} is in no span"
        if not isinstance(span.role, Role):
            yield f"{span.role!r} is no role"
        at = span.end
    if visible(text[at:]):
        yield f"{text[at:].strip()[:60]!r} is in no span"


def verbatim(document: Document) -> Iterator[str]:
    """The body has the visible characters of its spans and no others; every body span is in one element."""
    reading = document.account.reading
    for element in document.elements:
        said = "".join(reading.text(span) for span in element.spans)
        if visible(fold(said)) != visible(element.text):
            yield f"{element.text[:60]!r} is not what its spans say: {said[:60]!r}"
    used = {span for element in document.elements for span in element.spans}
    for span in reading.spans:
        if span.role in BODY and span not in used and fold(reading.text(span)):
            yield f"{reading.text(span)[:60]!r} is {span.role.value} and stands in no block of the body"


class _Data(HTMLParser):
    """Collects the text of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def faithful(document: Document) -> Iterator[str]:
    """Rendered, the body shows the visible characters of its blocks and no others."""
    from markdown_it import MarkdownIt  # the extra `testing`

    reader = _Data()
    reader.feed(MarkdownIt("commonmark").enable("table").render(document.body))
    reader.close()
    shown, meant = visible("".join(reader.said)), visible("".join(document.paragraphs))
    if shown != meant:
        at = next((n for n, (one, other) in enumerate(zip(shown, meant, strict=False)) if one != other), len(shown))
        yield f"rendered, the body shows {shown[at : at + 40]!r} where its blocks have {meant[at : at + 40]!r}"


def readable(document: Document) -> Iterator[str]:
    """The file reads back as it was written, and written again it is the same, byte for byte."""
    try:
        parsed = parse(document.markdown.encode().decode())
    except (FrontmatterError, UnicodeError) as problem:
        yield f"the file cannot be read: {problem}"
        return
    for key in dict.fromkeys((*document.frontmatter, *parsed.data)):
        if (meant := document.frontmatter.get(key)) != (said := parsed.data.get(key)):
            yield f"the file says {key}: {said!r}, and the document {meant!r}"
    if parsed.body != document.body:
        yield "the body of the file is not that of the document"
    if seal(parsed.data, parsed.body).markdown != document.markdown:
        yield "read and written once more, the file is another"


def valid(document: Document, schema: str) -> Iterator[str]:
    """The schema of the source accepts the frontmatter, and so does that of all articles, which it may narrow."""
    for name in dict.fromkeys((schema, "article")):
        found = problems(document.frontmatter, name)
        yield from (f"schema {name!r} refuses the frontmatter: {problem}" for problem in found)


def broken(document: Document, schema: str = "article") -> Iterator[str]:
    """Give all that breaks a law in a document."""
    yield from total(document.account.reading)
    yield from verbatim(document)
    yield from faithful(document)
    yield from readable(document)
    yield from valid(document, schema)
