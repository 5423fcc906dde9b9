"""Whether the schemas can be used that the sources name."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.errors import CopydeskError
from copydesk.schema import validator
from copydesk.testing.kit import Kit


def schema(kit: Kit) -> Iterator[str]:
    """The schema of each source is there, is YAML, and is JSON Schema 2020-12."""
    for source in kit.sources:
        try:
            validator(source.schema)
        except CopydeskError as problem:
            yield f"source {source.id!r} of plugin {kit.spec.plugin!r}: {problem}"
