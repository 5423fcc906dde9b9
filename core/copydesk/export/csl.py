"""CSL-JSON: a bibliography of the articles, for pandoc, Zotero and other citation processors."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from copydesk.digest import hex_digest
from copydesk.export.records import Record, Tally

_SAME_NAME = {
    "id": "id",
    "title": "title",
    "source_name": "container-title",
    "agency": "publisher",
    "dateline_place": "publisher-place",
    "archive": "archive",
}
_DAYS = {"date": "issued", "captured": "accessed"}


def write(records: Iterable[Record], stream: BinaryIO, tally: Tally) -> None:
    """Write one array with an item an article.

    Captures of one article share its id, and a bibliography has an article once: the first of them makes the item, and
    the others are counted as merged.
    """
    seen: set[str] = set()
    before = b"[\n"
    for record in records:
        mark = hex_digest(record.frontmatter["id"].encode())[:16]
        if mark in seen:
            tally.merged, tally.exported = tally.merged + 1, tally.exported - 1
            continue
        seen.add(mark)
        stream.write(before + json.dumps(item(record.frontmatter), ensure_ascii=False).encode())
        before = b",\n"
    stream.write(b"\n]\n" if seen else b"[]\n")


def item(data: dict[str, Any]) -> dict[str, Any]:
    """Return the item of an article; what it does not have is left out, and so is a language that is not known."""
    found: dict[str, Any] = {"type": "article-newspaper"}
    found |= {ours: data[key] for key, ours in _SAME_NAME.items() if key in data}
    found |= {ours: _day(data[key]) for key, ours in _DAYS.items() if key in data}
    if data.get("author"):
        found["author"] = [{"literal": name} for name in data["author"]]
    if data["lang"] != "und":
        found["language"] = data["lang"]
    address = data.get("original_url") or data.get("capture_url")
    if address:
        found["URL"] = address
    if data.get("original_url") and data.get("capture_url"):
        found["archive_location"] = data["capture_url"]
    return found


def _day(day: str) -> dict[str, Any]:
    return {"date-parts": [[int(part) for part in day.split("-")]]}
