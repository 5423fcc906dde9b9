"""Suites: the tests of a plugin, for pytest, one for each field of each case and one for each check."""

from __future__ import annotations

import difflib
import inspect
import os
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from copydesk.errors import FrontmatterError
from copydesk.frontmatter.reading import parse
from copydesk.testing import apart
from copydesk.testing.cases import ACCOUNT, DOCUMENT, PROPOSED, REJECTED, Case, CaseError, expected, proposed
from copydesk.testing.checks import NAMES, check_of
from copydesk.testing.kit import Spec, cases_in

VERSIONED = frozenset(("converter", "plugin", "frontmatter_sha256"))
"""Keys that change with a version; of `plugin` the name is compared."""
TIMEOUT = 120.0
"""So many seconds a check may take."""

FIXTURES = "fixtures"
"""The name of what is expected of the cases, among those of the checks."""

_Test = Callable[..., None]


def suite(
    plugin: str,
    cases: str | Path | Sequence[str | Path] = "cases",
    *,
    plugins_dir: str | Path = "",
    imports: Sequence[str] = (),
    without: Sequence[str] = (),
    timeout: float = TIMEOUT,
) -> type:
    """Return a class with the tests of a plugin, to be given a name that begins with `Test`.

    ``cases`` is the folder of its cases, or several, relative to the file of the caller; ``plugins_dir`` the folder
    of a plugin of one file; ``imports`` are packages that it may import beside the pure part of the library;
    ``without`` names checks to leave out, `fixtures` for all that is expected of the cases. The plugin works in a
    process of its own, where ``timeout`` seconds are the limit of a check; with 0 it works in this process, for a
    debugger. Raises ValueError for an unknown check.
    """
    here = Path(sys._getframe(1).f_code.co_filename).parent
    folders = tuple(str((here / folder).resolve()) for folder in ([cases] if isinstance(cases, str | Path) else cases))
    spec = Spec(plugin, folders, (str((here / plugins_dir).resolve()),) if plugins_dir else (), tuple(imports))
    if unknown := set(without) - {FIXTURES, *NAMES}:
        known = ", ".join((FIXTURES, *NAMES))
        raise ValueError(f"without={sorted(unknown)!r}: there are no such checks; they are {known}")
    tests = _of_cases(spec, timeout) if FIXTURES not in without else {}
    tests |= {f"test_{name}": _of_check(spec, name, timeout) for name in NAMES if name not in without}
    return type(f"Test{plugin.title()}", (), {**tests, "__doc__": f"The tests of plugin {plugin!r}.",
                                              "__module__": sys._getframe(1).f_globals["__name__"]})  # fmt: skip


def _of_check(spec: Spec, name: str, timeout: float) -> _Test:
    def test(_: object) -> None:
        try:
            found = apart.apart(apart.problems, spec, name, timeout=timeout)
        except apart.Stopped as problem:
            found = [f"the check {name!r} of plugin {spec.plugin!r} was not finished: {problem}"]
        if found:
            pytest.fail("\n".join(found), pytrace=False)

    test.__doc__ = inspect.getdoc(check_of(name)) if name != "totality" else "Any capture is converted or rejected."
    return test


def _of_cases(spec: Spec, timeout: float) -> dict[str, _Test]:
    """Return the tests of what is expected of the cases; folders that hold none, or none that can be used, have none.

    That they are there is for a check to say.
    """
    try:
        found = cases_in(spec.cases)
    except CaseError:
        return {}
    accepted = [case for case in found if expected(case)]
    converted = [case for case in accepted if DOCUMENT in expected(case)]
    fields = [(case, key) for case in converted for key in _fields(expected(case)) if key not in VERSIONED - {"plugin"}]

    @cache
    def outcome(name: str) -> dict[str, str]:
        try:
            return apart.apart(apart.made, spec, name, timeout=timeout)
        except apart.Stopped as problem:
            return {"failed": str(problem)}

    tests = {
        "test_accepted": _parametrized(spec, _accepted, [(case,) for case in found], outcome),
        "test_field": _parametrized(spec, _field, fields, outcome),
        "test_keys": _parametrized(spec, _keys, [(case,) for case in converted], outcome),
        "test_body": _parametrized(spec, _body, [(case,) for case in converted], outcome),
        "test_account": _parametrized(spec, _account, [(case,) for case in converted], outcome),
        "test_rejection": _parametrized(
            spec, _rejection, [(case,) for case in accepted if REJECTED in expected(case)], outcome
        ),
    }
    return {name: test for name, test in tests.items() if test is not None}


def _parametrized(
    spec: Spec, compare: Callable[..., None], values: Sequence[tuple[Any, ...]], outcome: Callable[[str], Any]
) -> _Test | None:
    """Return a test for each of some values; nothing where there are none, since an empty test would be skipped."""
    if not values:
        return None
    ids = [": ".join([value[0].name, *value[1:]]) for value in values]

    @pytest.mark.parametrize("given", values, ids=ids)
    def test(_: object, given: tuple[Any, ...]) -> None:
        options = "".join(f" --plugins-dir {_shown(folder)}" for folder in spec.folders)
        record = f"copydesk fixtures record {_shown(given[0].folder)}{options}"
        compare(*given, outcome(given[0].name), record)

    test.__doc__ = compare.__doc__
    return test  # type: ignore[no-any-return]  # pytest's decorator keeps the type


def _accepted(case: Case, made: dict[str, str], record: str) -> None:
    """A person has accepted what becomes of the case, and nothing else is proposed."""
    folder = _shown(case.folder)
    if proposed(case):
        pytest.fail(f"what becomes of {case.name!r} is proposed, and nobody has accepted it; read {folder}/{PROPOSED}/,"
                    f" then run: copydesk fixtures accept {folder}", pytrace=False)  # fmt: skip
    if not expected(case):
        pytest.fail(f"nothing is expected of {case.name!r} yet; run: {record}", pytrace=False)
    _there(case, made)


def _there(case: Case, made: dict[str, str]) -> None:
    """Fail where the case has failed, or was refused and should not have been, or the other way round."""
    if "failed" in made:
        pytest.fail(f"{case.name}: {made['failed']}", pytrace=False)
    wanted = REJECTED if REJECTED in expected(case) else DOCUMENT
    if wanted not in made:
        said = made.get(REJECTED) or "it is converted, and should be refused"
        pytest.fail(f"{case.name}: {said}", pytrace=False)


def _field(case: Case, key: str, made: dict[str, str], record: str) -> None:
    """The frontmatter has the value that is expected for the key; of `plugin` the name."""
    _there(case, made)
    wanted, found = (_comparable(key, _fields(files).get(key)) for files in (expected(case), made))
    _compare(case, key, [repr(wanted)], [repr(found)], record)


def _comparable(key: str, value: object) -> object:
    return str(value).split(" ")[0] if key == "plugin" else value


def _keys(case: Case, made: dict[str, str], record: str) -> None:
    """The frontmatter has the keys that are expected, in their order."""
    _there(case, made)
    _compare(case, "the keys", list(_fields(expected(case))), list(_fields(made)), record)


def _body(case: Case, made: dict[str, str], record: str) -> None:
    """The body is the one that is expected, byte for byte."""
    _there(case, made)
    wanted, found = (parse(files[DOCUMENT]).body.split("\n") for files in (expected(case), made))
    _compare(case, "the body", wanted, found, record)


def _account(case: Case, made: dict[str, str], record: str) -> None:
    """Each line of the case has the role and the rule that are expected, and the same diagnostics are told."""
    _there(case, made)
    wanted, found = (files.get(ACCOUNT, "").split("\n") for files in (expected(case), made))
    _compare(case, "the account", wanted, found, record)


def _rejection(case: Case, made: dict[str, str], record: str) -> None:
    """The case is refused with the code and the reason that are expected."""
    _there(case, made)
    _compare(case, "the reason", expected(case)[REJECTED].split("\n"), made[REJECTED].split("\n"), record)


def _compare(case: Case, what: str, wanted: list[str], found: list[str], record: str) -> None:
    """Fail where there is a difference, and show it: what is expected behind `-`, what is there behind `+`."""
    if wanted != found:
        shown = [line.rstrip("\n") for line in difflib.unified_diff(wanted, found, n=1, lineterm="")][3:]
        lines = "\n  ".join(shown)
        pytest.fail(f"{case.name}: {what} is not what is expected (-):\n  {lines}\nif it is right (+), run: {record}",
                    pytrace=False)  # fmt: skip


def _fields(files: dict[str, str]) -> dict[str, Any]:
    try:
        return parse(files[DOCUMENT]).data
    except (KeyError, FrontmatterError):
        return {}


def _shown(path: str | Path) -> str:
    """Return a path as one would write it here."""
    return Path(os.path.relpath(path)).as_posix()
