from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from copydesk.check import Fault
from copydesk.cli.check import FORMATS
from tests.cli.test_convert import LAYOUT_A, run
from tests.support.specimens import ROOT

GUIDE = ROOT / "docs" / "check.md"


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """Convert a specimen into the folder `out` and stand beside it."""
    run(capsys, "convert", LAYOUT_A.parent, "-o", tmp_path / "out")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "out"


def change(out: Path, old: str, new: str) -> None:
    """Edit the document by hand."""
    page = out / "capture.md"
    text = page.read_text("utf-8")
    assert old in text
    page.write_text(text.replace(old, new, 1), "utf-8")


def test_the_guide_shows_what_is_printed(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The faults that the guide shows are those that the command prints."""
    change(out, 'lang: "en"', 'lang: "english"')
    shown = re.findall(r"```text\n(.*?)```", GUIDE.read_text("utf-8"), re.S)

    assert (1, "".join(shown)) == run(capsys, "check", "out")[:2]


def test_json_is_a_line_for_each_fault(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--format json` prints all of a fault, and `--json` is the same."""
    change(out, 'lang: "en"', 'lang: "한국어"')
    code, printed, _ = run(capsys, "check", "out", "--format", "json")
    first, second = map(json.loads, printed.splitlines())

    assert (code, first["line"], first["key"], first["severity"]) == (1, 5, "lang", "error")
    assert (second["key"], second["severity"]) == ("frontmatter_sha256", "info")
    assert list(first) == ["path", "line", "key", "severity", "message", "remedy"]
    assert first["message"].startswith("'한국어' is not a BCP 47")
    assert printed == run(capsys, "check", "out", "--json")[1]


def test_annotations_of_github(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--format github` prints workflow commands: an error for an error, a notice for what is worth knowing."""
    change(out, 'lang: "en"', 'lang: "english"')
    code, printed, _ = run(capsys, "check", "out", "--format", "github")
    place = f"file={Path('out', 'capture.md')}"
    first, second = printed.splitlines()

    assert code == 1
    assert first.startswith(f"::error {place},line=5,title=lang::lang: 'english' is not a BCP 47 language tag, give ")
    assert second.startswith(f"::notice {place},line=22,title=frontmatter_sha256::frontmatter_sha256: the ")


def test_an_annotation_is_one_command() -> None:
    """Line ends, and in properties colons and commas, are written so that they end no command and no property."""
    fault = Fault("a:b,c%.md", 3, "own,key", "error", "line\none, 100 %", "mend: it")
    expected = "::error file=a%3Ab%2Cc%25.md,line=3,title=own%2Ckey::own,key: line%0Aone, 100 %25, mend: it"

    assert expected == FORMATS["github"](fault)
    assert ",line=3,title=copydesk::line%0A" in FORMATS["github"](fault._replace(key=""))


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("", "", {"never": 0, "error": 0, "info": 0}),
        ("counted its books", "counted its shelves", {"never": 0, "error": 0, "info": 4}),
        ('lang: "en"', 'lang: "english"', {"never": 0, "error": 1, "info": 1}),
    ],
    ids=["good", "edited", "error"],
)
def test_the_exit_code_says_what_was_found(
    out: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, codes: dict[str, int]
) -> None:
    """The exit code is 1 for an error and 4 for what is worth knowing, as `--fail-on` says; 1 is the default."""
    change(out, old, new)

    assert codes == {choice: run(capsys, "check", "out", "--fail-on", choice)[0] for choice in codes}
    assert codes["error"] == run(capsys, "check", "out")[0]


def test_quiet_shows_errors_alone(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is only worth knowing is counted and not shown."""
    change(out, "counted its books", "counted its shelves")

    assert (0, "", "0 errors, 1 worth knowing\n") == run(capsys, "check", "out", "--quiet")
    assert "the body was edited" in run(capsys, "check", "out")[1]


def test_a_wrong_command_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A path that is not there, or a format that nobody knows, is a wrong use of the command, with the exit code 2."""
    for arguments in (["none"], [".", "--format", "xml"], [".", "--fail-on", "sometimes"]):
        with pytest.raises(SystemExit) as stopped:
            run(capsys, "check", *arguments)
        assert stopped.value.code == 2
