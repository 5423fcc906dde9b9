from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE = ("core", "plugins", "schemas", "tests", "benchmarks", "hatch_build.py")
DOCS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
TESTS = {
    "plain": "import pytest\n\n@pytest.mark.skip(reason='for a reason')\ndef test_it(): pass\n",
    "inside": "import pytest\n\ndef test_it(): pytest.skip('for a reason')\n",
    "file": "import pytest\n\npytest.skip('for a reason', allow_module_level=True)\n",
    "no cases": "import pytest\n\n@pytest.mark.parametrize('case', [])\ndef test_it(case): pass\n",
    "corpus": "import pytest\n\n@pytest.mark.skip(reason='COPYDESK_CORPUS is not set')\ndef test_it(): pass\n",
    "known": "import pytest\n\n@pytest.mark.xfail(strict=True)\ndef test_it(): assert False\n",
}


def _run(*command: str) -> None:
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert found.returncode == 0, found.stdout + found.stderr


def test_ruff() -> None:
    """The linter finds nothing in the code, the tests and the benchmarks."""
    _run(sys.executable, "-m", "ruff", "check", *CODE)


def test_mypy() -> None:
    """The strict type checker finds nothing in the code, the tests and the benchmarks."""
    _run(sys.executable, "-m", "mypy", *CODE)


def _pytest(folder: Path, test: str, **variables: str) -> int:
    """Run pytest on one test under the rules of this folder's conftest, and return its exit code."""
    shutil.copy(ROOT / "tests" / "conftest.py", folder)
    (folder / "test_one.py").write_text(TESTS[test], "utf-8")
    unset = ("COPYDESK_NO_SKIPS", "COPYDESK_CORPUS")
    environment = {key: value for key, value in os.environ.items() if key not in unset} | variables
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(folder), str(folder)]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False).returncode


@pytest.mark.parametrize("test", ["plain", "inside", "file", "no cases"])
def test_a_skipped_test_fails_where_nothing_may_be_skipped(test: str, tmp_path: Path) -> None:
    """With COPYDESK_NO_SKIPS any way to skip a test makes the run fail; without it none does."""
    assert _pytest(tmp_path, test, COPYDESK_NO_SKIPS="1") != 0
    assert _pytest(tmp_path, test) in (0, 5)  # 5: there was no test to run


def test_the_real_articles_may_be_missing(tmp_path: Path) -> None:
    """With COPYDESK_NO_SKIPS a test of the real articles may be skipped only where COPYDESK_CORPUS is not set."""
    assert _pytest(tmp_path, "corpus", COPYDESK_NO_SKIPS="1") == 0
    assert _pytest(tmp_path, "corpus", COPYDESK_NO_SKIPS="1", COPYDESK_CORPUS=str(tmp_path)) != 0


def test_an_expected_failure_is_no_skip(tmp_path: Path) -> None:
    """A strict xfail stays what it is where nothing may be skipped."""
    assert _pytest(tmp_path, "known", COPYDESK_NO_SKIPS="1") == 0


@pytest.mark.parametrize("file", DOCS, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_links_in_the_docs_lead_somewhere(file: Path) -> None:
    """Each relative link in the README and the docs names a file that is there."""
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", file.read_text("utf-8"))

    assert [link for link in links if not (file.parent / link).exists()] == []
