"""What is written down of an input when it is done."""

from __future__ import annotations

import json
from typing import Any

from copydesk import names
from copydesk.batch.report import line
from copydesk.batch.unchanged import key_of
from copydesk.batch.values import Outcome
from copydesk.digest import hex_digest
from copydesk.ledger.listing import Row


def record(row: Row, outcome: Outcome, context: str) -> dict[str, Any]:
    """Return the row of the ledger for an outcome; what failed has no key, and so is done again."""
    lasts = outcome.status != "failed" and outcome.sha256
    # A document that wants no name, because there is none, stands where no name can be.
    folded = names.folded(row.name) if row.name else "\0" + hex_digest(row.identity)
    return {
        "folded": folded,
        "name": row.name,
        "identity": row.identity,
        "path": row.path,
        "context": context,
        "key": key_of(context, row.item, outcome.sha256) if lasts else "",
        "wanted": row.wanted,
        "output_sha256": outcome.output_sha256,
        "id": outcome.id,
        "outcome": json.dumps(line(outcome)),
    }
