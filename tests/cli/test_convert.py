from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from copydesk.cli import main
from copydesk.page import MAX_BYTES
from tests.support.specimens import SEEDS, specimens

LAYOUT_A = SEEDS / "kcna" / "layout-a" / "capture.txt"
STATUSES = ("written", "unchanged", "rejected", "failed")


def run(capsys: pytest.CaptureFixture[str], *argv: str | Path) -> tuple[int, str, str]:
    """Run a command; return exit code, standard output and standard error."""
    code = main([str(argument) for argument in argv])
    out, err = capsys.readouterr()
    return code, out, err


def tree(folder: Path) -> list[str]:
    """Return the Markdown files below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.md"))


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Return a folder with a good capture, a bad one and a file that is no capture."""
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "good.txt").write_bytes(LAYOUT_A.read_bytes())
    (folder / "bad.txt").write_text("a letter to nobody\n", "utf-8")
    (folder / "notes.md").write_text("notes\n", "utf-8")
    return folder


def test_one_input_goes_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    """One input without -o is printed as Markdown, and nothing else is printed there."""
    code, out, err = run(capsys, "convert", LAYOUT_A)

    assert code == 0
    assert out.startswith('---\nid: "kcna-')
    assert err == "1 input = 1 written + 0 unchanged + 0 rejected + 0 failed\n"


def test_standard_input_is_an_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The input - is read from standard input, with hints from the command line."""
    page = io.TextIOWrapper(io.BytesIO(LAYOUT_A.read_bytes()))
    monkeypatch.setattr(sys, "stdin", page)
    code, out, _ = run(capsys, "convert", "-", "--url", "https://kcnawatch.org/newstream/1683594000-1234/x/")

    assert code == 0
    assert 'capture_url: "https://kcnawatch.org/newstream/1683594000-1234/x/"' in out
    assert 'input_file: "-"' in out


@pytest.mark.parametrize("name", ["mirror", "dated", "{source_id}/{year}/{slug}-{id8}"])
def test_standard_input_can_be_named(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Standard input is read once, whatever names the output."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LAYOUT_A.read_bytes())))
    code, _, err = run(capsys, "convert", "-", "-o", tmp_path, "--name", name)

    assert (code, err.split(";")[0]) == (0, "1 input = 1 written + 0 unchanged + 0 rejected + 0 failed\n")
    assert len(list(tmp_path.rglob("*.md"))) == 1


def test_a_folder_is_mirrored(inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder keeps its tree; what is rejected is said with its reason, what is passed over is counted."""
    code, out, err = run(capsys, "convert", inbox, "-o", tmp_path / "out")

    assert code == 3
    assert out == ""
    assert tree(tmp_path / "out") == ["sub/good.md"]
    assert f"{inbox.as_posix()}/bad.txt: rejected: no-layout: this is no page of a known layout" in err
    assert "2 inputs = 1 written + 0 unchanged + 1 rejected + 0 failed; other files passed over: 1 .md" in err


def test_a_second_run_writes_nothing(inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is there already, byte for byte, is unchanged and not touched."""
    run(capsys, "convert", inbox, "-o", tmp_path / "out")
    written = tmp_path / "out" / "sub" / "good.md"
    before = written.stat().st_mtime_ns
    _, _, err = run(capsys, "convert", inbox, "-o", tmp_path / "out")

    assert "2 inputs = 0 written + 1 unchanged + 1 rejected + 0 failed" in err
    assert written.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("old", "new"), [("There", "Here"), ('title: "', 'title: "My '), ("\n---\n\n", '\ntags: "x"\n---\n\n')]
)
def test_own_edits_are_safe(
    old: str, new: str, inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that a person edited, in body or frontmatter, is kept and reported, and overwritten with --force only."""
    run(capsys, "convert", inbox / "sub", "-o", tmp_path / "out")
    written = tmp_path / "out" / "good.md"
    ours = written.read_text("utf-8")
    body = ours.partition("\n---\n\n")[2].split()[0]
    edited = ours.replace(body if old == "There" else old, new, 1)
    assert edited != ours
    written.write_text(edited, "utf-8")
    code, _, err = run(capsys, "convert", inbox / "sub", "-o", tmp_path / "out")

    assert code == 1
    assert "edited-output" in err
    assert "1 input = 0 written + 0 unchanged + 0 rejected + 1 failed" in err
    assert written.read_text("utf-8") == edited

    code, _, err = run(capsys, "convert", inbox / "sub", "-o", tmp_path / "out", "--force", "-q")

    assert code == 0
    assert (f"overwrote {written}: its " in err) is ("tags" not in edited)
    assert written.read_text("utf-8") == (edited if "tags" in edited else ours)


def test_own_keys_stay(inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --force the keys that a person added stay, as they were written, and it is told what was overwritten."""
    run(capsys, "convert", inbox / "sub", "-o", tmp_path / "out")
    written = tmp_path / "out" / "good.md"
    ours = written.read_text("utf-8")
    own = "tags: [a, b] # mine\nrating: 5\n"
    written.write_text(ours.replace("lang:", f"{own}lang:").replace("clerks", "people"), "utf-8")
    _, out, err = run(capsys, "convert", inbox / "sub", "-o", tmp_path / "out", "--force", "--json")

    said = "its frontmatter was changed; its body was changed; the keys that a person added stay: tags, rating"
    assert said == json.loads(out.splitlines()[0])["overwrote"]
    assert f"overwrote {written}: {said}\n" in err
    assert ours.replace("\n---\n\n", f"\n{own}---\n\n") == written.read_text("utf-8")

    _, _, err = run(capsys, "convert", inbox / "sub", "-o", tmp_path / "out", "--force")
    assert "1 input = 0 written + 1 unchanged + 0 rejected + 0 failed" in err
    assert "overwrote" not in err


def test_inputs_are_conserved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Over all specimens, inputs = written + unchanged + rejected + failed, and each input has one line."""
    code, out, _ = run(capsys, "convert", SEEDS, "-o", tmp_path, "--json")
    *rows, last = [json.loads(line) for line in out.splitlines()]
    summary = last["summary"]

    assert code == 3
    assert summary["inputs"] == len(rows) == len(specimens())
    assert summary["inputs"] == sum(summary[status] for status in STATUSES)
    assert sorted({row["input"] for row in rows}) == [row["input"] for row in rows]
    for status in STATUSES:
        assert summary[status] == sum(row["status"] == status for row in rows)
    assert all(row["code"] and row["message"] for row in rows if row["status"] == "rejected")


def test_two_captures_of_one_article_get_two_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Dated names of captures of one article differ, in any order of the inputs, and nothing is overwritten."""
    page = LAYOUT_A.read_bytes()
    first, _, rest = page.partition(b"\n")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_bytes(page)
    (folder / "b.txt").write_bytes(b"May 20, 2025May 20, 2025\n" + rest)
    run(capsys, "convert", folder / "a.txt", folder / "b.txt", "-o", tmp_path / "one", "--name", "dated")
    run(capsys, "convert", folder / "b.txt", folder / "a.txt", "-o", tmp_path / "two", "--name", "dated")

    assert first
    assert len(tree(tmp_path / "one")) == 2
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_strict_rejects_unread_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line that no rule has read is a warning, and with --strict a reason to reject."""
    page = tmp_path / "page.txt"
    page.write_bytes(LAYOUT_A.read_bytes() + b"\n\nA new line of the site")
    code, out, err = run(capsys, "convert", page)

    assert code == 0
    assert "warning: unread: no rule read line" in err
    assert "A new line of the site" not in out

    code, out, err = run(capsys, "convert", page, "--strict")

    assert (code, out) == (3, "")
    assert "rejected: unread: line " in err


def test_fail_on_decides_the_exit_code(inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code can be made to ignore rejections, or to mind diagnostics too."""
    undated = SEEDS / "kcna" / "layout-b-undated"
    args = ("-o", tmp_path / "out")

    assert run(capsys, "convert", inbox, *args, "--fail-on", "failed")[0] == 0
    assert run(capsys, "convert", inbox, *args, "--fail-on", "never")[0] == 0
    assert run(capsys, "convert", undated, *args)[0] == 0
    assert run(capsys, "convert", undated, *args, "--fail-on", "diagnostic")[0] == 4


def test_related_items_are_listed_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    """With --related the frontmatter lists the page's other articles, each with its day."""
    _, plain, _ = run(capsys, "convert", LAYOUT_A)
    _, listed, _ = run(capsys, "convert", LAYOUT_A, "--related")

    assert "\nrelated:\n" not in plain
    assert '\nrelated:\n  - "20' in listed


@pytest.mark.parametrize("kind", ["huge", "binary", "empty"])
def test_what_is_no_capture_is_rejected_clearly(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """50 MB, bytes and nothing are rejected with a reason and exit code 3, without a traceback."""
    page = tmp_path / "page.txt"
    if kind == "huge":
        with page.open("wb") as file:
            file.truncate(50 * 1024 * 1024)
        assert page.stat().st_size > MAX_BYTES
    else:
        page.write_bytes({"binary": b"\x89PNG\r\n\x1a\n\0\0", "empty": b""}[kind])
    code, out, err = run(capsys, "convert", page)
    expected = {"huge": "too-large", "binary": "binary", "empty": "empty"}[kind]

    assert (code, out) == (3, "")
    assert f"{page.as_posix()}: rejected: {expected}: " in err


def in_euc_kr(folder: Path) -> Path:
    """Write the Korean specimen in EUC-KR and return its file."""
    page = folder / "page.txt"
    page.write_bytes((SEEDS / "kcna" / "korean" / "capture.txt").read_text("utf-8").encode("euc-kr"))
    return page


def test_another_encoding_can_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A capture in EUC-KR is read without a word when --encoding names it."""
    code, out, err = run(capsys, "convert", in_euc_kr(tmp_path), "--encoding", "euc-kr")

    assert code == 0
    assert 'lang: "ko"' in out
    assert "charset-guessed" not in out + err


def test_another_encoding_is_guessed_with_a_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A capture in EUC-KR that nobody declared is converted, and both the file and the command say it is a guess."""
    _, named, _ = run(capsys, "convert", in_euc_kr(tmp_path), "--encoding", "euc-kr")
    code, out, err = run(capsys, "convert", in_euc_kr(tmp_path))

    assert (code, out.partition("\n---\n")[2]) == (0, named.partition("\n---\n")[2])
    assert '"charset-guessed: no character set is declared that fits the bytes; euc-kr was guessed from them' in out
    assert ": warning: charset-guessed: " in err


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["convert", str(SEEDS)], "need a folder to go to; name one with -o DIR"),
        (["convert", str(SEEDS), "-o", "x", "--url", "http://x/"], "--url and --captured are about one capture"),
        (["convert", str(LAYOUT_A), "--captured", "yesterday"], "'yesterday' is no day; write it as YYYY-MM-DD"),
        (["convert", str(LAYOUT_A), "-o", "x", "--name", "{sorce_id}"], "did you mean 'source_id'?"),
        (["convert"], "INPUT"),
        (["convret"], "no command 'convret'"),
        (["explain", str(SEEDS)], "is a folder; name one capture"),
    ],
)
def test_wrong_use_is_told(argv: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong use says what is wrong and ends with exit code 2."""
    with pytest.raises(SystemExit) as stopped:
        main(argv)

    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


def test_a_missing_input_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """An input that does not exist is named, with exit code 1."""
    code, out, err = run(capsys, "convert", "no-such-file.txt")

    assert (code, out) == (1, "")
    assert "no-such-file.txt" in err


def test_a_broken_rule_costs_only_its_document(
    inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is raised while one document is made is that document's outcome, and the others are converted."""
    from copydesk import pipeline
    from copydesk.batch import work

    def broken(capture: object, **options: object) -> object:
        if b"nobody" in capture.data:  # type: ignore[attr-defined]
            raise RecursionError("too deep")
        return pipeline.normalize(capture, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(work, "normalize", broken)
    code, _, err = run(capsys, "convert", inbox, "-o", tmp_path / "out", "--timeout", "0")

    assert code == 1
    assert "bad.txt: failed: unexpected: RecursionError: too deep" in err
    assert "2 inputs = 1 written + 0 unchanged + 0 rejected + 1 failed" in err
