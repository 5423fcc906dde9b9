from __future__ import annotations

import datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from copydesk import normalize
from tests.laws.truth import assert_total_account, assert_true_to, assert_verbatim, capture_of, visible
from tests.support import quirks
from tests.support.articles import Article
from tests.support.pages import LAYOUTS, lay_out
from tests.support.strategies import articles, naenara_articles, related_items

KOREAN_MIDNIGHT = datetime.timezone(datetime.timedelta(hours=9))


def address(day: datetime.date) -> str:
    """Return the address of a page posted on a day, in Korean time."""
    noon = datetime.datetime.combine(day, datetime.time(12), KOREAN_MIDNIGHT)
    return f"https://kcnawatch.org/newstream/{int(noon.timestamp())}-123456789/a-slug/"


@pytest.mark.parametrize("layout", LAYOUTS)
@given(article=articles(hostile=True))
def test_every_layout_gives_the_article_back(layout: str, article: Article) -> None:
    """Title, dates, label, blocks and related items of any article come back exactly from each layout."""
    assume(layout != "E" or (article.dateline_day is not None and article.dateline_place))
    document = normalize(capture_of(lay_out(article, layout), url=address(article.published) if layout == "B" else ""))

    assert_true_to(article, layout, document)
    assert_total_account(document.account.reading)
    assert_verbatim(document)


@given(article=articles(bullets=True), layout=st.sampled_from(("A", "A1", "B", "C")))
def test_bullets_become_a_list(article: Article, layout: str) -> None:
    """A block with a hyphen before it is an item of a list, and the hyphen is in the account."""
    document = normalize(capture_of(lay_out(article, layout), url=address(article.published)))

    assert_true_to(article, layout, document)
    assert_total_account(document.account.reading)


@given(article=naenara_articles())
def test_naenara_has_bylines_and_no_datelines(article: Article) -> None:
    """A byline is the author and no paragraph; there is no dateline."""
    document = normalize(capture_of(lay_out(article, "A")))

    assert [element.text for element in document.elements] == list(article.paragraphs)
    assert document.frontmatter.get("author", []) == ([article.byline] if article.byline else [])
    assert "dateline" not in document.frontmatter


@given(article=articles(), space=st.sampled_from(("\u00a0", "  ", "\t", "\u00a0 \u00a0")))
def test_damage_is_mended_and_can_be_undone(article: Article, space: str) -> None:
    """Stray and wide spaces and repeated titles change nothing but the account."""
    clean = normalize(capture_of(lay_out(article, "A")))
    wide = quirks.wide_spaces(article, space=space)
    for damaged in (quirks.stray_space(article), wide, quirks.title_repeated(article), quirks.title_glued(article)):
        document = normalize(capture_of(lay_out(damaged, "A")))

        assert [element.text for element in document.elements] == [element.text for element in clean.elements]
        assert document.title == clean.title
        assert document.id == clean.id
        assert_total_account(document.account.reading)
        assert_verbatim(document)


@given(article=articles())
def test_broken_paragraphs_are_joined(article: Article) -> None:
    """A paragraph broken before a leader's name is one paragraph again where that is certain, and flagged elsewhere."""
    for at in range(len(quirks.breaks(article))):
        broken = quirks.broken(article, at=at)
        document = normalize(capture_of(lay_out(broken, "A")))

        doubted = any(found.code == "maybe-broken" for found in document.account.diagnostics)
        assert doubted or document.paragraphs == list(article.paragraphs)
        assert visible("".join(document.paragraphs)) == visible("".join(article.paragraphs))
        assert document.id == normalize(capture_of(lay_out(article, "A"))).id


CAPTURE_FIELDS = {"captured", "input_sha256", "input_file", "frontmatter_sha256", "capture_url", "capture_layout"}


@given(article=articles(), related=st.lists(related_items(), min_size=1, max_size=4), days=st.integers(1, 900))
def test_same_article_same_article(article: Article, related: list[object], days: int) -> None:
    """Captures of one article that differ in capture date and list are equal but for their capture fields."""
    other = article._replace(related=tuple(related), captured=article.captured + datetime.timedelta(days=days))  # type: ignore[arg-type]
    first = normalize(capture_of(lay_out(article, "A"), name="one.txt"))
    second = normalize(capture_of(lay_out(other, "A1"), name="two.txt"))

    assert first.id == second.id
    assert first.body == second.body
    kept = [{k: v for k, v in d.frontmatter.items() if k not in CAPTURE_FIELDS | {"warnings"}} for d in (first, second)]
    assert kept[0] == kept[1]


@given(article=articles())
def test_layout_b_has_the_id_of_layout_a(article: Article) -> None:
    """A capture without head has the identity of the whole one, if its address tells the year."""
    if article.dateline_day != article.published:
        article = article._replace(dateline_day=article.published, dateline_place="Pyongyang")
    whole = normalize(capture_of(lay_out(article, "A")))
    headless = normalize(capture_of(lay_out(article, "B"), url=address(article.published)))

    assert headless.id == whole.id


@given(article=articles(hostile=True), layout=st.sampled_from(LAYOUTS[:4]))
def test_pure_bytes(article: Article, layout: str) -> None:
    """The same bytes give the same bytes, however often and in whatever order."""
    captures = [capture_of(lay_out(article, layout)), capture_of(lay_out(article, "A"))]
    once = [normalize(capture).markdown for capture in captures]

    assert [normalize(capture).markdown for capture in reversed(captures)] == once[::-1]
