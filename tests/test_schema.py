from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import schema
from copydesk.frontmatter.writing import KEYS, seal
from tests.frontmatter.samples import BODY, HOSTILE, WHOLE
from tests.frontmatter.second_opinion import other

RESERVED = schema.load()["$defs"]["reserved"]["properties"]
GOOD = seal(WHOLE, BODY).frontmatter
NAENARA = {
    **{
        key: value
        for key, value in GOOD.items()
        if key not in ("agency", "dateline", "dateline_place", "dateline_date")
    },
    "id": "naenara-2021-01-21-0a1b2c3d4e5f",
    "source_id": "naenara",
    "source_name": "Naenara",
}


def without(*keys: str) -> dict[str, Any]:
    """Return the good frontmatter without some keys."""
    return {key: value for key, value in GOOD.items() if key not in keys}


def test_good_frontmatter_has_no_problems() -> None:
    """A whole document, one with the keys that are asked for, and one with a person's own keys pass."""
    least = {key: value for key, value in GOOD.items() if key in schema.load()["required"]}
    undated = {**least, "id": "kcna-undated-0a1b2c3d4e5f"}

    for data in (GOOD, undated, {**GOOD, "tags": ["a"], "rating": 3, "read": True}):
        assert [(schema.problems(data), schema.problems(data, "kcna"))] == [([], [])]
    assert schema.problems(NAENARA, "naenara") == []


DAYS = [
    "2021-02-29",
    "2021-1-2",
    "2021-13-01",
    "2021-04-31",
    "2021-00-10",
    "2021-01-21T00:00:00Z",
    "21/01/2021",
    "20210121",
]
BAD: list[tuple[dict[str, Any], str, str]] = [
    *((without(key), key, "is missing") for key in schema.load()["required"]),
    *(({**GOOD, "captured": day}, "captured", "is not a real day") for day in DAYS),
    *(({**GOOD, key: "x"}, key, "is not allowed here") for key in RESERVED),
    *(({**GOOD, key: 3}, key, "3 is an integer, not a ") for key in KEYS if key != "schema"),
    *(({**GOOD, key: None}, key, "is empty") for key in KEYS),
    *(({**GOOD, key: ["KCNA"]}, key, "is a list, not a string") for key in ("title", "lang", "dateline")),
    *(({**GOOD, key: []}, key, "is empty") for key in ("author", "related", "warnings")),
    *(({**GOOD, key: [3]}, f"{key}/0", "3 is an integer") for key in ("author", "related", "warnings")),
    *(({**GOOD, key: "0" * 63}, key, "is not 64 hex digits") for key in KEYS if key.endswith("sha256")),
    *(({**GOOD, "lang": lang}, "lang", "is not a BCP 47") for lang in ("EN", "english", "en_US", "e", "en-us", "en-")),
    *(({**GOOD, key: "ftp://a/b"}, key, "is not a URL") for key in ("original_url", "capture_url")),
    ({**GOOD, "capture_url": "https://"}, "capture_url", "is not a URL"),
    ({**GOOD, "capture_url": "https://a b/"}, "capture_url", "is not a URL"),
    ({**GOOD, "id": "KCNA-2021-01-21-0a1b2c3d4e5f"}, "id", "is not an id"),
    ({**GOOD, "id": "kcna-2021-01-21-0a1b2c"}, "id", "is not an id"),
    ({**GOOD, "id": "kcna-2021-02-30-0a1b2c3d4e5f"}, "id", "is not an id"),
    ({**GOOD, "id": "kcna-undated-0a1b2c3d4e5f"}, "id", "is not an id with the day of its date"),
    (without("date"), "id", "is not an id with the word undated"),
    (without("dateline", "dateline_place"), "dateline", "is missing"),
    (without("dateline", "dateline_date"), "dateline", "is missing"),
    ({**GOOD, "source_id": "KCNA"}, "source_id", "is not a slug"),
    ({**GOOD, "source_id": "a--b"}, "source_id", "is not a slug"),
    ({**GOOD, "title": " a"}, "title", "is not one line"),
    ({**GOOD, "title": "a\nb"}, "title", "is not one line"),
    ({**GOOD, "schema": "copydesk/article/2"}, "schema", "is not 'copydesk/article/1'"),
    ({**GOOD, "converter": "copydesk"}, "converter", "is not the word copydesk and a version"),
    ({**GOOD, "plugin": "kcna"}, "plugin", "is not a name and a version"),
    ({**GOOD, "related": ["2021-01-20 a", "2021-02-30 b"]}, "related/1", "is not a related article"),
    ({**GOOD, "warnings": ["a warning"]}, "warnings/0", "is not a warning"),
    ({**GOOD, "input_file": ""}, "input_file", "is empty"),
]
IDS = [f"{path}-{fact[:16]}-{n}" for n, (_, path, fact) in enumerate(BAD)]


@pytest.mark.parametrize(("data", "path", "fact"), BAD, ids=IDS)
def test_bad_frontmatter_is_refused(data: dict[str, Any], path: str, fact: str) -> None:
    """Each thing that the contract forbids is a problem, under the key that has it, with fact and remedy."""
    found = {problem.path: problem for problem in schema.problems(data)}

    assert path in found
    assert fact in found[path].fact
    assert found[path].remedy


@pytest.mark.parametrize(
    ("name", "data", "path", "fact"),
    [
        ("kcna", {**GOOD, "source_id": "other"}, "source_id", "'other' is not 'kcna'"),
        ("kcna", {**GOOD, "source_name": "KCNA"}, "source_name", "is not 'Korean Central News Agency'"),
        ("kcna", {**GOOD, "agency": "Kcna"}, "agency", "is not the short name of a news agency"),
        ("kcna", without("lang"), "lang", "is missing"),
        ("naenara", {**NAENARA, "dateline": "a"}, "dateline", "is not allowed here"),
        ("naenara", {**NAENARA, "agency": "KCNA"}, "agency", "is not allowed here"),
        ("naenara", {**NAENARA, "author": ["a" * 61]}, "author/0", "is not a byline of 60 characters"),
        ("naenara", {**NAENARA, "title": 3}, "title", "is an integer"),
    ],
)
def test_a_source_narrows_the_schema(name: str, data: dict[str, Any], path: str, fact: str) -> None:
    """The schema of a source refuses what is never right for it, and all that the schema of articles refuses."""
    assert [(path, True)] == [(problem.path, fact in problem.fact) for problem in schema.problems(data, name)]


@pytest.mark.parametrize("agency", ["KCNA", "ACNC", "조선중앙통신", "朝鮮中央通信"])
def test_the_names_of_the_agency(agency: str) -> None:
    """KCNA's datelines name it in the script of their language."""
    assert schema.problems({**GOOD, "agency": agency}, "kcna") == []


def test_all_problems_are_reported_together() -> None:
    """Every problem is said at once, each once, in the order of the keys."""
    data = {**without("plugin", "converter"), "lang": "EN", "date": "2021-02-30", "warnings": ["a", "b"], "url": "c"}
    paths = [problem.path for problem in schema.problems(data)]

    assert paths == ["date", "lang", "converter", "plugin", "warnings/0", "warnings/1", "url"]


def test_a_problem_says_how_it_is_mended() -> None:
    """The remedy is what the schema says of the key, with an example; a long value is shown by its beginning."""
    (problem,) = schema.problems({**GOOD, "date": "x" * 500})

    expected = f"date: '{'x' * 55}...' is not a real day written YYYY-MM-DD, give the day of publication, such as"
    assert f'{expected} "2021-01-21"' == str(problem)


@pytest.mark.parametrize(
    ("value", "fact"),
    [
        (datetime.date(2021, 1, 21), "2021-01-21 is a bare date, not a string"),
        (datetime.datetime(2021, 1, 21, 3), "2021-01-21 03:00:00 is a bare date, not a string"),
        (b"a", "b'a' is a bytes, which JSON does not have"),
        ({"a"}, "{'a'} is a set, which JSON does not have"),
        ("\ud800", "'\\ud800' holds half a surrogate pair"),
        (float("nan"), "nan is a number, not a string"),
        pytest.param(1 << 16609, "a number of 16610 bits is more than readers hold", id="large"),
    ],
)
def test_what_json_does_not_have_is_a_problem(value: Any, fact: str) -> None:
    """A bare date and other values that only YAML or Python knows are problems beside the others, no failure."""
    found = {problem.path: problem.fact for problem in schema.problems({**GOOD, "date": value, "lang": "EN"})}

    assert fact in found["date"]
    assert "lang" in found


def test_a_bare_date_under_a_key_of_ones_own_is_a_problem() -> None:
    """Readers make three types of a bare date, so it is found where the schema says nothing too."""
    day = datetime.date(2021, 1, 21)
    found = schema.problems({**GOOD, "mine": day, "more": ["a", {"deep": day}], "fine": "2021-01-21"})

    assert [problem.path for problem in found] == ["mine", "more/1/deep"]


SOME = st.one_of(
    st.sampled_from(HOSTILE), st.integers(0, 3), st.none(), st.booleans(), st.lists(st.sampled_from(HOSTILE))
)
DATA = st.builds(
    lambda changed, left_out: {key: value for key, value in {**GOOD, **changed}.items() if key not in left_out},
    st.dictionaries(st.sampled_from([*KEYS, *RESERVED]), SOME, max_size=3),
    st.sets(st.sampled_from(KEYS), max_size=3),
)


@given(DATA, st.sampled_from(schema.names()))
def test_two_validators_agree(data: dict[str, Any], name: str) -> None:
    """Another implementation of JSON Schema accepts and refuses the same frontmatter."""
    assert other(name).is_valid(data) == (schema.problems(data, name) == [])


@pytest.mark.parametrize("data", [GOOD, NAENARA, *(data for data, _, _ in BAD)], ids=["good", "naenara", *IDS])
def test_two_validators_agree_on_the_table(data: dict[str, Any]) -> None:
    """Another implementation accepts and refuses the same of the table, under each schema."""
    for name in schema.names():
        assert other(name).is_valid(data) == (schema.problems(data, name) == [])
