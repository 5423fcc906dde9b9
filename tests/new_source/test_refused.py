from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.cli import main
from copydesk.new_source.propose import check_name
from copydesk.new_source.samples import Hints, SampleError, samples_of
from tests.new_source import made_up
from tests.new_source.made_up import FERRY, HOST, LIBRARY, STORIES, files, proposed


@pytest.mark.parametrize(("name", "why"), [
    ("Harbour", "cannot be the name"), ("harbour_post", "cannot be the name"), ("1st", "cannot be the name"),
    ("unknown", "cannot be the name"), ("a" * 41, "cannot be the name"), ("", "cannot be the name"),
    ("kcna", "a source 'kcna' is installed"), ("kcnawatch", "a plugin 'kcnawatch' is installed"),
    ("schemas", "a package 'copydesk_schemas' is installed"),
])  # fmt: skip
def test_a_name_that_cannot_be_is_refused(name: str, why: str) -> None:
    """A name is a slug, and no source, plugin or package has it already."""
    with pytest.raises(SampleError, match=why):
        check_name(name, HOST)


def test_samples_of_two_kinds_of_page_are_refused(tmp_path: Path) -> None:
    """Pages that have nothing in common make no layout, and the message says what to do."""
    with pytest.raises(SampleError, match="are they pages of one kind"):
        proposed(tmp_path, [made_up.paper(FERRY), made_up.gazette(LIBRARY)])


def test_two_captures_of_one_article_are_refused(tmp_path: Path) -> None:
    """Two captures of one article do not tell what an article is, and are refused."""
    page = made_up.paper(FERRY)
    with pytest.raises(SampleError, match="of different articles"):
        proposed(tmp_path, [page, page.replace("News from the quay", "News from the port")])


def test_the_same_bytes_twice_are_refused(tmp_path: Path) -> None:
    """A second sample with the same bytes tells nothing; both are named."""
    with pytest.raises(SampleError, match=r"page-2\.txt' has the same bytes as '.*page-1\.txt'"):
        proposed(tmp_path, [made_up.paper(FERRY)] * 2)


@pytest.mark.parametrize(("page", "why"), [
    ("", "empty"), ("Title\n\nShort.\n", "no line that is long enough"), ("a\0b", "binary"),
    ("\n".join(["A line."] * 5000), "5000 lines"),
])  # fmt: skip
def test_what_is_no_article_is_refused(page: str, why: str, tmp_path: Path) -> None:
    """A sample that is no page of an article is named with the reason."""
    with pytest.raises(SampleError, match=why):
        proposed(tmp_path, [page])


def test_hints_are_counted(tmp_path: Path) -> None:
    """Addresses are given once for each sample, and a day once for all, or for each."""
    paths = files(tmp_path, [made_up.paper(story) for story in STORIES])
    with pytest.raises(SampleError, match="--url is given 1 times, and there are 2 samples"):
        samples_of(paths, Hints(("https://a.example/",)), HOST)
    days = [sample.capture.captured for sample in samples_of(paths, Hints((), ("2025-04-01",)), HOST)]

    assert ["2025-04-01"] * 2 == days


def test_a_list_page_is_refused(tmp_path: Path) -> None:
    """A page whose prose stands in a list of other articles alone is no article."""
    teaser = "A few words of an article that stands elsewhere, and which are long enough for the prose of one."
    page = "More news\n" + "".join(f"Title {n}\n{teaser}\n{n} March 2025\n" for n in range(1, 6))
    with pytest.raises(SampleError, match="seems to be a list of articles"):
        proposed(tmp_path, [page])


@pytest.mark.parametrize("options", [
    ("--out", "x", "--into", "plugins"), ("--title", " "), ("--title", "a\nb"), ("--host", "https://a.example/"),
    ("--lang", "English"), ("--captured", "yesterday"),
])  # fmt: skip
def test_wrong_usage_is_told(options: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An option that cannot be is refused before any sample is looked at, with the exit code of wrong usage."""
    with pytest.raises(SystemExit) as stopped:
        main(["new-source", "harbour-post", str(tmp_path / "nowhere.txt"), *options])

    assert 2 == stopped.value.code
    assert options[0] in capsys.readouterr().err


def test_a_folder_that_is_there_is_not_touched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is written into a folder that is there already, and the message says so."""
    paths = files(tmp_path, [made_up.paper(story) for story in STORIES])
    (tmp_path / "out").mkdir()
    code = main(["new-source", "harbour-post", *paths, "--out", str(tmp_path / "out")])

    assert 1 == code
    assert "is there already" in capsys.readouterr().err
    assert [] == list((tmp_path / "out").iterdir())
