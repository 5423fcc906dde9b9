"""One page of HTML given in every way: by name, on standard input, with hints, in a folder, in another process."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from copydesk import Capture, normalize
from copydesk.cli import main
from tests.laws.html_truth import captured_html
from tests.support.articles import Article
from tests.support.html_others import day_page, index_page, list_page, photo_page
from tests.support.html_pages import HTML_LAYOUTS, lay_out_html
from tests.test_support_html import TINY

ROOT = Path(__file__).resolve().parents[1]
URL = "https://kcnawatch.org/newstream/1683600000-123456789/a-small-page/"
ARTICLE: Article = TINY._replace(byline="")
ODD = ARTICLE._replace(
    paragraphs=("It was built in Juche 1 (2000).", "It was \u202e\ufdd0 read from", "Kim Jong Un and no other."),
    title="A Card for Chairman 's Plate",
)
"""An article with many things that are worth a warning."""
REFUSED = {
    "photo": (photo_page("q"), "no-body"),
    "list": (list_page("q"), "no-layout"),
    "index": (index_page("watch"), "no-layout"),
    "day": (day_page([ARTICLE, ARTICLE]), "no-article"),
    "nothing": ("<html><body><img src='a.png'></body></html>", "empty"),
}
"""Pages that are no articles, with the code by which each is refused."""


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Return a folder with a page of each layout that needs no hint, one of them twice under two suffixes."""
    folder = tmp_path / "in"
    for layout in ("watch", "q", "cojp"):
        (folder / layout).mkdir(parents=True)
        (folder / layout / "page.html").write_bytes(lay_out_html(ARTICLE, layout).encode())
    (folder / "watch" / "again.htm").write_bytes((folder / "watch" / "page.html").read_bytes())
    return folder


def run(capsys: pytest.CaptureFixture[str], *argv: str | Path) -> tuple[int, str, str]:
    """Run a command; return exit code, standard output and standard error."""
    code = main([str(argument) for argument in argv])
    return (code, *capsys.readouterr())


def given(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put bytes on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def without_name(markdown: str) -> list[str]:
    """Return the lines of a file but for the name of its input, and the hash that has it in it."""
    return [line for line in markdown.splitlines() if not line.startswith(("input_file: ", "frontmatter_sha256: "))]


@pytest.mark.parametrize("layout", ["watch", "q", "cojp"])
def test_every_way_gives_the_same_file(
    layout: str, inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By name, on standard input and in a folder, a page gives the same Markdown but for the name of its input."""
    path = inbox / layout / "page.html"
    code, named, _ = run(capsys, "convert", path)
    given(path.read_bytes(), monkeypatch)
    code_stdin, piped, _ = run(capsys, "convert", "-")
    code_folder, _, _ = run(capsys, "convert", inbox, "-o", tmp_path / "out")
    in_folder = (tmp_path / "out" / layout / "page.md").read_bytes().decode()

    assert (code, code_stdin, code_folder) == (0, 0, 0)
    assert without_name(named) == without_name(piped) == without_name(in_folder)
    assert named == normalize(Capture(path.read_bytes(), path.as_posix())).markdown
    assert 'input_file: "-"' in piped
    assert f'input_file: "{path.as_posix()}"' in in_folder


@pytest.mark.parametrize("layout", HTML_LAYOUTS)
def test_hints_are_the_same_in_every_way(
    layout: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Address and day of the capture say the same of a file, of standard input and of a capture in Python."""
    data = lay_out_html(ARTICLE, layout).encode()
    path = tmp_path / "page.html"
    path.write_bytes(data)
    url = URL if layout == "watch" else captured_html(data, "naenara", ARTICLE).url
    hints = ("--url", url, "--captured", "2024-02-03")
    code, named, _ = run(capsys, "convert", path, *hints)
    given(data, monkeypatch)
    code_stdin, piped, _ = run(capsys, "convert", "-", *hints)
    document = normalize(Capture(data, path.as_posix(), url, "2024-02-03"))

    assert (code, code_stdin) == (0, 0)
    assert named == document.markdown
    assert without_name(named) == without_name(piped)
    assert document.frontmatter["capture_url"] == url
    assert document.frontmatter["captured"] == "2024-02-03"


def test_the_suffix_says_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page of HTML that is called text is a page of HTML, and so is one without a suffix."""
    outputs = []
    for name in ("page.html", "page.txt", "page.xhtml", "page"):
        (tmp_path / name).write_bytes(lay_out_html(ARTICLE, "q").encode())
        code, out, _ = run(capsys, "convert", tmp_path / name)
        outputs.append(without_name(out))

        assert code == 0
    assert all(lines == outputs[0] for lines in outputs)


@pytest.mark.parametrize("kind", REFUSED)
def test_a_refused_page_has_its_code_and_exit_code(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that is no article ends with 3, says why, and writes nothing; by name and on standard input alike."""
    page, why = REFUSED[kind]
    (tmp_path / "page.html").write_bytes(page.encode())
    code, out, err = run(capsys, "convert", tmp_path / "page.html", "-o", tmp_path / "out")
    given(page.encode(), monkeypatch)
    code_stdin, out_stdin, err_stdin = run(capsys, "convert", "-")

    assert (code, out) == (code_stdin, out_stdin) == (3, "")
    assert f"page.html: rejected: {why}: " in err
    assert f"-: rejected: {why}: " in err_stdin
    assert not list(tmp_path.rglob("*.md"))
    assert run(capsys, "convert", tmp_path / "page.html", "--fail-on", "never")[0] == 0


def test_one_refused_page_stops_no_other(inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each input of a folder has its own outcome, and their numbers add up."""
    for kind, (page, _) in REFUSED.items():
        (inbox / f"{kind}.html").write_bytes(page.encode())
    code, out, _ = run(capsys, "convert", inbox, "-o", tmp_path / "out", "--json")
    *lines, last = map(json.loads, out.splitlines())
    rows, counts = [row for row in lines if "input" in row], last["summary"]

    assert code == 3
    assert (counts["inputs"], counts["written"], counts["rejected"], counts["failed"]) == (9, 4, 5, 0)
    assert {row["code"] for row in rows if row["status"] == "rejected"} == {why for _, why in REFUSED.values()}
    assert len(list((tmp_path / "out").rglob("*.md"))) == 4


def test_a_second_run_writes_nothing(inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was converted once is unchanged the second time."""
    run(capsys, "convert", inbox, "-o", tmp_path / "out")
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*.md")}
    code, _, err = run(capsys, "convert", inbox, "-o", tmp_path / "out")

    assert code == 0
    assert "4 inputs = 0 written + 4 unchanged + 0 rejected + 0 failed" in err
    assert {path: path.read_bytes() for path in (tmp_path / "out").rglob("*.md")} == before


def test_explain_accounts_for_a_page(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The account of a page has a path for each element, and the rows of the body have its words."""
    code, out, _ = run(capsys, "explain", inbox / "q" / "page.html", "--json")
    account = json.loads(out)
    said = [row["text"] for row in account["spans"] if row["role"] == "paragraph"]

    assert code == 0
    assert said
    assert all(row["path"].startswith("/html[1]") for row in account["spans"])
    assert account["layout"] == "kcna-q"


def test_check_passes_what_was_converted(inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Files that were made from pages of HTML pass the check."""
    run(capsys, "convert", inbox, "-o", tmp_path / "out")

    assert run(capsys, "check", tmp_path / "out")[0] == 0


PROGRAM = """
import hashlib, sys
from pathlib import Path
from copydesk import Capture, normalize
for name in sys.argv[1:]:
    print(hashlib.sha256(normalize(Capture(Path(name).read_bytes(), Path(name).name)).markdown.encode()).hexdigest())
"""


def hashes(paths: list[Path], seed: str) -> list[str]:
    """Return the hash of the Markdown of each page, made in another process with its own seed of hashes."""
    run_ = subprocess.run([sys.executable, "-c", PROGRAM, *map(str, paths)], capture_output=True, text=True, check=True,
                          env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C", "TZ": "Pacific/Apia"})  # fmt: skip
    return run_.stdout.split()


def test_pure_bytes(tmp_path: Path) -> None:
    """Twice, in any order and in other processes with other seeds of hashes, zones and locales: the same bytes."""
    paths = [tmp_path / f"{layout}-{inline}.html" for layout in ("watch", "q", "detail", "cojp") for inline in (0, 1)]
    for path in paths:
        layout, inline = path.stem.split("-")
        path.write_bytes(lay_out_html(ODD, layout, inline=bool(int(inline)), charset="bogus").encode())
    here = [normalize(Capture(path.read_bytes(), path.name)).markdown.encode() for path in paths * 2]
    expected = [hashlib.sha256(data).hexdigest() for data in here]

    assert here[0].count(b"\n  - ") > 3
    assert expected[: len(paths)] == expected[len(paths) :]
    for seed in ("0", "1", "4242"):
        assert hashes(paths, seed) == expected[: len(paths)]
        assert hashes(paths[::-1], seed) == expected[: len(paths)][::-1]
