from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from copydesk.desk.load import Host
from copydesk.desk.routing import Desk
from copydesk.desk.selection import installed
from copydesk.testing.cases import (
    Case,
    CaseError,
    accept,
    becomes,
    case_of,
    cases_below,
    expected,
    propose,
    proposed,
    withdraw,
)
from tests.support.specimens import SEEDS

RECORDED = {"expected.md", "account.tsv"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one case, of which nothing is expected yet."""
    case = tmp_path / "cases" / "first"
    case.mkdir(parents=True)
    for file in ("capture.txt", "case.yaml"):
        shutil.copy(SEEDS / "kcna" / "layout-a" / file, case)
    return case


def files(folder: Path) -> set[str]:
    """Return what stands in a folder, all the way down."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_case_has_its_capture_and_what_is_known_of_it(folder: Path) -> None:
    """The hints are those of case.yaml; without a name, the capture is called by its folder and file alone."""
    (folder / "case.yaml").write_text("shows: A page.\nurl: http://a.example/1\ncaptured: 2024-05-01\n", "utf-8")
    (case,) = cases_below(folder.parent)

    assert (case.name, case.shows, case.folder) == ("first", "A page.", folder)
    assert case.capture.data == (folder / "capture.txt").read_bytes()
    assert case.capture[1:] == ("first/capture.txt", "http://a.example/1", "2024-05-01", "")


def test_a_folder_may_be_a_case_itself(folder: Path) -> None:
    """One case alone can be named, and is called the same wherever it is."""
    (alone,) = cases_below(folder)

    assert alone.capture.name == case_of(folder, folder.parent).capture.name == "first/capture.txt"


def test_cases_come_by_name(folder: Path) -> None:
    """The order of cases is that of their names, not that of the disk."""
    for name in ("zebra", "ape", "mole/young"):
        shutil.copytree(folder, folder.parent / name)

    assert [case.name for case in cases_below(folder.parent)] == ["ape", "first", "mole/young", "zebra"]


@pytest.mark.parametrize(
    ("hints", "said"),
    [
        ("shows: [", "write it as YAML"),
        ("- a list", "it holds ['a list']; write `shows:` and what the case shows"),
        ("show: A page.", "'show' is no key of a case; they are shows, name, url, captured, encoding"),
    ],
)
def test_hints_that_are_none_are_refused(folder: Path, hints: str, said: str) -> None:
    """A mistake in case.yaml is told with its path and the remedy."""
    (folder / "case.yaml").write_text(hints, "utf-8")

    with pytest.raises(CaseError) as problem:
        cases_below(folder)
    assert str(problem.value).startswith((folder / "case.yaml").as_posix())
    assert said in str(problem.value)


def test_a_case_holds_one_capture(folder: Path) -> None:
    """Two captures in one folder, or none, are no case; the message says what is there."""
    (folder / "other.txt").write_text("", "utf-8")
    with pytest.raises(CaseError, match=r"holds one capture, and here is capture.txt, other.txt; give each its own"):
        cases_below(folder)
    (folder / "other.txt").unlink()
    (folder / "capture.txt").unlink()

    with pytest.raises(CaseError, match="and here is none"):
        cases_below(folder)


def test_what_becomes_of_a_case_is_what_was_accepted_for_it() -> None:
    """A document and its account for a page, code and reason for one that is refused, as the specimens have them."""
    for name in ("kcna/layout-a", "rejected/list-page"):
        case = case_of(SEEDS / name, SEEDS)

        assert expected(case)
        assert becomes(case, installed()) == expected(case)


def test_a_capture_that_fails_is_an_error(folder: Path) -> None:
    """What is neither converted nor rejected has nothing to expect: the message says which case it is."""
    def broken(_: object) -> object:
        raise ZeroDivisionError

    host = installed()
    layout = host.desk.layouts["kcnawatch-a"]
    before, layout.rules = layout.rules, (broken,)  # type: ignore[assignment]  # the mistake
    try:
        with pytest.raises(CaseError, match="first: the capture fails: rule 'kcnawatch-a: broken'"):
            becomes(case_of(folder, folder), host)
    finally:
        layout.rules = before


def test_what_is_new_is_proposed_and_not_expected(folder: Path) -> None:
    """What becomes of a case goes into `proposed/` until a person has accepted it."""
    case = case_of(folder, folder)

    assert propose(case, installed())
    assert files(folder) == {"capture.txt", "case.yaml"} | {f"proposed/{name}" for name in RECORDED}
    assert (expected(case), proposed(case)) == ({}, becomes(case, installed()))


def test_what_is_accepted_is_expected(folder: Path) -> None:
    """Accepting moves what is proposed to its place, and a second time there is nothing to accept."""
    case = case_of(folder, folder)
    propose(case, installed())

    assert accept(case)
    assert expected(case) == becomes(case, installed())
    assert files(folder) == {"capture.txt", "case.yaml"} | RECORDED
    assert not (folder / "proposed").exists()
    assert not accept(case)


def test_what_is_as_expected_is_not_proposed(folder: Path) -> None:
    """A case that becomes what is expected leaves no proposal, and takes an older one back."""
    case = case_of(folder, folder)
    propose(case, installed())
    accept(case)
    (folder / "proposed").mkdir()
    (folder / "proposed" / "expected.md").write_text("old", "utf-8")

    assert not propose(case, installed())
    assert not (folder / "proposed").exists()


def test_another_outcome_replaces_the_whole_expectation(folder: Path) -> None:
    """A case that was converted and is now refused keeps nothing of its document, and back again."""
    case, nobody = case_of(folder, folder), Host(Desk(), ())
    propose(case, installed())
    accept(case)
    propose(case, nobody)

    assert set(expected(case)) == RECORDED
    accept(case)
    assert set(expected(case)) == {"rejected.json"}
    propose(case, installed())
    accept(case)
    assert set(expected(case)) == RECORDED


def test_a_proposal_can_be_taken_back(folder: Path) -> None:
    """Taking back leaves what is expected, and what somebody else put beside the proposal."""
    case = case_of(folder, folder)
    propose(case, installed())
    withdraw(case)

    assert files(folder) == {"capture.txt", "case.yaml"}


def test_the_bytes_are_those_of_the_command(folder: Path) -> None:
    """Line ends and signs are written as they are, whatever the system: a second look finds no difference."""
    case: Case = case_of(folder, folder)
    propose(case, installed())
    written = (folder / "proposed" / "expected.md").read_bytes()

    assert written.decode("utf-8") == becomes(case, installed())["expected.md"]
    assert b"\r" not in written
