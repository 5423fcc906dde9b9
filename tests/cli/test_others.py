from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
import yaml

from copydesk import Capture, normalize, read
from copydesk.cli import COMMANDS, main
from tests.cli.test_convert import LAYOUT_A, run
from tests.laws.truth import visible
from tests.support.specimens import SEEDS


def test_explain_shows_every_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Each line that holds text has a row with its number, its role and the rule that gave it."""
    code, out, err = run(capsys, "explain", LAYOUT_A, "--full")
    lines = LAYOUT_A.read_text("utf-8").split("\n")
    shown = {int(row.split(":")[0]) for row in out.splitlines() if row.split(":")[0].strip().isdigit()}

    assert (code, err) == (0, "")
    assert shown == {number for number, line in enumerate(lines, 1) if line.strip()}
    assert "kcna: dateline" in out
    assert "kcnawatch-a: Date line" in out


def test_explain_json_is_the_whole_account(capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON account holds every visible character of the capture once, in order, and can be undone."""
    code, out, _ = run(capsys, "explain", LAYOUT_A, "--json")
    account = json.loads(out)

    assert code == 0
    assert visible("".join(span["text"] for span in account["spans"])) == visible(LAYOUT_A.read_text("utf-8"))
    assert [block["text"] for block in account["blocks"]] == normalize(Capture(LAYOUT_A.read_bytes())).paragraphs
    assert account["related"]
    assert account["notes"]


def test_explain_shows_a_rejected_capture(capsys: pytest.CaptureFixture[str]) -> None:
    """A rejected capture is shown unread, with the reason and what came nearest."""
    code, out, err = run(capsys, "explain", SEEDS / "rejected" / "truncated-in-list" / "capture.txt")

    assert code == 3
    assert "unread" in out
    assert "nearest: kcnawatch-a misses the More Articles line" in err


def test_check_finds_nothing_in_what_was_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Everything that convert writes passes check."""
    run(capsys, "convert", SEEDS, "-o", tmp_path)
    code, out, _ = run(capsys, "check", tmp_path)

    assert (code, out) == (0, "")


def test_check_finds_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A fault is told with file, line and key, and the exit code is 1."""
    run(capsys, "convert", LAYOUT_A.parent, "-o", tmp_path)
    page = tmp_path / "capture.md"
    page.write_text(page.read_text("utf-8").replace('lang: "en"', 'lang: "not a language"'), "utf-8")
    code, out, _ = run(capsys, "check", tmp_path)

    assert code == 1
    assert f"{page}:5: lang: " in out


def test_schema_prints_yaml_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    """The schema of articles, which refers to no other, is the same in YAML and in JSON."""
    _, as_yaml, _ = run(capsys, "schema")
    _, as_json, _ = run(capsys, "schema", "--json")

    assert yaml.safe_load(as_yaml) == json.loads(as_json)


def test_plugins_lists_what_is_installed(capsys: pytest.CaptureFixture[str]) -> None:
    """Each plugin is listed with version, hooks, sources or layouts, and state."""
    code, out, _ = run(capsys, "plugins")
    _, rows, _ = run(capsys, "plugins", "--json")

    assert code == 0
    states = {row["name"]: row["state"] for row in json.loads(rows)}
    assert set(states.values()) == {"active"}
    assert {"kcna", "kcnawatch", "naenara"} < states.keys()
    assert "layouts  kcnawatch-a, kcnawatch-a1, kcnawatch-b, kcnawatch-c, kcnawatch-d, kcnawatch-e" in out


def test_read_gives_the_article_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was written is read back equal."""
    run(capsys, "convert", LAYOUT_A.parent, "-o", tmp_path)
    document = normalize(Capture(LAYOUT_A.read_bytes(), LAYOUT_A.as_posix()))
    article = read(tmp_path / "capture.md")

    assert article.frontmatter == document.frontmatter
    assert article.body == document.body
    assert (article.id, article.title) == (document.id, document.title)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each command tells what it does and what its exit codes mean."""
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])

    assert stopped.value.code == 0
    assert "exit codes:" in capsys.readouterr().out


def test_explain_shows_a_member_of_a_container(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A member is named as reports name it; a container with several captures is no capture."""
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("one.txt", LAYOUT_A.read_bytes())
        made.writestr("two.txt", b"")

    assert "kcna: dateline" in run(capsys, "explain", f"{archive}!one.txt")[1]
    assert "the capture is empty" in run(capsys, "explain", f"{archive}!two.txt")[2]
    for name, said in ((archive, "holds 2 captures; name one of them"), (f"{archive}!three.txt", "has no member")):
        with pytest.raises(SystemExit) as left:
            run(capsys, "explain", name)
        assert (left.value.code, said in capsys.readouterr().err) == (2, True)
