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
"""What version 1 of the schemas was when it was published, and documents that were written under it: neither changes."""

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


def _narrowed() -> Iterator[tuple[str, Changed]]:
    """Give changes of the schema of articles of which each refuses something that version 1 accepts, or loses a key."""
    for key in KEYS:
        yield f"{key} gone", lambda new, key=key: new["properties"].pop(key)
        yield f"{key} refused", lambda new, key=key: new["properties"].update({key: {"not": {}}})
        yield f"{key} a number", lambda new, key=key: new["properties"][key].update(type="integer")
        yield f"{key} shorter", lambda new, key=key: new["properties"][key].update(maxLength=1, maxItems=0)
        yield f"{key} of a pattern", lambda new, key=key: new["properties"][key].update(pattern="^x$")
        if key not in schema.load()["required"]:
            yield f"{key} required", lambda new, key=key: new["required"].append(key)
    for name in ("line", "day", "language", "slug", "id", "converter", "program", "url", "sha256"):
        yield (
            f"pattern of {name}",
            lambda new, name=name: new["$defs"][name].update(pattern=new["$defs"][name]["pattern"][:-1] + "a$"),
        )
    yield "other version", lambda new: new["properties"]["schema"].update(const="copydesk/article/2")
    yield "no other keys", lambda new: new.update(additionalProperties=False)
    yield "only these", lambda new: new["properties"]["lang"].update(enum=["en", "ko"])
    yield "more reserved", lambda new: new["$defs"]["reserved"]["properties"].update(mine={"not": {}})
    yield "needs another", lambda new: new["dependentRequired"].update(agency=["dateline"])
    yield "needs more", lambda new: new["dependentRequired"]["dateline_place"].append("agency")
    yield "items", lambda new: new["$defs"]["lines"].update(minItems=2)
    yield "each item", lambda new: new["properties"]["warnings"]["items"].update(maxLength=10)
    yield "condition", lambda new: new["$defs"]["id_has_the_date"]["then"]["properties"]["id"].update(pattern="^kcna")
    yield "another part", lambda new: new["allOf"].append({"required": ["title"]})
    yield "longer", lambda new: new["properties"]["input_file"].update(minLength=2)


NARROWED = list(_narrowed())


@pytest.mark.parametrize("change", [change for _, change in NARROWED], ids=[name for name, _ in NARROWED])
def test_a_change_that_narrows_is_seen(change: Changed) -> None:
    """The rule above goes red for each of these changes, so that none can slip in."""
    new = copy.deepcopy(OLD["article"])
    change(new)

    assert new != OLD["article"]
    assert narrowings(OLD["article"], new)


WIDENED: dict[str, Changed] = {
    "a key more": lambda new: new["properties"].update(subtitle={"$ref": "#/$defs/line"}),
    "not required": lambda new: new["required"].remove("plugin"),
    "no pattern": lambda new: new["$defs"]["language"].pop("pattern"),
    "another alternative": lambda new: new["$defs"]["sha256"].update(
        pattern=f"(?:{new['$defs']['sha256']['pattern']})|^[0-9a-f]{{128}}$"
    ),
    "another type": lambda new: new["properties"]["input_file"].update(type=["string", "array"]),
    "shorter": lambda new: new["properties"]["input_file"].update(minLength=0),
    "a key set free": lambda new: new["$defs"]["reserved"]["properties"].update(build={}),
    "other words": lambda new: new["properties"]["title"].update(description="x", title="y", examples=["z"]),
    "alone": lambda new: new.pop("dependentRequired"),
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
            at: Any = old
            for step in path:
                at = at[step]
            del at[keyword]
            assert narrowings(old, OLD["article"]), (path, keyword)
            checked += 1

    assert checked > 15
