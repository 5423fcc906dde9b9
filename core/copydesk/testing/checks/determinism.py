"""Whether the plugin gives the same for the same, whatever the order, the hash seed, the time zone and the locale."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import zip_longest

from copydesk.errors import CopydeskError
from copydesk.testing.cases import CaseError, becomes
from copydesk.testing.kit import Kit, Ruled, Spec, kit_of
from copydesk.values.findings import Finding
from copydesk.values.reading import Reading

PLACES = (
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "31337", "TZ": "America/Los_Angeles", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"},
)
"""Environments that must make no difference."""
LONGEST = 60.0

_Made = dict[str, dict[str, str]]


def determinism(kit: Kit) -> Iterator[str]:
    """Twice, in another order and in other environments, the cases become the same bytes."""
    yield from _twice(kit)
    first = made(kit)
    runs = {"a second time, in another order": made(kit, backwards=True)}
    for place in PLACES:
        runs["with " + " ".join(f"{key}={value}" for key, value in place.items())] = _elsewhere(kit.spec, place)
    for when, again in runs.items():
        yield from (f"plugin {kit.spec.plugin!r}, {when}: {said}" for said in _differences(first, again))


def _twice(kit: Kit) -> Iterator[str]:
    """Each rule gives the same findings twice for one reading."""
    found: dict[str, None] = {}
    for case in kit.cases:
        for ruled, reading in kit.own_steps(case):
            if _findings(ruled, reading) != _findings(ruled, reading):
                found[f"{ruled} gives other findings the second time; keep nothing from one call to the next"] = None
    yield from found


def _findings(ruled: Ruled, reading: Reading) -> list[Finding] | None:
    try:
        return list(ruled.rule(reading) or ())
    except Exception:  # the check of rules says so
        return None


def made(kit: Kit, *, backwards: bool = False) -> _Made:
    """Return what becomes of each case."""
    found: _Made = {}
    for case in reversed(kit.cases) if backwards else kit.cases:
        try:
            found[case.name] = becomes(case, kit.host)
        except (CaseError, CopydeskError) as problem:
            found[case.name] = {"failed": str(problem)}
    return found


def _elsewhere(spec: Spec, place: dict[str, str]) -> _Made:
    program = "from copydesk.testing.checks.determinism import main; main()"
    environment = os.environ | place | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, input=json.dumps(spec), text=True,
                          encoding="utf-8", capture_output=True, check=False, timeout=LONGEST)  # fmt: skip
    if done.returncode:
        return {"all cases": {"failed": done.stderr.strip()[-300:]}}
    found: _Made = json.loads(done.stdout)
    return found


def main() -> None:
    """Print what becomes of the cases of the kit that standard input names."""
    plugin, cases, folders, imports = json.load(sys.stdin)
    print(json.dumps(made(kit_of(Spec(plugin, tuple(cases), tuple(folders), tuple(imports))), backwards=True)))


def _differences(one: _Made, other: _Made) -> Iterator[str]:
    for case in dict.fromkeys((*one, *other)):
        before, after = one.get(case, {}), other.get(case, {})
        for file in dict.fromkeys((*before, *after)):
            lines = zip_longest(_lines(before.get(file, "")), _lines(after.get(file, "")))
            if different := next((pair for pair in lines if pair[0] != pair[1]), None):
                yield f"{case}: {file} says {different[1]!r} and no longer {different[0]!r}"
                break


def _lines(text: str) -> list[str]:
    """Return the lines of a file without hashes, which say nothing of what has changed."""
    return [line for line in text.split("\n") if "_sha256: " not in line]
