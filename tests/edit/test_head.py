from __future__ import annotations

import pytest

from copydesk import Capture, normalize
from copydesk.contract.layouts import Layout
from copydesk.edit.head import addresses_of, title_flags
from copydesk.plugin import Flag, Note, Reading, line
from tests.desk.by_hand import reading_of

OWN = Layout("own", page=(line("head", "Head"),))
ARCHIVED = Layout("archived", page=(line("head", "Head"),), archive="The Archive")
URL = "https://a.example/1"


def head(key: str, *values: str) -> tuple[Note, ...]:
    """Return what the head of a page says of one thing."""
    return tuple(Note(key, value, n, n + 1, "head: og:it") for n, value in enumerate(values))


def page(*notes: Note, url: str = "") -> Reading:
    """Return the reading of a page with these notes."""
    return reading_of("Some text of a page.", url=url, notes=notes)


def titles(shown: str, *said: str) -> list[Flag]:
    """Return what is said of a title that is shown and of those in the head."""
    return list(title_flags(page(*head("meta_title", *said)), shown))


@pytest.mark.parametrize("layout", [OWN, ARCHIVED])
def test_without_addresses_there_are_none(layout: Layout) -> None:
    """No address is made up."""
    assert addresses_of(page(), layout) == ("", "", ())


def test_the_head_of_an_own_page_names_the_original() -> None:
    """A publisher's own page is the original, and its head says where it is; where it was captured is kept apart."""
    assert addresses_of(page(*head("meta_url", URL)), OWN) == (URL, "", ())
    assert addresses_of(page(*head("meta_url", URL), url=URL), OWN) == (URL, URL, ())


def test_the_head_of_an_archive_names_the_capture() -> None:
    """The head of an archive's page says where that page is, and nothing of the original."""
    assert addresses_of(page(*head("meta_url", URL)), ARCHIVED) == ("", URL, ())
    assert addresses_of(page(*head("meta_url", URL), url="https://b.example/"), ARCHIVED)[:2] == (
        "",
        "https://b.example/",
    )


def test_what_the_page_says_of_its_original_counts_first() -> None:
    """A link on the page goes before the head."""
    note = Note("original_url", "http://o.example/", 0, 1, "x: link")

    assert addresses_of(page(note, *head("meta_url", URL)), OWN).original == "http://o.example/"
    assert addresses_of(page(note, *head("meta_url", URL)), ARCHIVED)[:2] == ("http://o.example/", URL)


@pytest.mark.parametrize("said", ["/1", "a.example/1", "ftp://a.example", "#top", "HTTPS:", "javascript:x"])
def test_what_is_no_whole_address_is_none(said: str) -> None:
    """A relative address says nothing of where a page is; the next one counts."""
    assert addresses_of(page(*head("meta_url", said)), OWN) == ("", "", ())
    assert addresses_of(page(*head("meta_url", said, URL)), OWN).original == URL


def test_a_page_that_is_another_is_told() -> None:
    """Where the head names another page than the one captured, the account says so, once, at its place."""
    found = addresses_of(page(*head("meta_url", URL, "https://c.example/"), url="https://b.example/1"), OWN)
    (flag,) = found.flags

    assert (flag.code, flag.severity, flag.start, flag.end) == ("urls-disagree", "info", 0, 1)
    assert flag.message == f"the page was captured at https://b.example/1, and its head: og:it says {URL}"


@pytest.mark.parametrize(
    "captured",
    [URL, "http://a.example/1", f"{URL}/", f"{URL}#part", f"{URL}?from=list", f"{URL}/?from=list#part"],
)
def test_what_does_not_make_another_page_is_silent(captured: str) -> None:
    """Scheme, last slash, query and fragment are no difference."""
    assert addresses_of(page(*head("meta_url", URL), url=captured), OWN).flags == ()


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("A Small Card", "A Small Card"),
        ("A Small Card", "A small card | The Agency"),
        ("A Small Card: Made by Hand", "a small card"),
        ("A “Small” Card", 'A "Small" Card - The Agency'),
        ("작은 카드", "작은카드 - 통신"),
        ("", "A Card"),
        ("A Card", ""),
        ("A Card", "* * *"),
        ("...", "A Card"),
    ],
)
def test_titles_that_agree_are_silent(shown: str, said: str) -> None:
    """Case, signs and a site's name around it make no other title; where one is missing there is nothing to compare."""
    assert titles(shown, said) == []


def test_titles_that_disagree_are_flagged() -> None:
    """Another title in the head is a warning with both, at its place; of several the first is told."""
    (flag,) = titles("A Small Card", "A Small Card", "A Large Card", "Another")

    assert (flag.code, flag.severity, flag.start, flag.end) == ("titles-disagree", "warning", 1, 2)
    assert flag.message == "the head: og:it says 'A Large Card', and the page shows 'A Small Card'"


def test_the_title_of_the_head_counts_last_and_least() -> None:
    """The `title` element may be the name of the site: another is named first, and it alone is no warning."""
    site, other = (Note("meta_title", text, n, n + 1, rule) for n, (text, rule) in enumerate(
        [("The Agency", "head: title"), ("A Large Card", "head: og:title")]
    ))  # fmt: skip
    same = Note("meta_title", "A Small Card", 1, 2, "head: og:title")
    found = [list(title_flags(page(*said), "A Small Card")) for said in ((site, other), (site, same), (site,))]

    assert [[(flag.start, flag.severity) for flag in flags] for flags in found] == [
        [(1, "warning")], [(0, "info")], [(0, "info")],
    ]  # fmt: skip


@pytest.mark.parametrize("layout", [OWN, ARCHIVED])
@pytest.mark.parametrize(
    "said", ["http://", "https:", "http:/a.example", "http://a.example/a b", "https://?a", "http://a.example/\ud800"]
)
def test_an_address_that_is_malformed_is_told(layout: Layout, said: str) -> None:
    """What begins as an address and is none is told at its place, and the next one counts."""
    original, captured, (flag,) = addresses_of(page(*head("meta_url", said, URL)), layout)

    assert {original, captured} == {"", URL}
    assert (flag.code, flag.severity, flag.start, flag.end) == ("bad-url", "info", 0, 1)
    assert flag.message == f"head: og:it says {said!r}, which is no address"


def test_a_long_address_that_is_malformed_is_told_in_short() -> None:
    """Of a malformed address 100 characters are shown."""
    (flag,) = addresses_of(page(*head("meta_url", "http://" + " " * 1000)), OWN).flags

    assert flag.message == f"head: og:it says {'http://' + ' ' * 93!r}, which is no address"


ARTICLE = (
    "<!DOCTYPE html><html><head>{}</head><body><div class='article-main-title'>A Small Card</div>"
    "<div class='article-content-body'><p>Pyongyang, May 9 (KCNA) -- One line. -0-</p></div>"
    "<span class='publish-time'>www.kcna.kp (2023.05.09.)</span></body></html>"
)


def test_the_address_of_the_head_is_in_the_frontmatter() -> None:
    """A publisher's own page has its address from its head."""
    document = normalize(Capture(ARTICLE.format("<link rel='canonical' href='http://www.kcna.kp/1'>").encode()))

    assert document.frontmatter["original_url"] == "http://www.kcna.kp/1"


@pytest.mark.parametrize(
    "said",
    [
        "<link rel='canonical' href='http://www.kcna.kp/a b'>",
        "<meta property='og:url' content='http://'>",
        '<script type=\'application/ld+json\'>{"@type": "Article", "url": "http://a.example/\\ud800"}</script>',
    ],
)
def test_a_bad_address_in_the_head_costs_no_document(said: str) -> None:
    """The head is evidence: what it says badly is left out, and the article is converted."""
    document = normalize(Capture(ARTICLE.format(said).encode()))

    assert "original_url" not in document.frontmatter
    assert [found.severity for found in document.account.diagnostics if found.code == "bad-url"] == ["info"]
