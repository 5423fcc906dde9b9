from __future__ import annotations

import inspect
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from copydesk.testing import suite
from copydesk.testing.checks import NAMES
from tests.support.shown import blocks
from tests.test_readme import ROOT, ROW

PAGE = ROOT / "docs" / "testing.md"
TEXT = PAGE.read_text("utf-8")
WRITTEN = re.compile(r"^`([\w/.]+)`:\n\n```\w+\n(.*?)^```$", re.M | re.S)
COMMANDS = {
    "copydesk": [sys.executable, "-c", "import sys; from copydesk.cli import main; sys.exit(main(sys.argv[1:]))"],
    "pytest": [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_riverton.py"],
    "cat": ["cat"],
}  # fmt: skip


def shown() -> Iterator[tuple[str, str]]:
    """Give each command of the page that is shown with its output, and that output."""
    for (kind, text), (next_kind, next_text) in pairwise(blocks(PAGE)):
        if kind == "sh" and next_kind == "text":
            yield text.strip(), next_text


def run(command: str, folder: Path) -> str:
    """Run a command in a folder, and return what it prints."""
    name, *arguments = shlex.split(command)
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "COPYDESK_"))}
    found = subprocess.run([*COMMANDS[name], *arguments], cwd=folder, env=environment | {"PYTHONUTF8": "1"},
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False)  # fmt: skip
    return found.stdout


def as_pattern(output: str) -> str:
    """Return what matches an output; `...` stands for lines, or for the rest of one."""
    lines = ("(?:.*\n)*?" if line == "...\n" else re.escape(line).replace(re.escape("..."), ".*")
             for line in output.splitlines(keepends=True))  # fmt: skip
    return "".join(lines) + "(?:.*\n)?"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder with the files that the page shows."""
    for name, text in WRITTEN.findall(TEXT):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def accepted(project: Path) -> Path:
    """Record and accept the case of a project, and return its folder."""
    run("copydesk fixtures record cases --plugins-dir plugins", project)
    run("copydesk fixtures accept cases", project)
    return project / "cases" / "pier"


def test_the_guide_shows_what_is_printed(project: Path) -> None:
    """From a page without expectation to a suite that passes: each command prints what the guide shows."""
    commands = list(shown())

    assert [command.split()[0] for command, _ in commands] == ["pytest", "copydesk", "cat", "copydesk", "pytest"]
    for command, output in commands:
        printed = run(command, project)
        assert re.fullmatch(as_pattern(output), printed), f"{command}\nprints\n{printed}"


def test_the_strategies_of_the_guide_work(project: Path) -> None:
    """The test with a strategy passes as it stands."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_damage.py"]
    found = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)

    assert "1 passed" in found.stdout


def test_each_check_is_explained() -> None:
    """The table has all checks, in the order in which they are run, and the number that the page says."""
    section = TEXT.split("\n## The checks\n")[1].split("\n## ")[0]

    assert list(NAMES) == ROW.findall(section)
    assert len(NAMES) == 19
    assert "nineteen checks" in TEXT


def test_each_argument_is_explained() -> None:
    """The table has the arguments of `suite`, in their order."""
    section = TEXT.split("\n## What `suite` takes\n")[1].split("\n## ")[0]

    assert list(inspect.signature(suite).parameters) == ROW.findall(section)


def test_a_field_that_is_other_fails_by_its_name(project: Path) -> None:
    """A wrong title fails one test, which names case and key, shows both values and says the command."""
    expected = accepted(project) / "expected.md"
    expected.write_text(expected.read_text("utf-8").replace("Harbour Opens", "Harbor Opens"), "utf-8")
    printed = run("pytest", project)

    assert "1 failed, 35 passed" in printed
    assert "TestRiverton::test_field[pier: title]" in printed
    assert "-'Harbor Opens a Second Pier'\n  +'Harbour Opens a Second Pier'" in printed
    assert "run: copydesk fixtures record cases/pier --plugins-dir plugins" in printed


@pytest.mark.parametrize(
    ("file", "old", "new", "test"),
    [
        ("expected.md", "Forty boats", "Fifty boats", "test_body[pier]"),
        ("expected.md", 'date: "2024-04-23"\n', "", "test_keys[pier]"),
        ("account.tsv", "11:1\tparagraph", "11:1\tquote", "test_account[pier]"),
    ],
)
def test_what_is_other_fails_in_its_test(project: Path, file: str, old: str, new: str, test: str) -> None:
    """A body, a list of keys and an account that are other than expected fail one test each."""
    path = accepted(project) / file
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    printed = run("pytest", project)

    assert "1 failed, " in printed
    assert f"TestRiverton::{test}" in printed


def test_what_changes_with_a_version_is_not_compared(project: Path) -> None:
    """Another version of Copydesk or of the plugin fails nothing; another plugin does."""
    expected = accepted(project) / "expected.md"
    text = expected.read_text("utf-8")
    other = re.sub(r"riverton 0\+sha256\.\w+", "riverton 7", text)
    other = re.sub(r'converter: ".*"', 'converter: "copydesk 9.9.9"', other)
    assert other != text
    expected.write_text(other, "utf-8")
    assert "36 passed" in run("pytest", project)
    expected.write_text(text.replace('plugin: "riverton ', 'plugin: "another '), "utf-8")

    assert "TestRiverton::test_field[pier: plugin]" in run("pytest", project)


def test_a_proposal_fails_until_it_is_accepted(project: Path) -> None:
    """A waiting proposal is a failure that says what to read and the command to accept it."""
    run("copydesk fixtures record cases --plugins-dir plugins", project)
    printed = run("pytest", project)

    assert "1 failed, 19 passed" in printed
    assert "read cases/pier/proposed/, then run: copydesk fixtures accept cases/pier" in printed


def test_a_refused_page_is_compared_too(project: Path) -> None:
    """A page that is no article has one test for its reason, and becoming an article is a failure."""
    page = project / "cases" / "list"
    shutil.copytree(project / "cases" / "pier", page)
    (page / "capture.txt").write_text("The Riverton Post\n\nA list\n", "utf-8")
    accepted(project)
    assert "38 passed" in run("pytest", project)
    shutil.copy(project / "cases" / "pier" / "capture.txt", page)
    printed = run("pytest", project)

    assert "TestRiverton::test_rejection[list]" in printed
    assert "list: it is converted, and should be refused" in printed


def test_what_hangs_or_crashes_is_a_failed_test(project: Path) -> None:
    """A plugin that ends its process fails the tests that need it, and all the others are run."""
    accepted(project)
    plugin = project / "plugins" / "riverton.py"
    crash = "\ndef crash(reading):\n    import os\n    os._exit(7)\n\nRIVERTON"
    text = plugin.read_text("utf-8").replace("\nRIVERTON", crash).replace("(last(END_MARK),)", "(crash,)")
    plugin.write_text(text, "utf-8")
    printed = run("pytest", project)

    assert "pier: the process that did it ended with exit code 7" in printed
    assert re.search(r"riverton\.py:\d+: imports 'os'", printed)
    assert "the check 'rules' of plugin 'riverton' was not finished: the process that did it ended with exit" in printed
    assert re.search(r"\d+ failed, \d+ passed", printed)


def test_a_folder_without_cases_is_told(project: Path) -> None:
    """No case, and a case that is none, are failures of a check and no errors of pytest."""
    shutil.rmtree(project / "cases" / "pier")
    assert "plugin 'riverton' has no case in " in run("pytest", project)
    (project / "cases" / "bad").mkdir()
    (project / "cases" / "bad" / "case.yaml").write_text("show: nothing", "utf-8")

    assert "'show' is no key of a case" in run("pytest", project)


def test_checks_can_be_left_out() -> None:
    """A check is left out by its name, and a name that is none is an error with those that are."""
    names = {name.removeprefix("test_") for name in vars(suite("kcna", ".", without=("budget", "fixtures")))}

    assert set(NAMES) - names == {"budget"}
    with pytest.raises(ValueError, match=r"without=\['speed'\]: there are no such checks; they are fixtures, loads, "):
        suite("kcna", ".", without=("speed",))


def test_the_kit_is_not_imported_by_who_does_not_ask() -> None:
    """Importing the cases, as the command does, imports neither pytest nor Hypothesis."""
    code = "import sys, copydesk.cli.fixtures; print({'pytest', 'hypothesis'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout == "set()\n"
