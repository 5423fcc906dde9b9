from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.export.exporting import export
from tests.frontmatter.samples import BODY, WHOLE

from copydesk import cli
from copydesk.frontmatter.writing import compose

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
