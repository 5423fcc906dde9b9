"""The normalized result: frontmatter, body and account."""

from typing import NamedTuple

from copydesk.values.reading import Reading, Related, Span
from copydesk.values.roles import Role

Value = str | list[str]
"""What a key of the frontmatter can hold."""


class Diagnostic(NamedTuple):
    """Something a person should know: a code, a severity (`warning`, `info`) and a place.

    ``line`` and ``column`` count from 1 in the capture and are 0 where the page has no such place.
    """

    code: str
    message: str
    severity: str
    line: int
    column: int
    rule: str


class Element(NamedTuple):
    """One block of the body: its role, its text (white space folded) and the spans it was put together from.

    An image has no text and no spans; ``node`` is its element in the page's markup.
    """

    role: Role
    text: str
    spans: tuple[Span, ...]
    node: int = -1


class Account(NamedTuple):
    """The ledger of a document: every span with role, rule and place, every value, every diagnostic."""

    reading: Reading
    layout: str
    source: str
    diagnostics: tuple[Diagnostic, ...]

    @property
    def related(self) -> tuple[Related, ...]:
        """The items of the page's list of other articles."""
        return self.reading.related

    def unread(self) -> list[Span]:
        """Return the spans that no rule has read."""
        return list(self.reading.of(Role.UNREAD))


class Document(NamedTuple):
    """A capture in house style.

    ``frontmatter`` has its keys in the order in which they are written; ``elements`` are the blocks of the body
    and ``body`` is their Markdown; ``markdown`` is the whole file.
    """

    frontmatter: dict[str, Value]
    elements: tuple[Element, ...]
    body: str
    markdown: str
    account: Account

    @property
    def id(self) -> str:
        """The identity that all captures of one article share."""
        return str(self.frontmatter["id"])

    @property
    def title(self) -> str:
        """The headline, or the empty string where the capture has none."""
        return str(self.frontmatter.get("title", ""))

    @property
    def paragraphs(self) -> list[str]:
        """The text of each block of the body; images have none."""
        return [element.text for element in self.elements if element.spans]
