from __future__ import annotations

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import example, given

from copydesk.markdown.escape import as_body, escape, ordinary
from copydesk.markdown.fold import fold
from copydesk.markdown.rules import ANYWHERE, BODY_START, HEADING_END, LINE_START, Rule, Start
from tests.markdown.hostile import CASES, LINES

ORDINARY = (
    "Wonsan, May 8 (KCNA) -- A photo exhibition opened at the house of culture.",
    "The work ended on the evening of May 8. -0-",
    "-0-",
    "More than 10 000 trees were planted in Juche 112 (2023), 5 % more than the year before.",
    "“It was a good year”, the manager said, ‘and the next will be better’ – so he hopes.",
    'He asked: "Who can do it?" Nobody knew...',
    "No. 3 of the magazine costs $5 and has 48 pages; it comes out at 10:30, not at 10:30:45.",
    "J. Smith of the R&D department, AT&T, read C# and a+b=c out loud!",
    "...and then, in 1996-2001, the mill (built in 1950) was closed.",
    "(KCNA) -- The text of the message follows:",
    "Comrades,",
    "1.5 million tons, i.e. ~3 times the plan, at -5 to +7 degrees",
    "See http://a.example/2023/05/08.html, www.b.example or write to desk@c.example.",
    "(Chorus) And so on/or not",
    "평양 8월 21일발 조선중앙통신: 새 학교가 섰다. (끝)",
    "【平壌7月6日発】今日、「新しい学校」が開校した。---",
    "Émile vint à l'école; ¿y después? ¡Nada! § 5, ° C, €5",
)

WRITTEN = (
    ("a*b_c", r"a\*b\_c"),
    ("1. a", r"1\. a"),
    ("A. a", "A. a"),
    ("(iv) a", r"(iv\) a"),
    ("- a", r"\- a"),
    ("-a", "-a"),
    ("---", r"\---"),
    ("#a b#c #d", r"\#a b#c \#d"),
    ("# a", r"\# a"),
    ("> a", r"\> a"),
    ("`a`", r"\`a\`"),
    ("a~~b", "a&#126;&#126;b"),
    ("~ a", "&#126; a"),
    ("~a", "&#126;a"),
    ("-# a", r"\-# a"),
    ("\\]", r"\\&#93;"),
    ("HTTP://a.example/b_c", r"HTTP&#58;//a.example/b\_c"),
    ("http://a.example/:b:_", r"http&#58;//a.example/&#58;b:\_"),
    ("http://a.example/b_c\u3000www.a_b", "<http://a.example/b_c>\u3000www\\.a\\_b"),
    ("http://xn--a", r"http&#58;//xn-\-a"),
    ("{% a %}", "\\{&#37; a %}"),
    ("{{< a >}}", r"\{\{&lt; a >}}"),
    ("a|b^c", "a&#124;b&#94;c"),
    ("&amp; & &x", "&amp;amp; & &x"),
    ("$5 and $6", "&#36;5 and &#36;6"),
    ("a~b", "a~b"),
    ("a==b===c", "a=&#61;b=&#61;&#61;c"),
    ("++a b++", r"\+\+a b+\+"),
    ("%%a", "&#37;&#37;a"),
    ("a::b :c:", "a:&#58;b &#58;c:"),
    ("a@b @c", "a@b &#64;c"),
    ("(@) a", "(&#64;) a"),
    (": a", "&#58; a"),
    ("==a", "&#61;&#61;a"),
    ("!!! a", r"\!!! a"),
    ("??? a", "&#63;?? a"),
    ("/// a", "&#47;// a"),
    ("[x] a", r"\[x]&#32;a"),
    ("\\(a\\)", r"\\&#40;a\\)"),
    ("http://a.example/b", "http://a.example/b"),
    ("(http://a.example/b_c).", "(<http://a.example/b_c>)."),
    ("http://a.example/b_(c)", "<http://a.example/b_(c)>"),
    ("http://a.example/b*c", r"http&#58;//a.example/b\*c"),
    ("http://a.example/%E3", "http&#58;//a.example/&#37;E3"),
    ("www.a.example/b_c", r"www\.a.example/b\_c"),
)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_prose_is_unchanged(text: str) -> None:
    """The prose of a news agency comes out as it went in."""
    assert text == escape(fold(text))


@pytest.mark.parametrize(("text", "markdown"), WRITTEN)
def test_written_forms(text: str, markdown: str) -> None:
    """Each construct is broken in the form that every engine knows."""
    assert markdown == escape(text)


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("a #", r"a \#"),
        ("# # #", r"# # \#"),
        ("a ##", r"a \#\#"),
        ("1. a", "1. a"),
        ("- a", "- a"),
        ("a {b}", r"a \{b&#125;"),
    ],
)
def test_written_forms_in_headings(text: str, markdown: str) -> None:
    """A heading has dangers at its end and none at its start."""
    assert markdown == escape(text, heading=True)


@given(LINES)
@example("xn--a")
@example("1.")
@example("")
def test_fast_path_skips_nothing(text: str) -> None:
    """No rule finds a place in a text that the fast test lets pass."""
    places = [rule.construct for rule in (*ANYWHERE, *LINE_START, *HEADING_END) for _ in rule.find(text)]

    assert not (ordinary(text) and places)


@given(LINES)
@example("Title: x")
@example("12:30")
@example("...")
def test_no_body_begins_as_metadata(text: str) -> None:
    """The first line of a body has no place that the rules for it find, and all others are left alone."""
    body = as_body(f"{text}\n\n{text}\n")
    first, _, rest = body.partition("\n")

    assert [] == [rule.construct for rule in BODY_START for _ in rule.find(first)]
    assert f"\n{text}\n" == rest
    assert first == text or [place for rule in BODY_START for place in rule.find(text)]


def test_most_prose_takes_the_fast_path() -> None:
    """A plain sentence passes after the one fast test."""
    assert ordinary("“It was a good year”, the manager said – 10 000 trees, in all (-0-).")


@pytest.mark.parametrize("rule", [*ANYWHERE, *LINE_START, *BODY_START, *HEADING_END], ids=lambda rule: rule.construct)
def test_each_rule_has_a_case(rule: Rule | Start) -> None:
    """The hostile corpus holds a case for each rule."""
    assert any(rule.find(fold(text)) for _, text in CASES)


@given(LINES)
def test_escapes_keep_one_line(text: str) -> None:
    """Markdown of a line is a line, without white space at its ends."""
    markdown = escape(text)

    assert markdown == " ".join(markdown.splitlines()).strip()


@pytest.mark.parametrize(
    "unit",
    [
        *("\\", "`", "*a ", "_", "[", "](", "{{", "<", "|", "&", "&#", "&a", "~", "$", "=", "%", "%4", "+", "#", "# "),
        *("%41", " %41", "a:b", ":a!"),
        *(":", ":a", ":a:", "@", "1", "x", "iv", "(", ")", "http://", "http://_", "http://a/(", "http://a/()_", "www."),
        *("http://a/!!!", "http://a/_!", "://", "xn--", "a", "한", "é", "."),
    ],
)
@pytest.mark.parametrize("heading", [False, True])
def test_linear_time(unit: str, heading: bool) -> None:
    """Eight times the text takes far less than the 64 times of a quadratic search."""
    small, large = (_cost(unit, size, heading=heading) for size in (20_000, 160_000))

    assert large < 30 * small + 0.02


def _cost(unit: str, size: int, *, heading: bool) -> float:
    """Return the least processor time, in seconds, of escaping a run that ends otherwise than it began."""
    text = f"{unit * (size // len(unit))}*b"
    times = []
    for _ in range(3):
        before = process_time()
        escape(text, heading=heading)
        times.append(process_time() - before)
    return min(times)


def test_places_are_told_in_order() -> None:
    """A rule gives its places from left to right, each once."""
    places = [rule.find("**a** {{%% =}} ::: &amp; #a #b $$ ~~") for rule in ANYWHERE]

    assert all(before < behind for found in places for before, behind in pairwise(found))
