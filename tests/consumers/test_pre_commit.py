"""The hook for pre-commit, run by pre-commit itself."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.consumers.installed import done, program, python_package, run
from tests.support.specimens import ROOT, SEEDS

PARTS = ("core", "plugins", "schemas", "pyproject.toml", "README.md", "LICENSE", "hatch_build.py")
GUIDE = ROOT / "docs" / "check.md"
BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.M | re.S)
HOOK = ".pre-commit-hooks.yaml"
WHO = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "A Person"), ("EMAIL", "a.person@example.org"))
}
OFFLINE = {
    "PIP_NO_INDEX": "1",
    "PIP_NO_DEPS": "1",
    "PIP_NO_BUILD_ISOLATION": "0",
    "PYTHONPATH": sysconfig.get_path("purelib"),
}
"""The environment of the hook is installed from the repository without the network; what it needs is here already."""


def _repository(folder: Path) -> Path:
    folder.mkdir()
    done([program("git"), "init", "-q", "."], folder, **WHO)
    return folder


def _commit(folder: Path) -> None:
    done([program("git"), "add", "-A"], folder, **WHO)
    done([program("git"), "commit", "-qm", "Add all"], folder, **WHO)


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a repository of Git with what Copydesk's own has."""
    python_package("pre_commit")
    folder = _repository(tmp_path_factory.mktemp("hooks") / "copydesk")
    for part in (*PARTS, HOOK):
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, folder / part)
    _commit(folder)
    return folder


def _tried(hooks: Path, site: Path, home: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pre_commit", "try-repo", str(hooks), "copydesk-check", "--all-files"]
    return run(command, site, PRE_COMMIT_HOME=str(home), **WHO, **OFFLINE)


def test_the_hook_checks_what_is_committed(hooks: Path, tmp_path: Path) -> None:
    """pre-commit installs the hook from the repository; it passes a good document and stops a bad one with its line."""
    site = _repository(tmp_path / "site")
    page = site / "page.md"
    shutil.copy(SEEDS / "kcna" / "layout-a" / "expected.md", page)
    (site / "notes.txt").write_text("no document\n", "utf-8")
    _commit(site)
    good = _tried(hooks, site, tmp_path / "home")
    page.write_text(page.read_text("utf-8").replace('lang: "en"', 'lang: "EN!"'), "utf-8")
    bad = _tried(hooks, site, tmp_path / "home")

    assert good.returncode == 0, good.stdout + good.stderr
    assert "Passed" in good.stdout
    assert (bad.returncode, "page.md:5: lang: 'EN!' is not a BCP 47 language tag" in bad.stdout) == (1, True)
    assert "notes.txt" not in bad.stdout


def _configured(hooks: Path, more: str) -> str:
    """Return the configuration of the guide, with the repository of this test in place of the one it names."""
    blocks: list[str] = BLOCK.findall(GUIDE.read_text("utf-8"))
    first, second = (text for text in blocks if "hooks:" in text or "args:" in text)
    revision = done([program("git"), "rev-parse", "HEAD"], hooks).strip()
    known = {"https://example.org/copydesk.git": str(hooks), "v0.1.0": revision}
    for old, new in known.items():
        assert old in first
        first = first.replace(old, new)
    return first + (second if more else "")


@pytest.mark.parametrize("whole", ["", "the whole folder"])
def test_the_configuration_of_the_guide_works(hooks: Path, tmp_path: Path, whole: str) -> None:
    """As the guide says it, the hook looks at the folder of the documents and not at the README beside it."""
    site = _repository(tmp_path / "site")
    (site / "articles").mkdir()
    page = site / "articles" / "page.md"
    shutil.copy(SEEDS / "kcna" / "layout-a" / "expected.md", page)
    (site / "README.md").write_text("# No document\n", "utf-8")
    (site / ".pre-commit-config.yaml").write_text(_configured(hooks, whole), "utf-8")
    _commit(site)
    command = [sys.executable, "-m", "pre_commit", "run"]
    variables = {"PRE_COMMIT_HOME": str(tmp_path / "home"), **WHO, **OFFLINE}
    done([*command, "--all-files"], site, **variables)
    shutil.copy(page, site / "articles" / "con.md")
    done([program("git"), "add", "-A"], site, **WHO)
    said = run(command, site, **variables)

    assert said.returncode == 1
    assert "articles/con.md:1: 'con.md' in the name is a device to Windows" in said.stdout


def test_the_hooks_are_a_manifest(hooks: Path) -> None:
    """pre-commit finds the file of hooks valid."""
    done([sys.executable, "-m", "pre_commit", "validate-manifest", HOOK], hooks)
