from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

import copydesk_kcnawatch
from copydesk import Capture, cli, normalize, plugin
from copydesk.contract.words import WORDS
from copydesk.desk.load import Host, Plugin
from copydesk.desk.routing import Desk
from copydesk.frontmatter.writing import KEYS
from copydesk.markdown.fold import oddities
from copydesk_kcnawatch import dprk, landmarks
from tests.support.shown import Shown, agree, blocks, printed, shown

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted(page for page in (ROOT / "docs").glob("*.md") if page.name != "new-source.md")]
"""The pages whose commands run here; those of the tutorial run in an environment of its own, tests/new_source/."""

INSTALL = "python3 -m venv .venv && .venv/bin/pip install -q -e . && .venv/bin/copydesk convert seeds -o out"
TEST = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest"

ROW = re.compile(r"^\| `([^`]+)`", re.M)

def _with_output(page: Path) -> list[Shown]:
    """Return what a page shows with its output; what is shown without is to be read, or to be run elsewhere."""
    return [each for each in shown(page) if each.output is not None]


def _blocks(page: Path, kind: str) -> list[str]:
    return [text for found, text in blocks(page) if found == kind]


def _section(page: Path, title: str) -> str:
    return page.read_text("utf-8").split(f"\n## {title}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("page", [page for page in PAGES if _with_output(page)], ids=lambda page: page.name)
def test_a_page_shows_what_is_printed(page: Path, tmp_path: Path) -> None:
    """Each command of a page prints the output that the page shows under it, but for lines that it leaves out."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    for each in _with_output(page):
        output = printed(each, tmp_path).output

        assert agree(each, output), f"{page.name}: {each.command}\nprints\n{output}"


def test_the_readme_shows_something() -> None:
    """The first screen has an output, the before and after another, so that the test above has something to look at."""
    first, *rest = [each.command for each in _with_output(ROOT / "README.md")]

    assert INSTALL == first
    commands = ["cat", "copydesk convert", "copydesk explain", "copydesk explain"]
    assert commands == [command.rpartition(" ")[0] for command in rest]


def test_two_commands_do_all_the_set_up() -> None:
    """The README's first two commands set up from nothing: one converts the specimens, one runs the tests."""
    first, second, *_ = _blocks(ROOT / "README.md", "sh")

    assert (INSTALL, TEST) == (first.strip(), second.strip())


def test_ci_runs_the_command_of_the_readme() -> None:
    """`.ci/run` and CONTRIBUTING have the README's test command, and CI runs it last, so that its exit code counts."""
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()

    assert "set -euo pipefail" in lines
    assert TEST == lines[-1]
    assert "export COPYDESK_NO_SKIPS=1" in lines
    assert TEST == _blocks(ROOT / "CONTRIBUTING.md", "sh")[0].strip()


def test_the_readme_has_each_command() -> None:
    """The table of commands names every command, in the order of `--help`."""
    assert list(cli.COMMANDS) == [row.split()[1] for row in ROW.findall(_section(ROOT / "README.md", "Commands"))]


def _executed(code: str, known: dict[str, Any] | None = None) -> dict[str, Any]:
    names = dict(known or {})
    exec(compile(code, "page", "exec"), names)
    return names


def test_the_plugin_of_the_readme_works() -> None:
    """The README's plugin is whole: with it, a page with the label `Example` gets its source and loses its end mark."""
    code = next(block for block in _blocks(ROOT / "README.md", "python") if "hookimpl" in block)
    sources = _executed(code)["copydesk_sources"]()
    page = (ROOT / "seeds/kcna/layout-a/capture.txt").read_text("utf-8")
    page = page.replace("KCNA.kp (En)", "Example (En)").replace(" -0-\n\nwww.kcna.kp (Juche112.5.9.)", " (end)")

    for source in sources:
        source.plugin = "example"
    host = Host(Desk(copydesk_kcnawatch.copydesk_layouts(), sources), (Plugin("example", "1.0", "example 1.0"),))
    document = normalize(Capture(page.encode()), host=host)
    said = [document.frontmatter[key] for key in ("source_id", "source_name")]

    assert ["example-agency", "Example Agency"] == said
    assert document.paragraphs[-1].endswith("stands the end mark.")


def test_the_call_in_the_readme_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The README's lines of Python run as they stand."""
    shutil.copy(ROOT / "seeds/kcna/layout-a/capture.txt", tmp_path)
    monkeypatch.chdir(tmp_path)
    code = next(block for block in _blocks(ROOT / "README.md", "python") if "normalize(" in block)

    assert "2023-05-09" == _executed(code)["document"].frontmatter["date"]


def test_the_code_of_the_walk_through_works() -> None:
    """What the guide shows of the plugin for KCNA Watch can be executed, and describes the page as the plugin does."""
    known = {"Iterable": list} | {name: getattr(plugin, name) for name in plugin.__all__}
    known |= {name: getattr(copydesk_kcnawatch, name) for name in ("DATE_LINE", *"BCDE", "A1", "HTML")}
    known |= {"MENDING": dprk.MENDING, "posted": landmarks.posted}
    names = _executed("\n".join(_blocks(ROOT / "docs/plugins.md", "python")), known | {"JUCHE_YEAR": dprk.JUCHE_YEAR})

    assert repr(copydesk_kcnawatch.A) == repr(names["A"])
    assert [entry.name for entry in copydesk_kcnawatch.A.page] == [entry.name for entry in names["A"].page]
    assert [mark.regex for mark in copydesk_kcnawatch.A.landmarks()] == [mark.regex for mark in names["A"].landmarks()]
    assert "kcna" == names["KCNA"].id


def test_each_word_is_explained() -> None:
    """The guide to plugins has a line for every public word, and for every role and fact of the vocabulary."""
    page = ROOT / "docs" / "plugins.md"
    rows = re.findall(r"^\| (`.*?) \|", _section(page, "The words"), re.M)
    words = re.findall(r"`(\w+)", "\n".join(rows))

    assert sorted(plugin.__all__) == sorted(words)
    assert list(WORDS) == ROW.findall(_section(page, "The vocabulary"))


def test_each_key_is_explained() -> None:
    """The page on the frontmatter has its keys in the order in which they are written; no other page has a copy."""
    assert list(KEYS) == ROW.findall(_section(ROOT / "docs/frontmatter.md", "Keys"))
    assert "frontmatter.md" in _section(ROOT / "docs/output.md", "Frontmatter")
    assert [] == ROW.findall(_section(ROOT / "docs/output.md", "Frontmatter"))


def test_each_exit_code_is_explained() -> None:
    """The page on output has the exit codes that `--help` lists."""
    listed = re.findall(r"^  (\d+)  ", cli.EXIT_CODES, re.M)

    assert listed == re.findall(r"^\| (\d+) \|", _section(ROOT / "docs/output.md", "Exit codes"), re.M)


def _codes(*callees: str) -> set[str]:
    """Return what stands in the code as the first argument of these calls; `bad-` and more is `bad-*`."""
    found: set[str] = set()
    for file in [*(ROOT / "core").rglob("*.py"), *(ROOT / "plugins").rglob("*.py")]:
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in callees and call.args:
                found |= _constants(call.args[0])
    return found


def _constants(argument: ast.expr) -> set[str]:
    if isinstance(argument, ast.IfExp):
        return _constants(argument.body) | _constants(argument.orelse)
    if isinstance(argument, ast.BinOp):
        return {f"{word}*" for word in _constants(argument.left)}
    return {str(argument.value)} if isinstance(argument, ast.Constant) else set()


def test_each_diagnostic_is_explained() -> None:
    """The page has all diagnostics that the code can give, and none that it cannot."""
    odd = {code for code, _, _ in oddities("\ud800\x00\u202e")}

    assert _codes("Flag", "doubt") | odd == set(ROW.findall(_section(ROOT / "docs/diagnostics.md", "Diagnostics")))


def test_each_rejection_is_explained() -> None:
    """The page has all reasons for a rejection that the code can give, and none that it cannot."""
    assert _codes("Rejection") == set(ROW.findall(_section(ROOT / "docs/diagnostics.md", "Rejections")))


def test_each_failure_is_explained() -> None:
    """The page has the code of every class of errors that has one, and no code that the core does not know."""
    code = "\n".join(file.read_text("utf-8") for file in (ROOT / "core").rglob("*.py"))
    failures = ROW.findall(_section(ROOT / "docs/diagnostics.md", "Failures"))

    assert set(re.findall(r'^    code = "(.+)"$', code, re.M)) <= set(failures)
    assert [failure for failure in failures if f'"{failure}"' not in code] == []


def test_the_laws_are_tested_where_it_is_said() -> None:
    """There are eleven laws, and the tests that the page names are there."""
    page = (ROOT / "docs" / "laws.md").read_text("utf-8")
    tests = [ROOT / name for name in re.findall(r"`(tests/[\w/.]+)`", page)]

    assert [str(number) for number in range(1, 12)] == re.findall(r"^\| (\d+) \|", page, re.M)
    assert [test for test in tests if not (test.is_file() or any(test.glob("test_*.py")))] == []
