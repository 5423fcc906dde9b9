from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import Capture, normalize

sys.path.append(str(Path(__file__).resolve().parents[1]))  # pytest itself does not find the benchmarks

from benchmarks import growth, html, html_corpus, measure, run
from benchmarks.growth import Growth
from benchmarks.measure import Missing, Result, Row, Work, compare
from benchmarks.peers import PEERS, Peer, Reader

FOUND = Result("ours", "theirs", 1.96, 1.5, 2.0, 3.0, 1.53, cpu=2.25)
ROWS: tuple[Row, ...] = (
    FOUND,
    Result("peer", "ours", 14.0, 13.0, 15.0, 42.0, 3.0, at_least=True),
    Missing("other peer", "ours", "not installed"),
    Growth("spaces", 1.01, (1000, 2000), (10.0, 20.0)),
    Growth("stars", 1.3, (1000, 2000), (10.0, 25.0)),
    Growth("dots", 1.9, (1000, 2000), (0.1, 0.4)),
)
README_TABLE = """\
| What | Against | Times as long | By CPU, without writing | Goal |
| --- | --- | --- | --- | --- |
| ours | theirs | 2.0 | 2.2 | at most 2 |
| peer | ours | 14.0 | | at least 15 |
| other peer | ours | not installed | | |
| growth: worst of 3 hostile families (stars) | 25 ms for 2 KB | exponent 1.30 | | at most 1.25 |"""


@pytest.fixture(scope="module")
def captures() -> list[tuple[str, bytes]]:
    """Return the pages that most tests look at."""
    return html_corpus.captures(20)


def test_the_corpus_is_the_same_each_time(captures: list[tuple[str, bytes]]) -> None:
    """The same seed gives the same pages, and another seed gives others."""
    assert html_corpus.captures(20) == captures
    assert html_corpus.captures(1, seed=2)[0][1] != captures[0][1]


def test_a_page_is_of_the_size_that_the_goals_are_for(captures: list[tuple[str, bytes]]) -> None:
    """Each page has 40 to 80 KB."""
    assert [name for name, data in captures if not 40_000 <= len(data) <= 80_000] == []


def test_a_page_is_as_full_as_a_real_one(captures: list[tuple[str, bytes]]) -> None:
    """Each page parses to 500 to 1,200 elements, with 100 links and more to other pages of the site."""
    from lxml import etree

    for _, data in captures:
        root = etree.fromstring(data, etree.HTMLParser())
        assert 500 <= sum(1 for _ in root.iter(etree.Element)) <= 1200
        assert len(root.findall(".//nav//a")) >= 100


def test_a_page_is_read_whole(captures: list[tuple[str, bytes]]) -> None:
    """Each page becomes an article of 4 to 20 paragraphs and 3 to 12 KB, without a warning or unread text."""
    for name, data in captures:
        document = normalize(Capture(data, name))
        assert 4 <= len(document.paragraphs) <= 20
        assert 3_000 <= len(document.body) <= 12_000
        assert "warnings" not in document.frontmatter
        assert document.account.unread() == []


def test_a_few_articles_have_markup() -> None:
    """Some articles, and fewer than one in five, have emphasis or a link in their text."""
    bodies = [normalize(Capture(data, name)).body for name, data in html_corpus.captures(60)]

    assert 0 < sum("*" in body or "](" in body for body in bodies) < 12


@given(st.floats(0.01, 100), st.floats(0.01, 100), st.booleans())
def test_a_goal_is_a_bound_from_one_side(ratio: float, goal: float, at_least: bool) -> None:
    """A ratio reaches a goal if it is no higher or, where it should be at least that, no lower."""
    result = FOUND._replace(ratio=ratio, goal=goal, at_least=at_least)

    assert result.reached is (goal <= ratio if at_least else ratio <= goal)


def test_without_a_goal_none_is_missed() -> None:
    """A ratio that is only told, and a peer that is not installed, miss no goal."""
    assert FOUND._replace(goal=None, ratio=1e9).reached
    assert Missing("peer", "ours", "not installed").reached


def test_a_ratio_is_that_of_the_subject_to_the_baseline(monkeypatch: pytest.MonkeyPatch) -> None:
    """The medians are compared, the shortest times, and by another clock the work without writing."""
    now = 0.0

    def work(*seconds: float) -> Work:
        left = list(seconds)

        def work() -> None:
            nonlocal now
            now += left.pop(0)

        return work

    monkeypatch.setattr(measure, "perf_counter", lambda: now)
    monkeypatch.setattr(measure, "process_time", lambda: now / 2)
    pairs, bare = [(work(3, 6, 90), work(2, 2, 1))], [(work(8, 8, 8), work(4, 4, 4))]
    result = compare("ours", "theirs", pairs, rounds=3, goal=2.0, bare=bare)

    assert Result("ours", "theirs", 3.0, 3.0, 2.0, 6000.0, 2000.0, cpu=2.0) == result


def test_each_work_is_done_once_a_round_and_in_turns() -> None:
    """Subject and baseline take turns, and who goes first changes with each round."""
    done: list[str] = []
    compare("ours", "theirs", [(lambda: done.append("o"), lambda: done.append("t"))], rounds=3, goal=None)

    assert ["t", "o", "o", "t", "t", "o"] == done


def test_html_pages_are_compared_with_parsing(tmp_path: Path) -> None:
    """The first line is Copydesk's against read, parse and write, with a ratio of its own by CPU."""
    found = next(html.measure(tmp_path, captures=1, rounds=1))

    assert isinstance(found, Result)
    assert (html.SUBJECT, html.BASELINE, 2.0, False) == (found.subject, found.baseline, found.goal, found.at_least)
    assert found.cpu is not None


def _shouting(_: ModuleType) -> Reader:
    return lambda data: data.decode().upper()


def _silent(_: ModuleType) -> Reader:
    return lambda _: " \n"


@pytest.mark.parametrize(
    ("peer", "why"),
    [(Peer("gone", "no_such_module_anywhere", _shouting), "not installed"), (Peer("mute", "json", _silent), "no text")],
)
def test_a_peer_that_gives_nothing_is_not_timed(peer: Peer, why: str, tmp_path: Path) -> None:
    """A peer that is not installed, or makes no text of a page, is told by its name, with the reason."""
    paths = html_corpus.fill(tmp_path, 1)

    assert Missing(peer.name, html.AS_PEER, why) == html.against_peer(peer, paths, lambda: tmp_path / "out", rounds=1)


def test_a_peer_is_compared_with_copydesk(tmp_path: Path) -> None:
    """A peer that takes longer than Copydesk has a ratio above one, which should be at least its goal."""
    def slow(_: ModuleType) -> Reader:
        return lambda data: time.sleep(0.3) or data.decode()  # type: ignore[func-returns-value]  # sleep gives None

    (tmp_path / "out").mkdir()
    names = iter(range(100))
    found = html.against_peer(Peer("slow", "json", slow, 1.5), html_corpus.fill(tmp_path, 1),
                              lambda: tmp_path / "out" / f"{next(names)}.md", rounds=1)  # fmt: skip

    assert isinstance(found, Result)
    assert ("slow", html.AS_PEER, 1.5, True) == (found.subject, found.baseline, found.goal, found.at_least)
    assert found.ratio > 1


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_a_peer_that_is_installed_makes_text_of_a_page(peer: Peer, captures: list[tuple[str, bytes]]) -> None:
    """Each peer that is installed finds the first words of the article's longest paragraph."""
    reader = peer.load()
    name, data = captures[0]
    first = " ".join(max(normalize(Capture(data, name)).paragraphs, key=len).split()[:6])

    assert reader is None or first in " ".join(reader(data).split())


@pytest.mark.parametrize("power", [1, 2])
def test_an_exponent_is_that_of_the_time(power: int) -> None:
    """Times that grow as the size, or as its square, have the exponent 1 or 2."""
    sizes = (1000, 2000, 4000, 8000)

    assert growth.exponent(sizes, tuple(size**power / 1e6 for size in sizes)) == pytest.approx(power)


def test_a_family_is_grown_by_doubling(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages that make an exponent are the four largest, each twice the size of the one before."""
    monkeypatch.setattr(growth, "shortest", lambda _work, *, repeats: repeats / 10)
    found = growth.grown("spaces", lambda number: b"<p>" + b" " * number, largest=300_000)

    assert (32_003, 64_003, 128_003, 256_003) == found.sizes
    assert found.exponent == pytest.approx(0)


def test_a_family_that_takes_too_long_is_not_grown_further(monkeypatch: pytest.MonkeyPatch) -> None:
    """The size at which patience ends is the last, but there are two, so that no family is too slow for an exponent."""
    monkeypatch.setattr(growth, "shortest", lambda _work, *, repeats: repeats * growth.PATIENCE)
    found = growth.grown("slow", lambda number: b"<p>" + b" " * number)

    assert (16_003, 32_003) == found.sizes


def test_a_family_that_grows_as_the_square_misses_its_goal(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long it takes, and however early patience ends, a square is seen as one."""
    monkeypatch.setattr(growth, "convert", len)
    monkeypatch.setattr(growth, "shortest", lambda work, *, repeats: repeats * work() ** 2 / 1e8)
    found = growth.grown("square", lambda number: b"<p>" + b" " * number)

    assert found.exponent == pytest.approx(2)
    assert not found.reached


def test_a_hostile_page_is_timed(captures: list[tuple[str, bytes]]) -> None:
    """The time of a page, and of one that is rejected, is more than nothing."""
    for data in (captures[0][1], b"<p></p>", b"<b>" * 300):
        assert growth.shortest(partial(growth.convert, data), repeats=1) > 0


def test_only_a_telling_exponent_can_miss_its_goal() -> None:
    """Where the longest time is short, the exponent means nothing."""
    assert [True, False, True] == [row.reached for row in ROWS[3:]]


def test_the_table_has_a_line_for_each_row() -> None:
    """Columns are as wide as their widest cell, and the last says whether the goal is reached."""
    lines = run.as_table(ROWS).splitlines()
    cells = [tuple(re.split(r"\s{2,}", line)) for line in lines[1:]]

    assert [tuple(filter(None, row.cells())) for row in ROWS] == cells
    assert len({line.index(goal) for line, goal in zip(lines, ("Goal", "at most", "at least"), strict=False)}) == 1


def test_the_table_of_the_readme_has_the_worst_growth_alone() -> None:
    """It is Markdown, without verdicts, and of all families it shows the highest exponent that means anything."""
    assert run.as_markdown(ROWS) == README_TABLE


def test_json_has_all_fields() -> None:
    """Each row is an object with its fields and whether its goal is reached."""
    loaded = json.loads(run.as_json(ROWS))

    assert [True, False, True, True, False, True] == [row["reached"] for row in loaded]
    assert loaded[0] == json.loads(json.dumps(FOUND._asdict() | {"reached": True}))


@pytest.mark.parametrize(("row", "code"), [(ROWS[0], 0), (ROWS[1], 1)])
def test_the_exit_code_tells_of_a_missed_goal(
    row: Row, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--only` runs one benchmark alone, and the exit code is 1 where its goal is missed."""
    monkeypatch.setattr(run, "ALL", {"html": lambda _folder, _args: [row], "text": None})

    assert code == run.main(["--only", "html"])
    assert capsys.readouterr().out == run.as_table([row]) + "\n"


@pytest.mark.parametrize("arguments", [["--rounds", "0"], ["--captures", "x"], ["--only", "nothing"]])
def test_wrong_arguments_are_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Numbers are 1 or more, and benchmarks are those that there are."""
    with pytest.raises(SystemExit) as stop:
        run.main(arguments)

    assert stop.value.code == 2
    assert arguments[1] in capsys.readouterr().err


def test_the_script_finds_the_standard_library() -> None:
    """Run as a script, the benchmarks do not hide `html` of the library, which peers need: all of them load."""
    options = ["--only", "html", "--rounds", "1", "--captures", "1", "--json"]
    found = subprocess.run([sys.executable, run.__file__, *options], capture_output=True, text=True, check=False)

    missing = [row["subject"] for row in json.loads(found.stdout) if "why" in row]
    assert [peer.name for peer in PEERS if peer.load() is None] == missing
