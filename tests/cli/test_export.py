from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from copydesk.frontmatter.writing import compose
from tests.cli.test_convert import LAYOUT_A, run
from tests.frontmatter.samples import BODY, WHOLE

ARTICLE = compose(WHOLE, BODY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two articles, one that the schema refuses, and one that nobody can read."""
    pages = {
        "a.md": ARTICLE,
        "b.md": ARTICLE.replace('lang: "en"', 'lang: "no language"'),
        "c/d.md": "no frontmatter",
        "c/e.md": ARTICLE.replace("lang:", "rating: 5\nsize: 1.5\ntags: [x, y]\nlang:"),
        "f.md": ARTICLE.replace("lang:", "size: .inf\nlang:"),
    }
    for name, text in pages.items():
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(text.encode())
    return tmp_path / "in"


@pytest.mark.parametrize("to", ["jsonl", "csl", "sqlite", "parquet"])
def test_nothing_is_dropped_in_silence(
    to: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is refused is told with file, line, key, fact and remedy; the exit code is 1; the counts add up."""
    code, out, err = run(capsys, "export", folder, "--to", to, "-o", tmp_path / "out" / "a")
    *told, summary = err.splitlines()

    assert (code, out) == (1, "")
    assert [
        f"{folder}/b.md:5: lang: 'no language' is not a BCP 47 language tag, give ",
        f"{folder}/c/d.md:1: the file has no frontmatter, make the first line exactly '---'",
        f"{folder}/f.md:5: size: holds a number that JSON does not have, write it in quotes",
    ] == [line.split("the language")[0] for line in told]
    merged = " + 1 of an article that was exported before" if to == "csl" else ""
    assert f"5 files = {2 - bool(merged)} exported + 3 refused{merged}" == summary
    assert (tmp_path / "out" / "a").stat().st_size > 0


def test_keys_of_a_person_are_exported(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Keys that are not Copydesk's stand under `other` with the values that they have; output goes to the screen."""
    _, out, _ = run(capsys, "export", folder, "--to", "jsonl")
    first, second = map(json.loads, out.splitlines())

    assert {} == first["other"]
    assert {"rating": 5, "size": 1.5, "tags": ["x", "y"]} == second["other"]
    assert [None, None] == [paragraph["places"] for paragraph in first["paragraphs"]]


def test_places_that_are_not_known_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --captures each article without places is counted by the reason; other files are counted too."""
    captures = tmp_path / "captures"
    captures.mkdir()
    for name in "abcd":
        (captures / f"{name}.txt").write_bytes(LAYOUT_A.read_bytes())
    run(capsys, "convert", captures, "-o", tmp_path / "md")
    (captures / "b.txt").unlink()
    (captures / "c.txt").write_bytes(b"other")
    page = tmp_path / "md" / "d.md"
    page.write_text(page.read_text("utf-8").replace("clerks", "people"), "utf-8")
    (tmp_path / "md" / "x.png").touch()
    code, out, err = run(capsys, "export", tmp_path / "md", "--to", "jsonl", "--captures", captures)

    places = [[paragraph["places"] for paragraph in json.loads(line)["paragraphs"]] for line in out.splitlines()]
    assert {"line": 8, "column": 28, "end_line": 8, "end_column": 114} == places[0][0][0]
    assert [[None] * 3] * 3 == places[1:]
    assert code == 0
    expected = "without places in their captures: 1 differs, 1 edited, 1 missing; passed over: 1 .png\n"
    assert f"4 files = 4 exported + 0 refused; {expected}" == err


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("nowhere", "--to", "csl"), "'nowhere' cannot be listed: No such file"),
        ((".", "--to", "csl", "--captures", "nowhere"), "'nowhere' cannot be listed: No such file"),
        ((".", "--to", "sqlite"), "--to sqlite needs a file to write"),
        ((".", "--to", "jsonl", "-o", "a.md"), "-o 'a.md' would be taken for an article"),
    ],
)
def test_usage(argv: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A command that cannot be meant is refused with the reason, before anything is written."""
    with pytest.raises(SystemExit) as stopped:
        run(capsys, "export", *argv)

    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


def test_parquet_needs_pyarrow(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without pyarrow it is said what to install, and no file is left."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    code, _, err = run(capsys, "export", folder, "--to", "parquet", "-o", tmp_path / "out" / "a.parquet")

    assert code == 1
    assert "copydesk export: Parquet needs pyarrow; install copydesk[parquet]\n" == err
    assert [] == list((tmp_path / "out").iterdir())
