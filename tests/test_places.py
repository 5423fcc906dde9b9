from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from copydesk import Article, Capture, normalize
from copydesk.frontmatter.writing import body_hash
from copydesk.markdown.fold import fold
from copydesk.markdown.paragraphs import paragraphs
from copydesk.places import DIFFERS, EDITED, MISSING, READ_OTHERWISE, Place, Traced, aligned, trace
from copydesk.values.document import Document, Element
from copydesk.values.reading import Span
from copydesk.values.roles import Role
from tests.laws.truth import visible
from tests.support.articles import Article as Made
from tests.support.pages import lay_out
from tests.support.specimens import SEEDS, specimens
from tests.support.strategies import articles

LAYOUT_A = SEEDS / "kcna" / "layout-a" / "capture.txt"


def traced(document: Document, captures: Path) -> Traced:
    """Trace the paragraphs of a document."""
    article = Article({**document.frontmatter}, document.body, "a.md")
    return trace(article, paragraphs(article.body), captures)


def cut(lines: list[str], place: Place) -> str:
    """Return what stands at a place of a text capture."""
    inner = lines[place.line - 1 : place.end_line]
    inner[-1] = inner[-1][: place.end_column]
    inner[0] = inner[0][place.column - 1 :]
    return "\n".join(inner)


def test_each_specimen_is_traced() -> None:
    """Each paragraph of each specimen has places, whose texts hold its words and no other."""
    known = [specimen for specimen in specimens() if (specimen.folder / "expected.md").exists()]
    lost, seen = [], 0
    for specimen in known:
        document = normalize(specimen.capture)
        if not (specimen.folder.parent / specimen.capture.name).exists():  # the name of the capture is made up
            continue
        found = traced(document, specimen.folder.parent)
        seen += 1
        texts = [visible("".join(texts)) for texts in found.texts]
        if found.reason or [visible(text) for text in document.paragraphs] != [*map(fold, texts)]:
            lost.append((specimen.name, found.reason))

    assert seen > 80
    assert [] == lost


@given(made=articles(hostile=True))
def test_places_are_those_of_the_capture(made: Made, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What stands in a text capture at the lines and columns of a paragraph is its text, and it stands in order."""
    folder = tmp_path_factory.getbasetemp()
    text = lay_out(made, "A")
    (folder / "made.txt").write_bytes(text.encode())
    document = normalize(Capture(text.encode(), "made.txt"))
    found = traced(document, folder)
    lines = text.split("\n")

    assert found.reason == ""
    assert found.texts == tuple(tuple(cut(lines, place) for place in places) for places in found.places)
    said = [visible("".join(texts)) for texts in found.texts]
    assert [visible(text) for text in document.paragraphs] == said
    everything = [place for places in found.places for place in places]
    assert sorted(everything) == everything


@pytest.mark.parametrize(
    "name", ["capture.txt", "/x/y/capture.txt", "../x/capture.txt", "C:/x/capture.txt", "y/capture.txt"]
)
def test_a_capture_is_found_below_the_folder(name: str, tmp_path: Path) -> None:
    """A capture is found by the end of its path, wherever it was when it was converted."""
    (tmp_path / "y").mkdir()
    for folder in (tmp_path, tmp_path / "y"):
        (folder / "capture.txt").write_bytes(LAYOUT_A.read_bytes())
    found = traced(normalize(Capture(LAYOUT_A.read_bytes(), name)), tmp_path)

    assert found.reason == ""
    assert found.capture.startswith(tmp_path.as_posix())
    assert Place(8, 28, 8, 114) == found.places[0][0]


def test_why_places_are_not_known(tmp_path: Path) -> None:
    """A capture that is missing, has other bytes or gives another body, and an edited body, are told apart."""
    document = normalize(Capture(LAYOUT_A.read_bytes(), "capture.txt"))

    assert Traced(MISSING) == traced(document, tmp_path)
    assert Traced(MISSING) == traced(normalize(Capture(LAYOUT_A.read_bytes(), "-")), tmp_path)
    (tmp_path / "capture.txt").write_bytes(LAYOUT_A.read_bytes() + b"\n")
    assert Traced(DIFFERS) == traced(document, tmp_path)
    (tmp_path / "capture.txt").write_bytes(LAYOUT_A.read_bytes())
    assert Traced(EDITED) == traced(document._replace(body="Edited.\n"), tmp_path)
    other = normalize(Capture(LAYOUT_A.read_bytes().replace(b"clerks", b"people"), "capture.txt"))
    data = {**other.frontmatter, "input_sha256": document.frontmatter["input_sha256"]}
    assert Traced(READ_OTHERWISE) == traced(other._replace(frontmatter=data), tmp_path)
    marked = document.body.replace("clerks", "*clerks*")
    data = {**document.frontmatter, "body_sha256": body_hash(marked)}
    assert Traced(READ_OTHERWISE) == traced(document._replace(body=marked, frontmatter=data), tmp_path)


@pytest.mark.parametrize("body", ["", "a\n", "a\n\nb\n\nc\n", "a b\n\nc\n", "b\n\na\n"])
def test_paragraphs_that_are_not_those_of_the_capture(body: str) -> None:
    """No paragraph gets the places of another: all of them have their elements, or none has."""
    elements = [Element(Role.PARAGRAPH, text, (Span(0, 1, Role.PARAGRAPH, "", 0),)) for text in "ab"]

    assert aligned(paragraphs(body), elements) is None
    assert [elements[:1], elements[1:]] == aligned(paragraphs("a\n\nb\n"), elements)
    assert [elements] == aligned(paragraphs("| a b |\n| --- |\n"), elements)
