"""A few seconds of the fuzz target, and whether it would find and keep what breaks a law."""

from __future__ import annotations

import signal
from pathlib import Path
from random import Random

import pytest

from tests.fuzz.html_fuzz import Case, Tally, cases, fuzz, main, smaller
from tests.fuzz.made_up import made_up
from tests.fuzz.mutator import HARMLESS, MUTATIONS, harmless, mutate
from tests.fuzz.verdict import Verdict, judge_made, time_limit, verdict


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_few_pages_keep_the_laws(seed: int) -> None:
    """No page of a short run breaks a law, and all kinds of outcomes are met."""
    tally = fuzz(seed, pages=150)

    assert tally.failures == {}
    assert {"given back", "document", "no-layout"} <= tally.outcomes.keys()
    assert sum(tally.outcomes.values()) == 150


def test_a_seed_gives_the_same_pages() -> None:
    """Two runs with one seed judge the same pages in the same order, and another seed gives others."""
    one, same, other = ([case.data for case, _ in zip(cases(seed), range(40), strict=False)] for seed in (7, 7, 8))

    assert one == same
    assert one != other


@pytest.mark.parametrize("name", sorted(MUTATIONS))
def test_each_mutation_changes_a_page(name: str) -> None:
    """Each mutation takes any bytes, and changes most pages."""
    rng = Random(1)
    page = made_up(rng).page.encode()
    changed = [MUTATIONS[name](rng, page) != page for _ in range(20)]

    assert any(changed)
    assert isinstance(MUTATIONS[name](rng, b""), bytes)


@pytest.mark.parametrize("name", sorted(HARMLESS))
def test_harmless_changes_are_changes(name: str) -> None:
    """Each harmless change alters the bytes of a page and leaves its document as it is."""
    rng = Random(2)
    made = made_up(rng)
    data = HARMLESS[name](rng, made.page.encode())

    assert data != made.page.encode()
    assert judge_made(made, data) == "given back"


def test_what_breaks_a_law_is_named_and_kept(tmp_path: Path) -> None:
    """Failures are counted by name, and of each the smallest page is kept with its trace."""
    tally = Tally(tmp_path)

    def judge(data: bytes) -> Verdict:
        return verdict(lambda: _refuses(data))

    for data in (b"a long page with an x in it", b"no page", b"short x"):
        tally.take(Case(data, judge, shrinks=True))
    (page,) = tmp_path.glob("*.html")

    assert tally.outcomes == {"failed": 2, "document": 1}
    assert list(tally.failures.values()) == [2]
    assert page.read_bytes() == b"x"
    assert "ValueError: no x" in page.with_suffix(".trace").read_text("utf-8")


def _refuses(data: bytes) -> str:
    if b"x" in data:
        raise ValueError("no x, please")
    return "document"


def test_a_page_of_an_article_is_not_cut_down() -> None:
    """A page that must give an article back is kept whole: a piece of it cannot."""
    made = made_up(Random(3))
    tally = Tally()
    tally.take(Case(b"<html>" + made.page.encode(), lambda data: verdict(lambda: judge_made(made, data + b"<p>"))))
    wrong = Case(b"<html><p>Something else.</p>", lambda data: verdict(lambda: judge_made(made, data)))
    tally.take(wrong)

    assert wrong.data in tally.smallest.values()


def test_a_smaller_page_fails_in_the_same_way() -> None:
    """What is left out does not change the name of the failure."""
    case = Case(b"a" * 200 + b"x" + b"b" * 99, lambda data: verdict(lambda: _refuses(data)))
    failure = case.judge(case.data).failure

    assert smaller(case, failure) == b"x"


def test_a_hang_is_a_failure() -> None:
    """A page that takes too long is named as such."""

    def forever() -> str:
        while True:
            pass

    assert verdict(forever, seconds=1).failure.startswith("Hang in forever")


def test_the_time_limit_is_lifted() -> None:
    """Nothing rings when a block has ended in time."""
    with time_limit(1):
        made = made_up(Random(4))

    assert judge_made(made, made.page.encode()) == "given back"
    assert signal.alarm(0) == 0


def test_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A run of a moment prints what became of its pages, and ends with 0 where no law was broken."""
    code = main(["--minutes", "0.01", "--seed", "5", "--keep", str(tmp_path / "kept")])

    assert code == 0
    assert "outcome given back" in capsys.readouterr().out
    assert not (tmp_path / "kept").exists()


def test_pages_are_mutated_and_not_lost() -> None:
    """Mutated pages differ from what they were, and harmless ones still are pages."""
    rng = Random(6)
    page = made_up(rng).page.encode()

    assert sum(mutate(rng, page, [page]) != page for _ in range(20)) > 15
    assert b"<html" in harmless(rng, page).lower()
