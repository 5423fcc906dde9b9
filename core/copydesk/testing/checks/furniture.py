"""Whether there is no text of the article in what the plugin calls furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.testing.kit import Kit
from copydesk.values.roles import BODY, Role

PROSE = re.compile(r".{60,}[.!?…。]['\"”’)]*", re.S)
WORDS = 12


def furniture(kit: Kit) -> Iterator[str]:
    """No long sentence between two paragraphs of a case is furniture, and none is unread."""
    for name, (_, document) in kit.documents.items():
        spans = document.account.reading.spans
        body = [number for number, span in enumerate(spans) if span.role in BODY]
        for span in spans[body[0] : body[-1]]:
            text = document.account.reading.text(span)
            if span.role in (Role.FURNITURE, Role.UNREAD) and PROSE.fullmatch(text) and len(text.split()) >= WORDS:
                line, _ = document.account.reading.page.place(span.start)
                yield (f"{name}, line {line}: {text[:60]!r} stands between two paragraphs, reads like one and is "
                       f"{span.role.value} by the rule {span.rule!r}")  # fmt: skip
