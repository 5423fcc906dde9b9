from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import copydesk
from tests.consumers.installed import python_package
from tests.support.specimens import ROOT

HEADING = re.compile(r'<h\d[^>]* id="(copydesk\.[\w.]+)"')


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a copy of all that the site is made of."""
    python_package("zensical")
    for folder in ("docs", "core"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path


def build(source: Path) -> subprocess.CompletedProcess[str]:
    """Build the site, with warnings as errors."""
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--clean"]
    return subprocess.run(command, cwd=source, capture_output=True, text=True, timeout=300, check=False)


def test_the_site_is_built_without_a_warning(source: Path) -> None:
    """Every page is there, in the navigation, and shows what the docstrings of all public names say."""
    found = build(source)
    pages = {path.relative_to(ROOT / "docs").with_suffix("").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    listed = set(re.findall(r"^ *- ([\w/-]+)\.md$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.M))

    assert found.returncode == 0, found.stdout + found.stderr
    assert pages == listed
    assert [page for page in pages if not (source / "site" / f"{page}.html").is_file()] == []

    shown = set(HEADING.findall((source / "site" / "python.html").read_text("utf-8")))
    named = set(re.findall(r"^::: ([\w.]+)$", (ROOT / "docs" / "python.md").read_text("utf-8"), re.M))
    assert named <= shown
    assert 'class="mermaid"' in (source / "site" / "life.html").read_text("utf-8")


@pytest.mark.parametrize("text", ["[nowhere](nowhere.md)", "[no place](why.md#no-place)"])
def test_a_broken_link_stops_the_build(source: Path, text: str) -> None:
    """A link to a page or a place that is not there is a warning, and so an error."""
    page = source / "docs" / "why.md"
    page.write_text(f"{page.read_text('utf-8')}\n{text}\n", "utf-8")

    assert build(source).returncode != 0


def test_the_page_of_the_interface_has_all_public_names() -> None:
    """Each name that `copydesk` makes public is explained on the page, or on that of plugins."""
    page = (ROOT / "docs" / "python.md").read_text("utf-8")
    elsewhere = {"hookimpl", "Page", "Reading", "Role", "CopydeskError"}  # of which the page of plugins tells

    assert [name for name in copydesk.__all__ if name not in elsewhere and f"::: copydesk.{name}\n" not in page] == []
