"""What a stretch of a page can be."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a block or span of a capture is; each visible character has exactly one role."""

    UNREAD = "unread"
    """No rule has read it yet; what is still unread at the end raises a diagnostic."""

    TITLE = "title"
    PUBLISHED = "published"
    SOURCE_LABEL = "source_label"
    CAPTURE_DATE = "capture_date"
    DATELINE = "dateline"
    BYLINE = "byline"
    END_MARK = "end_mark"
    STAMP = "stamp"
    LINK = "link"
    RELATED = "related"
    FURNITURE = "furniture"
    """What belongs to the page and not to the article."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    CAPTION = "caption"
    CELL = "cell"
    """A cell of a table of the article."""

    IMAGE = "image"
    """An image of the article: it has no text, and no stretch of the page has this role."""

    METADATA = "metadata"
    """What the head of an HTML page says of the page; it is not shown."""

    CONTINUED = "continued"
    """Belongs to the body block before it: the page broke one paragraph in two."""

    SLIP = "slip"
    """A space that the page has and the article has not, as in `Kim Jong Un , who`."""


PARAGRAPH = Role.PARAGRAPH
TITLE = Role.TITLE
FURNITURE = Role.FURNITURE

BODY = frozenset((Role.PARAGRAPH, Role.HEADING, Role.LIST_ITEM, Role.QUOTE, Role.CAPTION, Role.CELL,
                  Role.CONTINUED))  # fmt: skip
"""The roles whose text makes the body of the document."""

EDITABLE = BODY | {Role.TITLE}
"""The roles that a source's rules may look into and cut."""
