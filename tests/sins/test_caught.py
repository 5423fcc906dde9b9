from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.testing.apart import Stopped, apart, problems
from copydesk.testing.checks import NAMES
from copydesk.testing.kit import Spec
from tests.sins.planted import SINS, Sin

GOOD = Sin("good", "", "return ()", "return ()")
LONGEST = 60.0


def spec_of(sin: Sin, folder: Path) -> Spec:
    """Plant a sin in a folder, with its case, and return how the kit finds it."""
    sin.plant(folder / "plugins")
    sin.case(folder / "cases")
    return Spec(sin.name, (str(folder / "cases"),), (str(folder / "plugins"),))


def first_caught(spec: Spec) -> tuple[str, list[str]]:
    """Return the first check that finds something wrong, and what; an empty name where all is well."""
    for name in NAMES:
        try:
            found = apart(problems, spec, name, timeout=LONGEST)
        except Stopped as problem:
            found = [str(problem)]
        if found:
            return name, found
    return "", []


def test_the_good_plugin_passes(tmp_path: Path) -> None:
    """The plugin in which the sins are planted has none: all checks pass."""
    assert ("", []) == first_caught(spec_of(GOOD, tmp_path))


@pytest.mark.parametrize("sin", SINS, ids=[sin.name for sin in SINS])
def test_a_sin_is_caught(sin: Sin, tmp_path: Path) -> None:
    """The check that is named is the first to fail, and says which plugin it is and, where it can, which line."""
    caught, found = first_caught(spec_of(sin, tmp_path))
    said = "\n".join(found)

    assert sin.check == caught, said
    assert sin.name in said
    if sin.line:
        assert f"{sin.name}.py:{sin.line}" in said


def test_there_are_enough() -> None:
    """There are sins against each check but those of the cases and of the laws, which the core holds by itself."""
    assert len(SINS) >= 20
    assert set(NAMES) - {sin.check for sin in SINS} == {"cases", "laws"}
