from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import CopydeskError
from copydesk.names import dated, from_template
from tests.names.by_hand import assert_safe, settle

ARTICLE = {
    "id": "kcna-2021-01-21-0123456789ab",
    "title": "Kim's Visit — to the Factory",
    "date": "2021-01-21",
    "source_id": "kcna",
    "author": ["A. Writer", "B. Writer"],
}
BARE = {"id": "kcna-undated-0123456789ab", "source_id": "kcna"}


def test_dated_names() -> None:
    """A dated name has source, year, day, slug and the id's first digits; what is missing is left out."""
    assert dated(ARTICLE) == "kcna/2021/2021-01-21-kims-visit-to-the-factory-01234567.md"
    assert dated({**ARTICLE, "title": "朝鮮"}) == "kcna/2021/2021-01-21-01234567.md"
    assert dated({**BARE, "title": "A Title"}) == "kcna/undated/a-title-01234567.md"
    assert dated(BARE) == "kcna/undated/01234567.md"


@given(st.text(), st.sampled_from(("2021-01-21", "")))
def test_dated_names_are_safe(title: str, date: str) -> None:
    """No title leads to a dated name that a system refuses."""
    assert_safe(dated({**ARTICLE, "title": title, "date": date}))


IDS = st.from_regex(r"[a-z][a-z0-9-]{0,9}-(2021-01-21|undated)-[0-9a-f]{12}", fullmatch=True)
DATES = st.one_of(st.just(""), st.dates().map(lambda day: day.isoformat()))


@given(st.text(), DATES, IDS)
def test_dated_names_have_one_shape(title: str, date: str, identity: str) -> None:
    """A dated name is ASCII in small letters: source, year, day, at most 80 characters of slug, 8 digits of the id."""
    name = dated({**ARTICLE, "title": title, "date": date, "id": identity})
    shape = re.fullmatch(r"kcna/(\d{4}|undated)/(\d{4}-\d\d-\d\d-)?([a-z0-9-]{1,80}-)?([0-9a-f]{8})\.md", name)

    assert shape
    assert shape[1] == (date[:4] or "undated")
    assert (shape[2] or "") == (f"{date}-" if date else "")
    assert shape[4] == identity[-12:-4]


@given(st.text(), st.dictionaries(st.sampled_from(("agency", "captured", "lang", "author")), st.text()))
def test_dated_names_depend_on_the_article_alone(title: str, others: dict[str, str]) -> None:
    """Title, day, source and id make the name, whatever else is known: the captures of one article share it."""
    article = {**ARTICLE, "title": title}

    assert dated(article) == dated({**article, **others}) == dated(dict(reversed(article.items())))


@given(st.lists(st.tuples(st.sampled_from(("a", "A", "é", "한", "")), IDS), min_size=1, max_size=8))
def test_two_documents_never_share_a_dated_name(articles: list[tuple[str, str]]) -> None:
    """Of documents with the same title, day and even digits, each gets a name of its own, that is safe."""
    documents = [{**ARTICLE, "title": title, "id": identity} for title, identity in articles]
    names = settle({f"{n}.txt": dated(document) for n, document in enumerate(documents)})

    assert len(documents) == len({name.casefold() for name in names.values()})
    for name in names.values():
        assert_safe(name)


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{source_id}/{date:%Y}/{slug}-{id8}", "kcna/2021/kims-visit-to-the-factory-01234567.md"),
        ("{date:%Y/%m/%d}/{stem}.md", "2021/01/21/b c.md"),
        ("{year}{month}{day}", "20210121.md"),
        ("{agency}/{captured}", "unknown/undated.md"),
        ("{id}", "kcna-2021-01-21-0123456789ab.md"),
        ("{{x}} {lang}", "{x} unknown.md"),
        ("all", "all.md"),
        ("{author}", "A- Writer, B- Writer-7355fbdf.md"),
    ],
)
def test_templates(template: str, name: str) -> None:
    """Fields stand for values; a value that had to be made safe brings in the hash of the input's path."""
    assert name == from_template(template, ARTICLE, "a/b c.txt")


def test_what_a_document_does_not_have_has_a_word() -> None:
    """Missing dates are `undated`, a missing title or slug is `untitled`, everything else `unknown`."""
    name = from_template("{date:%Y}/{year}/{title}/{slug}/{original_url}", BARE, "a.txt")

    assert name == "undated/undated/untitled/untitled/unknown.md"


@pytest.mark.parametrize("title", ["a/b", "../../etc", "/etc/passwd", "..", "C:\\x", "{id}"])
def test_a_value_makes_no_folder(title: str) -> None:
    """However a title looks, it fills its place in the template and no other folder."""
    name = from_template("{source_id}/{title}", {**ARTICLE, "title": title}, "a.txt")

    assert_safe(name)
    assert re.fullmatch("kcna/[^/]+", name)


@given(st.text(min_size=1), st.text())
def test_a_template_gives_safe_names(title: str, agency: str) -> None:
    """No values lead to a name that a system refuses."""
    assert_safe(from_template("{agency}/{title}{stem}", {**ARTICLE, "title": title, "agency": agency}, f"{title}.txt"))


@pytest.mark.parametrize(
    "template", ["", "/x", "../{slug}", "a/../{slug}", "./{slug}", "{slug}/", "a//{slug}", "C:/{slug}", "a\\{slug}"]
)
def test_a_template_cannot_leave_the_output_folder(template: str) -> None:
    """Absolute paths, steps upwards and empty names are refused before any value is looked at."""
    with pytest.raises(CopydeskError, match="no path inside the output folder; write names below"):
        from_template(template, ARTICLE, "a.txt")


def test_an_unknown_field_is_told_with_the_nearest() -> None:
    """The message names the field, the one that may have been meant, and all that are known."""
    with pytest.raises(CopydeskError, match=r"unknown field 'sluf'; did you mean 'slug'\? known are id, title, .*stem"):
        from_template("{sluf}", ARTICLE, "a.txt")


@pytest.mark.parametrize("field", ["", "0", "title.upper", "author[0]", "title.__class__"])
def test_a_template_reaches_into_nothing(field: str) -> None:
    """Positions, attributes and items are no fields."""
    with pytest.raises(CopydeskError, match=f"unknown field {re.escape(repr(field))}"):
        from_template(f"{{{field}}}", ARTICLE, "a.txt")


@pytest.mark.parametrize("field", ["date:%B", "date:{year}", "date:%", "title:>9", "title!r", "year:%Y"])
def test_a_format_is_for_dates_alone(field: str) -> None:
    """Only dates take a format, and of it only what is the same in every locale."""
    with pytest.raises(CopydeskError, match="cannot take this format; only captured, date, dateline_date take one"):
        from_template(f"{{{field}}}", ARTICLE, "a.txt")


@pytest.mark.parametrize("template", ["{slug", "slug}", "{slug!}"])
def test_a_broken_template_is_told(template: str) -> None:
    """A brace without its other half is an error of Copydesk's with the remedy."""
    with pytest.raises(CopydeskError, match=r"write a field as \{slug\}"):
        from_template(template, ARTICLE, "a.txt")
