"""Whether the cases show all that the plugin has."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.testing.kit import Kit


def shown(kit: Kit) -> Iterator[str]:
    """Each layout has a case that it reads to the last line, each source one in each of its languages."""
    documents = [document for _, document in kit.documents.values()]
    of_cases = {kit.layout_of(case) for case in kit.cases}
    for layout in kit.layouts:
        if layout.id not in of_cases:
            yield f"no case shows layout {layout.id!r}; add one"
        elif not layout.refuse and all(d.account.unread() for d in documents if d.account.layout == layout.id):
            yield f"in each case of layout {layout.id!r} a line is unread; teach it the line, or add a case without"
    for source in kit.sources:
        mine = [document for document in documents if document.account.source == source.id]
        languages = {str(document.frontmatter["lang"]) for document in mine}
        if not languages:
            yield f"no case shows source {source.id!r}; add one"
        for lang in sorted(source.habits.keys() - languages) if languages else ():
            yield f"no case shows source {source.id!r} in the language {lang!r}, for which it has habits; add one"
