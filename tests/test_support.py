from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from copydesk.testing.mutations import mutations
from tests.support import corpus, quirks
from tests.support.articles import LIST_ITEM, Article, RelatedItem, folded, long_day, teaser
from tests.support.pages import LAYOUTS, carries, lay_out
from tests.support.strategies import articles, naenara_articles, titles

DAY = datetime.date(2023, 5, 9)
TINY = Article(
    title="A Small Page",
    published=DAY,
    paragraphs=("One line.", "Another."),
    dateline_day=DAY,
    stamp="www.kcna.kp (Juche112.5.9.)",
    related=(RelatedItem("Next Page", "Wonsan, May 8 (KCNA) -- More", datetime.date(2023, 5, 8)),),
    captured=datetime.date(2024, 2, 3),
)
DATE_LINE = "Date: 09/05/2023 | Source: KCNA.kp (En) | Read original version at source"
BODY = "Pyongyang, May 9 (KCNA) -- One line.\n\nAnother. -0-\n\nwww.kcna.kp (Juche112.5.9.)"
ITEMS = (
    "More From KCNA.kp (En)\n\nNext Page\n\nNext Page\n\nWonsan, May 8 (KCNA) -- More\n\nMay 08, 2023\n\n"
    "Wonsan, May 8 (KCNA) -- More\n\nMore Articles"
)

SEEDS = Path(__file__).parents[1] / "seeds"
CASES = sorted(path.parent for path in SEEDS.glob("*/*/case.yaml"))

TINY_PAGES = {
    "A": f"February 03, 2024Feb 03, 2024\nKCNA KCNA.kp (En)\n\nA Small Page\n\n{DATE_LINE}\n\n{BODY}\n\n{ITEMS}",
    "A1": f"February 03, 2024\nKCNA KCNA.kp (En)\n\nA Small Page\n\n{DATE_LINE}\n\n{BODY}\n\n{ITEMS}",
    "B": (
        "Pyongyang, May 9 (KCNA) -- One line.\nAnother. -0-\nwww.kcna.kp (Juche112.5.9.)\nMore From KCNA.kp (En)\n"
        "Wonsan, May 8 (KCNA) -- More\nMay 08, 2023\nWonsan, May 8 (KCNA) -- More"
    ),
    "C": (
        f"A Small Page\n\n{DATE_LINE}\n\nShare Button\n\n{BODY}\n\n"
        "Get North Korea headlines delivered to your inbox daily\n\n"
        "Subscribe to the NK News 'Daily Update' and get links to must-read stories each morning\n"
    ),
    "D": f"A Small Page\n\nDate: 09/05/2023\n\n{BODY}\n",
    "E": (
        "A Small Page\n\nPyongyang, May 9, 2023 16:22 KST (KCNA) — One line.\n\nAnother. -0-\n\n"
        "www.kcna.kp (Juche112.5.9.)\n"
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_tiny_page_has_the_bytes_of_a_real_one(layout: str) -> None:
    """Each layout writes its lines in the order and with the blank lines that captures have."""
    page = lay_out(TINY, layout)

    assert TINY_PAGES[layout] == page


def test_the_hiring_line_stands_between_date_line_and_body() -> None:
    """Layout A1 may carry one line of the site's own before the first paragraph."""
    lines = lay_out(TINY, "A1", hiring=True).split("\n\n")

    assert lines[2:4] == [DATE_LINE, "NK News is hiring"]


def test_layout_b_can_end_with_more_articles() -> None:
    """The line behind the list of layout B is there only when it is asked for."""
    page = lay_out(TINY, "B", more_articles=True)

    assert TINY_PAGES["B"] + "\nMore Articles" == page


def test_a_label_without_text_leaves_no_space_behind() -> None:
    """A page without a label has `KCNA` and `More From` alone on their lines."""
    lines = lay_out(TINY._replace(label=""), "A").split("\n")

    assert lines[1] == "KCNA"
    assert "More From" in lines


def test_a_page_without_a_body_has_no_empty_block() -> None:
    """Header and list of an article without paragraphs follow each other with one blank line."""
    page = lay_out(TINY._replace(paragraphs=(), stamp=""), "A")

    assert f"{DATE_LINE}\n\nMore From" in page


@given(articles(hostile=True, bullets=True), st.sampled_from(LAYOUTS))
def test_a_page_carries_what_it_says_it_carries(article: Article, layout: str) -> None:
    """Title, label and dates stand on a line of the page exactly when the layout carries them."""
    lines = lay_out(article, layout).split("\n")
    facts = carries(layout)

    assert ("title" in facts) == (article.title in lines[:4])
    assert ("published" in facts) == any(line.startswith(f"Date: {article.published:%d/%m/%Y}") for line in lines[:6])
    assert ("label" in facts) == any(article.label in line for line in lines)
    assert ("captured" in facts) == lines[0].startswith(long_day(article.captured))
    assert ("related" in facts) == (f"More From {article.label}" in lines)
    assert "related" not in facts or all(lines.count(item.teaser) >= 2 for item in article.related)


@given(articles(hostile=True, bullets=True), st.sampled_from(LAYOUTS))
def test_every_paragraph_stands_on_the_page_in_order(article: Article, layout: str) -> None:
    """Between its dateline and its end mark, a page has each block of the article as one line, in order."""
    lines = lay_out(article, layout).split("\n")
    printed = [f"- {text}" if kind == LIST_ITEM else text for kind, text in article.body()]
    places = [next(at for at, line in enumerate(lines) if printed[0] in line)]
    for text in printed[1:]:
        places.append(next(at for at, line in enumerate(lines) if text in line and at > places[-1]))

    assert lines[places[0]].endswith(printed[0] + (article.end if len(printed) == 1 else ""))
    assert printed[1:-1] == [lines[at] for at in places[1:-1]]
    assert lines[places[-1]].endswith(printed[-1] + article.end)


@given(naenara_articles())
def test_an_article_of_naenara_ends_with_its_byline(article: Article) -> None:
    """Behind the last paragraph of Naenara stands the byline or nothing, and no line has dateline or end mark."""
    body = lay_out(article, "A").split("\n\n")[3:]
    last = body[body.index("More From Naenara (En)") - 1]

    assert (article.byline or article.paragraphs[-1]) == last
    assert article.paragraphs[0] == body[0]


@given(articles(), st.data())
def test_a_broken_paragraph_joins_to_its_truth(article: Article, data: st.DataObject) -> None:
    """A page that breaks a paragraph before a leader's name has one block more, and joining it gives the truth."""
    places = quirks.breaks(article)
    if not places:
        return
    at = data.draw(st.integers(0, len(places) - 1))
    page = quirks.broken(article, at=at, gap=data.draw(st.sampled_from(("", " ", "\u00a0 "))))
    index, _ = places[at]
    rejoined = corpus.joined(page.printed, (index,))

    assert len(article.paragraphs) + 1 == len(page.printed)
    assert page.printed[index + 1].startswith("Kim ")
    assert list(article.paragraphs) == [folded(text) for text in rejoined]


def test_a_paragraph_is_not_broken_where_originals_do_not_break_it() -> None:
    """No break is made behind a comma, behind a full stop, at the start of a paragraph or in a list item."""
    article = TINY._replace(
        paragraphs=("Kim Jong Il. Kim Jong Un, Kim Il Sung.", "On the card for Kim Jong Un.", "A card by Kim Jong Un."),
        kinds=("paragraph", "paragraph", LIST_ITEM),
    )

    assert [(1, len("On the card for "))] == quirks.breaks(article)


def test_a_stray_space_stands_before_punctuation_alone() -> None:
    """The space is put before a comma, a full stop and `'s` behind a leader's name, in the title too."""
    article = TINY._replace(
        title="Kim Jong Un's Card", paragraphs=("Kim Il Sung, Kim Jong Il and Kim Jong Un.",), end="", stamp=""
    )
    page = quirks.stray_space(article)

    assert page.printed_title == "Kim Jong Un 's Card"
    assert page.printed == ("Kim Il Sung , Kim Jong Il and Kim Jong Un .",)
    assert article == page._replace(printed=(), printed_title="")


@given(articles(bullets=True), st.sampled_from(("\u00a0", "  ")))
def test_wide_spaces_fold_to_the_truth(article: Article, space: str) -> None:
    """NBSP and double spaces between words are gone when white space is folded."""
    page = quirks.wide_spaces(article, space=space)

    assert space in "".join(page.printed)
    assert list(article.blocks()) == [folded(text) for text in page.printed]


@given(articles())
def test_a_title_printed_again_stands_before_the_dateline(article: Article) -> None:
    """The title is repeated as a line of its own, or glued to the first paragraph with three spaces."""
    dateline = f"{article.dateline_place}, "
    repeated = lay_out(quirks.title_repeated(article), "D").split("\n\n")
    glued = lay_out(quirks.title_glued(article), "D").split("\n\n")

    assert article.title == repeated[2]
    assert repeated[3].startswith(dateline)
    assert glued[2].startswith(f"{article.title}   {dateline}")


def test_a_lost_name_leaves_its_possessive() -> None:
    """A title that lost a leader's name keeps all else and is not the truth."""
    page = quirks.lost_name(TINY._replace(title="Card for Chairman Kim Jong Il's Book"))

    assert page.printed_title == "Card for Chairman 's Book"
    assert page.title == "Card for Chairman Kim Jong Il's Book"


@given(st.lists(st.sampled_from(("a", "bread", "timetables")), min_size=15, max_size=40).map(" ".join))
def test_a_teaser_is_a_short_beginning(text: str) -> None:
    """A teaser is the beginning of a text, at most 130 characters long, and ends with a word."""
    short = teaser(text)

    assert text.startswith(short)
    assert len(short) <= 130
    assert short == text or text[len(short)] == " "


@given(titles(), st.data())
def test_a_mutation_can_always_be_encoded(text: str, data: st.DataObject) -> None:
    """Damaged text is still text: it can be written as UTF-8."""
    damaged = data.draw(mutations(text + "\n\n" + text))

    assert damaged == damaged.encode().decode()


def test_glue_is_undone_around_names_alone() -> None:
    """Spaces come back before and behind a name, but not before punctuation, `'s` or a hyphen."""
    glued = "ComradeKim Jong Unsent toKim Il Sung-Kim Jong IlHouse,Kim Jong Un's (KCNA) --Kim Il Sung1."
    mended = "Comrade Kim Jong Un sent to Kim Il Sung-Kim Jong Il House, Kim Jong Un's (KCNA) -- Kim Il Sung 1."

    assert mended == corpus.unglued(glued)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_every_seed_says_what_it_shows(case: Path) -> None:
    """A case has one capture, a sentence on what it shows, and no other hints than those of a capture."""
    facts = yaml.safe_load((case / "case.yaml").read_text("utf-8"))

    assert len([*case.glob("*.txt"), *case.glob("capture.html")]) == 1
    assert facts["shows"].endswith(".")
    assert facts.keys() <= {"shows", "url", "captured", "name"}


def test_no_folder_of_seeds_is_without_a_case() -> None:
    """Each folder below a source's has its `case.yaml`, and there are specimens of all four kinds."""
    folders = sorted(path for path in SEEDS.glob("*/*") if path.is_dir())

    assert folders == CASES
    assert {case.parent.name for case in CASES} >= {"kcna", "naenara", "unknown", "rejected"}


real = pytest.mark.skipif(not corpus.corpus_files(), reason=f"{corpus.VARIABLE} does not point to the real articles")


@real
def test_the_corpus_has_36_articles_of_known_shape() -> None:
    """The reader finds the paragraphs, list items and headings that were counted by eye."""
    found = corpus.corpus_articles()
    kinds = Counter(kind for article in found.values() for kind, _ in article.body())

    assert len(found) == 36
    assert kinds == {"paragraph": 594, "list_item": 45, "heading": 6}


@real
def test_each_break_before_a_name_is_joined() -> None:
    """Four files have a paragraph that the original broke before a leader's name; they have one block less for it."""
    found = corpus.corpus_articles()
    fewer = {name: len(article.printed) - len(article.paragraphs) for name, article in found.items()}

    assert {name: len(lines) for name, lines in corpus.BROKEN.items()} == {k: n for k, n in fewer.items() if n}


@real
def test_datelines_of_the_corpus() -> None:
    """Three articles have no dateline, and no other's day is far from the page's date."""
    found = corpus.corpus_articles().values()
    days = [abs((a.published - a.dateline_day).days) for a in found if a.dateline_day]

    assert len(days) == 33
    assert max(days) <= 7


@real
def test_end_marks_of_the_corpus() -> None:
    """All articles end with an end mark, one without a space, and no truth has one left."""
    found = corpus.corpus_articles().values()

    assert Counter(article.end for article in found) == {" -0-": 35, "-0-": 1}
    assert not [text for article in found for text in article.paragraphs if "-0-" in text]


@real
def test_no_name_of_the_corpus_is_glued() -> None:
    """No leader's name touches a letter or a digit in the truth, and one headline has a second line."""
    found = corpus.corpus_articles()
    texts = [text for article in found.values() for text in article.paragraphs]

    assert not [text for text in texts if text != corpus.unglued(text)]
    assert [name for name, article in found.items() if article.subtitle] == ["TRUE_split_before_leader_name_0"]
