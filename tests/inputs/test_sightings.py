from __future__ import annotations

import os
import tempfile
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from glob import glob
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.inputs import Found, Input, InputError, Sighting, find, sightings
from copydesk.inputs.patterns import matches
from tests.inputs.archives import lines, records, tarred, zipped
from tests.inputs.test_search import NAMES, plant

ARGUMENTS = st.lists(st.sampled_from(("in", "in/", "./in", "in/a", "in/always.txt", "in/../in", "in/x.zip", "in/a*.txt",
                                      "in/**/too.*", "[i]n", "more.tar", "-")), max_size=4)  # fmt: skip
PARTS = st.sampled_from(("a", "b", "*", "**", "?", "[ab]", "*.txt", ".*", ".h", "..", ".", "a*", ""))


def of_all(arguments: list[str], listed: list[str]) -> Found:
    """Return what a search should find, by way of all files in memory."""
    inputs: dict[str, Input] = {}
    passed_over: dict[str, str] = {}
    for path, relative, named in _named(arguments, listed):
        if not os.path.isdir(path):
            _add(path, relative, inputs, passed_over)
            continue
        root, above = path.rstrip("/"), "" if named else relative + "/"
        for below in sorted(_below(root)):
            parts = below.split("/")
            if parts[-1].startswith("."):
                passed_over[os.path.abspath(f"{root}/{below}")] = "hidden"
            elif below.lower().endswith((".txt", ".text", ".html", ".zip")):
                _add(f"{root}/{below}", above + below, inputs, passed_over)
            else:
                passed_over[os.path.abspath(f"{root}/{below}")] = os.path.splitext(below)[1].lower()
    counts = Counter(why for place, why in passed_over.items() if place not in inputs)
    return Found(tuple(inputs.values()), dict(sorted(counts.items())))


def _named(arguments: list[str], listed: list[str]) -> Iterator[tuple[str, str, bool]]:
    for argument in arguments:
        for path in sorted(glob(argument, recursive=True)) if set(argument) & {*"*?["} else [argument]:
            yield path, os.path.basename(path), True
    yield from ((path, path.removeprefix("./"), False) for path in listed)


def _add(path: str, relative: str, inputs: dict[str, Input], passed_over: dict[str, str]) -> None:
    place = os.path.abspath(path) if path != "-" else "-"
    if not path.endswith((".zip", ".tar")):
        inputs.setdefault(place, Input(path, relative if path != "-" else "stdin"))
        return
    for item in find([path]).inputs:
        inputs.setdefault(f"{place}!{item.inside}", item._replace(relative=f"{relative[:-4]}/{item.inside}"))
    passed_over[f"{place}!"] = ".jpg"


def _below(root: str) -> Iterator[str]:
    """Give the files below a folder, and the hidden folders as far as they are seen."""
    for folder, folders, files in os.walk(root):
        below = os.path.relpath(folder, root).replace(os.sep, "/").removeprefix(".")
        yield from (f"{below}/{name}".lstrip("/") for name in files + [name for name in folders if name[0] == "."])
        folders[:] = [name for name in folders if name[0] != "."]


@given(st.sets(NAMES, max_size=8), ARGUMENTS, st.lists(st.sampled_from(("in", "./in/a", "in/always.txt")), max_size=2),
       st.randoms())  # fmt: skip
def test_law_sorted_sightings_are_what_is_found(
    names: set[str], arguments: list[str], listed: list[str], random: SimpleNamespace
) -> None:
    """Law: sightings in any order, sorted and each file once, are the inputs in the order of the arguments."""
    with tempfile.TemporaryDirectory() as folder:
        plant(Path(folder), [*(f"in/{name}" for name in sorted(names)), "in/always.txt", "in/a/too.txt"])
        Path(folder, "in/x.zip").write_bytes(zipped({"1.txt": b"1", "2.jpg": b"2", "3.txt": b"3"}))
        Path(folder, "more.tar").write_bytes(tarred({"1.txt": b"1", "2.jpg": b"2", "3.txt": b"3"}))
        here = Path.cwd()
        try:
            os.chdir(folder)
            seen = list(sightings(arguments, listed=iter(listed)))
            expected, found = of_all(arguments, listed), find(arguments, listed=listed)
        finally:
            os.chdir(here)
    random.shuffle(seen)
    kept = {each.identity: each for each in sorted(seen, key=lambda each: (each.item is None, each.order))[::-1]}
    ordered = sorted(kept.values(), key=lambda each: each.order)

    assert expected == found
    assert expected.inputs == tuple(each.item for each in ordered if each.item)
    assert expected.passed_over == Counter(each.why for each in ordered if not each.item)


@given(st.sets(NAMES, max_size=6), st.lists(PARTS, min_size=1, max_size=4))
def test_law_patterns_match_as_elsewhere(names: set[str], parts: list[str]) -> None:
    """Law: a pattern stands for the files and folders for which it stands in Python's glob."""
    pattern = "/".join(parts).lstrip("/")
    with tempfile.TemporaryDirectory() as folder:
        plant(Path(folder), [*sorted(names), "a/b/c.txt", "b/.h/d.txt", "a/a", ".h/a"])
        here = Path.cwd()
        try:
            os.chdir(folder)
            found, expected = ({os.path.normpath(path) for path in some} for some in
                               (matches(pattern), glob(pattern, recursive=True)))  # fmt: skip
        finally:
            os.chdir(here)

    assert expected == found


def test_a_search_gives_what_it_has_before_it_ends(tmp_path: Path) -> None:
    """A folder gives its files one by one, and only behind them the error that no capture was among them."""
    plant(tmp_path, ["a.pdf", "b.pdf"])
    found = sightings([str(tmp_path)])

    assert {".pdf"} == {next(found).why, next(found).why}
    with pytest.raises(InputError, match=r"no capture in this folder \(passed over: 2 \.pdf\)"):
        next(found)


def test_what_matches_a_pattern_comes_in_the_order_of_its_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of a folder that matches stands before a file whose name begins as the folder's, whatever sign follows."""
    plant(tmp_path, ["a/z.txt", "a!b.txt", "a/b.txt"])
    monkeypatch.chdir(tmp_path)

    assert ["a/b.txt", "a/z.txt", "a!b.txt"] == [item.path for item in find(["a*"]).inputs]


def test_a_member_is_no_file_beside_its_container(tmp_path: Path) -> None:
    """The file `a.zip!1.txt` and the member `1.txt` of `a.zip` are two inputs."""
    (tmp_path / "a.zip").write_bytes(zipped({"1.txt": b"1"}))
    (tmp_path / "a.zip!1.txt").write_bytes(b"2")

    assert ["a/1.txt", "a.zip!1.txt"] == [item.relative for item in find([str(tmp_path)]).inputs]


def _peak(found: Iterator[Sighting]) -> int:
    """Return how much memory it takes to go through sightings, in bytes."""
    tracemalloc.start()
    for _ in found:
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def _folder(root: Path, files: int) -> str:
    root.mkdir()
    for number in range(files):
        (root / f"{number}.txt").touch()
    return str(root)


def test_law_memory_does_not_grow_with_a_folder(tmp_path: Path) -> None:
    """Law: a folder of 20,000 files takes no more memory to go through than one of 2,000, if nobody keeps them."""
    few, many = (_folder(tmp_path / str(files), files) for files in (2_000, 20_000))
    _peak(sightings([few]))  # what is imported and cached on the way

    assert _peak(sightings([many])) < _peak(sightings([few])) + (1 << 14)


@pytest.mark.parametrize("kind", ["warc", "jsonl"])
def test_law_memory_does_not_grow_with_numbered_members(kind: str, tmp_path: Path) -> None:
    """Law: the records of a WARC file and the lines of a file of JSON leave nothing behind."""
    pages = {str(n): b"a page" for n in range(10_000)}
    few = dict(list(pages.items())[:1_000])
    for name, some in (("few", few), ("many", pages)):
        (tmp_path / f"{name}.{kind}").write_bytes(lines(some) if kind == "jsonl" else b"".join(records(some)))
    _peak(sightings([str(tmp_path / f"few.{kind}")]))
    least, most = (_peak(sightings([str(tmp_path / f"{name}.{kind}")])) for name in ("few", "many"))

    assert most < least + (1 << 19)  # a buffer


@pytest.mark.skipif(os.name == "nt", reason="the system has no such names")
def test_names_are_in_the_order_of_code_points(tmp_path: Path) -> None:
    """A name with bytes that are no UTF-8 stands behind all that are, as its lone surrogates do."""
    names = ["é.txt", "\udce9.txt", "\U0001f600.txt", "\uffee.txt", "z.txt"]
    plant(tmp_path, [])
    for name in names:
        Path(tmp_path, name).write_bytes(b"")

    assert sorted(names) == [item.relative for item in find([str(tmp_path)]).inputs]


@settings(max_examples=20)
@given(st.integers(60, 140))
def test_law_depth_is_no_limit(depth: int) -> None:
    """Law: a file is found however deep it is, and few folders are open at a time."""
    with tempfile.TemporaryDirectory() as folder:
        deepest = Path(folder, *"d" * depth)
        deepest.mkdir(parents=True)
        (deepest / "a.txt").touch()
        found = sightings([folder])
        (seen,) = found

        assert seen.order == (0, "d/" * depth + "a.txt", 0)
