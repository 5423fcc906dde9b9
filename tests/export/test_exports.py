from __future__ import annotations

import gc
import json
import re
import sqlite3
import tracemalloc
from contextlib import closing
from pathlib import Path

import pytest
from pyarrow import parquet
from tests.export.exporting import export, lines
from tests.frontmatter.samples import BODY, WHOLE
from tests.support.specimens import ROOT

from copydesk import cli
from copydesk.export.files import replacing
from copydesk.export.records import LISTS
from copydesk.frontmatter.writing import KEYS, compose
from copydesk.markdown.paragraphs import paragraphs
from copydesk.outputs import OutputError
from copydesk.schema import load

FORMATS = ("jsonl", "csl", "sqlite", "parquet")


def _dump(path: Path) -> object:
    if path.suffix != ".sqlite":
        return path.read_bytes()
    with closing(sqlite3.connect(path)) as base:
        return list(base.iterdump())


@pytest.mark.parametrize("to", FORMATS)
def test_the_same_tree_gives_the_same_export(to: str, corpus: Path, tmp_path: Path) -> None:
    """Two exports of one folder, and one of a copy that was made in another order, are the same."""
    copy = tmp_path / "copy"
    for page in sorted(corpus.rglob("*.md"), reverse=True):
        target = copy / page.relative_to(corpus)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(page.read_bytes())
    for folder, name in ((corpus, "a"), (corpus, "b"), (copy, "c")):
        assert cli.OK == export(folder, to, tmp_path / f"{name}.{to}")

    first, *others = [_dump(tmp_path / f"{name}.{to}") for name in "abc"]
    assert [first, first] == others


def test_each_article_is_a_line(corpus: Path, tmp_path: Path) -> None:
    """A line of JSON has all keys of an article, its body and its paragraphs, in the order of the paths."""
    export(corpus, "jsonl", tmp_path / "a.jsonl")
    found = lines(tmp_path / "a.jsonl")
    pages = sorted(page.relative_to(corpus).as_posix() for page in corpus.rglob("*.md"))

    assert pages == [line["path"] for line in found]
    assert {("path", *KEYS, "other", "body", "paragraphs")} == {tuple(line) for line in found}
    for line in found:
        text = (corpus / line["path"]).read_text("utf-8")
        data = {key: line[key] for key in KEYS if line[key]}
        assert compose(data, line["body"]) == text
        said = [(each["number"], each["role"], each["text"]) for each in line["paragraphs"]]
        assert [tuple(paragraph) for paragraph in paragraphs(line["body"])] == said


def test_the_lists_are_those_of_the_schema() -> None:
    """The keys that are exported as lists are the ones that the schema has as lists, and all others are strings."""
    schema = load()
    defined = {key: {**schema["$defs"].get(str(value.get("$ref", "")).removeprefix("#/$defs/"), {}), **value}
               for key, value in schema["properties"].items()}  # fmt: skip

    assert set(LISTS) == {key for key, value in defined.items() if value["type"] == "array"}
    assert set(KEYS) - set(LISTS) == {key for key, value in defined.items() if value["type"] == "string"}


def test_parquet_holds_the_same(corpus: Path, tmp_path: Path) -> None:
    """The rows of the Parquet file are the lines of the JSONL file."""
    for to in ("jsonl", "parquet"):
        export(corpus, to, tmp_path / f"a.{to}", "--captures", str(ROOT), "-q")
    rows = parquet.read_table(tmp_path / "a.parquet").to_pylist()

    assert lines(tmp_path / "a.jsonl") == [{**row, "other": json.loads(row["other"])} for row in rows]


def test_each_column_is_explained(corpus: Path, tmp_path: Path) -> None:
    """The page on reading has each table and each column of the database, and of JSON Lines."""
    for to in ("jsonl", "sqlite"):
        export(corpus, to, tmp_path / f"a.{to}", "-q")
    page = (ROOT / "docs" / "reading.md").read_text("utf-8")
    described = {row.split("|")[1].strip("` "): row for row in page.splitlines() if row.startswith("| `")}
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as base:
        for table in ("articles", "paragraphs", "citations"):
            columns = {row[1] for row in base.execute(f"pragma table_info([{table}])")}
            told = {*re.findall(r"`(\w+)`", described[table]), *(KEYS if table == "articles" else ())}
            assert columns - told == set(), table
    assert all(f"| `{column}` |" in page for column in lines(tmp_path / "a.jsonl")[0] if column not in KEYS)


@pytest.mark.parametrize("to", ["jsonl", "csl", "sqlite"])
def test_memory_does_not_grow(to: str, tmp_path: Path) -> None:
    """An article that was written leaves no more than its name, or its id, in memory: less than 200 bytes."""
    for count in (100, 1000):
        for number in range(count):
            page = tmp_path / str(count) / f"{number % 7}" / f"{number}.md"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_bytes(compose({**WHOLE, "id": f"kcna-2021-01-21-{number:012x}"}, BODY * 20).encode())
    export(tmp_path / "100", to, tmp_path / "warm", "-q")
    small, large = (_peak(tmp_path / count, to, tmp_path / "out") for count in ("100", "1000"))

    assert large - small < 200 * 900


def _peak(folder: Path, to: str, out: Path) -> int:
    """Return the most memory, in bytes, that an export holds at once: the less of two runs, as others disturb it."""
    return min(_once(folder, to, out) for _ in range(2))


def _once(folder: Path, to: str, out: Path) -> int:
    gc.collect()
    tracemalloc.start()
    try:
        export(folder, to, out, "-q")
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("to", FORMATS)
def test_an_empty_folder(to: str, tmp_path: Path) -> None:
    """A folder without articles gives an export without articles."""
    (tmp_path / "in").mkdir()

    assert cli.OK == export(tmp_path / "in", to, tmp_path / f"a.{to}")
    assert (tmp_path / f"a.{to}").exists()


def test_half_a_file_is_never_seen(tmp_path: Path) -> None:
    """When something goes wrong the old file stays, and no temporary one."""
    place = tmp_path / "a.txt"
    place.write_text("old", "utf-8")
    with pytest.raises(KeyboardInterrupt), replacing(str(place)) as temporary:  # noqa: PT012
        Path(temporary).write_text("half", "utf-8")
        raise KeyboardInterrupt

    assert "old" == place.read_text("utf-8")
    assert [place] == list(tmp_path.iterdir())
    with replacing(str(place)) as temporary:
        Path(temporary).write_text("new", "utf-8")
    assert "new" == place.read_text("utf-8")


def test_an_output_that_cannot_be_written(tmp_path: Path) -> None:
    """The error names the path, the reason and a remedy."""
    (tmp_path / "a").touch()

    with pytest.raises(OutputError) as raised, replacing(str(tmp_path / "a" / "b")):
        pass
    assert re.fullmatch(r"'.*/a/b': cannot be written: .+; choose another output, or make room", str(raised.value))


@pytest.mark.parametrize("to", FORMATS)
def test_a_day_without_quotes_is_the_same_day(to: str, tmp_path: Path) -> None:
    """An editor that takes the quotes off a day changes nothing in an export, also in a person's own key."""
    written = compose(WHOLE, BODY).replace("\n---\n", '\ndue: "2026-01-01"\nseen:\n  - "2026-01-02"\n---\n', 1)
    bare = re.sub(r'"(\d{4}-\d\d-\d\d)"', r"\1", written)
    for name, text in (("a", written), ("b", bare)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "article.md").write_text(text, "utf-8")
        assert cli.OK == export(tmp_path / name, to, tmp_path / f"{name}.{to}")

    assert bare.count('"') < written.count('"') - 6
    assert _dump(tmp_path / f"a.{to}") == _dump(tmp_path / f"b.{to}")
