from __future__ import annotations

import re
import shutil
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest

from copydesk import cli
from tests.new_source.fresh import ROOT, Fresh, fresh

PAGE = ROOT / "docs" / "new-source.md"
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
WITH_KIT = ("python -m pytest", "pip install -q -e 'copydesk-harbour-post[test]'")
KNOWN = ROOT / "seeds" / "kcna"


def _steps() -> list[tuple[str, str | None]]:
    """Return each command of the page, and the output that it shows under it."""
    blocks = [*FENCE.findall(PAGE.read_text("utf-8")), ("", "")]
    return [(text.strip(), shown if kind == "console" else None)
            for (found, text), (kind, shown) in pairwise(blocks) if found == "sh"]  # fmt: skip


def _as_pattern(shown: str) -> str:
    """Return what matches the lines shown; `...` alone stands for lines, and at the end of one for the rest of it."""
    lines = shown.splitlines()
    return "".join("(?:.*\n)*?" if line == "..." else f"{re.escape(line.removesuffix('...'))}"
                   f"{'.*' if line.endswith('...') else ''}\n" for line in lines)  # fmt: skip


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    """Make a fresh environment."""
    return fresh(tmp_path_factory.mktemp("fresh"))


def test_the_tutorial_works_from_top_to_bottom(environment: Fresh, tmp_path: Path) -> None:
    """Each command of the page runs in a fresh environment, one behind the other, and prints what the page shows."""
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    for command, shown in _steps():
        if command.startswith(WITH_KIT) and find_spec("copydesk.testing.suites") is None:
            continue
        found = environment.run(command, tmp_path)
        printed = found.stdout if found.stdout.endswith("\n") else f"{found.stdout}\n"

        wanted = cli.REJECTED if shown and ": rejected: " in shown else cli.OK
        assert wanted == found.returncode, f"{command}\n{printed}"
        if shown is not None:
            assert re.fullmatch(_as_pattern(shown), printed), f"{command}\nprints\n{printed}"


def test_the_tutorial_has_its_steps() -> None:
    """The page proposes, installs, corrects, records, accepts and tests, so that there is something to run."""
    commands = "\n".join(command for command, _ in _steps())
    wanted = ("copydesk new-source", "pip install", "sed -i", "fixtures record", "fixtures accept", "pytest")

    assert [step for step in wanted if step not in commands] == []


def test_a_source_of_a_known_layout_needs_no_line_edited(environment: Fresh, tmp_path: Path) -> None:
    """From two pages of an archive to an active plugin that reads them whole, and accepted cases, without an edit."""
    for case in ("layout-a", "layout-a1"):
        page = (KNOWN / case / "capture.txt").read_text("utf-8").replace("KCNA.kp", "Quay Gazette")
        (tmp_path / f"{case}.txt").write_text(page, "utf-8", newline="")

    environment.done("copydesk new-source quay-gazette layout-a.txt layout-a1.txt", tmp_path)
    environment.done("pip install -q ./copydesk-quay-gazette", tmp_path)
    plugins = environment.done("copydesk plugins", tmp_path)
    document = environment.done("copydesk convert --strict --fail-on diagnostic layout-a.txt", tmp_path)
    environment.done("copydesk fixtures accept copydesk-quay-gazette/cases", tmp_path)
    again = environment.done("copydesk fixtures record copydesk-quay-gazette/cases", tmp_path)
    check = environment.done("copydesk convert -q layout-a.txt layout-a1.txt -o out; copydesk check out", tmp_path)
    environment.done("pip uninstall -q -y copydesk-quay-gazette", tmp_path)

    assert "quay-gazette  (copydesk-quay-gazette 0.1.0): active\n" in plugins
    assert 'source_id: "quay-gazette"\nsource_name: "Quay Gazette"\n' in document
    assert "2 cases, 0 proposed\n" == again
    assert "0 errors, 0 worth knowing\n" == check
