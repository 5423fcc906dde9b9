"""What was found in the samples, as a table: line, proposed role, and why."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from copydesk import account
from copydesk.account import Row
from copydesk.contract.layouts import OUTSIDE
from copydesk.new_source.propose import Proposal
from copydesk.new_source.samples import Sample
from copydesk.values.document import Document
from copydesk.values.roles import Role

WHY = 60
TEXT = 34
"""So many characters of reason and text are shown."""


def table_of(proposal: Proposal) -> Iterator[str]:
    """Give the lines of the table, sample by sample."""
    for sample, document in zip(proposal.samples, proposal.documents, strict=True):
        kind = "HTML" if sample.is_html else "text"
        known = "known" if sample.document else "new"
        yield f"{sample.name}: {kind}, {document.frontmatter['lang']}, {known} layout {document.account.layout}"
        yield from _rows(proposal, sample, document)
        yield ""
    yield from (f"note: {note}" for note in proposal.notes)


def _rows(proposal: Proposal, sample: Sample, document: Document) -> Iterator[str]:
    found = [row for row in account.rows(document.account.reading) if row.role != Role.METADATA]
    outside = [row for row in found if row.rule.endswith(OUTSIDE)]
    lang = str(document.frontmatter["lang"])
    groups = groupby((row for row in found if row not in outside), key=lambda row: (row.role, row.rule))
    shown = [_row(list(rows), _why(rule, lang, proposal, sample)) for (_, rule), rows in groups]
    wide = [max(len(row[n]) for row in shown) for n in range(3)]
    for row in shown:
        yield f"  {row[0]:<{wide[0]}}  {row[1]:<{wide[1]}}  {row[2]:<{wide[2]}}  {row[3]}".rstrip()
    if outside:
        yield f"  {len(outside)} blocks stand outside the article"


def _row(rows: list[Row], why: str) -> tuple[str, str, str, str]:
    first, last = rows[0].line, rows[-1].line
    place = f"{first}" if first == last else f"{first}-{last}"
    return place, rows[0].role, _short(why, WHY), _short(rows[0].text, TEXT)


def _why(rule: str, lang: str, proposal: Proposal, sample: Sample) -> str:
    """Return why a rule is proposed, which one of a known layout has no need of."""
    owner, _, name = rule.partition(": ")
    if not rule:
        return "no rule reads it"
    keys = ((lang, rule), ("", rule), ("", f"{owner}: {name.partition(', in ')[0]}"))
    if said := next(filter(None, map(proposal.whys.get, keys)), ""):
        return said
    return f"known: {name}" if sample.document else name


def _short(text: str, width: int) -> str:
    folded = "".join(char if char.isprintable() else " " for char in " ".join(text.split()))
    return folded if len(folded) <= width else f"{folded[: width - 1]}…"
