from __future__ import annotations

import json
from pathlib import Path

import pytest

from copydesk.new_source.propose import Said
from copydesk.new_source.samples import SampleError
from copydesk.testing.cases import REJECTED, becomes
from tests.new_source import made_up
from tests.new_source.made_up import HOST, STORIES, labelled, proposed
from tests.support.specimens import SEEDS, specimens

CASES = ("layout-a", "layout-a1")


def test_a_known_layout_makes_a_source_of_a_few_lines(tmp_path: Path) -> None:
    """Where a known layout reads the samples, no layout is written: the source is its label and its habits."""
    proposal = proposed(tmp_path, [labelled(case) for case in CASES])

    assert () == proposal.layouts
    assert ("Quay Gazette",) == proposal.source.labels
    assert ["kcnawatch-a", "kcnawatch-a1"] == [doc.account.layout for doc in proposal.documents]
    assert ["stamp", "end mark", "dateline"] == [habit.rule for habit in proposal.source.habits[0][1].habits]
    assert [[], []] == [list(doc.account.diagnostics) for doc in proposal.documents]


def test_habits_do_what_those_of_a_bundled_source_do(tmp_path: Path) -> None:
    """The habits that are proposed for pages of the agency make the same document of them as its own."""
    proposal = proposed(tmp_path, [labelled(case) for case in CASES])
    own = [(SEEDS / "kcna" / case / "expected.md").read_text("utf-8").split("\n---\n")[1] for case in CASES]

    assert [body.strip() for body in own] == [doc.body.strip() for doc in proposal.documents]


def test_habits_are_those_of_their_language(tmp_path: Path) -> None:
    """Samples in two languages make two lists of habits, whose constants do not collide."""
    proposal = proposed(tmp_path, [labelled(case) for case in ("layout-a", "korean", "japanese")])

    assert ["en", "ja", "ko"] == [lang for lang, _ in proposal.source.habits]
    assert {"EN_DATELINE", "JA_DATELINE", "KO_DATELINE"} == {
        habit.constant.name for _, found in proposal.source.habits for habit in found.habits if habit.rule == "dateline"
    }
    assert ["Pyongyang", "평양", "平壌"] == [doc.frontmatter["dateline_place"] for doc in proposal.documents]


def test_known_and_unknown_pages_go_together(tmp_path: Path) -> None:
    """A new layout is proposed for the samples alone that no known one reads."""
    proposal = proposed(tmp_path, [labelled("layout-a"), *map(made_up.paper, STORIES)])

    assert ["kcnawatch-a", *["harbour-post-page"] * 2] == [doc.account.layout for doc in proposal.documents]


def test_labels_of_two_publishers_are_refused(tmp_path: Path) -> None:
    """Two labels are two publishers, unless the author says that both are one."""
    pages = [labelled("layout-a", "Quay Gazette"), labelled("layout-a1", "Town Hall Gazette")]
    with pytest.raises(SampleError, match="'Quay Gazette', 'Town Hall Gazette'"):
        proposed(tmp_path, pages)
    proposal = proposed(tmp_path, pages, Said("The Gazettes", ("Town Hall Gazette", "Quay Gazette")))

    assert ("Quay Gazette", "Town Hall Gazette") == proposal.source.labels


def test_a_page_of_an_installed_source_is_refused(tmp_path: Path) -> None:
    """A page that an installed source claims is no sample of a new one."""
    with pytest.raises(SampleError, match="is a page of the source 'kcna'"):
        proposed(tmp_path, [labelled("layout-a", "KCNA.kp")])


def test_a_known_page_without_label_and_host_is_refused(tmp_path: Path) -> None:
    """Where nothing on a page could tell its source, no source is written that would never be found."""
    page = (SEEDS / "unknown" / "no-label" / "capture.txt").read_text("utf-8")
    with pytest.raises(SampleError, match="nothing tells that it is a page of harbour-post"):
        proposed(tmp_path, [page])


def test_what_is_proposed_changes_no_other_page(tmp_path: Path) -> None:
    """With each of the proposed plugins the specimens become what they become without it."""
    for n, pages in enumerate(([labelled(case) for case in CASES], list(map(made_up.paper, STORIES)),
                               list(map(made_up.gazette, STORIES)))):  # fmt: skip
        folder = tmp_path / str(n)
        folder.mkdir()
        host = proposed(folder, pages).host
        changed = [case.name for case in specimens() if _told(becomes(case, host)) != _told(becomes(case, HOST))]

        assert [] == changed


def _told(found: dict[str, str]) -> object:
    """Return what becomes of a case; of a rejection the code, since its message lists all known layouts."""
    return json.loads(found[REJECTED])["code"] if REJECTED in found else found
