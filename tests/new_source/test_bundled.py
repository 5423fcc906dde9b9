from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from copydesk.cli import main
from copydesk.testing.cases import cases_below, proposed
from tests.new_source import made_up
from tests.new_source.made_up import STORIES, files

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Make the parts of a checkout that a bundled source is written into."""
    root = tmp_path / "checkout"
    for folder in ("plugins", "schemas/copydesk_schemas", "seeds"):
        (root / folder).mkdir(parents=True)
    shutil.copy(ROOT / "pyproject.toml", root)
    return root


def bundle(checkout: Path, folder: Path) -> int:
    """Have the command write a bundled source."""
    folder.mkdir(exist_ok=True)
    samples = files(folder, [made_up.paper(story) for story in STORIES])
    return main(["new-source", "harbour-post", *samples, "--into", str(checkout / "plugins")])


def test_a_bundled_source_is_written_into_the_checkout(checkout: Path, tmp_path: Path) -> None:
    """Package, schema and specimens stand where those of the other bundled sources stand."""
    assert 0 == bundle(checkout, tmp_path / "samples")
    found = {path.relative_to(checkout).as_posix() for path in checkout.rglob("*") if path.is_file()}

    assert {"plugins/copydesk_harbour_post/__init__.py", "plugins/copydesk_harbour_post/py.typed",
            "schemas/copydesk_schemas/harbour-post.yaml", "seeds/harbour-post/page-1/page-1.txt",
            "seeds/harbour-post/page-1/case.yaml", "seeds/harbour-post/page-1/proposed/account.tsv"
            } <= found  # fmt: skip
    assert [True, True] == [bool(proposed(case)) for case in cases_below(checkout / "seeds")]
    assert 'schema="harbour-post"' in (checkout / "plugins/copydesk_harbour_post/__init__.py").read_text("utf-8")


def test_the_entry_point_is_added_and_nothing_else_changed(checkout: Path, tmp_path: Path) -> None:
    """`pyproject.toml` has one line more, at the end of the table of entry points."""
    before = (checkout / "pyproject.toml").read_text("utf-8").splitlines()
    bundle(checkout, tmp_path / "samples")
    after = (checkout / "pyproject.toml").read_text("utf-8").splitlines()
    points = tomllib.loads("\n".join(after))["project"]["entry-points"]["copydesk"]

    assert [line for line in after if line != 'harbour-post = "copydesk_harbour_post"'] == before
    assert "harbour-post" == list(points)[-1]


def test_what_remains_is_told(checkout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command says what a person has still to do."""
    bundle(checkout, tmp_path / "samples")
    out = capsys.readouterr().out

    assert "what remains to be done:\n" in out
    assert "copydesk fixtures accept seeds/harbour-post" in out


def test_a_second_time_nothing_is_touched(checkout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is there already is not written over."""
    bundle(checkout, tmp_path / "samples")
    pyproject = (checkout / "pyproject.toml").read_bytes()

    assert 1 == bundle(checkout, tmp_path / "samples")
    assert "is there already" in capsys.readouterr().err
    assert pyproject == (checkout / "pyproject.toml").read_bytes()


@pytest.mark.parametrize("folder", ["plugins/copydesk_harbour_post", "seeds/harbour-post"])
def test_a_folder_of_its_name_is_in_the_way(folder: str, checkout: Path, tmp_path: Path) -> None:
    """Nothing is written where a folder of the source is there already, whatever stands in it."""
    (checkout / folder).mkdir()

    assert 1 == bundle(checkout, tmp_path / "samples")
    assert [] == list((checkout / "schemas/copydesk_schemas").iterdir())


def test_a_folder_that_is_no_checkout_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder without the entry points of Copydesk beside it is no folder of bundled plugins."""
    (tmp_path / "plugins").mkdir()

    assert 1 == bundle(tmp_path, tmp_path / "samples")
    assert "is not the folder plugins/ of a checkout" in capsys.readouterr().err
