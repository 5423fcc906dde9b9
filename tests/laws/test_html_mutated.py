from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from copydesk import Capture, normalize
from copydesk.decoding import decode
from copydesk.page import paginate
from copydesk.testing.html_mutations import MUTATIONS, hostile_families, html_mutations
from tests.laws.html_truth import (
    ADDRESSES,
    FEWER,
    LAYOUT_IDS,
    assert_lawful_html,
    assert_page_is_whole,
    assert_rendered,
    captured_html,
)
from tests.support.html_others import OTHER_LAYOUTS, index_page, list_page, photo_page
from tests.support.html_pages import HTML_LAYOUTS, lay_out_html
from tests.support.languages import LANGUAGES, articles_in
from tests.support.specimens import specimens
from tests.support.strategies import articles
from tests.support.words import HOSTILE

PAGES = [specimen.capture for specimen in specimens() if specimen.capture.data.lstrip()[:1] == b"<"]
FAMILIES = hostile_families()
Q = "<html lang='en'><div class='article-main-title'>A Page</div><div class='article-content-body'>{}</div></html>"


def assert_whole(data: bytes) -> None:
    """A page that has not been refused holds all that it shows."""
    page = paginate(Capture(data))
    if page.markup is not None:
        assert_page_is_whole(page, decode(data, "", html=True).text)


def assert_lawful(capture: Capture) -> None:
    """A page becomes a lawful document, or is rejected with a code and a reason."""
    if assert_lawful_html(capture) == "document":
        assert_whole(capture.data)


@pytest.mark.parametrize("layout", HTML_LAYOUTS)
@given(data=st.data(), article=articles(hostile=True, bullets=True), inline=st.booleans())
@FEWER
def test_a_damaged_page_is_converted_or_rejected(
    layout: str, data: DataObject, article: object, inline: bool
) -> None:
    """Tags dropped, doubled, swapped, nested and left open, in any encoding, never end in anything else."""
    page = lay_out_html(article, layout, inline=inline)  # type: ignore[arg-type]

    assert_lawful(captured_html(data.draw(html_mutations(page)), layout, article))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", sorted(MUTATIONS))
@given(data=st.data(), article=articles(), layout=st.sampled_from(HTML_LAYOUTS))
@FEWER
def test_each_accident_is_survived(name: str, data: DataObject, article: object, layout: str) -> None:
    """Each kind of accident by itself leaves a lawful document or a reason."""
    page = MUTATIONS[name](data.draw, lay_out_html(article, layout))  # type: ignore[arg-type]

    assert_lawful(captured_html(page.encode("utf-8", "replace"), layout, article))  # type: ignore[arg-type]


@given(data=st.data(), lang=st.sampled_from(LANGUAGES), layout=st.sampled_from(HTML_LAYOUTS))
@FEWER
def test_a_damaged_page_in_any_language(data: DataObject, lang: str, layout: str) -> None:
    """The same holds of every edition."""
    whole = data.draw(articles_in(lang))

    assert_lawful(captured_html(data.draw(html_mutations(lay_out_html(whole, layout))), layout, whole))


@given(data=st.data(), layout=st.sampled_from(OTHER_LAYOUTS), made=st.sampled_from((photo_page, list_page, index_page)))
@FEWER
def test_a_damaged_page_without_an_article(data: DataObject, layout: str, made: object) -> None:
    """Damage to a page that is no article is no worse."""
    assert_lawful(Capture(data.draw(html_mutations(made(layout))), "page.html"))  # type: ignore[operator]


@pytest.mark.skipif(not PAGES, reason="no specimen is a page of HTML")
@given(data=st.data())
@FEWER
def test_a_damaged_specimen_is_converted_or_rejected(data: DataObject) -> None:
    """The same holds of the specimens that are HTML."""
    capture = data.draw(st.sampled_from(PAGES))
    damaged = data.draw(html_mutations(capture.data.decode("utf-8", "replace")))

    assert_lawful(capture._replace(data=damaged))


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_hostile_pages_are_converted_or_rejected(family: str) -> None:
    """Pages that are hostile in one way, a little or more, keep the laws."""
    for much in (0, 1, 2, 7, 60, 300):
        assert_lawful(Capture(FAMILIES[family](much), "page.html"))


@given(data=st.binary(max_size=400), before=st.sampled_from((b"<html", b"<html>", b"<!DOCTYPE html>", b"<p>")))
def test_any_bytes_behind_a_tag(data: bytes, before: bytes) -> None:
    """Bytes that make no sense at all are rejected with a reason, or lawful, whatever they claim to be."""
    assert_lawful(Capture(before + data, "page.html"))


@given(data=st.binary(max_size=300), encoding=st.sampled_from(("utf-16", "utf-16le", "shift_jis", "euc-kr", "bogus")))
def test_any_bytes_with_a_declared_encoding(data: bytes, encoding: str) -> None:
    """A declaration that is wrong makes it no worse."""
    assert_lawful_html(Capture(b"<html>" + data, "page.html", encoding=encoding))


LINES = st.sampled_from((
    *HOSTILE, "March 01, 2026Mar 01, 2026", "March 01, 2026", "KCNA KCNA.kp (En)", "Date: 21/01/2021", "Share Button",
    "Date: 21/01/2021 | Source: KCNA.kp (En) | Read original version at source", "NK News is hiring", "2023.5.9",
    "Date: 31/02/2021 | Source:  | Read original version at source", "More From KCNA.kp (En)", "More Articles",
    "Pyongyang, January 21 (KCNA) -- A sentence.", "A sentence by", "Kim Jong Un , who. -0-", "-0-", "- item",
    "www.kcna.kp (Juche113.5.27.)", "calendar>>May 9. 2023 Juche 112", "Hong Kil Tong", "(끝)", "---", "Rodong Sinmun",
    "Copyright (C) KOREA NEWS SERVICE(KNS) All Rights Reserved.", "(평양 8월 21일발 조선중앙통신)", "Title",
))  # fmt: skip
SHELLS = st.sampled_from((
    "<p>{}</p>", "<div>{}</div>", "{}<br>", "<h1 class='article-title'>{}</h1>", "<h2>{}</h2>",
    "<div class='article-main-title'>{}</div>", "<div class='article-content'>", "<div class='article-content-body'>",
    "<div class='article-content-body'><p>{}</p></div>", "<div class='article-content'><p>{}</p></div>", "<li>{}</li>",
    "<span class='publish-time'>{}</span>", "<div class='article-desc'>{}</div>", "<header>{}</header>",
    "<main><article><div class='container'><h1 class='text-center text-danger'>T</h1><p>{}</p></div></article></main>",
    "</div>", "<td>{}</td>", "<footer>{}</footer>",
    "<blockquote>{}</blockquote>", "<figure><img src='a'><figcaption>{}</figcaption></figure>", "<aside>{}", "<ul><li>",
))  # fmt: skip


@given(parts=st.lists(st.tuples(SHELLS, LINES), max_size=16), url=st.sampled_from(sorted(ADDRESSES.values())))
def test_landmarks_in_any_order_are_converted_or_rejected(parts: list[tuple[str, str]], url: str) -> None:
    """Pages made of nothing but landmarks and regions, in any order and number, keep the laws."""
    page = "<html lang='en'>" + "\n".join(shell.format(line) for shell, line in parts)

    assert_lawful(Capture(page.encode(), "page.html", url.format(folder="en")))


def test_every_layout_is_known() -> None:
    """The layouts that are tried here are those that read HTML."""
    assert set(LAYOUT_IDS) == set(HTML_LAYOUTS) == set(ADDRESSES)


# Known failures: each is to pass when its cause is mended, and says so then.


def test_a_list_behind_a_heading_within_an_item() -> None:
    """A list within an item goes on behind a heading within that item, and its own inner list with it."""
    page = Q.format("<ul><li>A<h2>H</h2><ul><li>B<ul><li>C</li></ul></li></ul></li></ul>")

    assert_rendered(normalize(Capture(page.encode(), "page.html")))
