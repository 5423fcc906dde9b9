"""Whether the laws hold of what the cases become."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.testing import laws as of_documents
from copydesk.testing.kit import Kit
from copydesk.values.document import Document


def laws(kit: Kit) -> Iterator[str]:
    """The account of each case is total, the body verbatim, the Markdown faithful, the file readable and valid."""
    for name, (_, document) in kit.documents.items():
        yield from (f"{name}: {said}" for said in of_documents.broken(document, schema_of(kit, document)))


def schema_of(kit: Kit, document: Document) -> str:
    """Return the schema of a document's source."""
    source = kit.host.desk.sources.get(document.account.source)
    return source.schema if source else "article"
