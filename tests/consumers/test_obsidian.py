"""Properties in the hands of the YAML package that Obsidian reads and writes them with."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from copydesk import read
from copydesk.check import check_file
from copydesk.export.records import Tally, records
from copydesk.frontmatter.reading import parse, split
from copydesk.shapes import shaped
from tests.consumers.installed import node_package
from tests.support.specimens import SEEDS

READ = "(text) => parse(text)"
EDIT = '(text) => stringify({ ...parse(text), tags: ["library"], rating: 5, again: "2026-03-01" }, OPTIONS)'
OWN = {"tags": ["library"], "rating": 5, "again": "2026-03-01"}
OPTIONS = ("{}", "{ lineWidth: 0 }")
"""Lines are folded at 80 characters, or never."""

DAY = re.compile(r"\d{4}-\d\d-\d\d")
TEXTS = [file.read_text("utf-8") for file in sorted(SEEDS.rglob("expected.md"))]


def _asked(function: str, texts: list[str]) -> list[Any]:
    """Return what a function of JavaScript, which has `parse` and `stringify`, makes of each frontmatter."""
    package = json.dumps(str(node_package("yaml")))
    given = json.dumps([split(text)[0] for text in texts])
    program = f"""
        const {{ parse, stringify }} = require({package});
        const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
        console.log(JSON.stringify(texts.map({function})));
    """
    found = subprocess.run(["node", "-e", program], input=given, capture_output=True, encoding="utf-8", check=True)
    return list(json.loads(found.stdout))


def _edited(text: str, frontmatter: str, folder: Path) -> str:
    """Write a file as Obsidian would after a change of its properties, and return its path."""
    path = folder / "note.md"
    path.write_text(f"---\n{frontmatter}---\n\n{split(text)[1]}", "utf-8")
    return str(path)


def _is(kind: str, value: object) -> bool:
    if kind == "multitext":
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    return isinstance(value, str) and (kind != "date" or DAY.fullmatch(value) is not None)


def test_each_property_has_its_type() -> None:
    """Obsidian's package reads the values that were written, and each is what the file of types says."""
    types = json.loads(shaped("article", "obsidian"))["types"]
    found = _asked(READ, TEXTS)

    assert [parse(text).data for text in TEXTS] == found
    assert len(found) > 100
    assert [(key, value) for data in found for key, value in data.items() if not _is(types[key], value)] == []


@pytest.mark.parametrize("options", OPTIONS)
def test_what_obsidian_writes_is_read_back(options: str, tmp_path: Path) -> None:
    """A specimen whose properties were written anew has the same values and those added, days apart from quotes."""
    for text, frontmatter in zip(TEXTS, _asked(EDIT.replace("OPTIONS", options), TEXTS), strict=True):
        path = _edited(text, frontmatter, tmp_path)
        found = read(path)
        data = {key: value.isoformat() if type(value) is datetime.date else value
                for key, value in found.frontmatter.items()}  # fmt: skip

        assert parse(text).data | OWN == data
        assert split(text)[1] == found.body


@pytest.mark.parametrize("options", OPTIONS)
def test_what_obsidian_writes_is_exported(options: str, tmp_path: Path) -> None:
    """An export of such a file has its days as days, and refuses none."""
    tally = Tally()
    for text, frontmatter in zip(TEXTS, _asked(EDIT.replace("OPTIONS", options), TEXTS), strict=True):
        _edited(text, frontmatter, tmp_path)
        found = [record and record.frontmatter for record in records(str(tmp_path), tally)]

        assert [parse(text).data | OWN] == found


@pytest.mark.parametrize("title", ["No", "12:30", "1_000"])
def test_a_title_that_loses_its_type_is_told(title: str, tmp_path: Path) -> None:
    """A title that is no text without its quotes is an error of `check` with its line, and is not exported."""
    text = re.sub('^title: ".*"$', f'title: "{title}"', TEXTS[0], count=1, flags=re.M)
    path = _edited(text, _asked(EDIT.replace("OPTIONS", "{}"), [text])[0], tmp_path)
    tally = Tally()

    assert [None] == list(records(str(tmp_path), tally))
    assert (3, "title") in [(fault.line, fault.key) for fault in check_file(path)]
