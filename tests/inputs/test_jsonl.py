from __future__ import annotations

import json
from pathlib import Path

import pytest

from copydesk.errors import CopydeskError
from copydesk.inputs import find, read
from copydesk.inputs.jsonl import KEYS, parsed
from copydesk.inputs.values import Input


def found(folder: Path, *rows: object, fields: str = "") -> tuple[Input, ...]:
    """Return the inputs in a file of JSON Lines; a text is a line as it stands."""
    path = folder / "a.jsonl"
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), "utf-8")
    return find([str(path)], fields=fields).inputs


def test_fields_can_be_named(tmp_path: Path) -> None:
    """Text, address, day and name are taken from the fields that the user names."""
    row = {"body": "é", "link": "https://a.example/", "at": "2023-05-10T23:00:00Z", "slug": "the/page"}
    (item,) = found(tmp_path, row, fields="text=body,url=link,captured=at,name=slug")

    assert "é".encode() == read(item)
    assert ("https://a.example/", "2023-05-10", "utf-8") == (item.url, item.captured, item.encoding)
    assert (item.inside, item.relative) == ("1", "a/the/page")


def test_fields_have_names_of_their_own(tmp_path: Path) -> None:
    """Where nobody names them the fields are called by what they are for; only the text must be there."""
    full, bare = found(tmp_path, {"text": "a", "url": "u", "captured": 7, "name": "n"}, {"text": "b"})

    assert ("u", "", "a/n") == (full.url, full.captured, full.relative)
    assert ("", "", "a/2") == (bare.url, bare.captured, bare.relative)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{", "this is no line of JSON"),
        ("[" * 100_000, "this is no line of JSON"),
        ([1], "this is no JSON object but '[1]'"),
        ({"title": "x"}, "no field 'text' in title; name it with --fields text=FIELD"),
        ({"text": None}, "no field 'text' in text"),
        ({"text": 5}, "the field 'text' is no string but '5'"),
        ({"text": "x", "day": "May 9"}, "the field 'day' is 'May 9' and no ISO day"),
    ],
)
def test_a_bad_line_is_told_with_its_place(row: object, said: str, tmp_path: Path) -> None:
    """A line that holds no document has a fault with file and line, and the lines around it are read."""
    first, bad, last = found(tmp_path, {"text": "a"}, "", row, {"text": "b"}, fields="captured=day")

    assert ["1", "3", "4"] == [first.inside, bad.inside, last.inside]
    assert bad.reason.startswith(f"{tmp_path}/a.jsonl:3: {said}")
    assert [b"a", b"b"] == [read(first), read(last)]
    with pytest.raises(CopydeskError) as caught:
        read(bad)
    assert "bad-line" == caught.value.code


@pytest.mark.parametrize("fields", ["text", "text=", "body=text", "text=a,text=b", "=x"])
def test_wrong_fields_are_told(fields: str) -> None:
    """What names no field is told with the ones that there are."""
    with pytest.raises(CopydeskError, match=f"write KEY=FIELD once for each, with {', '.join(KEYS)} for KEY"):
        parsed(fields)


def test_a_line_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line without an end costs itself, and is never whole in memory."""
    monkeypatch.setattr("copydesk.inputs.jsonl.MOST_LINE", 100)
    bad, good = found(tmp_path, {"text": "x" * 1000}, {"text": "b"})

    assert ("bad-line", "2") == (bad.fault, good.inside)
    assert b"b" == read(good)
