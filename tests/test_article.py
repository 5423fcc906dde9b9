from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import Article, Capture, normalize, read, write
from copydesk.errors import CopydeskError, FrontmatterError
from copydesk.frontmatter.reading import untouched
from copydesk.frontmatter.writing import compose, seal
from copydesk.outputs import EditedOutput
from tests.frontmatter.samples import BODY, WHOLE
from tests.frontmatter.test_rewriting import OWN
from tests.support.specimens import SEEDS


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Return a file as Copydesk writes it."""
    path = tmp_path / "page.md"
    path.write_bytes(compose(WHOLE, BODY).encode())
    return path


@given(own=OWN, body=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=60))
def test_what_is_written_is_read_back(own: dict[str, Any], body: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Frontmatter and body of any document are read back equal, and written again they are the same bytes."""
    path = tmp_path_factory.getbasetemp() / "any.md"
    path.unlink(missing_ok=True)
    sealed = seal({**WHOLE, **own}, body)
    article = Article(sealed.frontmatter, sealed.markdown.partition("\n---\n")[2][1:], path.as_posix())

    assert "written" == write(article)
    assert sealed.markdown.encode() == path.read_bytes()
    assert article == read(path)
    assert "unchanged" == write(read(path))


def test_a_document_is_read_back(tmp_path: Path) -> None:
    """Frontmatter, body, title, id and paragraphs of a file are those of the document that was written."""
    document = normalize(Capture((SEEDS / "kcna/layout-a/capture.txt").read_bytes(), "capture.txt"))
    path = tmp_path / "a.md"
    path.write_bytes(document.markdown.encode())
    article = read(path)

    assert (document.frontmatter, document.body) == (article.frontmatter, article.body)
    assert (document.id, document.title) == (article.id, article.title)
    assert document.paragraphs == article.paragraphs
    assert path.as_posix() == article.path


def test_an_edit_stays_known(page: Path) -> None:
    """A file that is written with an edit keeps its hashes, so that a new run sees the edit and leaves it alone."""
    article = read(page)
    article.frontmatter["rating"] = 5

    assert "written" == write(replace(article, body="Edited.\n"))
    assert not untouched(page.read_text("utf-8"))
    assert {**article.frontmatter} == read(page).frontmatter
    assert "Edited.\n" == read(page).body


def test_a_sealed_edit_is_copydesks_own(page: Path) -> None:
    """With seal the file counts as untouched."""
    write(replace(read(page), body="Edited.\n"), seal=True)

    assert untouched(page.read_text("utf-8"))
    assert "Edited.\n" == read(page).body


def test_an_edit_in_between_is_safe(page: Path) -> None:
    """A file that has changed since it was read is not overwritten, unless it is forced."""
    article = replace(read(page), body="Mine.\n")
    page.write_text(page.read_text("utf-8").replace("goes on", "stops"), "utf-8")

    with pytest.raises(EditedOutput, match="it has changed since it was read"):
        write(article)
    assert "stops" in page.read_text("utf-8")
    assert "written" == write(article, force=True)


def test_a_new_article_spares_another_file(page: Path) -> None:
    """An article that was read from no file does not replace a file that a person edited."""
    page.write_text(page.read_text("utf-8").replace("goes on", "stops"), "utf-8")

    with pytest.raises(EditedOutput, match="its body was changed"):
        write(Article({**WHOLE}, "New.\n", page.as_posix()))


def test_mode_and_link_stay(page: Path) -> None:
    """A file keeps its mode, and a link to it stays a link."""
    page.chmod(0o600)
    link = page.with_name("link.md")
    link.symlink_to(page)
    write(replace(read(link), body="Edited.\n"))

    assert link.is_symlink()
    assert "Edited.\n" == read(page).body
    assert 0o600 == os.stat(page).st_mode & 0o777


@pytest.mark.parametrize(
    ("data", "line", "fact"),
    [(b"# A\n", 1, "the file has no frontmatter"), (b"---\na: 1\na: 2\n---\n", 3, "the key 'a' stands twice"),
     (b"---\na: \xe9\n---\n", 2, "byte 0xe9 is not UTF-8")],
)  # fmt: skip
def test_errors_name_the_file(data: bytes, line: int, fact: str, page: Path) -> None:
    """What cannot be read is told with file, line, fact and remedy."""
    page.write_bytes(data)

    with pytest.raises(FrontmatterError) as raised:
        read(page)
    assert str(raised.value).startswith(f"{page.as_posix()}:{line}: {fact}; ")


def test_what_cannot_be_written_names_the_file(page: Path) -> None:
    """A value that frontmatter cannot have is told with file and key, and the file stays."""
    article = read(page)
    article.frontmatter["rating"] = 0.5

    with pytest.raises(CopydeskError, match=r"page\.md': the value 0.5 of 'rating' cannot stand in frontmatter"):
        write(article)
    assert compose(WHOLE, BODY) == page.read_text("utf-8")
