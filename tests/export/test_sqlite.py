from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.export.exporting import export, lines
from tests.support.specimens import ROOT

from copydesk import read
from copydesk.errors import CopydeskError
from copydesk.export.parts import parts
from copydesk.export.records import LISTS
from copydesk.frontmatter.writing import KEYS

DATASETTE = """
  select name from sqlite_master
  where sql like '%VIRTUAL TABLE%USING FTS%content=[' || ? || ']%'
"""
"""How Datasette finds the index of a table."""


SEARCH = """
  select text from paragraphs where paragraph in (select rowid from paragraphs_fts where paragraphs_fts match ?)
"""
"""How Datasette searches."""


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


def test_a_database_that_cannot_be_written(tmp_path: Path) -> None:
    """What SQLite says is told as an error of Copydesk's."""
    from copydesk.export import sqlite

    with pytest.raises(CopydeskError, match=r"SQLite .* cannot write the database: .*; make room"):
        sqlite.write([], str(tmp_path / "no" / "such.sqlite"))
