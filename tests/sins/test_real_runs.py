from __future__ import annotations

from pathlib import Path

import pytest

from copydesk import inputs
from copydesk.batch.engines import Apart
from copydesk.batch.values import Outcome, Settings
from copydesk.convert import convert
from copydesk.desk.selection import Selection
from copydesk.testing.cases import DOCUMENT, Case, becomes, expected
from copydesk.testing.kit import Spec, kit_of
from tests.sins.planted import SINS, Sin
from tests.support.specimens import SEEDS, specimens

ENGINE = Apart(jobs=1, timeout=4, memory=600)
FEW = ("kcna/layout-a", "kcna/html-q", "naenara/byline")
CONVERTED = [case for case in specimens() if DOCUMENT in expected(case) and not case.name.startswith("unknown/")]
"""The specimens of sources that are known; a page of nobody may be claimed."""


def run(folder: Path, plugins: Path, cases: list[Case]) -> dict[str, Outcome]:
    """Convert specimens and what else stands in a folder with the plugins of another; return outcomes by input."""
    folder.mkdir(exist_ok=True)
    for case in cases:
        (folder / case.name.replace("/", "_")).mkdir()
        (folder / case.name.replace("/", "_") / Path(case.capture.name).name).write_bytes(case.capture.data)
    settings = Settings(str(folder.parent / "out"), plugins=Selection(folders=(str(plugins),)))
    outcomes = convert(inputs.find([str(folder)]).inputs, settings, ENGINE)
    return {Path(outcome.input).relative_to(folder).as_posix(): outcome for outcome in outcomes}


@pytest.mark.parametrize("sin", SINS, ids=[sin.name for sin in SINS])
def test_law_a_sin_costs_its_own_documents(sin: Sin, tmp_path: Path) -> None:
    """Law: in a real run, what a bad plugin does is an outcome of its own page, and the other documents are whole."""
    sin.plant(tmp_path / "plugins")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / f"{sin.name}.txt").write_text(sin.capture, "utf-8")
    cases = [specimen for specimen in CONVERTED if specimen.name in FEW]
    found = run(tmp_path / "pages", tmp_path / "plugins", cases)
    own = found.pop(f"{sin.name}.txt")

    assert {outcome.status for outcome in found.values()} == {"written"}
    assert len(found) == len(FEW)
    assert {outcome.source for outcome in found.values()} == {"kcna", "naenara"}
    assert own.status in ("written", "rejected", "failed")
    assert own.status == "written" or (own.code and own.message)


COSTS = {"hangs": "timeout", "crashes": "crashed", "eats-memory": "rule", "recurses": "rule", "exits": "rule",
         "overlapping-marks": "rule", "value-without-place": "rule"}  # fmt: skip
"""What becomes of the page of a sin, by its name."""


def test_law_all_sins_at_once(tmp_path: Path) -> None:
    """Law: with all bad plugins installed at once, each specimen is converted as a person has accepted it."""
    for sin in SINS:
        sin.plant(tmp_path / "plugins")
    host = kit_of(Spec("all", (), (str(tmp_path / "plugins"),))).host
    loaded = {plugin.name for plugin in host.plugins if plugin.state != "left out"}

    assert len(loaded) > len(SINS) // 2
    for specimen in CONVERTED:
        assert expected(specimen) == becomes(specimen, host), specimen.name


def test_law_all_sins_in_one_run(tmp_path: Path) -> None:
    """Law: a run over the specimens and the pages of all bad plugins writes every specimen, and counts every page."""
    (tmp_path / "pages").mkdir()
    for sin in SINS:
        sin.plant(tmp_path / "plugins")
        (tmp_path / "pages" / f"{sin.name}.txt").write_text(sin.capture, "utf-8")
    found = run(tmp_path / "pages", tmp_path / "plugins", CONVERTED)
    own = {sin.name: found.pop(f"{sin.name}.txt") for sin in SINS}

    assert [name for name, outcome in found.items() if outcome.status != "written"] == []
    assert len(CONVERTED) == len(found) > 90
    assert COSTS == {name: own[name].code for name in COSTS}


def test_the_specimens_are_there() -> None:
    """The few specimens of the runs above exist."""
    assert [name for name in FEW if not (SEEDS / name).is_dir()] == []
