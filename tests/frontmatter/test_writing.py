from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from tests.frontmatter.samples import BODY, HOSTILE, WHOLE

from copydesk.errors import CopydeskError
from copydesk.frontmatter.writing import KEYS, _json_form, body_hash, compose, dump, frontmatter_hash, seal

RUAMEL = YAML(typ="safe", pure=True)  # YAML 1.2
KEY_LINE = re.compile(r"([a-z][a-z0-9_]*):(?: (.+))?")
ITEM_LINE = re.compile(r"  - (.+)")
RAW = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)

PIECES = st.sampled_from(HOSTILE)
STRINGS = st.one_of(st.text(max_size=2000), PIECES, st.lists(PIECES, min_size=2, max_size=4).map("".join))
VALUES = st.one_of(STRINGS, st.lists(STRINGS, max_size=4))
MAPPINGS = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=len(KEYS))


def written(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is to be read back: what has no value is left out."""
    return {key: value for key, value in data.items() if value not in ("", [])}


def scalars(text: str) -> list[str]:
    """Return the scalars of frontmatter as they are written, one a line."""
    found = []
    for line in text.removesuffix("\n").split("\n"):
        match = ITEM_LINE.fullmatch(line) or KEY_LINE.fullmatch(line)
        assert match, line
        found += [match[match.lastindex or 0]] if match.lastindex == 1 and match.re is ITEM_LINE else []
        found += [match[2]] if match.re is KEY_LINE and match[2] else []
    return found


def values(data: Mapping[str, Any]) -> list[str]:
    """Return the strings of a mapping in the order in which they are written."""
    return [item for value in data.values() for item in (value if isinstance(value, list) else [value])]


@given(MAPPINGS)
@example(dict(zip(KEYS, HOSTILE[-len(KEYS) :], strict=True)))
@example({"title": "\\x41\x01\\U0001F600😀\\\\N\x85", "author": ["", "- a", "\n- b"]})
def test_one_reading_of_the_frontmatter(data: dict[str, Any]) -> None:
    """YAML 1.1 and 1.2 readers read what was written, and each string is JSON too."""
    text = dump(data)

    expected = written(data)
    for loader in (yaml.CSafeLoader, yaml.SafeLoader):
        assert expected == (yaml.load(text, Loader=loader) or {})
    assert expected == (RUAMEL.load(io.StringIO(text)) or {})
    assert values(expected) == ([json.loads(scalar) for scalar in scalars(text)] if text else [])


@given(MAPPINGS)
def test_one_form_with_and_without_libyaml(data: dict[str, Any]) -> None:
    """PyYAML writes the same lines where libyaml was not compiled in."""
    with pytest.MonkeyPatch.context() as patch:
        with_libyaml = dump(data)
        patch.delattr(yaml, "CSafeDumper")

        assert with_libyaml == dump(data)


@given(STRINGS)
def test_nothing_unseen_is_written(text: str) -> None:
    """No control, bidi, private-use or other invisible character of the BMP stands in the file as it is."""
    line = dump({"title": text}).removesuffix("\n")

    assert None is RAW.search(line)


@pytest.mark.parametrize("value", HOSTILE, ids=ascii)
def test_hostile_value(value: str) -> None:
    """Every value that some reader is known to misread is read back by all, as a value and as an item."""
    data = {"title": value, "related": [value, value]}
    text = dump(data)

    assert data == yaml.load(text, Loader=yaml.CSafeLoader)
    assert data == yaml.load(text, Loader=yaml.SafeLoader)
    assert data == RUAMEL.load(io.StringIO(text))
    assert [value] * 3 == [json.loads(scalar) for scalar in scalars(text)]


def test_there_are_enough_hostile_values() -> None:
    """The table holds at least a hundred values, none twice."""
    assert len(HOSTILE) >= 100
    assert len(set(HOSTILE)) > 0.9 * len(HOSTILE)


@pytest.mark.parametrize(
    ("value", "scalar"),
    [
        ("a\x00b", r'"a\u0000b"'),
        ("\x07\x0b\x1b\x08\x0c", r'"\u0007\u000B\u001B\b\f"'),
        ("\t\n\r", r'"\t\n\r"'),
        ("\x7f\x85\xa0\xad", r'"\u007F\u0085\u00A0\u00AD"'),
        ("\u2028\u2029\u202e\ufeff", r'"\u2028\u2029\u202E\uFEFF"'),
        ("\ue000\ufdd0\uffff", r'"\uE000\uFDD0\uFFFF"'),
        ("😀\U0010ffff", '"😀\U0010ffff"'),
        (r"\x41 \\ \N", r'"\\x41 \\\\ \\N"'),
        ('"', r'"\""'),
        ("평양 “a” é — …", '"평양 “a” é — …"'),
        ("\ud83d\ude00 \udc80", '"\ufffd\ufffd \ufffd"'),
    ],
)
def test_escapes(value: str, scalar: str) -> None:
    """What cannot be seen is written as JSON writes it; astral characters and letters stay, lone surrogates cannot."""
    assert f"title: {scalar}\n" == dump({"title": value})


def test_every_escape_of_yaml_becomes_one_of_json() -> None:
    """Whichever of YAML's escapes a dumper chooses, the same character comes out in JSON's form."""
    escapes = r"\0 \a \b \t \n \v \f \r \e \  \" \/ \\ \N \_ \L \P \x41 \u00E9 \U00000041"
    text = f'"{escapes}"'

    assert yaml.safe_load(text) == json.loads(_json_form(text))


def test_shape() -> None:
    """Keys are bare, strings double-quoted, lists indented blocks, and what has no value is left out."""
    data: dict[str, Any] = {"id": "a", "title": "", "author": ["x", "- y"], "related": [], "count": 3, "flag": False}

    assert dump(data) == 'id: "a"\nauthor:\n  - "x"\n  - "- y"\ncount: 3\nflag: false\n'
    assert dump({"title": ""}) == ""


def test_a_long_string_is_one_line() -> None:
    """No length makes a string fold."""
    assert f'title: "{"word " * 20000}"\n' == dump({"title": "word " * 20000})


@pytest.mark.parametrize(
    "key", ["", "Title", "a b", "no", "y", "null", "1a", "a:", "a" * 101, "é", "a\n", "_a", "a-b", "None"]
)
def test_a_key_that_cannot_stand_bare_is_refused(key: str) -> None:
    """A key that some reader would not take for its name is refused, by name."""
    with pytest.raises(CopydeskError, match=re.escape(repr(key))):
        dump({key: "a"})


@pytest.mark.parametrize("value", [1.5, {"a": "b"}, [1], [["a"]], b"a", {"a"}])
def test_a_value_that_is_no_string_is_refused(value: Any) -> None:
    """Nested maps, floats and other types are refused, with the key."""
    with pytest.raises(CopydeskError, match="of 'title' cannot stand in frontmatter"):
        dump({"title": value})


def test_compose_writes_the_whole_file() -> None:
    """A document is fence, frontmatter in the order of the keys, fence, blank line, body."""
    scrambled = {"mine": "last", **dict(reversed(WHOLE.items()))}
    lines = compose(scrambled, BODY).split("\n")
    keys = [line.split(":")[0] for line in lines[1 : lines.index("---", 1)] if not line.startswith(" ")]

    assert [*KEYS, "mine"] == keys
    assert lines[0] == "---"
    assert ["---", "", *BODY.split("\n")] == lines[lines.index("---", 1) :]


def test_hashes_are_those_of_the_file() -> None:
    """Anyone can compute both hashes from the file: of the body, and of the lines without the hash of themselves."""
    markdown = compose(WHOLE, BODY)
    frontmatter, _, body = markdown.removeprefix("---\n").partition("---\n\n")
    lines = frontmatter.splitlines(keepends=True)
    others = "".join(line for line in lines if not line.startswith("frontmatter_sha256"))

    assert f'body_sha256: "{hashlib.sha256(body.encode()).hexdigest()}"\n' in lines
    assert f'frontmatter_sha256: "{hashlib.sha256(others.encode()).hexdigest()}"\n' in lines
    assert body_hash(BODY) == hashlib.sha256(BODY.encode()).hexdigest()
    assert frontmatter_hash(frontmatter) == frontmatter_hash(others)


@pytest.mark.parametrize(
    ("given_body", "in_file"),
    [
        ("a", "\na\n"),
        ("a\n\n\n", "\na\n"),
        ("a\r\nb\rc", "\na\nb\nc\n"),
        ("", ""),
        ("\n", ""),
        ("a\ud800", "\na\ufffd\n"),
    ],
)
def test_the_body_ends_with_one_newline(given_body: str, in_file: str) -> None:
    """Line ends become LF, the file has one at its end, and an empty body leaves no blank line."""
    assert in_file == compose({}, given_body).partition("\n---\n")[2]


def test_sealing_what_was_sealed_changes_nothing() -> None:
    """The hashes that come in do not count: a document that is read and written again is the same."""
    sealed = seal(WHOLE, BODY)

    assert sealed == seal(sealed.frontmatter, BODY)
    assert list(KEYS) == list(sealed.frontmatter)
