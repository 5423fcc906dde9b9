from __future__ import annotations

import re

import pytest

from copydesk.contract.patterns import Pattern
from copydesk.desk.choose import choose
from copydesk.desk.routing import Desk
from copydesk.errors import CopydeskError, PluginError
from copydesk.plugin import PARAGRAPH, Layout, Source, line, some
from tests.desk.by_hand import outline, read_by, sheet_of, work

SIGNS = {"(KCNA)": "en", "(끝)": "ko"}
KCNA = Source("kcna", "KCNA", labels=("KCNA.kp", "KCNA.co.jp"), hosts=("kcna.kp",), signs=SIGNS)
OTHER = Source("other", "Other", labels=("Straße",), hosts=("news.kcna.kp", "other.org"), signs={"(OTHER)": "en"})
DESK = Desk(sources=[KCNA, OTHER])


@pytest.mark.parametrize(
    ("label", "source"),
    [
        ("KCNA.kp", KCNA),
        ("kcna.KP", KCNA),
        ("KCNA.CO.JP", KCNA),
        ("STRASSE", OTHER),
        ("KCNA", None),
        ("KCNA.kp (En)", None),
        ("", None),
    ],
)
def test_a_label_is_known_in_any_case(label: str, source: Source | None) -> None:
    """The whole name counts, whatever its case; a part of it is nobody's."""
    assert DESK.by_label(label) is source


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("http://kcna.kp/en/article", KCNA),
        ("https://www.KCNA.kp:8080/", KCNA),
        ("http://a.b.kcna.kp", KCNA),
        ("http://news.kcna.kp/x", OTHER),
        ("http://x.news.kcna.kp/x", OTHER),
        ("http://other.org/kcna.kp", OTHER),
        ("http://notkcna.kp/", None),
        ("http://kcna.kp.example/", None),
        ("http://kp/", None),
        ("kcna.kp/en", None),
        ("/newstream/1-1/kcna.kp", None),
        ("http://[kcna.kp", None),
        ("http://", None),
        ("", None),
    ],
)
def test_a_host_is_known_with_all_below_it(url: str, source: Source | None) -> None:
    """`www.kcna.kp` is at `kcna.kp`, the closest host counts, and an address that is none is nobody's."""
    assert DESK.by_url(url) is source


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pyongyang (KCNA) -- x", (KCNA, "en")),
        ("(KCNA) (KCNA)", (KCNA, "en")),
        ("x.(끝)", (KCNA, "ko")),
        ("(KCNA) x (끝)", None),
        ("(KCNA) after (OTHER)", None),
        ("(kcna)", None),
        ("", None),
    ],
)
def test_a_sign_shows_one_source(text: str, found: tuple[Source, str] | None) -> None:
    """A sign gives source and language; two that differ give nothing, for nothing is guessed."""
    assert DESK.by_sign(text) == found


def test_without_signs_nothing_is_found() -> None:
    """A desk whose sources have no signs takes no text for one, and learns those that come later."""
    desk = Desk(sources=[Source("a", "A")])
    before = desk.by_sign("(KCNA)")
    desk.add([], [KCNA])

    assert (before, desk.by_sign("(KCNA)")) == (None, (KCNA, "en"))


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (Source("kcna", "Another"), "the source id 'kcna'"),
        (Source("new", "New", labels=("x", "kcna.KP")), "the label 'kcna.kp'"),
        (Source("new", "New", hosts=("KCNA.kp",)), "the host 'kcna.kp'"),
        (Source("new", "New", signs={"(KCNA)": "ko"}), "the sign '(KCNA)'"),
    ],
)
def test_a_second_owner_is_refused(second: Source, said: str) -> None:
    """Each id, label, host and sign belongs to one source: both are named, and nothing of the second is taken."""
    desk = Desk(sources=[KCNA])
    fresh = Layout("fresh", page=(line("fresh line", r"Fresh"), some(PARAGRAPH)))
    second.plugin = "acme"

    with pytest.raises(PluginError) as problem:
        desk.add([fresh], [Source("third", "Third", labels=("Third",)), second])

    assert str(problem.value) == (
        f"{said} of {second!r} in plugin 'acme' belongs to Source('kcna') already; rename or leave out one of them"
    )
    assert desk.sources == {"kcna": KCNA}
    assert desk.layouts == {}
    assert (desk.by_label("Third"), desk.by_label("x"), desk.layouts_for(sheet_of("Fresh\nx"))) == (None, None, [])


def test_a_second_layout_of_one_id_is_refused() -> None:
    """Layout ids are unique; both are named with their plugins."""
    first, second = (Layout("same", page=(line("x", word), some(PARAGRAPH))) for word in ("First", "Second"))
    first.plugin, second.plugin = "one", "two"
    desk = Desk([first])

    with pytest.raises(PluginError) as problem:
        desk.add([second], [KCNA])

    assert str(problem.value) == (
        "the layout id 'same' of Layout('same') in plugin 'two' belongs to Layout('same') in plugin 'one' already; "
        "rename or leave out one of them"
    )
    assert (desk.layouts, desk.sources) == ({"same": first}, {})


def test_two_of_one_plugin_clash_as_any_two() -> None:
    """A plugin cannot hand over the same claim twice."""
    with pytest.raises(PluginError, match=r"the label 'x' of Source\('b'\) belongs to Source\('a'\) already"):
        Desk(sources=[Source("a", "A", labels=("x",)), Source("b", "B", labels=("X",))])


def test_a_source_may_say_a_word_twice() -> None:
    """A label in two cases of letters is one label of one source, and no clash."""
    source = Source("a", "A", labels=("x", "X"))

    assert Desk(sources=[source]).by_label("x") is source


def test_a_page_gets_the_layouts_whose_landmarks_it_may_have() -> None:
    """Routing is by the first characters of a landmark, at the start of a block; without any, a layout is open."""
    head = {"one": r"First mark", "two": r"Second mark", "same": r"First of all", "open": r"\d+", "short": r"Fir"}
    layouts = [Layout(name, page=(line("mark", regex), some(PARAGRAPH))) for name, regex in head.items()]
    desk = Desk(layouts)

    def routed(text: str) -> list[str]:
        return [layout.id for layout in desk.layouts_for(sheet_of(text))]

    assert routed("x\n  First mark\ny") == ["one", "same", "open", "short"]
    assert routed("Second mark\nFirst") == ["one", "same", "two", "open", "short"]
    assert routed("behind First mark") == ["open", "short"]


BROKEN = "("


def test_a_layout_whose_landmarks_are_absent_is_not_touched() -> None:
    """A pattern that would raise if it were only compiled does no harm to a page without its plain text."""
    broken = Layout("broken", page=(line("broken", "Breaking: " + BROKEN), some(PARAGRAPH)))
    fine = Layout("fine", page=(line("fine", r"Fine"), some(PARAGRAPH)))

    assert outline(read_by("Fine\np", broken, fine)) == [("furniture", "Fine"), ("paragraph", "p")]
    with pytest.raises(CopydeskError, match="broken"):
        read_by("Breaking: x\np", broken, fine)


class Counted(Pattern):
    """A pattern that counts how often it is looked for, with all others of its kind."""

    __slots__ = ()
    times = 0

    def find(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """Count, and find as any pattern."""
        Counted.times += 1
        return super().find(text, start, end)


@pytest.mark.parametrize("many", [1, 10, 1000])
def test_law_dispatch_is_flat(many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Law: with 1,000 layouts a page tries as many patterns as with one: none but those of its own."""
    monkeypatch.setattr(Counted, "times", 0)
    head = [Counted("line", "mark", f"{number:04} Mark", {}) for number in range(many)]
    desk = Desk([Layout(f"l{number}", page=(mark, some(PARAGRAPH))) for number, mark in enumerate(head)])
    layout = choose(desk, sheet_of("0000 Mark\n" + "A paragraph.\n" * 20)).layout

    assert (layout.id, Counted.times) == ("l0", 1)


def test_law_routing_is_flat() -> None:
    """Law: the work of finding layouts and a source is the same with one plugin and with 1,000."""
    sheet = sheet_of("0000 Mark\n" + "A paragraph.\n" * 20)

    def desk(many: int) -> Desk:
        layouts = [Layout(f"l{n}", page=(line("mark", f"{n:04} Mark"), some(PARAGRAPH))) for n in range(many)]
        return Desk(layouts, [Source(f"s{n}", "S", labels=(f"L{n}",), hosts=(f"h{n}.org",)) for n in range(many)])

    def route(desk: Desk) -> object:
        return desk.layouts_for(sheet), desk.by_label("l0"), desk.by_url("http://www.h0.org/x")

    small, large = desk(1), desk(1000)
    route(small)  # the standard library keeps the address that it has split

    assert work(lambda: route(large)) == work(lambda: route(small))
