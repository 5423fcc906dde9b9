from __future__ import annotations

import datetime
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.frontmatter.samples import BODY, HOSTILE, WHOLE

from copydesk.errors import FrontmatterError
from copydesk.frontmatter.reading import parse, split, untouched
from copydesk.frontmatter.writing import KEYS, body_hash, compose, frontmatter_hash, seal

STRINGS = st.one_of(st.text(max_size=200), st.sampled_from(HOSTILE))
MAPPINGS = st.dictionaries(st.sampled_from(KEYS), st.one_of(STRINGS, st.lists(STRINGS, max_size=3)))
BODIES = st.text(max_size=200).map(lambda text: text.replace("\r", "\n").rstrip("\n")).map(lambda b: b and f"{b}\n")


@pytest.fixture(params=["libyaml", "python"])
def _reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "python":
        monkeypatch.delattr(yaml, "CSafeLoader")


def document(frontmatter: str, body: str = "\na\n") -> str:
    """Return a file with this frontmatter."""
    return f"---\n{frontmatter}\n---\n{body}"


@given(MAPPINGS, BODIES)
def test_what_is_composed_is_parsed_again(data: dict[str, Any], body: str) -> None:
    """Data, body, hashes and places of a document survive the way into the file and back."""
    sealed = seal(data, body)
    parsed = parse(sealed.markdown)
    lines = sealed.markdown.split("\n")

    assert sealed.frontmatter == parsed.data
    assert body == parsed.body
    assert parsed.data["body_sha256"] == body_hash(parsed.body)
    assert parsed.data["frontmatter_sha256"] == frontmatter_hash(parsed.frontmatter_text)
    assert all(lines[parsed.lines[key] - 1].startswith(f"{key}:") for key in parsed.data)
    assert (parsed.frontmatter_text, parsed.body) == split(sealed.markdown)
    assert untouched(sealed.markdown)


@given(st.data())
def test_an_edit_is_found(data: st.DataObject) -> None:
    """A file counts as untouched until one character of it is another."""
    markdown = compose(WHOLE, BODY)
    at = data.draw(st.integers(0, len(markdown) - 1))
    other = data.draw(st.characters(exclude_categories=["Cs"]).filter(lambda character: character != markdown[at]))

    assert not untouched(markdown[:at] + other + markdown[at + 1 :])
    assert untouched(markdown)


def test_a_line_more_is_found() -> None:
    """A key that a person adds is an edit, and so is a second hash."""
    markdown = compose(WHOLE, BODY)
    own = f'frontmatter_sha256: "{"0" * 64}"\n'

    assert not untouched(markdown.replace("lang:", "mine: 1\nlang:"))
    assert not untouched(markdown.replace("lang:", f"{own}lang:"))
    assert not untouched(markdown.replace("lang:", "frontmatter_sha256: mine\nlang:"))
    assert not untouched(markdown.replace("lang:", f'body_sha256: "{"0" * 64}"\nlang:'))
    assert not untouched("no frontmatter")


def test_bom_and_crlf_are_read_and_told() -> None:
    """A file that went through other hands is read all the same, and what was done to it is known."""
    markdown = compose(WHOLE, BODY)
    parsed = parse("\ufeff" + markdown.replace("\n", "\r\n"))

    assert (parsed.bom, parsed.crlf) == (True, True)
    assert parse(markdown) == parsed._replace(bom=False, crlf=False)
    assert (parse(markdown).bom, parse(markdown).crlf) == (False, False)


@pytest.mark.usefixtures("_reader")
def test_places() -> None:
    """Keys and items know their lines, and the body its first."""
    text = document('id: "a"\n# why\nauthor:\n  - "x"\n\n  - "y"\nmine: {deep: [1]}\ntitle: "t"')
    parsed = parse(text)

    expected = {
        "id": 2,
        "author": 4,
        "author/0": 5,
        "author/1": 7,
        "mine": 8,
        "mine/deep": 8,
        "mine/deep/0": 8,
        "title": 9,
    }
    assert expected == parsed.lines
    assert parsed.data == {"id": "a", "author": ["x", "y"], "mine": {"deep": [1]}, "title": "t"}
    assert parsed.body_line == 12


@pytest.mark.usefixtures("_reader")
def test_bare_values_are_given_back_as_yaml_reads_them() -> None:
    """What a person typed without quotes has the type that YAML 1.1 gives it, so that it can be complained of."""
    parsed = parse(document("date: 2021-01-21\nno_value:\nflag: yes\ncount: 12\nid: 1e3\ntext: a b\nquoted: '12'"))

    expected = {
        "date": datetime.date(2021, 1, 21),
        "no_value": None,
        "flag": True,
        "count": 12,
        "id": "1e3",
        "text": "a b",
        "quoted": "12",
    }
    assert expected == parsed.data


@pytest.mark.parametrize(
    ("text", "body", "line"),
    [
        ("---\na: 1\n---\n\nb\n", "b\n", 5),
        ("---\na: 1\n---\nb\n", "b\n", 4),
        ("---\na: 1\n---", "", 4),
        ("---\n---\n", "", 3),
    ],
)
def test_where_the_body_begins(text: str, body: str, line: int) -> None:
    """One blank line behind the fence does not belong to the body."""
    assert (body, line) == (parse(text).body, parse(text).body_line)


def test_a_fence_in_the_body_is_the_body() -> None:
    """Only the first closing fence counts."""
    assert parse("---\nid: a\n---\n\na\n\n---\n\n----\n").body == "a\n\n---\n\n----\n"


BROKEN = [
    ("", 1, "the file has no frontmatter"),
    ("# Title\n", 1, "the file has no frontmatter"),
    ("\n---\na: 1\n---\n", 1, "the file has no frontmatter"),
    ("----\na: 1\n---\n", 1, "the first line is '----'"),
    ("--- \na: 1\n---\n", 1, "the first line is '--- '"),
    ("---js\na: 1\n---\n", 1, "the first line is '---js'"),
    ("---\na: 1\n", 1, "the frontmatter is not closed"),
    ("---", 1, "the frontmatter is not closed"),
    ("---\na: 1\n...\n\nb\n", 3, "'...' does not close the frontmatter"),
    ("---\na: 1\n----\n\nb\n", 3, "'----' does not close the frontmatter"),
    ("---\na: 1\n---  \n\nb\n", 3, "'---  ' does not close the frontmatter"),
    (document("a: 1\nb: [1, 2\nc: 3"), 4, "the frontmatter is not YAML"),
    (document("a: 1\n\tb: 2"), 3, "the frontmatter is not YAML"),
    (document("a: 1\nb: x: y"), 3, "the frontmatter is not YAML"),
    (document('a: 1\nb: "\\q"'), 3, "the frontmatter is not YAML"),
    (document("a: 1\nb: 2\na: 3"), 4, "the key 'a' stands twice"),
    (document("a: 1\nb: {c: 1, c: 2}"), 3, "the key 'c' stands twice"),
    (document("- a"), 2, "the frontmatter is not a mapping"),
    (document("words"), 2, "the frontmatter is not a mapping"),
    (document("--- {a: 1}\n--- {b: 1}"), 3, "the frontmatter holds two documents"),
    (document("a: 1\nb: &x 1"), 3, "the frontmatter has the anchor or alias 'x'"),
    (document("a: 1\nb: *x"), 3, "the frontmatter has the anchor or alias 'x'"),
    (document("a: 1\nb: !!python/name:os.system"), 3, "the frontmatter has the tag"),
    (document("a: 1\nb: ! 1"), 3, "the frontmatter has the tag '!'"),
    (document("a: 1\n2: 1"), 3, "the key 2 is no string"),
    (document("a: 1\nno: 1"), 3, "the key False is no string"),
    (document("a: 1\n? [b]\n: 1"), 3, "the key ['b'] is no string"),
    (document("a: 1\nb: 2021-02-30"), 3, "'2021-02-30' is no value"),
    (document("a: 1\n<<: {b: 1}"), 3, "'<<' is no value"),
    (document("a: 1\nb: " + "[" * 100_000), 3, "the frontmatter is nested more than 8 deep"),
    (document("a: 1\n" + "? " * 100_000), 3, "the frontmatter is nested more than 8 deep"),
    (document("a: 1\nb: \x07"), 3, "the frontmatter holds the raw character '\\x07'"),
    (document("a: 1\nb: x\u2028y"), 3, "the frontmatter holds the raw character '\\u2028'"),
    (document("a: 1\nb: x\ry"), 3, "the frontmatter holds the raw character '\\r'"),
]


@pytest.mark.usefixtures("_reader")
@pytest.mark.parametrize(
    ("text", "line", "fact"), BROKEN, ids=[f"{fact[:40]}-{n}" for n, (_, _, fact) in enumerate(BROKEN)]
)
def test_what_has_no_one_reading_is_refused(text: str, line: int, fact: str) -> None:
    """The error says the line, the fact and the remedy, with libyaml and without it."""
    with pytest.raises(FrontmatterError) as raised:
        parse(text)

    assert fact in raised.value.message
    assert line == raised.value.line
    assert raised.value.remedy


@given(st.text(st.sampled_from("ab:-[]{}&*!?#|>'\"%@,\\ \t\n0128é\u2028")))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    """No frontmatter makes the reader fail in another way than with a `FrontmatterError`."""
    try:
        last = max(parse(document(text)).lines.values(), default=1)
    except FrontmatterError as error:
        last = error.line

    assert 1 <= last <= text.count("\n") + 3
