from __future__ import annotations

import pytest

from copydesk.page import paginate
from copydesk.values.capture import Capture
from copydesk.values.findings import Flag
from copydesk.values.roles import Role
from tests.desk.html_by_hand import page_of

HTML = "<html lang='en'><head><title>The Title</title></head><body><p>One.</p><p>Two.</p></body></html>"


def test_what_is_shown_comes_first() -> None:
    """The blocks that are shown stand before what the head says, and their number is known."""
    page = page_of(HTML)

    assert [page.text[block.start : block.end] for block in page.blocks] == ["One.", "Two.", "en", "The Title"]
    assert (page.shown, len(page.notes)) == (2, 2)


def test_the_blocks_of_a_page_hold_all_its_text() -> None:
    """Between the blocks, those of the head too, stands nothing but white space."""
    page = page_of(HTML)
    held = "".join(page.text[block.start : block.end] for block in page.blocks)

    assert "".join(page.text.split()) == "".join(held.split())


def test_what_a_head_says_has_a_role_of_its_own() -> None:
    """No pattern can give the role of metadata, and no block that is shown has it."""
    assert Role.METADATA.value == "metadata"
    assert all(note.rule.startswith("head: ") for note in page_of(HTML).notes)


def test_places_are_lines_of_elements() -> None:
    """A place within a block is the line of its element and the column within its text, from 1."""
    page = page_of("<p>One.</p>\n\n<p>Two <b>words</b>.</p>")
    at = page.text.index("words")

    assert page.place(at) == (3, 5)
    assert page.place(0) == (1, 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "euc-kr", "shift_jis"])
def test_a_page_is_decoded_before_it_is_parsed(encoding: str) -> None:
    """A declared character set counts, and the page knows by which it was read."""
    text = "日本の紙" if encoding == "shift_jis" else "도서관"
    page = paginate(Capture(f"<html><body><p>{text}</p></body></html>".encode(encoding), encoding=encoding))

    assert page.text.strip() == text
    assert page.markup is not None


def test_what_is_odd_about_the_bytes_is_kept() -> None:
    """Flags of decoding go with the page."""
    flags: tuple[Flag, ...] = paginate(Capture(b"<html><body><p>A word \xff and more of it</p></body></html>")).flags

    assert flags != ()


@pytest.mark.parametrize("data", ["a < b", "x <p>", "Title\n<html>"])
def test_a_text_with_tags_is_no_html(data: str) -> None:
    """Whether a capture is HTML is seen at its start; a tag further on is text."""
    assert paginate(Capture(data.encode())).markup is None


def test_a_page_of_one_word_is_a_page() -> None:
    """No more than one visible character is needed."""
    assert [page_of("<b>x").shown, page_of("x").shown] == [1, 1]
