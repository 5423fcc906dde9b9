from __future__ import annotations

from collections.abc import Callable

import pytest

from copydesk.contract.layouts import Layout
from copydesk.desk.choose import choose
from copydesk.desk.routing import Desk
from copydesk.desk.sheet import Sheet
from copydesk.errors import Rejection, RuleError
from copydesk.page import paginate
from copydesk.plugin import PARAGRAPH, TITLE, attr, css, day, items, line, maybe, one, some
from tests.desk.by_hand import read_by, rejected, sheet_of, work
from tests.desk.html_by_hand import capture_of, codes, html_rejected, letters, read_html_by

BODY = css("div.body", some(PARAGRAPH))
DATE = line("Date line", r"Date: (?P<published>.*)")
HTML = "<h1>T</h1><div class='body'><p>a</p><p>b</p></div>"
URL = "https://www.a.example/1"


def article(id: str, *entries: object, **given: object) -> Layout:
    """Return a layout of a body and of what else is named."""
    return Layout(id, page=(*entries, BODY), **given)  # type: ignore[arg-type]  # entries and arguments of a layout


def chosen(layouts: list[Layout], html: str = HTML, **known: str) -> str:
    """Return the id of the layout that is chosen for a page."""
    capture = capture_of(html, **known)
    return choose(Desk(layouts), Sheet(paginate(capture)), capture).layout.id


def test_text_layouts_read_text_and_html_layouts_read_html() -> None:
    """A page is never read by a layout of the other kind, whatever it says."""
    text = Layout("text", page=(line("head", r"a"), some(PARAGRAPH)))

    assert chosen([text, article("html")]) == "html"
    assert choose(Desk([text, article("html")]), sheet_of("a\nb")).layout is text
    assert "the known layouts are html;" in str(html_rejected("<p>a</p><p>b</p>", text, article("html")))
    assert "the known layouts are text;" in str(rejected("x\nb", text, article("html")))
    with pytest.raises(Rejection):
        read_by("a line of <div class='body'>\nb", article("html"))


def test_the_layout_that_leaves_less_unread_is_taken() -> None:
    """Of two HTML layouts that fit, the one that reads more of its regions is right."""
    short = Layout("a-short", page=(css("div.body", one(PARAGRAPH)),))

    assert chosen([short, article("b-whole")]) == "b-whole"


def test_two_layouts_that_fit_equally_are_refused() -> None:
    """Nothing is chosen by chance, in whatever order the layouts were registered."""
    twins = [article("one"), article("two")]
    problem = html_rejected(HTML, *twins)

    assert (problem.code, str(problem)) == ("two-layouts", str(html_rejected(HTML, *reversed(twins))))
    assert problem.message == "the page fits one and two equally well"


def test_the_day_of_the_capture_breaks_a_tie() -> None:
    """Of two that fit equally, the one that was seen at that time is taken, and the account says so."""
    old, new = article("old", until="2020-12-31"), article("new", since="2021-01-01")
    reading = read_html_by(HTML, old, new, captured="2020-12-31")
    (flag,) = reading.flags

    assert [chosen([old, new], captured=day) for day in ("2020-12-31", "2021-01-01")] == ["old", "new"]
    assert (flag.code, flag.severity) == ("layout-by-date", "info")
    assert flag.message == (
        "old is known until 2020-12-31, and the page was captured on 2020-12-31; it fits new as well"
    )


@pytest.mark.parametrize("captured", ["", "2021-06-01"])
def test_a_day_that_tells_nothing_breaks_no_tie(captured: str) -> None:
    """Where no day is known, or both layouts are known of that day, two that fit equally are refused."""
    twins = article("one", since="2021-01-01"), article("two", since="2020-01-01", until="2022-01-01")

    assert html_rejected(HTML, *twins, captured=captured).code == "two-layouts"


def test_two_layouts_of_other_days_are_refused() -> None:
    """A day of which neither layout is known decides nothing."""
    twins = article("one", until="2019-12-31"), article("two", since="2021-01-01")

    assert html_rejected(HTML, *twins, captured="2020-06-01").code == "two-layouts"


def test_the_page_counts_before_the_day() -> None:
    """A layout that fits better, or alone, is taken at any day, with a word where it was not known of then."""
    late = article("late", since="2021-01-01", until="2022-01-01")
    short = Layout("short", page=(css("div.body", one(PARAGRAPH)),))

    assert chosen([late, short], captured="1999-01-01") == "late"
    assert codes(read_html_by(HTML, late, captured="1999-01-01")) == [("layout-dates", "info")]
    assert codes(read_html_by(HTML, late, captured="2021-01-01")) == []
    assert codes(read_html_by(HTML, late, captured="2022-01-01")) == []
    assert codes(read_html_by(HTML, late)) == []


def test_a_layout_of_a_host_takes_its_pages_alone() -> None:
    """With `hosts`, the capture's address, or else the page's own word on it, must be at one of them."""
    there = article("there", hosts=("A.example",))
    canonical = f"<link rel=canonical href='{URL}'>{HTML}"

    assert chosen([there], url=URL) == "there"
    assert chosen([there], canonical) == "there"
    assert (
        chosen([there, article("anywhere", css("h1", one(TITLE)), maybe(DATE))], url="https://b.example/") == "anywhere"
    )
    assert html_rejected(canonical, there, url="https://b.example/").code == "no-layout"
    for url in ("", "https://ba.example/1", "https://a.example.org/1", "a.example", "http://["):
        assert html_rejected(HTML, there, url=url).code == "no-layout"


def test_a_layout_of_what_is_no_article_refuses_its_pages() -> None:
    """A page that fits it is rejected with its reason, also where another layout fits."""
    day_page = Layout(
        "day-page", refuse="this is the page of a day", page=(css("div.body", line("a", "a"), one(TITLE)),)
    )
    problem = html_rejected(HTML, day_page, article("article"))

    assert (problem.code, problem.message) == ("no-article", "this is the page of a day (it fits day-page)")
    assert "capture the article's own page" in str(problem)
    assert letters("<div class='body'>b</div>", day_page, article("article")) == "p"


def test_the_nearest_layout_is_the_one_with_most_regions() -> None:
    """Of those that do not fit, the one of which most is there is named."""
    far = Layout("far", page=(css(".none", one(TITLE)), css(".body", some(PARAGRAPH))))
    near = Layout("near", page=(css("h1", one(TITLE)), DATE, css(".body", some(PARAGRAPH))))

    assert html_rejected(HTML, far, near).nearest.startswith("near misses the Date line")
    assert html_rejected(HTML, near, far).nearest.startswith("near misses the Date line")


def test_what_is_said_of_a_page_without_a_body_is_true() -> None:
    """A page with title and Date line of a layout is not said to have none of its landmarks."""
    layout = Layout("x", page=(css("h1", one(TITLE)), DATE, css(".body", some(PARAGRAPH))))
    problem = html_rejected("<h1>T</h1><p>Date: 1</p>", layout)

    assert (problem.code, problem.nearest) == ("no-body", "x")


def boom(_: str) -> str | None:
    """Be a reader that fails."""
    raise ZeroDivisionError


@pytest.mark.parametrize(
    "broken",
    [
        Layout("broken", page=(css("div.body p:hover", some(PARAGRAPH)),)),
        Layout("broken", page=(css("div.body", line("a", "a" + "("), some(PARAGRAPH)),)),
        Layout("broken", page=(css("div.body", items("date", "title", date=boom)),)),
    ],
    ids=["a selector", "a regex", "a reader"],
)
def test_a_broken_layout_costs_its_own_pages(broken: Layout) -> None:
    """A layout that cannot be tried is no reason to refuse a page that another layout reads."""
    assert letters(HTML, broken, article("good", css("h1", one(TITLE)))) == "tpp"
    with pytest.raises(RuleError, match=r"^rule 'broken'( \(desk/\w+.py:\d+\))?: cannot be tried: "):
        read_html_by(HTML, broken)


def test_a_broken_selector_behind_what_is_missing_is_no_harm() -> None:
    """A page that fits no layout is rejected, though a layout has a selector that cannot be parsed."""
    broken = Layout("broken", page=(css("div.none", one(TITLE)), css("div.body p:hover", some(PARAGRAPH))))

    assert html_rejected("<div class='none'></div><div class='body'>a</div>", broken).code == "no-layout"


def test_a_broken_selector_of_an_attribute_has_its_layout() -> None:
    """As that of a region, a selector that cannot be parsed is said to be the layout's."""
    with pytest.raises(RuleError, match="broken"):
        read_html_by(HTML, article("broken", attr("lang", "html:hover", "lang")))


def of_class(number: int) -> Layout:
    """Return a layout of a class of its own, which has all that the page has too."""
    other = css(f"div.body-{number}", some(PARAGRAPH))
    return Layout(f"other-{number}", page=(css("h1", one(TITLE)), other, css("div.body", some(PARAGRAPH))))


def of_id(number: int) -> Layout:
    """Return a layout of an id of its own."""
    return Layout(f"other-{number}", page=(css("h1", one(TITLE)), css(f"#body-{number}, .b{number}", some(PARAGRAPH))))


def of_landmark(number: int) -> Layout:
    """Return a layout of tags alone, with a landmark of its own."""
    return Layout(
        f"other-{number}", page=(css("h1", one(TITLE)), line("mark", f"{number:04} here"), css("p", some(PARAGRAPH)))
    )


@pytest.mark.parametrize("make", [of_class, of_id, of_landmark])
def test_law_dispatch_is_flat(make: Callable[[int], Layout]) -> None:
    """Law: a thousand layouts of other classes, ids or landmarks are no more work than two."""
    few, many = (Desk([article("mine"), *(make(n) for n in range(count))]) for count in (2, 1000))

    def route(desk: Desk) -> object:
        return choose(desk, Sheet(paginate(capture_of(HTML)))).layout.id

    assert (route(few), route(many)) == ("mine", "mine")  # makes the tables, once
    assert work(lambda: route(many)) < 1.1 * work(lambda: route(few))


def test_layouts_that_can_fit_are_tried() -> None:
    """A layout is found by any of the classes that its region asks for, and by tags alone where it has nothing else."""
    either = Layout("either", page=(css(".content, .body", some(PARAGRAPH)),))
    bare = Layout("bare", page=(css("article > p", some(PARAGRAPH)),))
    marked = Layout("marked", page=(css("p", line("mark", "Mark of it"), some(PARAGRAPH)),))
    late = Layout(
        "late", page=(maybe(css(".none", one(TITLE))), css("h2.x:not(.y)", one(TITLE)), css("p", some(PARAGRAPH)))
    )

    assert chosen([either], HTML) == "either"
    assert chosen([bare, either, late], "<article><p>a</p></article>") == "bare"
    assert chosen([marked, either], "<p>Mark of it</p><p>a</p>") == "marked"
    assert chosen([late, either], "<h2 class='z x'>T</h2><p>a</p>") == "late"


def test_a_layout_that_is_added_later_is_found() -> None:
    """The table of routes is made anew when a plugin brings another layout."""
    desk = Desk([of_class(1)])
    capture = capture_of(HTML)
    with pytest.raises(Rejection):
        choose(desk, Sheet(paginate(capture)))
    desk.add([article("mine")], ())

    assert choose(desk, Sheet(paginate(capture))).layout.id == "mine"


DAY = day("YYYY-MM-DD")


def test_a_list_alone_makes_no_fit_worse() -> None:
    """Items that are taken element by element leave nothing unread."""
    with_list = article("a-list", maybe(css("li", items(date=DAY))))
    html = f"{HTML}<ul><li>x<li>2021-01-21</ul>"

    assert letters(html, with_list) == "fpprr"
