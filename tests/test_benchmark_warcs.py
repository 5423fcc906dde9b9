from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))  # pytest itself does not find the benchmarks

from benchmarks import warcs
from benchmarks.measure import Missing, Result


@pytest.mark.parametrize("kind", warcs.KINDS, ids=lambda kind: kind.called)
def test_both_sides_do_the_same_work(kind: warcs.Kind, tmp_path: Path) -> None:
    """All ways find as many documents, and read as many bytes, as warcio does."""
    path = tmp_path / kind.name
    path.write_bytes(kind.made(warcs.texts(25) if kind.text else warcs.crawl(25)))
    size = warcs.read_by(importlib.import_module("warcio"))(path)
    found = {way: work() for way, work in warcs.ways(path).items()}

    assert {way: 25 if way == "list" else size for way in found} == found
    assert size > 25 * 2000
    assert (path.name != warcs.IN_ONE) == ("read" in found)


def test_each_kind_has_its_rows(tmp_path: Path) -> None:
    """Each way is a row; only both together have a goal, where one can go to the documents directly."""
    rows = list(warcs.measure(tmp_path / "new", captures=1, rounds=1))

    assert all(isinstance(row, Result) and row.at_least for row in rows)
    assert [".warc.gz: list and read", ".warc: list and read"] == [
        row.baseline.removeprefix("Copydesk, ") for row in rows if isinstance(row, Result) and row.goal
    ]
    assert len(rows) == 15


def test_without_the_peer_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where warcio is not installed, a row says so, and no goal is missed."""
    monkeypatch.setitem(sys.modules, "warcio", None)

    assert list(warcs.measure(tmp_path, captures=1, rounds=1)) == [
        Missing(warcs.PEER, "Copydesk, WARC", "not installed")
    ]
