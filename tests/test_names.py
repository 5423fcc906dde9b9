from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath
from types import SimpleNamespace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from copydesk.errors import CopydeskError
from copydesk.names import dated, from_template, mirror, settle, slug

PIECES = st.sampled_from(
    (
        *("a", "A", "b", "é", "e\u0301", "한", "ß", "ss", "con", "NUL", "com1", "index", "ReadMe", "-1a2b3c4d"),
        *(".", "..", " ", "-", ":", "\\", "\x00", "\u202e", "\udc80", ".txt", ".html", ".md", "x" * 200, "é" * 126),
    )
)
SEGMENTS = st.one_of(st.lists(PIECES, max_size=4).map("".join), st.text(max_size=20))
PATHS = st.lists(SEGMENTS, max_size=3).map("/".join)
SAFE_PARTS = st.from_regex("[abXY019_é한][ abXY019_é한-]{0,9}[abXY019_é한]", fullmatch=True)
CLEAN = st.lists(SAFE_PARTS, min_size=1, max_size=3)

ARTICLE = {
    "id": "kcna-2021-01-21-0123456789ab",
    "title": "Kim's Visit — to the Factory",
    "date": "2021-01-21",
    "source_id": "kcna",
    "author": ["A. Writer", "B. Writer"],
}
BARE = {"id": "kcna-undated-0123456789ab", "source_id": "kcna"}


def assert_safe(name: str) -> None:
    """Check a name against what systems and tools refuse, part by part."""
    *folders, last = name.split("/")
    stem = last.removesuffix(".md")
    assert last == f"{stem}.md"
    assert "." not in stem
    assert stem.casefold() not in ("index", "readme")
    for part in (*folders, stem, last):
        assert part == unicodedata.normalize("NFC", part)
        assert 0 < len(part.encode()) <= 255
        assert not set(part) & set(':*?"<>|#^[]\\/')
        assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in part)
        assert part == part.rstrip(" .")
        assert not part.startswith(".")
        assert not re.fullmatch(r"(con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])\s*(\..*)?", part, re.IGNORECASE)
    assert PurePosixPath(name).as_posix() == PureWindowsPath(name).as_posix() == name


def clash(names: list[str]) -> list[str]:
    """Return the names that a file system blind to case and Unicode form takes for another, or for its folder."""
    plain = [unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold()) for name in names]
    folders = {str(parent) for name in plain for parent in PurePosixPath(name).parents}
    return [name for name in plain if plain.count(name) > 1 or name in folders]


@given(PATHS)
@example("")
@example("..")
@example("/etc/passwd")
@example("C:\\x.txt")
@example("con .d/LPT¹.txt")
@example("x" * 252 + ".txt")
@example("x" * 253 + ".txt")
@example("한" * 100 + "/" + "한" * 100 + ".txt")
def test_a_name_is_safe_everywhere(relative: str) -> None:
    """Whatever a path holds, its name is one that every file system and site generator takes."""
    assert_safe(mirror(relative))


@given(CLEAN)
def test_safe_names_stay_as_they_are(parts: list[str]) -> None:
    """A path that is safe loses its suffix and nothing else, and a name is a fixed point."""
    name = "/".join(parts)

    assert f"{name}.md" == mirror(f"{name}.txt") == mirror(f"{name}.md")


@given(PATHS)
def test_a_name_is_the_name_of_itself(relative: str) -> None:
    """Making a safe name safe changes nothing."""
    name = mirror(relative)

    assert name == mirror(name)


@pytest.mark.parametrize(
    ("relative", "name"),
    [
        ("2021/a b.txt", "2021/a b.md"),
        ("A.TEXT", "A.md"),
        ("a.xhtml", "a.md"),
        ("www.example.org/v1.2/a.html", "www.example.org/v1.2/a.md"),
        ("로동신문.txt", "로동신문.md"),
        ("a.b.txt", "a-b-3d687583.md"),
        ("a.log", "a-log-e4355b8d.md"),
        ("con.txt", "con-d3bde286.md"),
        ("index.html", "index-0eb54730.md"),
        ("a .txt", "a-4459ea71.md"),
        ("../x.txt", "--/x-66375855.md"),
        ("/etc/x.txt", "etc/x-8ba338ad.md"),
        ("CON/x.txt", "CON-/x-a6f5eb05.md"),
        ("e\u0301.txt", "é-5c89df12.md"),
    ],
)
def test_mirrored_names(relative: str, name: str) -> None:
    """A name is its path with `.md`; where more had to change, the hash of the path is in it."""
    assert name == mirror(relative)


def test_a_long_name_is_cut_at_a_character() -> None:
    """A name of more bytes than a file system takes is cut between characters and stays unique by its hash."""
    first, second = mirror("é" * 200 + "1.txt"), mirror("é" * 200 + "2.txt")

    assert first != second
    assert re.fullmatch("é{121}-[0-9a-f]{8}.md", first)


def test_a_long_folder_is_cut_and_stays_unique() -> None:
    """Two long folders that differ at their ends stay two folders."""
    first, second = (mirror(f"{'한' * 90}{end}/a.txt").partition("/")[0] for end in "12")

    assert first != second
    assert re.fullmatch("한{82}-[0-9a-f]{8}", first)


@given(st.sets(PATHS, max_size=12))
@example({"a.txt", "a.text", "A.txt"})
@example({"a.txt", "a.md/b.txt", "A.md/c/d.txt"})
@example({"é.txt", "e\u0301.txt", "\u00c9.html"})
@example({"x" * 251 + ".txt", "x" * 251 + ".text", "x" * 300 + ".txt"})
def test_two_inputs_never_share_an_output(relatives: set[str]) -> None:
    """Mirrored names never meet, nor does one stand where another needs a folder, and all of them are safe."""
    final = settle({relative: mirror(relative) for relative in relatives})

    assert relatives == set(final)
    assert clash(list(final.values())) == []
    for name in final.values():
        assert_safe(name)


PARTS = st.lists(st.sampled_from(("a", "A", "b", "한", "a.md")), min_size=1, max_size=3)
WANTED = st.dictionaries(st.text(max_size=6), PARTS.map(lambda parts: "/".join(parts) + ".md"))


@given(WANTED)
def test_wanted_names_that_collide_are_told_apart(wanted: dict[str, str]) -> None:
    """Whatever names are wanted, the final ones never meet, and those that nobody else wants stay."""
    met = clash(list(wanted.values()))

    final = settle(wanted)

    assert clash(list(final.values())) == []
    assert {key for key, name in wanted.items() if name.casefold() in met} == {
        key for key, name in wanted.items() if name != final[key]
    }


@given(WANTED, st.randoms())
def test_names_do_not_depend_on_order(wanted: dict[str, str], random: SimpleNamespace) -> None:
    """The same inputs get the same names, in whichever order they come."""
    keys = list(wanted)
    random.shuffle(keys)

    assert settle(wanted) == settle({key: wanted[key] for key in keys})


def test_every_member_of_a_collision_is_renamed() -> None:
    """Names that collide all get their hash, the rest stays; a file makes room for a folder."""
    final = settle({"one": "a.md", "two": "A.md", "three": "b.md", "four": "c.md", "five": "c.md/d.md"})

    expected = {"one": "a-7692c3ad.md", "two": "A-3fc4ccfe.md", "three": "b.md"}
    assert expected | {"four": "c-04efaf08.md", "five": "c.md/d.md"} == final


@pytest.mark.parametrize(("one", "other"), [("é.md", "e\u0301.md"), ("É/a.md", "é/A.md"), ("한.md/a.md", "한.md")])
def test_names_collide_across_case_and_unicode_form(one: str, other: str) -> None:
    """Two spellings that some file system takes for one, or for a folder of the other, do not both stay."""
    final = settle({"one": one, "other": unicodedata.normalize("NFD", other)})

    assert re.search("-[0-9a-f]{8}.md$", final["other"])


def test_a_hash_that_collides_grows() -> None:
    """A name that another input already has is left by a longer hash, never by a counter."""
    taken = settle({"one": "a.md", "two": "a.md"})["one"]

    final = settle({"one": "a.md", "two": "a.md", "three": taken})

    assert re.fullmatch("a-[0-9a-f]{16}.md", final["one"])
    assert re.fullmatch("a-[0-9a-f]{8}.md", final["two"])
    assert re.fullmatch("a-[0-9a-f]{8}-[0-9a-f]{8}.md", final["three"])


def test_names_that_cannot_be_settled_are_told() -> None:
    """Where folders have every name that a file could get, the input that is left is named."""
    from hashlib import sha256

    digest = sha256(b"one").hexdigest()
    folders = ["a", *(f"a-{digest[:digits]}" for digits in (8, 16, 32, 64))]

    with pytest.raises(CopydeskError, match="no free name for 'one'; rename this input"):
        settle({"one": "a.md", **{folder: f"{folder}.md/x.md" for folder in folders}})


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Kim's Visit — to the Factory", "kims-visit-to-the-factory"),
        ("Kim’s 3rd VISIT", "kims-3rd-visit"),
        ("조선중앙통신 보도", "joseonjungangtongsin-bodo"),
        ("백두산 Hike", "baekdusan-hike"),
        ("\u1112\u1161\u11ab", "han"),
        ("가힣", "gahit"),
        ("Élan Łódź Straße Ærø İzmir", "elan-lodz-strasse-aero-izmir"),
        ("金正恩 visits ピョンヤン", "visits"),
        ("ＦＵＬＬ width", "full-width"),
        ("朝鮮", ""),
        ("", ""),
        ("--- !!", ""),
    ],
)
def test_slugs(title: str, expected: str) -> None:
    """Latin letters lose their accents, Hangul is romanised letter by letter, other scripts are left out."""
    assert expected == slug(title)


@given(st.text(), st.integers(1, 90))
def test_a_slug_is_plain_words(title: str, most: int) -> None:
    """A slug is lower-case ASCII words and digits with single hyphens between, and never too long."""
    text = slug(title, most=most)

    assert re.fullmatch("([a-z0-9]+(-[a-z0-9]+)*)?", text)
    assert len(text) <= most
    assert text == slug(text, most=most)


def test_a_slug_is_cut_at_a_word() -> None:
    """A word that would not fit is left out whole; only a first word that is too long is broken."""
    assert slug("one two three", most=7) == "one-two"
    assert slug("one two three", most=8) == "one-two"
    assert slug("one two three", most=13) == "one-two-three"
    assert slug("onetwo three", most=5) == "onetw"


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
