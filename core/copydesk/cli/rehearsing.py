"""What `explain --plugin` shows: the layouts that were tried, and what each rule of a plugin did."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from copydesk import cli
from copydesk.desk.load import Host
from copydesk.errors import PluginError, Rejection
from copydesk.rehearsal import Rehearsal, Step, rehearse
from copydesk.values.capture import Capture
from copydesk.values.reading import Reading


def check_known(plugin: str, host: Host) -> None:
    """Raise PluginError for a plugin that does not take part."""
    known = [found.name for found in host.plugins if found.state in ("active", "damaged")]
    if plugin not in known:
        raise PluginError(f"no plugin {plugin!r} takes part; there are {', '.join(known) or 'none'}")


def show(capture: Capture, host: Host, plugin: str, *, as_json: bool) -> int:
    """Print how a page was read by a plugin, and return the exit code. Raises Rejection for what is no page."""
    found = rehearse(capture, host)
    if as_json:
        print(json.dumps(_as_json(found, plugin), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(found, plugin)))
    if found.problem is None:
        return cli.OK
    print(f"{capture.name}: {found.problem}", file=sys.stderr)
    return cli.REJECTED if isinstance(found.problem, Rejection) else cli.FAILED


def _lines(found: Rehearsal, plugin: str) -> Iterator[str]:
    yield "layouts that were tried:"
    for candidate in found.candidates:
        chosen = "*" if candidate.layout == found.layout else " "
        yield f" {chosen} {candidate.layout} ({candidate.plugin}): {candidate.said}"
    if not found.candidates:
        yield "   none: no landmark and no element of a known layout is on the page"
    if found.reading is None:
        return
    yield f"source {found.source}, language {found.lang}"
    own = [step for step in found.steps if step.plugin == plugin]
    yield f"rules of {plugin}, in this order:" if own else f"no rule of {plugin} was asked: {_why_none(found, plugin)}"
    for step in own:
        yield from _of_step(step, found.reading)


def _why_none(found: Rehearsal, plugin: str) -> str:
    if any(candidate.plugin == plugin and candidate.layout == found.layout for candidate in found.candidates):
        return f"the page has its layout {found.layout}, which has no rules"
    return f"the page is of {found.layout} and {found.source}, and it has no habits for {found.lang!r} there"


def _of_step(step: Step, reading: Reading) -> Iterator[str]:
    yield f"  {step.rule}{f'  ({step.place})' if step.place else ''}"
    for span in step.spans:
        yield f"    {_place(reading, span.start)} {span.role.value}: {reading.text(span)!r}"
    for note in step.notes:
        yield f"    {_place(reading, note.start)} {note.key} = {note.value!r}"
    for flag in step.flags:
        yield f"    {_place(reading, flag.start)} {flag.severity}: {flag.code}: {flag.message}"
    if step.problem:
        yield f"    broke a law: {step.problem}"
    elif step.is_idle:
        yield f"    found nothing: {step.looked}"


def _place(reading: Reading, offset: int) -> str:
    line, column = reading.page.place(offset) if offset >= 0 else (0, 0)
    return f"{line}:{column}"


def _as_json(found: Rehearsal, plugin: str) -> dict[str, Any]:
    return {
        "candidates": [candidate._asdict() for candidate in found.candidates],
        "layout": found.layout,
        "source": found.source,
        "lang": found.lang,
        "problem": str(found.problem or ""),
        "steps": [_step(step, found.reading) for step in found.steps if step.plugin == plugin and found.reading],
    }


def _step(step: Step, reading: Reading) -> dict[str, Any]:
    said = {"rule": step.rule, "place": step.place, "looked": step.looked, "problem": step.problem}
    return said | {
        "spans": [{"place": _place(reading, span.start), "role": span.role.value, "text": reading.text(span)}
                  for span in step.spans],
        "notes": [{"place": _place(reading, note.start), "key": note.key, "value": note.value} for note in step.notes],
        "flags": [{"place": _place(reading, flag.start), "severity": flag.severity, "code": flag.code,
                   "message": flag.message} for flag in step.flags],
    }  # fmt: skip
