from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from copydesk import Capture, inputs, normalize

sys.path.append(str(Path(__file__).resolve().parents[1]))  # pytest itself does not find the benchmarks

from benchmarks import build, forms
from benchmarks.build import Plan, entries, is_html
from benchmarks.forms import Entry

HASHES = {
    "folder": "9cd313e389ea465905a47684186ab8f190b2a19903857c768f5c2dd7749973f7",
    "zip": "e5754938bc9edbfcb676b3c32636b23bd83c8d142a1cedd606b6cce0a0c7259c",
    "tar": "3fcc15b31f67541c7b613d2861bce16238bbcbcbe8c425f1722f3e3fc75f4831",
    "warc": "600f6315bab1a898f49203da732fc85f457d6c25bed1da2c7f5b73dab4c7513f",
    "jsonl": "975eba0e17c971cf874d98eb9031f84ba5aa05eb24255397e07950329a79ca4d",
}
"""Of what is built of 12 documents in each form: any other byte, on any machine, is a change of the corpus."""


@pytest.fixture(scope="module")
def documents() -> list[Entry]:
    """Return the documents that most tests look at: more than there are articles to make them from."""
    return list(entries(Plan(2 * build.BASE + 40)))


@pytest.mark.parametrize(("form", "expected"), HASHES.items())
def test_the_same_numbers_give_the_same_bytes(form: str, expected: str, tmp_path: Path) -> None:
    """A corpus is the same byte for byte on every machine, in each form."""
    forms.write(entries(Plan(12)), tmp_path, form)
    files = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    whole = b"".join(path.relative_to(tmp_path).as_posix().encode() + path.read_bytes() for path in files)

    assert expected == hashlib.sha256(whole).hexdigest()


def test_another_seed_gives_other_bytes() -> None:
    """The seed is what all chance hangs on."""
    first, second = (list(entries(Plan(4, seed=seed))) for seed in (1, 2))

    assert [one.data for one in first] != [two.data for two in second]


def test_a_shorter_corpus_is_the_beginning_of_a_longer_one(documents: list[Entry]) -> None:
    """So that what ten times as many documents take is taken by the same ones and others."""
    assert documents[:10] == list(entries(Plan(10)))


def test_no_two_documents_are_alike(documents: list[Entry]) -> None:
    """Each becomes an article with an id and a body of its own and, where its page has one, a title of its own."""
    made = [normalize(Capture(entry.data, entry.name)) for entry in documents]
    titles = [document.frontmatter["title"] for document in made if "title" in document.frontmatter]

    assert len(documents) == len({document.frontmatter["id"] for document in made})
    assert len(documents) == len({document.body for document in made})
    assert len(titles) == len(set(titles)) > len(documents) / 2
    assert [] == [place for document in made for place in document.account.unread()]


def test_days_go_on(documents: list[Entry]) -> None:
    """Two documents of one article have days of their own, and the page says the same day everywhere."""
    pages = [entry for entry in documents if entry.name.endswith("-a.txt")]
    made = [normalize(Capture(entry.data, entry.name)) for entry in pages]

    assert len({document.frontmatter["date"] for document in made}) == len(made)
    assert all("warnings" not in document.frontmatter for document in made)


def test_the_sizes_are_those_of_the_other_benchmarks(documents: list[Entry]) -> None:
    """Texts have 8 to 15 KB and HTML pages 40 to 80, give or take the sentence that each has of its own."""
    for entry in documents:
        least, most = (40_000, 81_000) if entry.media == "text/html" else (8_000, 15_200)
        assert least <= len(entry.data) <= most, entry.name


@pytest.mark.parametrize("percent", [0, 20, 33, 100])
def test_the_share_of_html_is_spread_evenly(percent: int) -> None:
    """Any hundred documents in a row have the same share of HTML."""
    kinds = [is_html(number, percent) for number in range(300)]

    assert {percent} == {sum(kinds[start:start + 100]) for start in (0, 50, 117, 200)}


@pytest.mark.parametrize(("flat", "expected"), [(False, ["000", "001", "002"]), (True, [])])
def test_folders_hold_so_many(flat: bool, expected: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents stand a thousand in a folder, or all in one."""
    monkeypatch.setattr(forms, "PER_FOLDER", 2)
    built = forms.write(entries(Plan(5)), tmp_path, flat=flat)

    assert expected == sorted(path.name for path in tmp_path.iterdir() if path.is_dir())
    assert 5 == built.documents == sum(path.is_file() for path in tmp_path.rglob("*"))


@pytest.mark.parametrize("form", forms.FORMS)
def test_copydesk_reads_each_form(form: str, documents: list[Entry], tmp_path: Path) -> None:
    """All documents of a corpus are inputs, with the bytes that were put into it."""
    built = forms.write(iter(documents[:7]), tmp_path, form)
    found = inputs.find([str(built.path)]).inputs

    assert [entry.data for entry in documents[:7]] == [inputs.read(item) for item in found]
    assert built.size == sum(len(entry.data) for entry in documents[:7])


def test_no_more_than_one_document_is_in_memory(tmp_path: Path) -> None:
    """A corpus is written as its documents come: none is asked for before the one before it is on its way."""
    asked: list[int] = []

    def coming() -> Iterator[Entry]:
        for number in range(3):
            asked.append(len(list(tmp_path.rglob("*.txt"))))
            yield Entry(f"{number}.txt", "text/plain", "https://example.org/", b"text")

    forms.write(coming(), tmp_path)

    assert [0, 1, 2] == asked


def test_the_command_builds_and_says_what(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It tells where the corpus is, and how large."""
    folder = tmp_path / "new" / "corpus"

    assert 0 == build.main([str(folder), "--documents", "3", "--as", "jsonl", "--html", "0", "--seed", "7"])
    size = sum(len(entry.data) for entry in entries(Plan(3, 0, 7)))
    assert f"{folder / 'captures.jsonl'}: 3 documents, {size} bytes of captures\n" == capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--documents", "0"], ["--html", "101"], ["--as", "rar"]])
def test_wrong_arguments_are_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Numbers are 1 or more, shares go up to a hundred, and forms are those that there are."""
    with pytest.raises(SystemExit) as stop:
        build.main(["corpus", "--documents", "1", *arguments])

    assert stop.value.code == 2
    assert arguments[1] in capsys.readouterr().err
