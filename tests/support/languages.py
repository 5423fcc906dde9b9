"""Articles in the languages of the agency, each with the dateline, end mark and stamp of its edition."""

from __future__ import annotations

import datetime
from functools import partial
from typing import NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.support.articles import LEADERS, Article, RelatedItem, body_lines, dateline, teaser
from tests.support.strategies import articles, days

LANGUAGES = ("en", "ko", "ja", "es")
LABELS = {"en": "KCNA.kp (En)", "ko": "KCNA.kp (Kr)", "ja": "KCNA.kp (Jp)", "es": "KCNA.kp (Es)"}
FOLDERS = {"en": "en", "ko": "kp", "ja": "jp", "es": "es"}
"""The name of an edition in the addresses of kcna.kp."""
SPANISH_MONTHS = ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
                  "noviembre", "diciembre")  # fmt: skip


class Foreign(NamedTuple):
    """An article in a language, and its dateline as that edition prints it.

    The truth of title, days and paragraphs is in ``article``; its place and agency are those of the dateline, in its
    language. ``alone`` says that the dateline is a paragraph of its own; ``end_text`` is the end mark without the
    white space before it.
    """

    article: Article
    lang: str
    dateline_text: str
    end_text: str = ""
    alone: bool = False


def foreign(article: Article | Foreign) -> Foreign:
    """Return an article with its language; one that does not say is English."""
    if isinstance(article, Foreign):
        return article
    return Foreign(article, "en", dateline(article), article.end.strip())


def printed_lines(article: Article | Foreign) -> list[str]:
    """Return the lines of the body as they are printed, from the dateline to stamp and byline."""
    whole = foreign(article)
    if not whole.alone or not whole.dateline_text:
        return body_lines(whole.article, dateline=whole.dateline_text)
    return [whole.dateline_text, *body_lines(whole.article, dateline="")]


def stamp(day: datetime.date, lang: str, *, calendar: str = "juche") -> str:
    """Return the stamp of kcna.kp: `www.kcna.kp (Juche112.5.9.)`, in the Common Era `www.kcna.kp (2023.05.09.)`.

    The Japanese and Spanish editions use the Common Era, whatever ``calendar`` says.
    """
    if calendar == "ce" or lang in ("ja", "es"):
        return f"www.kcna.kp ({day:%Y.%m.%d}.)"
    return f"www.kcna.kp ({'주체' if lang == 'ko' else 'Juche'}{day.year - 1911}.{day.month}.{day.day}.)"


KOREAN = (
    ("군도서관에서는", "새 기상관측소에서는", "강가의 빵공장에서는", "옛 지도전시회에서는", "저수지관리소에서는"),
    ("책 1만 250권을", "보리 25가마니를", "한주일간의 강수량을", "세종류의 배추를", "“조용한 강”이라는 소책자를"),
    ("모두 세여보았다.", "차례로 정돈하였다.", "자세히 기록하였다.", "아래층에 옮겨놓았다.", "독자들에게 빌려주었다."),
)
KOREAN_TITLES = (("군도서관", "기상관측소", "빵공장", "지도전시회"), ("개관", "책정돈 진행", "배추종류 소개"))
JAPANESE = (
    ("町の図書館は", "新しい測候所は", "川べりのパン工場は", "古地図の展示会は", "貯水池の管理所は"),
    ("1万250冊の本を", "大麦25袋を", "1週間の雨量を", "3種類のキャベツを", "小冊子「静かな川」を"),
    ("数えた。", "順番に並べた。", "細かく書き留めた。", "下の棚に移した。", "読者に貸し出した。"),
)
JAPANESE_TITLES = (("町の図書館", "測候所", "パン工場", "古地図展"), ("が開館", "で本を整理", "がキャベツを紹介"))
SPANISH = (
    ("La biblioteca del condado", "La nueva estación", "La panadería junto al río", "El señor del molino"),
    ("contó", "puso en orden", "describió", "prestó sin demora"),
    ("10 000 plántulas.", "25 sacos de cebada.", "la lluvia de la semana.", "un folleto «Ríos tranquilos»."),
)
SPANISH_TITLES = (("Biblioteca", "Estación", "Panadería"), ("cuenta sus libros", "abre mañana", "y señales"))

Lists = tuple[tuple[str, ...], ...]


class Edition(NamedTuple):
    """How articles are made up in a language: their words, their places, and what stands around their text."""

    lang: str
    between: str
    titles: Lists
    words: Lists
    about: str
    leaders: tuple[str, ...]
    places: tuple[str, ...]
    agency: str
    dateline: str
    end: str = ""
    alone: bool = False
    behind_dateline: str = " "

    def dateline_on(self, place: str, day: datetime.date) -> str:
        """Return the dateline of a place and a day."""
        return self.dateline.format(place=place, day=day, month=SPANISH_MONTHS[day.month - 1], agency=self.agency)


EDITIONS = {
    "ko": Edition(
        lang="ko",
        between=" ",
        titles=KOREAN_TITLES,
        words=KOREAN,
        about="목록의 첫 이름은 {}이다.",
        leaders=("김일성", "김정일", "김정은"),
        places=("평양", "함흥", "원산", "혜산"),
        agency="조선중앙통신",
        dateline="({place} {day.month}월 {day.day}일발 {agency})",
        end="(끝)",
        alone=True,
    ),
    "ja": Edition(
        lang="ja",
        between="",
        titles=JAPANESE_TITLES,
        words=JAPANESE,
        about="名簿の最初に{}の名がある。",
        leaders=("金日成", "金正日", "金正恩"),
        places=("平壌", "咸興", "元山", "恵山"),
        agency="朝鮮中央通信",
        dateline="【{place}{day.month}月{day.day}日発{agency}】",
        end="---",
        behind_dateline="",
    ),
    "es": Edition(
        lang="es",
        between=" ",
        titles=SPANISH_TITLES,
        words=SPANISH,
        about="El rótulo de la caja nombra a {}, y nada más.",
        leaders=LEADERS,
        places=("Pyongyang", "Hamhung", "Wonsan", "Hyesan"),
        agency="ACNC",
        dateline="{place}, {day.day} de {month} ({agency}) --",
    ),
}
"""The editions that are not English."""

LEADERS_ABROAD = tuple(name for edition in EDITIONS.values() for name in edition.leaders)


def articles_in(lang: str) -> SearchStrategy[Foreign]:
    """Give articles of the agency in a language of `LANGUAGES`, with one to three related items in it."""
    if lang == "en":
        return articles().map(foreign)
    edition = EDITIONS[lang]
    titles = _glued(edition, edition.titles)
    about = st.sampled_from(edition.leaders).map(edition.about.format)
    paragraphs = st.lists(_glued(edition, edition.words) | about, min_size=1, max_size=3).map(edition.between.join)
    texts = st.lists(paragraphs, min_size=1, max_size=5).map(tuple)
    places = st.sampled_from(edition.places)
    items = st.builds(partial(_item, edition), titles, paragraphs, places, days())
    related = st.lists(items, min_size=1, max_size=3).map(tuple)
    return st.builds(partial(_article, edition), titles, texts, places, days(last=2025), related)


def _glued(edition: Edition, lists: Lists) -> SearchStrategy[str]:
    return st.tuples(*map(st.sampled_from, lists)).map(edition.between.join)


def _item(edition: Edition, title: str, text: str, place: str, day: datetime.date) -> RelatedItem:
    return RelatedItem(title, teaser(f"{edition.dateline_on(place, day)} {text}"), day)


def _article(
    edition: Edition,
    title: str,
    texts: tuple[str, ...],
    place: str,
    day: datetime.date,
    related: tuple[RelatedItem, ...],
) -> Foreign:
    article = Article(
        title=title,
        published=day,
        paragraphs=texts,
        label=LABELS[edition.lang],
        dateline_place=place,
        dateline_day=day,
        agency=edition.agency,
        behind_dash=edition.behind_dateline,
        end=edition.end,
        related=related,
    )
    return Foreign(article, edition.lang, edition.dateline_on(place, day), edition.end, edition.alone)
