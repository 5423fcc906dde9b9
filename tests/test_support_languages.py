from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.articles import Article
from tests.support.html_pages import adapted, lay_out_html
from tests.support.html_parts import folded
from tests.support.html_trees import BODIES, texts, tree_of
from tests.support.languages import LABELS, LANGUAGES, Foreign, articles_in, stamp

DAY = datetime.date(2023, 5, 9)
TINY = Article("A Small Page", DAY, ("One line.",), dateline_day=DAY)
SPANISH = ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
           "noviembre", "diciembre")  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "calendar", "expected"),
    [
        ("en", "juche", "www.kcna.kp (Juche112.5.9.)"),
        ("en", "ce", "www.kcna.kp (2023.05.09.)"),
        ("ko", "juche", "www.kcna.kp (주체112.5.9.)"),
        ("ja", "juche", "www.kcna.kp (2023.05.09.)"),
        ("es", "juche", "www.kcna.kp (2023.05.09.)"),
    ],
)
def test_the_stamp_of_an_edition(lang: str, calendar: str, expected: str) -> None:
    """Each edition of kcna.kp has its stamp in its own element behind the body, in its calendar."""
    article = Foreign(TINY, lang, "")
    tree = tree_of(lay_out_html(article, "q", calendar=calendar))

    assert expected == stamp(DAY, lang, calendar=calendar)
    assert [expected] == texts(tree, "//span[@class='publish-time'][not(ancestor::div[@class='article-content-body'])]")
    assert expected == adapted(article, "q", calendar=calendar).article.stamp


@given(st.data(), st.sampled_from(LANGUAGES))
def test_an_edition_prints_its_own_dateline_and_end(data: st.DataObject, lang: str) -> None:
    """Datelines, end marks and labels are those of the language, and the Korean dateline is a paragraph of its own."""
    whole = data.draw(articles_in(lang))
    day = whole.article.dateline_day
    assert day is not None
    signs = {
        "en": (f" {day.day} (KCNA) {whole.article.dash}", "-0-"),
        "ko": (f" {day.month}월 {day.day}일발 조선중앙통신)", "(끝)"),
        "ja": (f"{day.month}月{day.day}日発朝鮮中央通信】", "---"),
        "es": (f", {day.day} de {SPANISH[day.month - 1]} (ACNC) --", ""),
    }
    lines = texts(tree_of(lay_out_html(whole, "detail")), BODIES["detail"])

    first, *others = [folded(text) for text in whole.article.paragraphs]
    gap = {"en": folded(f"|{whole.article.behind_dash}|")[1:-1], "ko": "\n", "ja": "", "es": " "}[lang]
    body = "\n".join((f"{whole.dateline_text}{gap}{first}", *others))
    glued = {"ko": "(끝)", "ja": "---", "es": ""}.get(lang, folded(f"|{whole.article.end}")[1:])

    assert whole.dateline_text.endswith(signs[lang][0])
    assert signs[lang][1] == whole.end_text
    assert f"{body}{glued}".split("\n") == lines
    assert whole.article.label == LABELS[lang]
