"""Copydesk turns captured news pages into checked Markdown, with an account of every line.

`normalize` turns a `Capture` into a `Document`; `read` and `scan` read Markdown files back, and `write` writes one
again. Plugins are written with the words of `copydesk.plugin`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from copydesk.article import Article, read, write
    from copydesk.contract.hooks import hookimpl
    from copydesk.corpus import scan
    from copydesk.errors import CopydeskError, Rejection
    from copydesk.frontmatter.typed import Frontmatter
    from copydesk.pipeline import normalize
    from copydesk.values.capture import Capture, Page
    from copydesk.values.document import Account, Diagnostic, Document
    from copydesk.values.reading import Reading
    from copydesk.values.roles import Role

_HOMES = {
    "Account": "copydesk.values.document",
    "Article": "copydesk.article",
    "Capture": "copydesk.values.capture",
    "CopydeskError": "copydesk.errors",
    "Diagnostic": "copydesk.values.document",
    "Document": "copydesk.values.document",
    "Frontmatter": "copydesk.frontmatter.typed",
    "Page": "copydesk.values.capture",
    "Reading": "copydesk.values.reading",
    "Rejection": "copydesk.errors",
    "Role": "copydesk.values.roles",
    "hookimpl": "copydesk.contract.hooks",
    "normalize": "copydesk.pipeline",
    "read": "copydesk.article",
    "scan": "copydesk.corpus",
    "write": "copydesk.article",
}
"""Where each public name lives: it is imported when it is first asked for, since a command needs few of them."""

__all__ = [
    "Account",
    "Article",
    "Capture",
    "CopydeskError",
    "Diagnostic",
    "Document",
    "Frontmatter",
    "Page",
    "Reading",
    "Rejection",
    "Role",
    "hookimpl",
    "normalize",
    "read",
    "scan",
    "write",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'copydesk' has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
