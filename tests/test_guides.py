"""Guides: each page runs as it stands, in a folder with the specimens and without the network."""

from __future__ import annotations

import re
import shutil
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from tests.support.shown import agree, blocks, printed, shown
from tests.support.specimens import ROOT, SEEDS

PAGES = sorted((ROOT / "docs" / "guides").glob("*.md"))
GUIDES = [page for page in PAGES if page.name != "index.md"]
PROGRAMS = {"pandoc": "pypandoc_binary"}
"""What brings a program that a page does not install by pip."""

NOWHERE = "http://127.0.0.1:9"
OFFLINE = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), NOWHERE)
OFFLINE |= {"HF_HUB_OFFLINE": "1", "HF_DATASETS_DISABLE_PROGRESS_BARS": "1", "LANGSMITH_TRACING": "false"}


def _needed(page: Path) -> set[str]:
    """Return the distributions that a page needs: what it installs, and what brings its programs."""
    commands = [text for kind, text in blocks(page) if kind == "sh"]
    installed = {name for text in commands if text.startswith("pip install") for name in text.split()[2:]}
    used = {of for name, of in PROGRAMS.items() for text in commands if re.search(rf"^{name} ", text, re.M)}
    return {name for name in installed if not name.startswith("'copydesk[")} | used


def _skip_without(page: Path) -> None:
    for name in sorted(_needed(page)):
        try:
            version(name)
        except PackageNotFoundError:
            pytest.skip(f"{name} is not installed; the extra 'guides' has it")


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
def test_a_guide_works(page: Path, tmp_path: Path) -> None:
    """All that a guide shows runs in its order without a failure, and prints what is shown, or nothing."""
    _skip_without(page)
    work = tmp_path / "work"
    shutil.copytree(SEEDS, work / "seeds")
    variables = {**OFFLINE, "HOME": str(tmp_path), "HF_DATASETS_CACHE": str(tmp_path / "cache")}
    for each in shown(page):
        output, code = printed(each, work, variables)

        assert (True, 0) == (agree(each, output), code), f"{page.name}: {each.command}\nprints\n{output}"


def test_the_extra_has_what_the_guides_need() -> None:
    """The extra `guides` names the distributions that the pages need, and no other."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    named = {re.split(r"[^\w-]", name)[0] for name in extras["guides"]}

    assert set().union(*map(_needed, GUIDES)) == named


def test_the_index_has_each_guide() -> None:
    """The index leads to every guide."""
    index = (ROOT / "docs/guides/index.md").read_text("utf-8")

    assert [page.name for page in GUIDES if f"({page.name})" not in index] == []
