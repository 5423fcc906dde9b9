from __future__ import annotations

import json
import re
import sqlite3
import tracemalloc
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet
from tests.frontmatter.samples import BODY, WHOLE
from tests.support.specimens import ROOT, specimens

from copydesk import cli, read
from copydesk.errors import CopydeskError
from copydesk.export.files import replacing
from copydesk.export.parts import parts
from copydesk.export.records import LISTS
from copydesk.frontmatter.writing import KEYS, compose
from copydesk.markdown.paragraphs import paragraphs
from copydesk.outputs import OutputError
from copydesk.schema import load

FORMATS = ("jsonl", "csl", "sqlite", "parquet")
DATASETTE = """
  select name from sqlite_master
  where sql like '%VIRTUAL TABLE%USING FTS%content=[' || ? || ']%'
"""
"""How Datasette finds the index of a table."""


SEARCH = """
  select text from paragraphs where paragraph in (select rowid from paragraphs_fts where paragraphs_fts match ?)
"""
"""How Datasette searches."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with all specimens that are articles."""
    folder = tmp_path_factory.mktemp("corpus")
    for specimen in specimens():
        page = specimen.folder / "expected.md"
        if page.exists():
            (folder / f"{specimen.case}.md").parent.mkdir(parents=True, exist_ok=True)
            (folder / f"{specimen.case}.md").write_bytes(page.read_bytes())
    return folder


def export(folder: Path, to: str, out: Path, *more: str) -> int:
    """Run the command."""
    return cli.main(["export", str(folder), "--to", to, "-o", str(out), *more])


def lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


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


def test_the_database_holds_the_same(corpus: Path, tmp_path: Path) -> None:
    """Articles and paragraphs of the database are those of the JSONL file, joined by a foreign key that holds."""
    for to in ("jsonl", "sqlite"):
        export(corpus, to, tmp_path / f"a.{to}", "--captures", str(ROOT), "-q")
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as base:
        base.row_factory = sqlite3.Row
        articles = [dict(row) for row in base.execute("select * from articles order by article")]
        found = [dict(row) for row in base.execute("select * from paragraphs order by article, number")]
        broken = list(base.execute("pragma foreign_key_check")) + [
            row for row in base.execute("pragma integrity_check") if row[0] != "ok"
        ]

    assert [] == broken
    expected = lines(tmp_path / "a.jsonl")
    assert len(expected) == len(articles)
    for line, row in zip(expected, articles, strict=True):
        assert all(line[key] == row[key] for key in ("path", *KEYS, "body") if key not in LISTS)
        assert all(line[key] == json.loads(row[key]) for key in (*LISTS, "other"))
    texts = [(number, each["number"], each["text"], each["places"])
             for number, line in enumerate(expected, 1) for each in line["paragraphs"]]  # fmt: skip
    assert texts == [(row["article"], row["number"], row["text"], _places(row["places"])) for row in found]


def _places(said: str | None) -> list[dict[str, int]] | None:
    names = ("line", "column", "end_line", "end_column")
    return None if said is None else [dict(zip(names, place, strict=True)) for place in json.loads(said)]


@pytest.mark.parametrize(
    ("words", "more"),
    [("clerks", ()), ('"도서"', ("도서관",)), ('"서관"', ()), ('"図書"', ()), ("librar*", ())],
)
def test_words_are_found(words: str, more: tuple[str, ...], corpus: Path, tmp_path: Path) -> None:
    """The index finds words, and of Korean and Japanese any two syllables of a word, wherever they stand in it."""
    export(corpus, "sqlite", tmp_path / "a.sqlite", "-q")
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as base:
        found = [text for (text,) in base.execute(SEARCH, (words,))]

    assert found
    assert [text for text in found if words.strip('"*') not in text.lower()] == []
    assert all(any(word in text for text in found) for word in more)


def test_datasette_finds_the_indexes(corpus: Path, tmp_path: Path) -> None:
    """Each table has exactly one index that Datasette finds."""
    export(corpus, "sqlite", tmp_path / "a.sqlite", "-q")
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as base:
        found = {table: base.execute(DATASETTE, (table,)).fetchall() for table in ("articles", "paragraphs")}

    assert {"articles": [("articles_fts",)], "paragraphs": [("paragraphs_fts",)]} == found


@given(st.text(st.sampled_from("평양에서図書館ア a1"), max_size=14))
def test_parts_are_all_stretches_of_a_word(text: str) -> None:
    """Parts are all stretches of two to eight letters of words in these scripts, and nothing else."""
    found = (parts(text) or "").split()
    words = "".join(character if character > "\x7f" else " " for character in text).split()
    expected = {word[start:end] for word in words for start in range(len(word)) for end in range(start + 2, start + 9)
                if end <= len(word)}  # fmt: skip

    assert expected == set(found)
    assert len(found) == len(set(found))


def test_why_there_are_parts(corpus: Path) -> None:
    """Of stretches of two syllables, trigrams find none, beginnings of words few, and words with their parts all."""
    texts = [text for page in corpus.rglob("korean*.md") for text in read(page).paragraphs]
    stretches = {word[at : at + 2] for text in texts for word in re.findall("[가-힣]{3,}", text)
                 for at in range(1, len(word) - 1)}  # fmt: skip
    rows = [(text, parts(text)) for text in texts]

    assert texts
    assert 0 == _share(stretches, rows, "trigram", '"{}"')
    assert 0.2 > _share(stretches, rows, "unicode61", '"{}"', with_parts=False)
    assert 0.2 > _share(stretches, rows, "unicode61", '"{}"*', with_parts=False)
    assert 1 == _share(stretches, rows, "unicode61", '"{}"')


def _share(
    stretches: set[str], rows: list[tuple[str, str | None]], tokenizer: str, query: str, *, with_parts: bool = True
) -> float:
    """Return the share of the stretches that an index finds in each text that has it."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute(f"create virtual table t using fts5(text, parts, tokenize='{tokenizer}')")
        base.executemany("insert into t values (?, ?)", rows if with_parts else [(text, "") for text, _ in rows])
        found = [len(base.execute("select 1 from t where t match ?", (query.format(each),)).fetchall())
                 for each in sorted(stretches)]  # fmt: skip
    wanted = [sum(each in text for text, _ in rows) for each in sorted(stretches)]
    return sum(map(min, found, wanted)) / sum(wanted)


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


CSL = {
    "type": "^article-newspaper$", "id": ".", "title": ".", "container-title": ".", "publisher": ".",
    "publisher-place": ".", "archive": ".", "archive_location": "^https?://", "language": "^[a-z]{2,3}", "URL": "^https?://",
}  # fmt: skip
"""What the schema of CSL-JSON has as strings, of all that we write."""

DAY = {
    "type": "object", "required": ["date-parts"], "additionalProperties": False,
    "properties": {"date-parts": {"type": "array", "minItems": 1, "maxItems": 1, "items": {
        "type": "array", "minItems": 3, "maxItems": 3, "items": {"type": "integer"}}}},
}  # fmt: skip
NAMES = {"type": "array", "items": {"type": "object", "additionalProperties": False,
                                    "properties": {"literal": {"type": "string"}}}}  # fmt: skip
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "additionalProperties": False,
        "properties": {
            **{key: {"type": "string", "pattern": pattern} for key, pattern in CSL.items()},
            "issued": DAY,
            "accessed": DAY,
            "author": NAMES,
        },
    },
}


def test_the_bibliography_is_csl_json(corpus: Path, tmp_path: Path) -> None:
    """Each article is an item once, with the fields and types of CSL-JSON."""
    import jsonschema_rs

    assert cli.OK == export(corpus, "csl", tmp_path / "a.json")
    items = json.loads((tmp_path / "a.json").read_text("utf-8"))

    jsonschema_rs.Draft202012Validator(SCHEMA).validate(items)
    assert len({item["id"] for item in items}) == len(items)


def test_an_item_has_what_the_article_has(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Title, days, names and addresses are mapped; a second capture of the article is merged, and counted."""
    for name in ("in/a.md", "in/b.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(compose(WHOLE, BODY).encode())
    export(tmp_path / "in", "csl", tmp_path / "a.json")
    expected = {
        "type": "article-newspaper",
        "id": WHOLE["id"],
        "title": WHOLE["title"],
        "container-title": "Korean Central News Agency",
        "publisher": "KCNA",
        "publisher-place": "Pyongyang",
        "archive": "KCNA Watch",
        "issued": {"date-parts": [[2021, 1, 21]]},
        "accessed": {"date-parts": [[2026, 3, 1]]},
        "author": [{"literal": "Staff Writer"}],
        "language": "en",
        "URL": WHOLE["original_url"],
        "archive_location": WHOLE["capture_url"],
    }

    assert [expected] == json.loads((tmp_path / "a.json").read_text("utf-8"))
    said = "2 files = 1 exported + 0 refused + 1 of an article that was exported before\n"
    assert said == capsys.readouterr().err


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
    """Return the most memory, in bytes, that an export holds at once."""
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


def test_a_database_that_cannot_be_written(tmp_path: Path) -> None:
    """What SQLite says is told as an error of Copydesk's."""
    from copydesk.export import sqlite

    with pytest.raises(CopydeskError, match=r"SQLite .* cannot write the database: .*; make room"):
        sqlite.write([], str(tmp_path / "no" / "such.sqlite"))
