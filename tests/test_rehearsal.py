from __future__ import annotations

import pytest

from copydesk import Capture, normalize
from copydesk.desk.load import Host
from copydesk.desk.routing import Desk
from copydesk.desk.selection import installed
from copydesk.errors import CopydeskError, Rejection
from copydesk.plugin import PARAGRAPH, TITLE, Findings, Layout, Mark, Reading, Role, Source, ends, last, line, one, some
from copydesk.rehearsal import rehearse
from tests.support.specimens import SEEDS, specimens

PAGE = Capture(b"Head\nThe Title\nFirst words.\nLast words. (end)\n", "page.txt")
END = ends("end mark", r"(?P<end_mark>\(end\))")
NEVER = ends("never", r"(?P<end_mark>never)")


def beyond(_: Reading) -> Findings:
    """Mark what is not on the page."""
    yield Mark(0, 4, Role.QUOTE)


def host(*rules: object) -> Host:
    """Return a host with one layout, and one source with these rules."""
    layout = Layout("made-up", source="acme", facts={"lang": "en"},
                    page=(line("head", "Head"), one(TITLE), some(PARAGRAPH)))  # fmt: skip
    other = Layout("other", page=(line("head", "Head"), line("foot", "Foot"), some(PARAGRAPH)))
    source = Source("acme", "Acme", habits={"en": rules})  # type: ignore[dict-item]  # rules of a test
    for value in (layout, other, source):
        value.plugin = "acme"
    return Host(Desk([layout, other], [source]), ())


def test_each_layout_that_was_tried_is_told() -> None:
    """A layout that lost is there with what the page misses, and the one that won with what it leaves unread."""
    said = {candidate.layout: candidate.said for candidate in rehearse(PAGE, host()).candidates}

    assert said == {"made-up": "fits, and leaves 0 blocks unread", "other": "misses the foot (behind line 1)"}


def test_a_step_tells_what_a_rule_did() -> None:
    """The spans that a rule made are its step, with the place where the rule is written."""
    found = rehearse(PAGE, host(last(END)))
    (step,) = found.steps

    assert (step.rule, step.plugin, step.is_idle) == ("acme: end mark", "acme", False)
    assert step.place.startswith("tests/test_rehearsal.py:")
    assert [(span.role, PAGE.data[span.start : span.end]) for span in step.spans] == [(Role.END_MARK, b"(end)")]


def test_an_idle_step_tells_where_it_looked() -> None:
    """A rule that found nothing says what it looked for, and at which blocks."""
    late = ends("late", r"(?P<end_mark>\(?end\.\))")
    idle, absent = rehearse(PAGE, host(last(late), last(NEVER))).steps

    assert idle.is_idle
    assert idle.looked == f"{late!r} matches none of 4:1 'Last words. (end)'"
    assert absent.looked == "'never', with which each match begins, stands nowhere on the page"


def test_a_rule_that_breaks_a_law_is_the_last_step() -> None:
    """What a rule may not do is told with its place, and no rule behind it is asked, as in a real run."""
    found = rehearse(PAGE, host(beyond, last(END)))
    (step,) = found.steps

    assert "is furniture already" in step.problem
    assert str(found.problem) == f"rule 'acme: beyond' ({step.place}): {step.problem}"
    with pytest.raises(CopydeskError, match="acme: beyond"):
        normalize(PAGE, host=host(beyond, last(END)))


def test_a_page_that_nobody_reads_has_its_candidates() -> None:
    """Where no layout fits, the reason is there, and what each candidate misses."""
    found = rehearse(Capture(b"Head\nThe Title\n"), host())

    assert isinstance(found.problem, Rejection)
    assert [candidate.layout for candidate in found.candidates] == ["made-up", "other"]
    assert (found.reading, found.steps) == (None, ())


def test_a_rehearsal_ends_where_the_run_does() -> None:
    """On every specimen the rehearsal comes to the reading, the layout and the source of the real run."""
    compared = 0
    for specimen in specimens():
        try:
            document = normalize(specimen.capture)
        except Rejection:
            continue
        found = rehearse(specimen.capture, installed())
        compared += 1

        assert found.reading == document.account.reading, specimen.name
        assert (found.layout, found.source) == (document.account.layout, document.account.source)

    assert compared > 100


def test_a_layout_of_other_hosts_is_not_tried() -> None:
    """A layout that keeps to its hosts is a candidate that says so."""
    page = Capture((SEEDS / "kcna" / "html-q" / "capture.html").read_bytes())
    said = {candidate.layout: candidate.said for candidate in rehearse(page, installed()).candidates}

    assert said["naenara-page"] == "not tried: it is a layout of naenara.com.kp"
