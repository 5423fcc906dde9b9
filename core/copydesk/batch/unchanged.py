"""What need not be done again: the same bytes, said to be the same, by the same plugins, with the output as it was."""

from __future__ import annotations

import json
from time import perf_counter

from copydesk import inputs, outputs
from copydesk.batch.values import Known, Outcome, Settings, Task
from copydesk.digest import hex_digest
from copydesk.errors import CopydeskError
from copydesk.inputs import Input

TELLING = ("name", "strict", "related", "encoding", "url", "captured")
"""The settings that shape a document or its name; the others say where it goes, or are said of the input."""


def context_of(fingerprint: str, settings: Settings) -> str:
    """Return the hash of all that documents are made with, beside the input itself."""
    said = {name: getattr(settings, name) for name in TELLING}
    return hex_digest(json.dumps([fingerprint, said], sort_keys=True).encode())


def key_of(context: str, item: Input, sha256: str) -> str:
    """Return the hash of all that a document is made of: what it was made with, the bytes, and what is said of them.

    The relative path is in it because a name may be made from it. The parts stay apart whatever is in them.
    """
    said = (context, sha256, item.shown, item.relative, item.url, item.captured, item.encoding)
    return hex_digest(repr(said).encode())


def unchanged(task: Task) -> Outcome | None:
    """Return the outcome of an input where it and its output are as they were, byte for byte, or None."""
    known, begun = task.known, perf_counter()
    if known is None or known.name != task.name:
        return None
    outcome, output = known.outcome, outputs.place(task.settings.out, task.name) if known.outcome.id else ""
    try:
        if not is_same(task, known) or (output and not _is_there(output, known)):
            return None
    except OSError:  # what is wrong shows where the work is done
        return None
    return outcome._replace(input=task.item.shown, relative=task.item.relative, inside=task.item.inside, item=task.item,
                            status="unchanged" if outcome.id else outcome.status, name=task.wanted, overwrote="",
                            output=output, seconds=perf_counter() - begun)  # fmt: skip


def is_same(task: Task, known: Known) -> bool:
    """Tell whether an input is as it was: its bytes, and all that is said of it."""
    try:
        data = inputs.read(task.item) if task.data is None else task.data
    except CopydeskError:  # what is wrong shows where the work is done
        return False
    return key_of(known.context, task.item, hex_digest(data)) == known.key


def _is_there(output: str, known: Known) -> bool:
    present = outputs.present(output)
    return present is not None and hex_digest(present) == known.output_sha256
