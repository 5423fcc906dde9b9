"""The schema of a source: one of Copydesk's own, or that of a plugin which is installed here."""

from __future__ import annotations

from functools import cache

from copydesk.schema import names


@cache
def of_source(source: str) -> str:
    """Return the name of the schema of a source by its id, or the empty string where no plugin has such a source.

    The plugins are loaded for a source that Copydesk has no schema of its own for, and for no other.
    """
    if source in names():
        return source
    from copydesk.desk.selection import installed

    found = installed().desk.sources.get(source)
    return found.schema if found else ""
