from __future__ import annotations

import pytest

from copydesk.contract.layouts import Layout
from copydesk.desk.routing import Desk
from copydesk.edit.origin import Origin, addresses, origin_of
from copydesk.errors import RuleError
from copydesk.plugin import Note, Source, line
from tests.desk.by_hand import reading_of

AGENCY = Source("agency", "The Agency", labels=("AG",), hosts=("ag.kp",), signs={"(AG)": "en", "통신)": "ko"})
PORTAL = Source("portal", "The Portal", labels=("Portal",), hosts=("portal.kp",))
DESK = Desk(sources=[AGENCY, PORTAL])


def note(key: str, value: str) -> Note:
    """Return what a page or its head says."""
    return Note(key, value, 0, 1, "head: it")


def language(address: str) -> str | None:
    """Read the language out of `/lang/<language>`."""
    return address.partition("/lang/")[2] or None


def origin(*notes: Note, body: str = "Some text.", url: str = "", **given: object) -> Origin:
    """Return the origin of a page of a layout with these arguments."""
    layout = Layout("page", page=(line("head", "Head"),), **given)  # type: ignore[arg-type]  # arguments of a layout
    return origin_of(reading_of(body, url=url, notes=notes), DESK, layout)


def codes(found: Origin) -> list[tuple[str, str]]:
    """Return code and severity of each flag."""
    return [(flag.code, flag.severity) for flag in found.flags]


def test_a_layout_of_one_source_names_it() -> None:
    """The pages of a publisher's own site are its own, whatever address they were captured at."""
    assert origin(source="agency", url="https://www.portal.kp/1").source is AGENCY
    assert origin(source="agency", body="Text 통신)").source is AGENCY


def test_a_label_goes_before_the_source_of_the_layout() -> None:
    """What the page prints counts before all else, also where nobody knows it."""
    assert origin(note("label", "Portal (En)"), source="agency").source is PORTAL
    assert origin(note("label", "Sinbo (En)"), source="agency").source is None


def test_a_source_that_is_not_installed_is_looked_for_elsewhere() -> None:
    """A layout whose source no plugin brings goes on with the address."""
    found = origin(source="elsewhere", url="https://www.portal.kp/1")

    assert found.source is PORTAL
    assert codes(origin(source="elsewhere"))[0] == ("unknown-source", "warning")


def test_the_address_in_the_head_names_the_source() -> None:
    """The original's address counts first, then the head's, then that of the capture."""
    meta, original = note("meta_url", "https://www.ag.kp/1"), note("original_url", "http://portal.kp/1")

    assert origin(meta, url="https://portal.kp/1").source is AGENCY
    assert origin(meta, original).source is PORTAL
    assert origin(note("meta_url", "/1"), url="https://portal.kp/1").source is PORTAL
    assert addresses(reading_of("Text.", url="https://c.example", notes=(meta, original))) == [
        "http://portal.kp/1",
        "https://www.ag.kp/1",
        "https://c.example",
    ]


@pytest.mark.parametrize("url", ["https://a.example/lang/ko", ""])
def test_the_address_tells_the_language(url: str) -> None:
    """A layout may read the language out of any address that is known of the page."""
    found = origin(note("meta_url", "https://b.example/lang/ko"), url=url, language=language)

    assert (found.lang, found.source) == ("ko", None)


def test_what_the_page_says_of_its_language_goes_before_the_address() -> None:
    """Label, then fact, then address; Korean letters go before all three, with a warning."""
    url = "https://a.example/lang/ru"

    assert origin(note("label", "AG (Es)"), url=url, language=language).lang == "es"
    assert origin(note("lang", "en"), url=url, language=language).lang == "en"
    assert origin(url=url, language=language).lang == "ru"
    found = origin(url=url, language=language, body="이것은 도서관이다.", source="agency")
    assert (found.lang, codes(found)) == ("ko", [("languages-disagree", "warning")])


@pytest.mark.parametrize(
    ("said", "lang"),
    [
        ("en", "en"),
        ("en-US", "en"),
        ("en_US", "en"),
        ("KO", "ko"),
        ("zh-Hant-TW", "zh"),
        ("english", "und"),
        ("", "und"),
        ("e", "und"),
        ("x-default", "und"),
    ],
)
def test_the_head_tells_the_language_where_nothing_else_does(said: str, lang: str) -> None:
    """What the head declares is taken last, without its region."""
    assert origin(note("meta_lang", said), source="agency").lang == lang


@pytest.mark.parametrize("said", ["de", "fr-FR"])
def test_any_language_of_a_head_is_taken(said: str) -> None:
    """A page in a language that no label has is not of no language where its head says which."""
    assert origin(note("meta_lang", said), source="agency").lang == said[:2]


@pytest.mark.parametrize(
    ("given", "lang"),
    [
        ({"body": "이것은 도서관이다."}, "ko"),
        ({"body": "Here (AG) -- Text."}, "en"),
        ({"url": "https://a.example/lang/ru", "language": language}, "ru"),
    ],
)
def test_a_head_that_disagrees_is_worth_a_word(given: dict[str, str], lang: str) -> None:
    """A site declares one language on all its pages: the article's own counts, and the account says so."""
    found = origin(note("meta_lang", "ja"), **given, source="agency")

    assert (found.lang, codes(found)) == (lang, [("languages-disagree", "info")])
    assert found.flags[0].message == f"the head of the page says 'ja', and the article is in {lang!r}"


def test_a_head_that_agrees_is_silent() -> None:
    """Where the head says what everything else says, nothing is to be told."""
    assert codes(origin(note("meta_lang", "ko"), body="이것은 도서관이다.", source="agency")) == []


def test_a_reader_of_languages_that_raises_is_named() -> None:
    """What a layout's reader raises is said to be that layout's."""

    def reader(address: str) -> str | None:
        raise ValueError(address)

    with pytest.raises(RuleError, match=r"^rule 'page: language': raised ValueError\('https://a.example'\)$"):
        origin(url="https://a.example", language=reader)
