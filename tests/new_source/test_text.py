from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.new_source.propose import Said
from copydesk.values.roles import Role
from tests.new_source import made_up
from tests.new_source.made_up import BRIDGE, FERRY, LIBRARY, STORIES, SUNDAY, Story, entries, proposed


def told(story: Story) -> tuple[str, list[str]]:
    """Return title and paragraphs of a story."""
    return story.title, list(story.paragraphs)


@pytest.mark.parametrize("form", [made_up.paper, made_up.teasers], ids=["paper", "teasers"])
def test_an_unknown_layout_is_read_whole(form: object, tmp_path: Path) -> None:
    """Of two pages in a form that no layout knows each line is read, and title and body are those of the story."""
    assert callable(form)
    proposal = proposed(tmp_path, [form(story) for story in STORIES])

    assert [told(story) for story in STORIES] == [(doc.title, doc.paragraphs) for doc in proposal.documents]
    assert [[], []] == [doc.account.unread() for doc in proposal.documents]
    assert ["harbour-post"] * 2 == [doc.frontmatter["source_id"] for doc in proposal.documents]


def test_a_page_of_a_paper(tmp_path: Path) -> None:
    """Masthead, date line, byline, list and dateline of a page are each found for what they are."""
    proposal = proposed(tmp_path, [made_up.paper(story) for story in STORIES])
    front = [doc.frontmatter for doc in proposal.documents]

    assert [("2025-03-04", ["Ana Ruiz"], "PORT ELLIS"), ("2025-02-22", ["Tom Lee"], "PORT ELLIS")] == [
        (data["date"], data["author"], data["dateline_place"]) for data in front
    ]
    assert ["HARBOUR_POST", "NEWS_FROM_THE_QUAY", "one(TITLE)", "DATE_LINE", "BYLINE", "some(PARAGRAPH)",
            "SHARE_THIS_ARTICLE", "MORE_FROM_HARBOUR_POST", 'items("title", "date", date=day("DD Month YYYY"))',
            "LINE_2025_HARBOUR_POST_ALL_RIGHTS"] == entries(proposal)  # fmt: skip
    assert [[title for title, _ in story.others] for story in STORIES] == [
        [item.title for item in doc.account.related] for doc in proposal.documents
    ]
    assert [1, 1] == [len(list(doc.account.reading.of(Role.END_MARK))) for doc in proposal.documents]


def test_a_line_that_recurs_within_the_body_stays_in_it(tmp_path: Path) -> None:
    """A heading that all bodies have is no landmark; it stays in the body, and a note says so."""
    proposal = proposed(tmp_path, [made_up.gazette(story) for story in STORIES])

    assert [[before, "Background", *behind] for before, *behind in (story.paragraphs for story in STORIES)] == [
        doc.paragraphs for doc in proposal.documents
    ]
    assert ["'Background'" in note for note in proposal.notes] == [True]
    assert ["2025-03-04", "2025-02-22"] == [doc.frontmatter["date"] for doc in proposal.documents]


def test_an_advertisement_within_the_body_is_furniture(tmp_path: Path) -> None:
    """What is called an advertisement and recurs within the body is taken out of it by a rule."""
    pages = [made_up.gazette(story).replace("Background", "Advertisement") for story in STORIES]
    proposal = proposed(tmp_path, pages)

    assert [list(story.paragraphs) for story in STORIES] == [doc.paragraphs for doc in proposal.documents]
    assert "rules=(every(ADVERTISEMENT_LINE),)" in proposal.code
    assert () == proposal.notes


def test_an_item_may_stand_twice(tmp_path: Path) -> None:
    """A list whose items have a title twice, a teaser and a day has these fields, and a stamp is told from the body."""
    proposal = proposed(tmp_path, [made_up.teasers(story) for story in STORIES])

    assert 'items("title", "title", "teaser", "date", date=day("DD Month YYYY"))' in entries(proposal)
    assert ["2025-03-04", "2025-02-22"] == [doc.frontmatter["date"] for doc in proposal.documents]


def test_a_list_of_one_item_is_a_list(tmp_path: Path) -> None:
    """A page whose list has one item is read by the list of the others."""
    short = LIBRARY._replace(others=LIBRARY.others[:1])
    proposal = proposed(tmp_path, [made_up.paper(FERRY), made_up.paper(short)])

    assert [2, 1] == [len(doc.account.related) for doc in proposal.documents]


def test_a_page_may_lack_the_list(tmp_path: Path) -> None:
    """A list that one of the pages has not is optional."""
    proposal = proposed(tmp_path, [made_up.paper(FERRY), made_up.paper(LIBRARY._replace(others=()))])

    assert [2, 0] == [len(doc.account.related) for doc in proposal.documents]
    assert 'maybe(items("title", "date", date=day("DD Month YYYY")))' in entries(proposal)


def test_pages_in_korean(tmp_path: Path) -> None:
    """Titles, days and end marks of Korean pages are found, and their language is told by their script."""
    proposal = proposed(tmp_path, [made_up.riverside(story) for story in (BRIDGE, SUNDAY)])

    assert [told(story) for story in (BRIDGE, SUNDAY)] == [(doc.title, doc.paragraphs) for doc in proposal.documents]
    assert [("ko", "2025-03-04"), ("ko", "2025-03-16")] == [
        (doc.frontmatter["lang"], doc.frontmatter["date"]) for doc in proposal.documents
    ]
    assert "facts=" not in proposal.code


def test_a_language_is_guessed_by_words_and_said_to_be(tmp_path: Path) -> None:
    """Where no page tells its language, its commonest words do, and the code says that this is a guess."""
    pages = [made_up.gazette(story) for story in STORIES]
    guessed, said = proposed(tmp_path, pages).code, proposed(tmp_path, pages, Said(lang="en")).code

    assert 'facts={"lang": "en"},  # guess: the commonest words are of this language\n' in guessed
    assert 'facts={"lang": "en"},\n' in said


@pytest.mark.parametrize(("days", "date"), [(("04/03/2025", "22/02/2025"), "2025-03-04"),
                                            (("03/04/2025", "02/22/2025"), "2025-03-04")])  # fmt: skip
def test_a_day_is_read_by_what_all_samples_allow(days: tuple[str, str], date: str, tmp_path: Path) -> None:
    """Of day first and month first, that counts by which all samples have days."""
    forms = [made_up.gazette(story._replace(day=day)) for story, day in zip(STORIES, days, strict=True)]
    proposal = proposed(tmp_path, forms)

    assert date == proposal.documents[0].frontmatter["date"]


def test_a_day_is_read_by_the_datelines(tmp_path: Path) -> None:
    """Where all numbers could be months, the days of the datelines tell which are."""
    stories = [FERRY, LIBRARY._replace(day="3 February 2025")]
    pages = [made_up.paper(story).replace(f"Published: {story.day}", f"Published: {day}")
             for story, day in zip(stories, ("03/04/2025", "02/03/2025"), strict=True)]  # fmt: skip
    proposal = proposed(tmp_path, pages)

    assert ["2025-03-04", "2025-02-03"] == [doc.frontmatter["date"] for doc in proposal.documents]


def test_a_day_that_could_be_two_is_left_out(tmp_path: Path) -> None:
    """Where nothing tells which number is the month, no day is noted, and the code says why."""
    pages = [made_up.gazette(story._replace(day=day)) for story, day in zip(STORIES, ("04/03/2025", "05/02/2025"),
                                                                            strict=True)]  # fmt: skip
    proposal = proposed(tmp_path, pages)

    assert ["date" in doc.frontmatter for doc in proposal.documents] == [False, False]
    assert "nothing tells which of its numbers is the month" in proposal.code


def test_a_label_on_the_page_is_the_source_s(tmp_path: Path) -> None:
    """A name behind `Source:` becomes the label of the source, without the language."""
    pages = [made_up.paper(story, dated="Date: {} | Source: Harbour Post (En) | Print") for story in STORIES]
    proposal = proposed(tmp_path, pages)

    assert ("Harbour Post",) == proposal.source.labels
    assert ["Harbour Post (En)"] * 2 == [doc.frontmatter["source_label"] for doc in proposal.documents]
    assert "Harbour Post" == proposal.source.name


def test_a_label_may_name_a_language_each(tmp_path: Path) -> None:
    """A line whose day and label are followed by another language on each page tells both."""
    pages = [made_up.paper(story, dated=f"Date: {{}} | Source: Harbour Post ({lang}) | Print")
             for story, lang in zip(STORIES, ("En", "Es"), strict=True)]  # fmt: skip
    proposal = proposed(tmp_path, pages)

    assert ("Harbour Post",) == proposal.source.labels
    assert [("2025-03-04", "en"), ("2025-02-22", "es")] == [
        (doc.frontmatter["date"], doc.frontmatter["lang"]) for doc in proposal.documents
    ]


def test_a_later_day_on_top_is_that_of_the_capture(tmp_path: Path) -> None:
    """A day above all else that is later than that of publication is a guess for the day of the capture."""
    pages = [f"1 June 2025\n{made_up.paper(story)}" for story in STORIES]
    proposal = proposed(tmp_path, pages)

    assert ["2025-06-01"] * 2 == [doc.frontmatter["captured"] for doc in proposal.documents]
    assert ["2025-03-04", "2025-02-22"] == [doc.frontmatter["date"] for doc in proposal.documents]


def test_what_differs_and_is_not_known_is_furniture_and_a_guess(tmp_path: Path) -> None:
    """A line above the body that differs and tells nothing of itself is furniture, with a guess beside it."""
    pages = [made_up.paper(story).replace("By ", "") for story in STORIES]
    proposal = proposed(tmp_path, pages)

    assert "        one(FURNITURE),  # guess: differs in the samples, and nothing tells what it is\n" in proposal.code
    assert [None, None] == [doc.frontmatter.get("author") for doc in proposal.documents]


def test_the_longest_short_line_is_the_title(tmp_path: Path) -> None:
    """Of several lines above the body that differ, the longest is a guess for the title, wherever it stands."""
    pages = [made_up.gazette(story).replace("Local\n", f"Local\n{section}\n", 1)
             for story, section in zip(STORIES, ("Islands", "Town"), strict=True)]  # fmt: skip
    proposal = proposed(tmp_path, pages)

    assert [story.title for story in STORIES] == [doc.title for doc in proposal.documents]


def test_prose_behind_the_body_is_told(tmp_path: Path) -> None:
    """Where other articles are told in sentences, a note asks whether they are part of the body."""
    others = (
        "Nets were mended before the storm came, and those who did it were paid in fish by the harbour office.",
        "A lamp was lit in the lighthouse again after nine years in which nobody had asked for it at all.",
    )
    pages = [made_up.gazette(story).replace("(end)", f"Read also\n{other}\n(end)")
             for story, other in zip(STORIES, others, strict=True)]  # fmt: skip
    proposal = proposed(tmp_path, pages)

    assert "some(Role.RELATED)" in entries(proposal)
    assert [True] == ["below 'Read also'" in note for note in proposal.notes if "Background" not in note]


def test_sentences_with_other_numbers_are_no_furniture(tmp_path: Path) -> None:
    """Bodies whose sentences differ in their numbers alone are bodies all the same."""
    said = "The ferry will leave {} minutes earlier from the first of April, the harbour office said on Tuesday."
    stories = [story._replace(paragraphs=(said.format(n), said.format(n + 1)))
               for story, n in zip(STORIES, (20, 35), strict=True)]  # fmt: skip
    proposal = proposed(tmp_path, [made_up.paper(story) for story in stories])

    assert [list(story.paragraphs) for story in stories] == [doc.paragraphs for doc in proposal.documents]


def test_one_sample_alone(tmp_path: Path) -> None:
    """One page is read whole too, and each landmark says that it is a guess."""
    proposal = proposed(tmp_path, [made_up.paper(FERRY)])
    landmarks = [constant for constant in proposal.layouts[0].constants if constant.name != "BYLINE"]

    paragraphs = [text.removesuffix(" (hp)") for text in proposal.documents[0].paragraphs]  # is not known to recur
    assert told(FERRY) == (proposal.documents[0].title, paragraphs)
    assert [] == proposal.documents[0].account.unread()
    assert [] == [constant.name for constant in landmarks if "one sample" not in constant.guess]
    assert 2 == len(proposal.documents[0].account.related)


def test_three_samples_tell_more_than_two(tmp_path: Path) -> None:
    """What two samples have in common by chance, a third one has not."""
    body = ("It rained for so long that the pond behind the mill ran over.",) * 2
    third = Story("Rain", "Eva Lind", "7 March 2025", body)
    two = [f"Islands\n{made_up.gazette(story)}" for story in STORIES]
    proposal = proposed(tmp_path, [*two, f"Weather\n{made_up.gazette(third)}"])

    assert "ISLANDS" not in "".join(entries(proposal))
    assert "ISLANDS" in "".join(entries(proposed(tmp_path, two)))
