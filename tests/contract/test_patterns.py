from __future__ import annotations

import re
from types import ModuleType

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import copydesk_kcna.habits
import copydesk_kcna.web
import copydesk_kcnawatch.dprk
import copydesk_kcnawatch.landmarks
import copydesk_kcnawatch.web
import copydesk_naenara.web
from copydesk.contract.patterns import SKIP, TAIL, Pattern
from copydesk.errors import PluginError
from copydesk.plugin import Flag, Mark, Note, Role, anywhere, day, ends, line, starts
from tests.support import words

MODULES: tuple[ModuleType, ...] = (
    copydesk_kcna.habits,
    copydesk_kcna.web,
    copydesk_kcnawatch.dprk,
    copydesk_kcnawatch.landmarks,
    copydesk_kcnawatch.web,
    copydesk_naenara,
    copydesk_naenara.web,
)
BUNDLED = {
    f"{module.__name__}.{name}": value
    for module in MODULES
    for name, value in vars(module).items()
    if isinstance(value, Pattern)
}
LITERAL = {name: pattern for name, pattern in BUNDLED.items() if pattern.literal}

TEXT = "Kim -0- Kim -0-"


def literal_of(regex: str) -> str:
    """Return the plain text with which every match of a regular expression begins."""
    return anywhere("x", regex).literal


def spans(pattern: Pattern, text: str = TEXT) -> list[tuple[int, int]]:
    """Return where a pattern matches in a whole text."""
    return [match.span() for match in pattern.find_all(text, 0, len(text))]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (line("x", "Kim"), []),
        (line("x", "Kim.*"), [(0, 15)]),
        (line("x", "-0-"), []),
        (starts("x", "Kim"), [(0, 3)]),
        (starts("x", "-0-"), []),
        (ends("x", "-0-"), [(12, 15)]),
        (ends("x", "Kim"), []),
        (ends("x", "Kim|-0-"), [(12, 15)]),
        (anywhere("x", "Kim"), [(0, 3), (8, 11)]),
        (anywhere("x", "-0-"), [(4, 7), (12, 15)]),
        (anywhere("x", "Jong"), []),
        (anywhere("x", "(?=K)"), [(0, 0), (8, 8)]),
    ],
    ids=repr,
)
def test_each_kind_has_its_place(pattern: Pattern, found: list[tuple[int, int]]) -> None:
    """`line` takes the whole, `starts` the start, `ends` the end, and `anywhere` each place."""
    assert spans(pattern) == found


@pytest.mark.parametrize("kind", [line, starts, ends, anywhere])
def test_a_pattern_sees_its_stretch_alone(kind: type) -> None:
    """What stands before and behind the stretch is neither needed nor matched."""
    pattern: Pattern = kind("x", r"b\w*")

    assert [match.span() for match in pattern.find_all("abbc", 1, 3)] == [(1, 3)]
    assert list(pattern.find_all("abbc", 0, 1)) == []


def test_ends_looks_at_the_tail_alone() -> None:
    """An end mark is found within the last characters, and one that begins before them is not."""
    pattern = ends("x", r"<\w*>")
    fits, long = "<" + "a" * (TAIL - 2) + ">", "<" + "a" * (TAIL - 1) + ">"

    assert spans(pattern, "xx" + fits) == [(2, 2 + TAIL)]
    assert spans(pattern, "xx" + long) == []


def test_groups_mark_and_note() -> None:
    """A role is marked, a fact is noted with its place, and a fact that is a part of the page is both."""
    pattern = line("x", r"(?P<title>\w+) (?P<year>\d+) (?P<stamp>\w+)")
    (match,) = pattern.find_all("One 2021 two", 0, 12)

    assert list(pattern.findings(match)) == [
        Mark(0, 3, Role.TITLE),
        Note("year", "2021", 4, 8),
        Mark(9, 12, Role.STAMP),
        Note("stamp", "two", 9, 12),
    ]


def test_a_value_is_folded_where_nobody_reads_it() -> None:
    """White space in a value is one space, and its place is that on the page."""
    pattern = line("x", r"\[(?P<label>.*)\]")
    text = "[ KCNA.kp\u00a0\t (En) ]"
    (match,) = pattern.find_all(text, 0, len(text))

    assert list(pattern.findings(match)) == [
        Mark(1, 17, Role.SOURCE_LABEL),
        Note("label", "KCNA.kp (En)", 1, 17),
    ]


def test_a_group_that_takes_nothing_says_nothing() -> None:
    """An optional group, missing or empty, gives no finding."""
    pattern = line("x", r"a(?P<label>b)?(?P<title>c*)")
    (match,) = pattern.find_all("a", 0, 1)

    assert list(pattern.findings(match)) == []


def test_a_reader_gives_the_value() -> None:
    """A reader turns the text of its own group into the value; the other groups keep theirs."""
    pattern = line("x", r"(?P<captured>[\d/]+) (?P<published>[\d/]+)", captured=day("DD/MM/YYYY"))
    (match,) = pattern.find_all("21/01/2021 21/01/2021", 0, 21)
    notes = [found for found in pattern.findings(match) if isinstance(found, Note)]

    assert [(note.key, note.value) for note in notes] == [("captured", "2021-01-21"), ("published", "21/01/2021")]


def test_a_numbered_group_has_a_reader_of_its_own() -> None:
    """`captured2` gives a second value for `captured`, by the reader of that name."""
    pattern = line("x", r"(?P<captured>\S+) (?P<captured2>\S+)", captured=day("DD/MM/YYYY"), captured2=day("Month.DD"))
    (match,) = pattern.find_all("21/01/2021 May.9", 0, 16)
    notes = [found for found in pattern.findings(match) if isinstance(found, Note)]

    assert [(note.key, note.value) for note in notes] == [("captured", "2021-01-21"), ("captured", "--05-09")]


def test_a_value_that_cannot_be_read_is_a_flag() -> None:
    """The stretch keeps its role, and a flag says which pattern has which text for which fact."""
    pattern = line("Date line", r"Date: (?P<published>.*)", published=day("DD/MM/YYYY"))
    (match,) = pattern.find_all("Date: 31/02/2021", 0, 16)

    assert list(pattern.findings(match)) == [
        Mark(6, 16, Role.PUBLISHED),
        Flag("bad-published", "the Date line has '31/02/2021', which is no value for 'published'", 6, 16),
    ]


def test_an_unknown_reader_is_refused() -> None:
    """A reader for a group that the pattern has not is an author's mistake, with the groups that there are."""
    with pytest.raises(PluginError) as problem:
        line("Date line", r"(?P<title>a)(?P<label>b)", published=day("DD/MM/YYYY"))
    with pytest.raises(PluginError, match=r"its groups are none$"):
        line("Date line", r"a", published=day("DD/MM/YYYY"))

    assert str(problem.value) == (
        "line('Date line'): published= reads a group that the pattern has not; its groups are label, title"
    )


@pytest.mark.parametrize(
    ("kind", "regex"), [(line, "a("), (starts, "a[b"), (ends, "*"), (anywhere, "(?P<title>a)(?P<title>b)")]
)
def test_an_invalid_regex_is_named(kind: type, regex: str) -> None:
    """A regular expression that `re` refuses is an error with the pattern's name, the fact and the text."""
    pattern: Pattern = kind("odd one", regex)

    with pytest.raises(PluginError) as problem:
        list(pattern.find_all("abc", 0, 3))

    assert re.match(rf"contract/test_patterns\.py:\d+: {kind.__name__}\('odd one'\): ", str(problem.value))
    assert str(problem.value).endswith(f"; mend {regex!r}")


@pytest.mark.parametrize(
    ("regex", "literal"),
    [
        (r"More From ?(?P<label>.*)", "More From"),
        (r"Date: (?P<published>[\d/]+) \| x", "Date: "),
        (r"(?P<end_mark>-0-)(?:\s*x)?", "-0-"),
        (r"(?P<end_mark>-0-)?x", ""),
        (r"(?P<end_mark>-0-){2}x", ""),
        (r"(?P<title>ab)cd", "abcd"),
        (r"(?P<title>ab|cd)", ""),
        (r"(?P<title>ab)|cd", ""),
        (r"abc|abd", ""),
        (r"abc(?:x|y)", "abc"),
        (r"abc[|]x", "abc"),
        (r"abc\|x", "abc|x"),
        (r"abc*", "ab"),
        (r"abc?", "ab"),
        (r"abc{0,3}", "ab"),
        (r"abc+", "abc"),
        (r"\(abc\)", "(abc)"),
        (r"\\abc", "\\abc"),
        (r"\bKim", ""),
        (r"Kim\b", "Kim"),
        (r"^Kim", ""),
        (r"", ""),
        (r"\(*x", ""),
        (r"a.c", "a"),
        (r"(?i)kim", ""),
    ],
)
def test_the_plain_start_of_a_regex(regex: str, literal: str) -> None:
    """The literal is what every match begins with; nothing that a match may lack belongs to it."""
    assert literal_of(regex) == literal


def test_most_landmarks_have_a_literal() -> None:
    """The bundled patterns that are looked for on whole pages are found by their plain text."""
    assert {"copydesk_kcnawatch.landmarks.DATE_LINE", "copydesk_kcnawatch.landmarks.MORE_FROM"} <= LITERAL.keys()
    assert "copydesk_kcna.habits.END_MARK" in LITERAL


@pytest.mark.parametrize("name", sorted(LITERAL))
@given(st.data())
def test_each_match_of_a_bundled_pattern_begins_with_its_literal(name: str, data: st.DataObject) -> None:
    """Law: the literal of a pattern is really the start of whatever it matches."""
    pattern = LITERAL[name]
    text = data.draw(st.from_regex(pattern.regex))

    found = [match[0] for match in re.finditer(pattern.regex, text)]
    assert found
    assert [match for match in found if not match.startswith(pattern.literal)] == []


ATOMS = st.sampled_from(
    ("a", "b", "ab", "abc", r"\.", r"\(", r"\|", r"\\", "[ab]", "[^a]", "[|(]", ".", r"\w", r"\s", "(?P<title>ab)",
     "(?P<label>a|b)", "(?:ab)", "(?:a|b)", "(ab|b)", r"\b", "^")
)  # fmt: skip
PARTS = st.tuples(ATOMS, st.sampled_from(("", "", "", "?", "*", "+", "{2}", "{0,1}"))).map("".join)
REGEXES = st.lists(st.one_of(PARTS, ATOMS, st.just("|")), max_size=6).map("".join)


@given(REGEXES, st.data())
@example("abc|b", None)
@example("ab?", None)
@example("(?P<title>ab)?b", None)
def test_each_match_of_any_pattern_begins_with_its_literal(regex: str, data: st.DataObject | None) -> None:
    """Law: whatever a regular expression is made of, its literal starts all its matches."""
    try:
        compiled = re.compile(regex)
    except re.error:
        return
    texts = ["abc", "b", "a", ""] if data is None else [data.draw(st.text("ab.(|\\ c", max_size=12)) for _ in "123"]
    found = [match[0] for text in texts for match in compiled.finditer(text)]

    assert [match for match in found if not match.startswith(literal_of(regex))] == []


SKIPPED = [anywhere(name, pattern.regex) for name, pattern in LITERAL.items() if len(pattern.literal) >= SKIP]
SKIPPED += [anywhere("short", "aba"), anywhere("look", "aaa(?=b)"), anywhere("behind", "aba(?<=baba)")]
PIECES = st.sampled_from(
    (
        *(*(pattern.literal for pattern in SKIPPED), *words.HOSTILE, "aaaab", "ab", "a", "Il Sung", "Jong Un", " ,"),
        *(
            "\n",
            "  ",
            "-",
            "100 (2011)",
            "KCNA.kp (En)",
            "21/01/2021",
            " | Source: a | Read original version at source",
        ),
    )
)


@given(st.sampled_from(SKIPPED), st.lists(PIECES, max_size=12).map("".join))
@example(anywhere("look", "aaa(?=b)"), "aaaab")
@example(anywhere("twice", "aba"), "ababababa")
def test_skipping_finds_what_re_finds(pattern: Pattern, text: str) -> None:
    """Law: looking for the plain text first gives the very matches that `re` gives alone."""
    assert spans(pattern, text) == [match.span() for match in re.finditer(pattern.regex, text)]


@given(st.sampled_from(SKIPPED), st.lists(PIECES, max_size=12).map("".join))
def test_skipping_finds_the_end_that_re_finds(pattern: Pattern, text: str) -> None:
    """Law: at the end, too, skipping and `re` agree."""
    tail = max(0, len(text) - TAIL)
    found = re.compile(rf"(?:{pattern.regex})\Z").search(text, tail)

    assert spans(ends("x", pattern.regex), text) == ([found.span()] if found else [])


@pytest.mark.parametrize("regex", [r"abc[\](]|xyz", r"abc[^\](]x|xyz"])
def test_a_bracket_in_a_class_hides_no_choice(regex: str) -> None:
    """A pattern with a choice has no literal, whatever its classes hold: `xyz` does not begin with `abc`."""
    assert literal_of(regex) == ""
