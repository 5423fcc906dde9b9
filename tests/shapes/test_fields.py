from __future__ import annotations

import pytest

from copydesk import schema
from copydesk.frontmatter.writing import KEYS
from copydesk.shapes.fields import depends, fields
from copydesk.vocabulary import parts

KINDS = {
    "edition": "text",
    "pages": "integer",
    "weight": "number",
    "printed": "boolean",
    "seen": "day",
    "topics": "list",
    "numbers": "list",
    "extra": "any",
    "date": "day",
    "title": "text",
    "author": "list",
}


@pytest.mark.parametrize("name", schema.names())
def test_the_fields_are_the_keys(name: str) -> None:
    """The fields are the keys in the order in which they are written, and behind them the reserved ones."""
    found = fields(name)
    wanted = {key for _, part in parts(schema.load("article")) for key in part.get("required", ()) if key != "date"}

    assert KEYS == tuple(field.key for field in found)[: len(KEYS)]
    assert {field.key for field in found if field.required} == wanted
    assert all(field.refused for field in found[len(KEYS) :])
    assert all(field.description and field.title for field in found if not field.refused)


def test_each_kind_is_known(acme: str) -> None:
    """A plugin's schema may have keys of every kind that frontmatter can hold, with references followed."""
    found = {field.key: field for field in fields(acme)}

    assert {key: found[key].kind for key in KINDS} == KINDS
    assert found["archive"].refused
    assert (found["never"].refused, found["free"].refused, found["free"].kind) == (True, False, "any")
    assert {"edition", "pages", "id"} <= {field.key for field in found.values() if field.required}
    assert found["topics"].form == "a topic in small letters"
    assert found["source_id"].said("const") == "acme-paper"
    assert depends(acme) == {"dateline_place": ["dateline"], "dateline_date": ["dateline"], "printed": ["weight"]}


def test_a_narrower_schema_speaks_last() -> None:
    """What the schema of a source says of a key comes behind what that of all articles says, and both hold."""
    found = {field.key: field for field in fields("kcna")}

    assert found["agency"].all_said("pattern")[0] == schema.load()["$defs"]["line"]["pattern"]
    assert len(found["agency"].all_said("pattern")) == 2
    assert found["agency"].description == "the agency as the dateline names it, KCNA in most editions"
    assert {field.key for field in fields("naenara") if field.refused} > {"dateline", "agency", "url"}
