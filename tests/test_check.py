from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.check import Fault, check_file, check_tree
from copydesk.frontmatter.writing import KEYS, compose
from tests.frontmatter import samples
from tests.frontmatter.samples import BODY

HEX = hashlib.sha256("".join(BODY.split()).encode()).hexdigest()[:12]
EMPTY = hashlib.sha256(b"").hexdigest()[:12]
WHOLE = {**samples.WHOLE, "id": f"kcna-2021-01-21-{HEX}"}
MARKDOWN = compose(WHOLE, BODY)
LINES = MARKDOWN.split("\n")
ERROR, INFO = "error", "info"


def line(key: str) -> int:
    """Return the line of a key in the good file."""
    return next(number for number, text in enumerate(LINES, 1) if text.startswith(f"{key}:"))


def made(**changed: str | list[str]) -> str:
    """Return a file whose hashes hold, with other values; an empty one takes its key away."""
    return compose({**WHOLE, **changed}, BODY)


def swapped(old: str, new: str) -> str:
    """Return the good file with one thing edited, which must be there."""
    assert old in MARKDOWN
    return MARKDOWN.replace(old, new, 1)


def of_naenara(**changed: str | list[str]) -> str:
    """Return a good file of Naenara, which prints no dateline, with other values."""
    gone = dict.fromkeys(("agency", "dateline", "dateline_place", "dateline_date"), "")
    named = {"id": f"naenara-2021-01-21-{HEX}", "source_id": "naenara", "source_name": "Naenara"}
    return made(**gone, **named, **changed)


NAENARA = of_naenara(author=["a" * 61])
CLOSING = LINES.index("---", 1) + 1
PLANTED: list[tuple[str, str | bytes, int, str, str, str]] = [
    ("empty file", "", 1, "", ERROR, "the file has no frontmatter"),
    ("no frontmatter", "# A\n", 1, "", ERROR, "the file has no frontmatter"),
    ("four dashes", "-" + MARKDOWN, 1, "", ERROR, "the first line is '----'"),
    ("not closed", "\n".join(LINES[: CLOSING - 1]) + "\n", 1, "", ERROR, "the frontmatter is not closed"),
    ("closed by dots", swapped("\n---\n", "\n...\n"), CLOSING, "", ERROR, "'...' does not close"),
    ("closed by four dashes", swapped("\n---\n", "\n----\n"), CLOSING, "", ERROR, "'----' does not close"),
    ("no blank line", swapped("---\n\n", "---\n"), CLOSING, "", ERROR, "no blank line behind the frontmatter"),
    ("broken yaml", swapped('lang: "en"', 'lang: "en'), line("lang") + 1, "", ERROR, "the frontmatter is not YAML"),
    ("key twice", swapped("agency:", "lang:"), line("agency"), "", ERROR, "the key 'lang' stands twice"),
    ("tag", swapped("lang: ", "lang: !!str "), line("lang"), "", ERROR, "the frontmatter has the tag"),
    ("BOM", "\ufeff" + MARKDOWN, 1, "", ERROR, "the file begins with a BOM"),
    ("CRLF", MARKDOWN.replace("\n", "\r\n"), 1, "", ERROR, "the line ends with CRLF"),
    ("one CRLF", swapped('"en"\n', '"en"\r\n'), line("lang"), "", ERROR, "the line ends with CRLF"),
    ("no newline at the end", MARKDOWN[:-1], len(LINES) - 1, "", ERROR, "the last line has no end"),
    ("not UTF-8", MARKDOWN.encode().replace(b"goes", b"go\xe9s"), len(LINES) - 1, "", ERROR, "not UTF-8: byte 0xe9"),
    ("UTF-16", MARKDOWN.encode("utf-16"), 1, "", ERROR, "the file is not UTF-8: byte 0xff"),
    ("bare date", swapped('"2021-01-21"', "2021-01-21"), line("date"), "date", ERROR, "2021-01-21 is a bare date"),
    ("bare number", swapped('"Pyongyang"', "12"), line("dateline_place"), "dateline_place", ERROR, "12 is an integer"),
    ("bare own date", swapped("lang:", "own: 2021-01-21\nlang:"), line("lang"), "own", ERROR, "is a bare date"),
    ("no such day", made(captured="2026-02-30"), line("captured"), "captured", ERROR, "is not a real day"),
    ("missing key", made(converter=""), 1, "converter", ERROR, "is missing"),
    ("no schema", made(schema=""), 1, "schema", ERROR, "is missing"),
    ("other schema", made(schema="copydesk/article/9"), line("schema"), "schema", ERROR, "this Copydesk does not know"),
    ("bad item", made(related=["2021-01-20 A", " "]), line("related") + 2, "related/1", ERROR, "is not a related"),
    ("key to stay clear of", made(url="a"), CLOSING, "url", ERROR, "is not allowed here"),
    ("schema of the source", made(agency="Kcna"), line("agency"), "agency", ERROR, "is not the short name"),
    (
        "id of another source",
        made(id="naenara-2021-01-21-0a1b2c3d4e5f"),
        2,
        "id",
        ERROR,
        "begin with 'kcna-2021-01-21-'",
    ),
    ("id of another day", made(id="kcna-2021-01-22-0a1b2c3d4e5f"), 2, "id", ERROR, "begin with 'kcna-2021-01-21"),
    ("id of other words", made(id="kcna-2021-01-21-0a1b2c3d4e5f"), 2, "id", ERROR, f"does not end with '{HEX}'"),
    ("id edited by hand", swapped(HEX, "0a1b2c3d4e5f"), 2, "id", ERROR, f"does not end with '{HEX}'"),
    ("id without the day", made(id="kcna-undated-0a1b2c3d4e5f"), 2, "id", ERROR, "is not an id with the day"),
    ("no date", made(date=""), 2, "id", ERROR, "is not an id with the word undated"),
    ("bad hash", swapped('input_sha256: "', 'input_sha256: "Z'), line("input_sha256"), "input_sha256", ERROR, "64 hex"),
    (
        "impossible day of a leap year",
        made(dateline_date="2023-02-30"),
        line("dateline_date"),
        "dateline_date",
        ERROR,
        "is not a real day",
    ),
    ("day in another form", made(captured="30.01.2023"), line("captured"), "captured", ERROR, "is not a real day"),
    ("no value", swapped('"Pyongyang"', ""), line("dateline_place"), "dateline_place", ERROR, "is empty"),
    ("null", swapped('"Pyongyang"', "null"), line("dateline_place"), "dateline_place", ERROR, "is empty"),
    (
        "empty string",
        swapped('"Pyongyang"', '""'),
        line("dateline_place"),
        "dateline_place",
        ERROR,
        "is not one line of text",
    ),
    ("boolean without quotes", swapped('lang: "en"', "lang: no"), line("lang"), "lang", ERROR, "False is a boolean"),
    (
        "mapping",
        swapped('"Pyongyang"', "{name: Pyongyang}"),
        line("dateline_place"),
        "dateline_place",
        ERROR,
        "is a mapping",
    ),
    ("mapping of one's own", swapped("lang:", "own:\n  a: b\nlang:"), line("lang"), "own", INFO, "is a mapping"),
    ("list for a string", swapped('"KCNA Watch"', '["KCNA Watch"]'), line("archive"), "archive", ERROR, "is a list"),
    (
        "string for a list",
        swapped('\n  - "Staff Writer"', ' "Staff Writer"'),
        line("author"),
        "author",
        ERROR,
        "is a string, not a list",
    ),
    ("tab", swapped('  - "Staff', '\t- "Staff'), line("author") + 1, "", ERROR, "the frontmatter is not YAML"),
    ("anchor", swapped("lang: ", "lang: &en "), line("lang"), "", ERROR, "the anchor or alias 'en'"),
    ("alias", swapped('lang: "en"', "lang: *en"), line("lang"), "", ERROR, "the anchor or alias 'en'"),
    (
        "folded",
        swapped('dateline: "Pyongyang,', "dateline: >-\n  Pyongyang,"),
        line("dateline") + 1,
        "dateline",
        ERROR,
        "goes on over several lines",
    ),
    (
        "broken within quotes",
        swapped("KCNA Watch", "KCNA\n  Watch"),
        line("archive") + 1,
        "archive",
        ERROR,
        "goes on over several lines",
    ),
    ("half a pair", swapped('"KCNA Watch"', '"\\uD800"'), line("archive"), "", ERROR, "the frontmatter is not YAML"),
    ("raw control", swapped("KCNA Watch", "KCNA\x07Watch"), line("archive"), "", ERROR, "raw character"),
    ("number as a key", swapped("lang:", "1: a\nlang:"), line("lang"), "", ERROR, "the key 1 is no string"),
    ("two documents", swapped("lang:", "--- \nlang:"), line("lang"), "", ERROR, "does not close"),
    ("too long", NAENARA, NAENARA.split("\n").index("author:") + 2, "author/0", ERROR, "byline of 60 characters"),
    ("number", swapped('body_sha256: "', "body_sha256: 3 #"), line("body_sha256"), "body_sha256", ERROR, "3 is an in"),
    ("body edited", swapped("goes on", "stops"), CLOSING + 2, "", INFO, "the body was edited"),
    ("key edited", swapped("Fields", "Hills"), line("frontmatter_sha256"), "frontmatter_sha256", INFO, "was edited"),
    ("near miss", made(titel="A"), CLOSING, "titel", INFO, "the key 'titel' is none of Copydesk's"),
]


@pytest.fixture
def save(tmp_path: Path) -> Callable[[str, str | bytes], str]:
    """Give a function that writes a file and returns its path."""

    def write(name: str, content: str | bytes) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return write


Save = Callable[[str, str | bytes], str]


@pytest.mark.parametrize(
    ("content", "at", "key", "severity", "fact"), [row[1:] for row in PLANTED], ids=[row[0] for row in PLANTED]
)
def test_a_planted_fault_is_found(
    save: Save, content: str | bytes, at: int, key: str, severity: str, fact: str
) -> None:
    """Each fault is found on its line, under its key, with its severity and a remedy."""
    path = save("a.md", content)
    found = [fault for fault in check_file(path) if fact in fault.message]

    assert [(path, at, key, severity, True)] == [(*fault[:4], bool(fault.remedy)) for fault in found]


@pytest.mark.parametrize(
    ("name", "count"),
    [
        *(("BOM", 1), ("CRLF", 1), ("body edited", 1), ("key edited", 1), ("near miss", 1), ("no schema", 1)),
        *(("empty file", 1), ("number", 2)),  # and the frontmatter is another one
        *(("other schema", 1), ("id of another day", 1), ("id without the day", 1), ("not UTF-8", 1)),
        ("no newline at the end", 2),  # the body is another one too
    ],
)
def test_a_fault_is_told_once(save: Save, name: str, count: int) -> None:
    """One thing that is wrong is one fault, unless it has done a second harm."""
    content = next(row[1] for row in PLANTED if row[0] == name)

    assert count == len(check_file(save("a.md", content)))


def test_what_copydesk_writes_has_no_faults(save: Save) -> None:
    """Good files of a known, an unknown and an undated source are found good, with a person's own files beside them."""
    unknown = {
        **WHOLE,
        "id": f"unknown-undated-{HEX}",
        "source_id": "unknown",
        "source_name": "Unknown",
        "date": "",
    }
    save("kcna.md", MARKDOWN)
    save("deep/unknown.md", compose(unknown, BODY))
    save("deep/empty.md", compose({**WHOLE, "id": f"kcna-2021-01-21-{EMPTY}", "input_sha256": "0" * 64}, ""))
    folder = str(Path(save("notes.txt", "no frontmatter")).parent)

    assert list(check_tree([folder])) == []


def test_a_fault_is_printed_for_editors(save: Save) -> None:
    """A fault reads `file:line: key: fact, remedy`, as editors and CI know to jump to."""
    path = save("a.md", made(captured="2026-02-30"))
    (fault,) = check_file(path)

    fact = f"{path}:{line('captured')}: captured: '2026-02-30' is not a real day written YYYY-MM-DD"
    assert f'{fact}, give the day on which the capture was made, such as "2026-03-01"' == str(fault)
    assert str(Fault("a.md", 1, "", ERROR, "it is broken")) == "a.md:1: it is broken"


def test_faults_stand_in_the_order_of_their_lines(save: Save) -> None:
    """All faults of a file are told, from the top down."""
    content = made(lang="EN", captured="x", url="y", warnings=["z"]).replace("goes on", "stops")[:-1]
    lines = [fault.line for fault in check_file(save("a.md", content))]

    assert sorted(lines) == lines
    assert len(lines) == 6


def test_the_same_capture_twice(save: Save) -> None:
    """Two files of one capture are told, and two captures of one article are not."""
    save("b.md", MARKDOWN)
    save("sub/a.md", MARKDOWN)
    folder = Path(save("c.md", made(input_sha256="0" * 64, captured="2026-03-02"))).parent
    (fault,) = check_tree([folder])

    assert (str(folder / "sub" / "a.md"), 2, "id", INFO) == fault[:4]
    assert f"the same capture as {folder / 'b.md'}" == fault.message


def test_files_without_an_identity_are_not_the_same(save: Save) -> None:
    """Two files that lack id and hash of the input are told for that, and not for being one capture."""
    for name in ("a.md", "b.md"):
        folder = Path(save(name, made(id="", input_sha256=""))).parent

    assert {"id", "input_sha256"} == {fault.key for fault in check_tree([folder])}
    assert not [fault for fault in check_tree([folder]) if "same capture" in fault.message]


@pytest.mark.parametrize("name", ["none.md", "a\0b.md", "x" * 300 + ".md", ""])
def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path, name: str) -> None:
    """A path that leads nowhere is a fault like any other."""
    path = os.path.join(str(tmp_path), name) if name else name
    faults = [*check_file(path), *check_tree([path])]

    assert {"the file cannot be read"} == {fault.message.split(":")[0] for fault in faults}
    assert len(faults) == 2


@given(st.binary(max_size=400), st.integers(0, len(MARKDOWN.encode())), st.integers(0, 40))
def test_no_file_makes_check_fail(tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int, gone: int) -> None:
    """Whatever stands in a file, the answer is a list of faults with lines that the file has."""
    data = MARKDOWN.encode()
    path = tmp_path_factory.getbasetemp() / "noise.md"
    path.write_bytes(data[:at] + noise + data[at + gone :])
    last = path.read_bytes().count(b"\n") + 1

    assert all(1 <= fault.line <= last for fault in check_file(path))


YAML_TEXT = st.text(st.sampled_from("ab:-[]{}&*!?#|>'\"%@,\\ \t\n0128é")) | st.sampled_from(
    ["2021-01-21", "1e400", ".nan", "{a: {b: c}}", "[[1]]", "~", "yes", "2021-01-21 10:00:00", "9" * 400]
)


@given(st.dictionaries(st.sampled_from([*KEYS, "mine", "url"]), YAML_TEXT))
def test_no_frontmatter_makes_check_fail(tmp_path_factory: pytest.TempPathFactory, data: dict[str, str]) -> None:
    """Whatever a person types behind a key, the answer is a list of faults."""
    path = tmp_path_factory.getbasetemp() / "typed.md"
    frontmatter = "".join(f"{key}: {value}\n" for key, value in data.items())
    path.write_text(f"---\n{frontmatter}---\n\na\n", encoding="utf-8")

    assert any(fault.severity == ERROR for fault in check_file(path))
