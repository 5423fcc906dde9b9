from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.new_source.propose import Proposal, Said
from copydesk.new_source.samples import Hints, SampleError
from tests.new_source import made_up
from tests.new_source.made_up import FERRY, STORIES, entries, proposed


def site(folder: Path) -> Proposal:
    """Return what is proposed for two pages of a site."""
    return proposed(folder, [made_up.site(story, number=n) for n, story in enumerate(STORIES, 1)], suffix="html")


def test_an_unknown_site_is_read_whole(tmp_path: Path) -> None:
    """Of two pages of an unknown site title, day, author and body are found, and no line of these stays unread."""
    proposal = site(tmp_path)
    front = [doc.frontmatter for doc in proposal.documents]

    assert [(story.title, list(story.paragraphs)) for story in STORIES] == [
        (doc.title, doc.paragraphs) for doc in proposal.documents
    ]
    assert [("2025-03-04", ["Ana Ruiz"], "en"), ("2025-02-22", ["Tom Lee"], "en")] == [
        (data["date"], data["author"], data["lang"]) for data in front
    ]
    assert [[], []] == [doc.account.unread() for doc in proposal.documents]


def test_selectors_are_those_of_the_kind_of_page(tmp_path: Path) -> None:
    """Selectors are classes and ids that all pages share; what stands beside the article in the body is not taken."""
    assert ['css("h1.story-title", one(TITLE))', 'css("div.story-meta", DATE_LINE)', 'css("p.story-author", BYLINE)',
            'maybe(css("div.story-text div.share-bar", some(FURNITURE)))',
            'maybe(css("div.story-text aside.box", some(FURNITURE)))',
            'css("div.story-text", some(PARAGRAPH))'] == entries(site(tmp_path))  # fmt: skip


def test_a_layout_is_kept_to_the_host_that_the_pages_name(tmp_path: Path) -> None:
    """The host of the addresses in the heads becomes that of the source and of the layout."""
    proposal = site(tmp_path)

    assert ("harbourpost.example",) == proposal.source.hosts
    assert proposal.code.count('hosts=("harbourpost.example",)') == 2


def test_a_host_may_be_told_by_the_addresses_of_the_samples(tmp_path: Path) -> None:
    """Where the pages do not name their address, that of the capture counts."""
    pages = [made_up.site(story, address="") for story in STORIES]
    hints = Hints(("https://www.quay.example/1", "https://quay.example/2"))
    proposal = proposed(tmp_path, pages, suffix="html", hints=hints)

    assert ("quay.example",) == proposal.source.hosts


def test_a_page_without_headings(tmp_path: Path) -> None:
    """A page of tables is read too: the title is known by its class and the head, the day among other words."""
    pages = [made_up.tables(story, number=n) for n, story in enumerate(STORIES, 1)]
    proposal = proposed(tmp_path, pages, suffix="html")

    assert [(story.title, list(story.paragraphs)) for story in STORIES] == [
        (doc.title, doc.paragraphs) for doc in proposal.documents
    ]
    assert ["2025-03-04", "2025-02-22"] == [doc.frontmatter["date"] for doc in proposal.documents]
    assert 'css("#text", some(PARAGRAPH))' in entries(proposal)


def test_a_head_may_name_the_site_alone(tmp_path: Path) -> None:
    """Where no head tells the title, the one heading that differs is a guess for it."""
    pages = [made_up.site(story, number=n).replace(f"<title>{story.title} | ", "<title>")
             .replace(f'<meta property="og:title" content="{story.title}">', "")
             for n, story in enumerate(STORIES, 1)]  # fmt: skip
    proposal = proposed(tmp_path, pages, suffix="html")

    assert [story.title for story in STORIES] == [doc.title for doc in proposal.documents]
    assert "# guess: the one text in 'h1.story-title'" in proposal.code


def test_one_page_alone(tmp_path: Path) -> None:
    """One page of an unknown site is read too."""
    proposal = proposed(tmp_path, [made_up.site(FERRY)], suffix="html")

    assert (FERRY.title, list(FERRY.paragraphs)) == (proposal.documents[0].title, proposal.documents[0].paragraphs)


def test_text_and_html_have_a_layout_each(tmp_path: Path) -> None:
    """Samples of both kinds make two layouts of one source."""
    texts = {f"{n}.txt": made_up.paper(story) for n, story in enumerate(STORIES)}
    pages = {f"{n}.html": made_up.site(story, number=n) for n, story in enumerate(STORIES, 1)}
    both = list((texts | pages).values())
    proposal = proposed(tmp_path, both)

    assert ["harbour-post-page", "harbour-post-html"] == [layout.id for layout in proposal.layouts]
    assert [story.title for story in (*STORIES, *STORIES)] == [doc.title for doc in proposal.documents]


def test_pages_without_names_need_a_host(tmp_path: Path) -> None:
    """Selectors of tags alone fit anybody's pages: they are refused, or kept to the host where one is known."""
    bodies = ["".join(f"<p>{text}</p>" for text in story.paragraphs) for story in STORIES]
    pages = [f"<html><head><title>{story.title}</title></head><body><h1>{story.title}</h1>{body}</body></html>"
             for story, body in zip(STORIES, bodies, strict=True)]  # fmt: skip
    with pytest.raises(SampleError, match="name the host with --host"):
        proposed(tmp_path, pages, suffix="html")
    hints = Hints(("https://quay.example/1", "https://quay.example/2"))

    assert ("quay.example",) == proposed(tmp_path, pages, suffix="html", hints=hints).layouts[0].hosts
    with pytest.raises(SampleError, match="name the host with --host"):
        proposed(tmp_path, pages, Said(title="Quay"), suffix="html")
