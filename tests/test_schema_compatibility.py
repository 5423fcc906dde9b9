from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # its stubs are a package of their own
import pytest

from copydesk import schema
from copydesk.frontmatter.writing import KEYS
from copydesk.shapes.json import bundle
from copydesk.vocabulary import parts
from tests.support.compatibility import narrowings

PUBLISHED = Path(__file__).parent / "published"
"""What version 1 of the schemas was when it was published, and documents written under it: neither ever changes."""

NAMES = ("article", "kcna", "naenara")
OLD = {name: json.loads((PUBLISHED / f"{name}-1.json").read_text("utf-8")) for name in NAMES}
DOCUMENTS = [json.loads(line) for line in (PUBLISHED / "documents-1.jsonl").read_text("utf-8").splitlines()]

Changed = Callable[[dict[str, Any]], object]


def test_documents_of_version_1_are_accepted() -> None:
    """Every document that was written under version 1 is valid still, under the schema of its source."""
    found = [(data["id"], schema.problems(data, data["source_id"])) for data in DOCUMENTS if data["source_id"] in NAMES]
    found += [(data["id"], schema.problems(data)) for data in DOCUMENTS]

    assert [] == [(name, problems) for name, problems in found if problems]
    assert set(KEYS) == {key for data in DOCUMENTS for key in data}


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_refuses_nothing_that_version_1_accepts(name: str) -> None:
    """Keys may be added and rules widened; a key that goes or a rule that narrows asks for version 2."""
    assert [] == narrowings(OLD[name], bundle(name))
    assert [] == narrowings(OLD[name], OLD[name])


@pytest.mark.parametrize("name", NAMES)
def test_what_was_published_is_a_schema(name: str) -> None:
    """The published schemas are whole, and the documents valid under them by another implementation too."""
    check = jsonschema.Draft202012Validator(OLD[name], format_checker=jsonschema.FormatChecker())
    documents = [data for data in DOCUMENTS if name in ("article", data["source_id"])]

    assert documents
    assert [] == [data["id"] for data in documents if not check.is_valid(data)]


def _put(*path: str, **words: Any) -> Changed:
    """Return a change that sets keywords in a part of a schema."""
    return lambda new: _at(new, path).update(words)


def _take(*path: str) -> Changed:
    """Return a change that takes a keyword, or a key, out of a part of a schema."""
    return lambda new: _at(new, path[:-1]).pop(path[-1])


def _add(item: Any, *path: str) -> Changed:
    """Return a change that adds an item to a list in a schema."""
    return lambda new: _at(new, path).append(item)


def _at(at: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        at = at[int(step)] if isinstance(at, list) else at[step]
    return at


def _narrowed() -> Iterator[tuple[str, Changed]]:
    """Give changes of the schema of articles of which each refuses something that version 1 accepts, or loses a key."""
    for key in KEYS:
        yield f"{key} gone", _take("properties", key)
        yield f"{key} refused", _put("properties", **{key: {"not": {}}})
        yield f"{key} a number", _put("properties", key, type="integer")
        yield f"{key} shorter", _put("properties", key, maxLength=1, maxItems=0)
        yield f"{key} of a pattern", _put("properties", key, pattern="^x$")
        if key not in OLD["article"]["required"]:
            yield f"{key} required", _add(key, "required")
    for name, part in OLD["article"]["$defs"].items():
        if "pattern" in part:
            yield f"pattern of {name}", _put("$defs", name, pattern=f"{part['pattern'][:-1]}a$")
    yield "other version", _put("properties", "schema", const="copydesk/article/2")
    yield "no other keys", _put(additionalProperties=False)
    yield "only these", _put("properties", "lang", enum=["en", "ko"])
    yield "more reserved", _put("$defs", "reserved", "properties", mine={"not": {}})
    yield "needs another", _put("dependentRequired", agency=["dateline"])
    yield "needs more", _add("agency", "dependentRequired", "dateline_place")
    yield "items", _put("$defs", "lines", minItems=2)
    yield "each item", _put("properties", "warnings", "items", maxLength=10)
    yield "condition", _put("$defs", "id_has_the_date", "then", "properties", "id", pattern="^kcna")
    yield "another part", _add({"required": ["title"]}, "allOf")
    yield "longer", _put("properties", "input_file", minLength=2)


NARROWED = list(_narrowed())


@pytest.mark.parametrize("change", [change for _, change in NARROWED], ids=[name for name, _ in NARROWED])
def test_a_change_that_narrows_is_seen(change: Changed) -> None:
    """The rule above goes red for each of these changes, so that none can slip in."""
    new = copy.deepcopy(OLD["article"])
    change(new)

    assert new != OLD["article"]
    assert narrowings(OLD["article"], new)


ALTERNATIVE = f"(?:{OLD['article']['$defs']['sha256']['pattern']})|^[0-9a-f]{{128}}$"
WIDENED: dict[str, Changed] = {
    "a key more": _put("properties", subtitle={"$ref": "#/$defs/line"}),
    "not required": lambda new: new["required"].remove("plugin"),
    "no pattern": _take("$defs", "language", "pattern"),
    "another alternative": _put("$defs", "sha256", pattern=ALTERNATIVE),
    "another type": _put("properties", "input_file", type=["string", "array"]),
    "shorter": _put("properties", "input_file", minLength=0),
    "a key set free": _put("$defs", "reserved", "properties", build={}),
    "other words": _put("properties", "title", description="x", title="y", examples=["z"]),
    "alone": _take("dependentRequired"),
}


@pytest.mark.parametrize("change", WIDENED.values(), ids=WIDENED)
def test_a_change_that_widens_is_allowed(change: Changed) -> None:
    """What was accepted stays accepted, so version 1 may grow this way."""
    new = copy.deepcopy(OLD["article"])
    change(new)

    assert new != OLD["article"]
    assert [] == narrowings(OLD["article"], new)


def test_no_constraint_can_go_from_the_old_schema_unseen() -> None:
    """For each constraint of version 1: were it missing before, the schema of today would count as narrower."""
    checked = 0
    for path, part in parts(OLD["article"]):
        for keyword in part.keys() & {"pattern", "minItems", "minLength", "const", "required", "dependentRequired"}:
            old = copy.deepcopy(OLD["article"])
            _take(*path, keyword)(old)
            assert narrowings(old, OLD["article"]), (path, keyword)
            checked += 1

    assert checked > 15
