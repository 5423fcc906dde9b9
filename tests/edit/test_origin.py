from __future__ import annotations

import pytest

from copydesk.desk.routing import Desk
from copydesk.edit.origin import CLOSING, OPENING, Origin, origin_of
from copydesk.plugin import Note, Reading, Role, Source
from tests.desk.by_hand import reading_of

AGENCY = Source(
    "agency", "The Agency", labels=("AG.kp",), hosts=("ag.kp",), signs={"(AG)": "en", "-0-": "en", "통신)": "ko"}
)
PORTAL = Source("portal", "The Portal", labels=("Portal",), hosts=("portal.kp",))
DESK = Desk(sources=[AGENCY, PORTAL])


def label(text: str, at: int = 0) -> Note:
    """Return a label as a landmark notes it."""
    return Note("label", text, at, at + 1, "page: label line")


def value(key: str, text: str) -> Note:
    """Return any other value of a page."""
    return Note(key, text, rule="page: facts")


def origin(*notes: Note, body: str = "Some text.", url: str = "") -> Origin:
    """Return the origin of a page with these values."""
    return origin_of(reading_of(body, url=url, notes=notes), DESK)


def codes(found: Origin) -> list[tuple[str, str]]:
    """Return code and severity of each flag."""
    return [(flag.code, flag.severity) for flag in found.flags]


def test_a_label_names_the_source() -> None:
    """The label that the page prints gives source and language, without a word."""
    found = origin(label("Portal (En)"), label("Portal (En)", 3))

    assert (found.source, found.label.name, found.printed, found.lang) == (PORTAL, "Portal", "Portal (En)", "en")
    assert found.flags == ()


@pytest.mark.parametrize("printed", ["ag.KP (En)", "AG.kp(en)", "AG.kp (English)"])
def test_a_label_is_known_in_any_spelling_of_its_language(printed: str) -> None:
    """Case and the form of the language do not matter; the label stays as printed."""
    found = origin(label(printed))

    assert (found.source, found.lang, found.printed, found.flags) == (AGENCY, "en", printed, ())


def test_a_label_goes_before_all_else() -> None:
    """An article of the portal that quotes the agency, at the agency's address, is the portal's."""
    found = origin(label("Portal (En)"), value("original_url", "http://ag.kp/x"), body="Here (AG) -- x -0-")

    assert (found.source, found.flags) == (PORTAL, ())


def test_an_unknown_label_is_kept_and_not_guessed_at() -> None:
    """A label that no source has makes the source unknown, whatever the signs and the address say."""
    found = origin(label("Sinbo (En)"), body="Here (AG) -- x -0-", url="http://ag.kp/x")

    assert (found.source, found.label.name, found.lang) == (None, "Sinbo", "en")
    assert codes(found) == [("unknown-source", "warning")]
    assert "'Sinbo'" in found.flags[0].message


@pytest.mark.parametrize("notes", [(), (label("(En)"),)])
def test_without_a_label_the_address_names_the_source(notes: tuple[Note, ...]) -> None:
    """The original's address counts, and then the capture's; a label that is only a language is no name."""
    original = value("original_url", "http://www.portal.kp/1")

    assert origin(*notes, url="https://www.ag.kp/x").source is AGENCY
    assert origin(*notes, original, url="https://archive.example/x").source is PORTAL
    assert origin(*notes, original, url="https://www.ag.kp/x").source is PORTAL
    assert origin(*notes, value("original_url", "http://nobody.example"), url="https://ag.kp/x").source is AGENCY


@pytest.mark.parametrize("body", ["Here, May 9 (AG) -- x.", "Text. -0-", "(도시 8월 통신) 글"])
def test_without_an_address_a_sign_shows_the_source(body: str) -> None:
    """A dateline or an end mark shows whose article it is; a word in the account says so."""
    found = origin(body=body)

    assert found.source is AGENCY
    assert ("source-by-sign", "info") in codes(found)


def test_a_sign_is_looked_for_at_the_ends() -> None:
    """A sign in the middle of an article is a quotation."""
    filler = "word " * 100
    far = "x" * OPENING + " (AG) " + "y" * CLOSING

    assert origin(body=filler + "(AG) " + filler).source is None
    assert origin(body=far).source is None
    assert origin(body="x" * (OPENING - 4) + "(AG)" + filler).source is AGENCY
    assert origin(body=filler + "-0-" + "." * (CLOSING - 3)).source is AGENCY


def test_a_sign_is_looked_for_in_the_first_and_the_last_block() -> None:
    """What a second paragraph quotes is no dateline, however short the first is."""
    filler = "word " * 20
    reading = reading_of("A short start.", "Elsewhere (AG) -- a quotation.", filler)

    assert origin_of(reading, DESK).source is None


def test_a_sign_in_a_dateline_that_is_cut_counts() -> None:
    """A layout may have cut the dateline off the body before the source is known."""
    reading: Reading = reading_of("Here, May 9 (AG) -- Text of it.")
    dateline = reading.spans[0]._replace(end=19, role=Role.DATELINE)
    reading = reading._replace(spans=(dateline, reading.spans[0]._replace(start=20)))

    assert origin_of(reading, DESK).source is AGENCY


def test_a_page_of_nobody_is_unknown() -> None:
    """Without label, address and sign no source is guessed, also where there is no body to look at."""
    empty = origin_of(reading_of(("An ad", Role.FURNITURE)), DESK)

    for found in (origin(), empty):
        assert (found.source, found.lang, found.printed) == (None, "und", "")
        assert codes(found) == [("unknown-source", "warning"), ("unknown-language", "info")]


def test_labels_that_disagree_are_flagged() -> None:
    """The first label counts, and another one is a warning at its place, naming both."""
    found = origin(label("Portal (En)"), label("AG.kp (En)", 4))

    assert (found.source, codes(found)) == (PORTAL, [("labels-disagree", "warning")])
    assert (found.flags[0].message, found.flags[0].start) == ("the page names 'Portal (En)' and 'AG.kp (En)'", 4)


@pytest.mark.parametrize(
    ("printed", "body", "lang"),
    [
        ("AG.kp (En)", "Text.", "en"),
        ("AG.kp (Kr)", "이것은 도서관이다.", "ko"),
        ("AG.kp (Es)", "Texto.", "es"),
        ("AG.kp", "이것은 도서관이다.", "ko"),
        ("AG.kp", "図書館は町にある。", "ja"),
        ("AG.kp", "Here (AG) -- Text.", "en"),
        ("Portal", "Here (AG) -- Text.", "und"),
        ("Portal", "Text.", "und"),
        ("AG.kp (Fr)", "Texte.", "und"),
    ],
)
def test_the_language_is_said_or_seen(printed: str, body: str, lang: str) -> None:
    """Label, then script, then the sign of the source itself tell the language; nothing else does."""
    assert origin(label(printed), body=body).lang == lang


def test_a_layout_may_know_the_language() -> None:
    """Where all pages of a layout are in one language, its fact counts if the label says none."""
    assert origin(label("Portal"), value("lang", "en")).lang == "en"
    assert origin(label("Portal (Es)"), value("lang", "en")).lang == "es"


def test_a_script_goes_before_a_label() -> None:
    """Korean text under an English label is Korean, and a warning says so."""
    found = origin(label("AG.kp (En)"), body="이것은 도서관이다.")

    assert (found.lang, codes(found)) == ("ko", [("languages-disagree", "warning")])


def test_a_language_nobody_knows_is_said() -> None:
    """A label with an unknown language is a warning with the language as printed."""
    found = origin(label("AG.kp (Fr)"), body="Texte.")

    assert (found.source, codes(found)) == (AGENCY, [("unknown-language", "warning"), ("unknown-language", "info")])
    assert "'Fr'" in found.flags[0].message


WEEKLY = Source("weekly", "The Weekly", labels=("Weekly",), signs={"(WK)": "es"}, lang="en")


@pytest.mark.parametrize(
    ("printed", "body", "lang"),
    [
        ("Weekly", "Some text.", "en"),  # nothing tells it
        ("Weekly (Ko)", "Some text.", "ko"),
        ("Weekly", "평양 시내의 도서관에서 책을 세였다.", "ko"),
        ("Weekly (Elvish)", "Some text.", "und"),  # another one, which nobody knows
    ],
)
def test_the_language_of_a_source_counts_where_nothing_tells_another(printed: str, body: str, lang: str) -> None:
    """A publisher that writes in one language alone need not say so on its pages; label and script go before."""
    found = origin_of(reading_of(body, notes=(label(printed),)), Desk(sources=[WEEKLY]))

    assert (found.source, found.lang) == (WEEKLY, lang)


def test_the_language_of_a_source_goes_before_the_head() -> None:
    """A site declares one language on the pages of all, and the source knows better."""
    notes = (label("Weekly"), value("meta_lang", "fr"))
    found = origin_of(reading_of("Some text.", notes=notes), Desk(sources=[WEEKLY]))

    assert (found.lang, codes(found)) == ("en", [("languages-disagree", "info")])
