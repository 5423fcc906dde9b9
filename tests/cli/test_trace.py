from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_convert import LAYOUT_A, run

ID = "kcna-2023-05-09-0386700d0080"


@pytest.fixture
def corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Return a folder with captures, and in `md` what they were converted to."""
    (tmp_path / "captures").mkdir()
    (tmp_path / "captures" / "a.txt").write_bytes(LAYOUT_A.read_bytes())
    run(capsys, "convert", tmp_path / "captures", "-o", tmp_path / "md")
    return tmp_path


def test_a_citation_is_followed(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A paragraph is printed with the capture and the lines and columns from which it was made."""
    code, out, err = run(capsys, "trace", corpus / "md", f"{ID}#1", "--captures", corpus / "captures")
    line = LAYOUT_A.read_text("utf-8").split("\n")[7]

    assert (code, err) == (0, "")
    assert f"{corpus}/captures/a.txt:8:28-8:114: {line[27:114]}\n" == out


def test_all_paragraphs_are_followed(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a number all paragraphs are printed, and with --json the text as it stands at each place."""
    _, out, _ = run(capsys, "trace", corpus / "md" / "a.md", ID, "--captures", corpus / "captures", "--json")
    first, *_, last = found = [json.loads(line) for line in out.splitlines()]

    assert [1, 2, 3] == [paragraph["number"] for paragraph in found]
    assert ID == last["id"]
    assert [{"line": 8, "column": 28, "end_line": 8, "end_column": 114, "text": first["text"]}] == first["places"]


def test_each_capture_of_an_article_is_followed(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where several captures of the article are in the folder, each has a line."""
    (corpus / "captures" / "b.txt").write_bytes(LAYOUT_A.read_bytes())
    run(capsys, "convert", corpus / "captures", "-o", corpus / "md")
    _, out, _ = run(capsys, "trace", corpus / "md", f"{ID}#2", "--captures", corpus / "captures")

    assert ["a.txt:10:1-10:99", "b.txt:10:1-10:99"] == [line.split(": ")[0][-16:] for line in out.splitlines()]


def test_other_articles_are_left_alone(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that only mentions the id is no capture of the article."""
    page = corpus / "md" / "a.md"
    other = page.read_text("utf-8").replace(f'id: "{ID}"', f'id: "x"\nsee: "{ID}"')
    (corpus / "md" / "b.md").write_text(other, "utf-8")
    _, out, err = run(capsys, "trace", corpus / "md", f"{ID}#2", "--captures", corpus / "captures")

    assert (1, "") == (len(out.splitlines()), err)


def test_what_cannot_be_followed(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A capture that is missing or another, an edited body, and a number or id that is not there are told apart."""
    def refused(citation: str = ID) -> str:
        code, out, err = run(capsys, "trace", corpus / "md", citation, "--captures", corpus / "captures")
        assert (code, out) == (1, "")
        return err

    capture, page = corpus / "captures" / "a.txt", corpus / "md" / "a.md"
    assert "a.md: it has 3 paragraphs, and no number 4; count from 1" in refused(f"{ID}#4")
    assert "has no article 'kcna-x'" in refused("kcna-x")
    capture.write_bytes(b"other")
    assert "has other bytes by now (input_sha256 differs)" in refused()
    capture.unlink()
    assert f"its capture '{capture}' is not there" in refused()
    page.write_text(page.read_text("utf-8").replace("clerks", "people"), "utf-8")
    assert "its body was edited after it was written" in refused()
    page.write_text(page.read_text("utf-8").replace("---\n", "--\n", 1), "utf-8")
    assert "a.md:1: the file has no frontmatter" in refused()


def test_a_file_that_cannot_be_read(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be read might be the article, so it is told with its path."""
    (corpus / "md" / "b.md").symlink_to(corpus / "nowhere")
    code, _, err = run(capsys, "trace", corpus / "md", f"{ID}#1", "--captures", corpus / "captures")

    assert code == 1
    assert f"copydesk trace: '{corpus}/md/b.md': cannot be read: No such file or directory; make it readable\n" == err


@pytest.mark.parametrize("citation", ["#1", f"{ID}#", f"{ID}#0", f"{ID}#x", f"{ID}#1#2"])
def test_what_is_no_citation(citation: str, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A citation that is none is refused with the form that it must have."""
    with pytest.raises(SystemExit) as stopped:
        run(capsys, "trace", corpus / "md", citation, "--captures", corpus / "captures")

    assert stopped.value.code == 2
    assert "write the id of an article and the number of a paragraph: ID#1" in capsys.readouterr().err
