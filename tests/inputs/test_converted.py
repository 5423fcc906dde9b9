from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from copydesk.batch.engines import Apart, Engine, here
from copydesk.batch.values import Outcome, Settings
from copydesk.convert import convert
from copydesk.inputs import find
from tests.batch.test_report import faults
from tests.cli.test_convert import LAYOUT_A, STATUSES, run, tree
from tests.inputs.archives import KINDS, http, lines, made, record, tarred, zipped
from tests.support.specimens import SEEDS

PAGE = LAYOUT_A.read_bytes()
OTHER = (SEEDS / "kcna" / "juche-wrong" / "capture.txt").read_bytes()
PAGES = {"a.txt": PAGE, "sub/b.txt": OTHER, "sub/c.txt": PAGE + b"\n"}
BAD = b"a letter to nobody\n"


def rows(report: Path) -> list[dict[str, Any]]:
    """Return the lines of a report."""
    return [json.loads(text) for text in report.read_text("utf-8").splitlines()]


def by_input(report: Path) -> dict[str, str]:
    """Return the status of each input by its name without folders."""
    return {row["input"].rpartition("/in/")[2]: row["status"] for row in rows(report) if "input" in row}


def bodies(folder: Path) -> list[tuple[str, str]]:
    """Return id and body of the documents below a folder; the rest tells of the capture, and differs between kinds."""
    texts = [path.read_text("utf-8") for path in folder.rglob("*.md")]
    return sorted((text.split('"')[1], text.split("\n---\n")[1]) for text in texts)


@pytest.mark.parametrize("kind", KINDS)
def test_law_a_container_gives_what_its_files_give(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Law: the documents of a container are those of its members as files, whatever kind of container it is."""
    for name, data in PAGES.items():
        (tmp_path / "files" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "files" / name).write_bytes(data)
    path = made(tmp_path, kind, PAGES)
    codes = [run(capsys, "convert", source, "-o", tmp_path / out, "-q")[0]
             for source, out in ((tmp_path / "files", "plain"), (path, "out"))]  # fmt: skip

    assert codes == [0, 0]
    assert len(bodies(tmp_path / "out")) == 3
    assert bodies(tmp_path / "plain") == bodies(tmp_path / "out")
    if "warc" not in kind:
        assert tree(tmp_path / "out" / "a") == tree(tmp_path / "plain")


@pytest.mark.parametrize("name", ["mirror", "dated"])
def test_law_engines_agree_on_containers(name: str, tmp_path: Path) -> None:
    """Law: the outcomes and the bytes are the same in one process and in two, however members are read."""
    inbox = tmp_path / "in"
    inbox.mkdir()
    for kind in ("zip", "tar.gz", "warc.gz", "warc.gz, one stretch", "jsonl"):
        made(inbox, kind, {**PAGES, "bad.txt": BAD})
    (inbox / "cut.tar.gz").write_bytes((inbox / "a.tar.gz").read_bytes()[:-9])
    found = find([str(inbox)], fields="text=text").inputs
    engines: dict[str, Engine] = {"one": here, "two": Apart(2, 20, 0)}
    said: dict[str, list[Outcome]] = {}
    for engine in engines:
        settings = Settings(str(tmp_path / "out"), name=name, fields="text=text")
        said[engine] = [outcome._replace(seconds=0) for outcome in convert(found, settings, engines[engine])]
        (tmp_path / "out").rename(tmp_path / engine)
    trees = [{path.relative_to(tmp_path / engine): path.read_bytes() for path in (tmp_path / engine).rglob("*.md")}
             for engine in engines]  # fmt: skip

    assert said["one"] == said["two"]
    assert trees[0] == trees[1]
    assert len(trees[0]) == sum(outcome.status == "written" for outcome in said["one"]) > 12


def test_law_inputs_are_conserved_in_cut_containers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Law: each whole member, and each cut, has one line in the report, and the counts are those of the lines."""
    inbox = tmp_path / "in"
    inbox.mkdir()
    for kind in KINDS:
        path = made(inbox, kind, {**PAGES, "bad.txt": BAD, "x.jpg": b""})
        data = path.read_bytes()
        path.rename(inbox / f"{kind.replace(', ', '-').replace('.', '-')}.whole.{path.name.partition('.')[2]}")
        cut = inbox / f"{kind.replace(', ', '-').replace('.', '-')}.cut.{path.name.partition('.')[2]}"
        cut.write_bytes(data[: len(data.rstrip(b"\0")) * 2 // 3])
    report = tmp_path / "r.jsonl"
    code, _, _ = run(capsys, "convert", inbox, "-o", tmp_path / "out", "--fields", "text=text", "--report", report)
    outcomes, last = [row for row in rows(report) if "input" in row], rows(report)[-1]
    statuses = [row["status"] for row in outcomes]
    told = {row["input"].partition("!")[0] for row in outcomes if row["status"] == "failed"}

    assert code == 1
    assert len({row["input"] for row in outcomes}) == len(outcomes) == last["summary"]["inputs"]
    assert {status: statuses.count(status) for status in STATUSES} == {key: last["summary"][key] for key in STATUSES}
    assert len(tree(tmp_path / "out")) == statuses.count("written")
    assert told == {path.as_posix() for path in inbox.iterdir() if ".cut." in path.name}
    assert [fault for row in rows(report) for fault in faults(row)] == []
    assert {row["input"] for row in outcomes if "inside" in row} == {row["input"] for row in outcomes if "!" in row["input"]}  # noqa: E501 - one comparison


def test_hostile_names_stay_in_the_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever members are called, each has an output of its own below the output folder."""
    names = ["../../up.txt", "/etc/abs.txt", "C:\\win\\x.txt", "..\\back.txt", "con.txt", "a.txt", "A.TXT", "a./b.txt",
             "조선/é.txt", "e\u0301.txt", "\u00e9.txt", "a\nb.txt", "x" * 300 + ".txt", "a.txt/b.txt"]  # fmt: skip
    (tmp_path / "z.zip").write_bytes(zipped(dict.fromkeys(names, PAGE)))
    (tmp_path / "t.tar").write_bytes(tarred(dict.fromkeys(names, PAGE)))
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    ledger = {".gitignore", "ledger.sqlite", "ledger.sqlite.lock"}
    code, _, err = run(capsys, "convert", tmp_path / "z.zip", tmp_path / "t.tar", "-o", tmp_path / "deep" / "out")

    assert (code, err.count("28 written")) == (0, 1)
    assert len({name.casefold() for name in tree(tmp_path / "deep" / "out")}) == 28
    files = [path for path in tmp_path.rglob("*") if path.is_file() and path.name not in ledger]
    assert len(files) == len(before) + 28


def test_what_a_container_knows_goes_into_the_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Address, day and character set of a record are those of the capture; the command line goes before them."""
    korean = PAGE.decode().replace(" -0-", " 조선 -0-")
    block = http(korean.encode("euc-kr"), "text/plain; charset=euc-kr")
    url = "https://kcnawatch.org/newstream/1683594000-1234/x/"
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(record(block, WARC_Target_URI=url)))
    arguments = ("convert", tmp_path / "a.warc.gz", "-q", "-o")
    run(capsys, *arguments, tmp_path / "own")
    run(capsys, *arguments, tmp_path / "other", "--url", url + "other/", "--captured", "2023-06-01")
    own, other = (next((tmp_path / name).rglob("*.md")).read_text("utf-8") for name in ("own", "other"))

    assert f'capture_url: "{url}"' in own
    assert "조선" in own
    assert f'input_file: "{tmp_path.as_posix()}/a.warc.gz!1"' in own
    assert f'capture_url: "{url}other/"' in other


def test_a_container_needs_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What may hold many documents is written to no standard output."""
    path = made(tmp_path, "zip", {"a.txt": PAGE})
    with pytest.raises(SystemExit):
        run(capsys, "convert", path)

    assert "need a folder to go to" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["zip", "tar.gz", "warc.gz", "warc.gz, one stretch", "jsonl.gz"])
@pytest.mark.parametrize("name", ["mirror", "dated"])
def test_retry_finds_members_again(
    kind: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """After retrying, the tree and the report are those of one run over the mended container."""
    inbox, report, quarantine = tmp_path / "in", tmp_path / "r.jsonl", tmp_path / "q"
    inbox.mkdir()
    path = made(inbox, kind, {**PAGES, "bad.txt": BAD, "z.txt": PAGE})
    code, _, _ = run(capsys, "convert", path, "-o", tmp_path / "out", "--name", name, "--report", report,
                     "--quarantine", quarantine)  # fmt: skip
    reasons = [file for file in quarantine.rglob("*") if file.is_file()]

    assert (code, [*by_input(report).values()].count("rejected")) == (3, 1)
    assert len(reasons) == 2
    assert BAD in [file.read_bytes() for file in reasons]

    made(inbox, kind, {**PAGES, "bad.txt": PAGE + b"\n\n", "z.txt": PAGE})
    code, _, err = run(capsys, "retry", report, "--quarantine", quarantine)
    assert (code, "1 input = 1 written" in err) == (0, True)
    assert [file for file in quarantine.rglob("*") if file.is_file()] == []

    run(capsys, "convert", path, "-o", tmp_path / "anew", "--name", name, "--report", tmp_path / "anew.jsonl")
    trees = [{file.relative_to(tmp_path / top): file.read_bytes() for file in (tmp_path / top).rglob("*.md")}
             for top in ("out", "anew")]  # fmt: skip
    assert trees[0] == trees[1]
    assert by_input(report) == by_input(tmp_path / "anew.jsonl")


@pytest.mark.parametrize("kind", ["zip", "tar.gz", "warc.gz"])
def test_retry_takes_what_a_mended_container_has_more(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Once a container that broke off is whole, its other members are converted, and the fault leaves the report."""
    inbox, report = tmp_path / "in", tmp_path / "r.jsonl"
    (inbox / "sub").mkdir(parents=True)
    path = made(inbox / "sub", kind, {f"{n}.txt": PAGE + b"\n" * n * 400 for n in range(5)})
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    (inbox / "c.txt").write_bytes(PAGE)
    run(capsys, "convert", inbox, "-o", tmp_path / "out", "--report", report)
    assert [*by_input(report).values()].count("failed") == 1

    path.write_bytes(data)
    code, _, _ = run(capsys, "retry", report)
    run(capsys, "convert", inbox, "-o", tmp_path / "anew", "--report", tmp_path / "anew.jsonl")

    assert code == 0
    assert by_input(report) == by_input(tmp_path / "anew.jsonl")
    assert rows(report)[-1]["summary"]["inputs"] == rows(report)[-1]["summary"]["written"] == 6
    assert tree(tmp_path / "out") == tree(tmp_path / "anew")


def test_retry_tells_of_what_is_gone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A member that is not in its container any more, and a container that is not there, fail with that reason."""
    report = tmp_path / "r.jsonl"
    path = made(tmp_path, "zip", {"a.txt": PAGE, "bad.txt": BAD})
    run(capsys, "convert", path, "-o", tmp_path / "out", "--report", report)
    made(tmp_path, "zip", {"a.txt": PAGE})
    assert "'bad.txt' is not in it any more; give the container as it was" in run(capsys, "retry", report)[2]

    path.unlink()
    assert "a.zip': cannot be read: No such file" in run(capsys, "retry", report)[2]
    assert len(rows(report)) == 4


def test_quarantine_keeps_members_of_one_name_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two containers may have a bad member of one name, and each has its place."""
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.jsonl").write_bytes(b"bad\n" + lines({"b.txt": BAD}))
    run(capsys, "convert", tmp_path / "x" / "a.jsonl", tmp_path / "y" / "a.jsonl", "-o", tmp_path / "out",
        "--quarantine", tmp_path / "q")  # fmt: skip

    assert len([*(tmp_path / "q").rglob("*.reason.json")]) == 4


@pytest.mark.parametrize("kind", ["zip", "tar.gz", "warc.gz"])
def test_a_member_can_be_traced(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A paragraph of a document leads back to the lines of the member that it came from."""
    path = made(tmp_path, kind, PAGES)
    run(capsys, "convert", path, "-o", tmp_path / "out", "-q")
    text = next((tmp_path / "out").rglob("*.md")).read_text("utf-8")
    code, out, err = run(capsys, "trace", tmp_path / "out", text.split('"')[1] + "#1", "--captures", tmp_path)

    assert (code, err) == (0, "")
    assert f"{path.name}!" in out
