from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from copydesk.cli import main
from copydesk.new_source.package import package_of
from copydesk.testing.cases import cases_below, expected
from copydesk.testing.cases import proposed as waiting
from tests.new_source import made_up
from tests.new_source.made_up import BRIDGE, STORIES, SUNDAY, Story, files, labelled, proposed

ROOT = Path(__file__).resolve().parents[2]
AWKWARD = Story('"Quay" \\ {curly}', "O'Neil", "5 March 2025", STORIES[0].paragraphs)
KINDS = {
    "paper": [made_up.paper(story) for story in STORIES],
    "gazette": [made_up.gazette(story) for story in STORIES],
    "teasers": [made_up.teasers(story) for story in STORIES],
    "advertisement": [made_up.gazette(story).replace("Background", "Advertisement") for story in STORIES],
    "korean": [made_up.riverside(story) for story in (BRIDGE, SUNDAY)],
    "site": [made_up.site(story, number=n) for n, story in enumerate(STORIES, 1)],
    "tables": [made_up.tables(story, number=n) for n, story in enumerate(STORIES, 1)],
    "known": [labelled(case) for case in ("layout-a", "layout-a1")],
    "languages": [labelled(case) for case in ("layout-a", "korean", "japanese")],
    "one": [made_up.paper(STORIES[0])],
    "one of HTML": [made_up.site(STORIES[0])],
    "awkward": [f'It\'s "the" \\quay\\ {{0}} (page) [1] * + ?\n\x1b\u200b’s\n{"Quay " * 60}\n{made_up.gazette(story)}'
                for story in (AWKWARD, STORIES[1])],
}  # fmt: skip


def written(folder: Path, pages: list[str], *options: str) -> Path:
    """Have the command write a package for pages, and return its folder."""
    samples = folder / "samples"
    samples.mkdir(parents=True)
    out = folder / "out"
    assert 0 == main(["new-source", "harbour-post", *files(samples, pages), "--out", str(out), *options])
    return out


def test_the_files_of_a_package(tmp_path: Path) -> None:
    """A package has its metadata, module, schema and test, a README, and a case for each sample with its bytes."""
    out = written(tmp_path, KINDS["paper"])
    found = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    cases = {f"cases/page-{n}/{file}" for n in (1, 2)
             for file in (f"page-{n}.txt", "case.yaml", "proposed/expected.md", "proposed/account.tsv")}  # fmt: skip

    assert {"pyproject.toml", "README.md", "tests/test_plugin.py", "copydesk_harbour_post/__init__.py",
            "copydesk_harbour_post/article.yaml", "copydesk_harbour_post/py.typed"} | cases == found  # fmt: skip
    assert [page.encode() for page in KINDS["paper"]] == [
        (out / f"cases/page-{n}/page-{n}.txt").read_bytes() for n in (1, 2)
    ]


def test_its_metadata(tmp_path: Path) -> None:
    """The entry point names the module, and the schema narrows that of all articles to the source."""
    out = written(tmp_path, KINDS["known"], "--title", 'The "Quay" Gazette')
    project = tomllib.loads((out / "pyproject.toml").read_text("utf-8"))["project"]
    schema = yaml.safe_load((out / "copydesk_harbour_post/article.yaml").read_text("utf-8"))

    assert {"harbour-post": "copydesk_harbour_post"} == project["entry-points"]["copydesk"]
    assert "copydesk/article/1" == schema["$ref"]
    assert ["harbour-post", 'The "Quay" Gazette'] == [part["const"] for part in schema["properties"].values()]


def test_expectations_are_proposed_and_not_accepted(tmp_path: Path) -> None:
    """Each case has what is proposed, and nothing is expected before a person has read it."""
    cases = cases_below(written(tmp_path, KINDS["paper"]) / "cases")

    assert [{"expected.md", "account.tsv"}] * 2 == [set(waiting(case)) for case in cases]
    assert [{}, {}] == [expected(case) for case in cases]


def test_what_is_known_of_a_sample_is_known_of_its_case(tmp_path: Path) -> None:
    """Address and day of the capture, as they were given, stand in `case.yaml`."""
    urls = ("https://a.example/1", "https://a.example/2")
    out = written(tmp_path, KINDS["site"], "--url", urls[0], "--url", urls[1], "--captured", "2025-04-01")

    assert [(url, "2025-04-01") for url in urls] == [
        (case.capture.url, case.capture.captured) for case in cases_below(out / "cases")
    ]


def test_files_of_one_name_get_cases_of_their_own(tmp_path: Path) -> None:
    """Samples that are called alike are told apart by their folders."""
    for name, page in zip(("spring", "winter"), KINDS["paper"], strict=True):
        (tmp_path / name).mkdir()
        (tmp_path / name / "capture.txt").write_text(page, "utf-8")
    paths = [str(tmp_path / name / "capture.txt") for name in ("spring", "winter")]
    assert 0 == main(["new-source", "harbour-post", *paths, "--out", str(tmp_path / "out")])

    assert ["spring", "winter"] == [case.name for case in cases_below(tmp_path / "out" / "cases")]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_samples_make_the_same_package(kind: str, tmp_path: Path) -> None:
    """What is written depends on the samples alone: twice the same bytes."""
    both = [package_of(proposed(tmp_path, KINDS[kind])) for _ in range(2)]

    assert both[0] == both[1]


def test_a_hash_seed_changes_nothing(tmp_path: Path) -> None:
    """Other processes with other hash seeds write the same package."""
    samples = files(tmp_path, KINDS["site"] + KINDS["paper"] + KINDS["languages"])
    run = "import sys; from copydesk.cli import main; sys.exit(main(sys.argv[1:]))"
    found = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        command = [sys.executable, "-c", run, "new-source", "harbour-post", *samples, "--out", str(out)]
        subprocess.run(command, check=True, env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}, stdout=subprocess.DEVNULL)
        found.append({path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()})

    assert found[0] == found[1]


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write a package for each kind of samples, and return their modules."""
    folder = tmp_path_factory.mktemp("modules")
    return {kind: written(folder / kind, pages) / "copydesk_harbour_post" for kind, pages in KINDS.items()}


def test_the_linter_finds_nothing(modules: dict[str, Path]) -> None:
    """What is written passes the linter by the rules of this project, the test too."""
    written = [str(module.parent) for module in modules.values()]
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--config", str(ROOT / "pyproject.toml"), *written]
    found = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)

    assert 0 == found.returncode, found.stdout + found.stderr


def test_the_type_checker_finds_nothing(modules: dict[str, Path], tmp_path: Path) -> None:
    """What is written passes the strict type checker."""
    for n, module in enumerate(modules.values()):
        (tmp_path / f"module_{n}.py").write_bytes((module / "__init__.py").read_bytes())
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), str(tmp_path)]
    found = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, cwd=tmp_path)

    assert 0 == found.returncode, found.stdout + found.stderr


def test_a_plugin_imports_public_names_alone(modules: dict[str, Path]) -> None:
    """What is written uses `copydesk.plugin` and no other part of Copydesk."""
    trees = [ast.parse((module / "__init__.py").read_text("utf-8")) for module in modules.values()]
    names = {node.module for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert {"__future__", "collections.abc", "copydesk.plugin"} == names


def test_the_table_has_each_sample(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints for each sample what it is, each line with role and reason, and what to do next."""
    written(tmp_path, KINDS["paper"])
    out = capsys.readouterr().out

    assert 2 == out.count(": text, en, new layout harbour-post-page\n")
    assert "  4      title      the longest short line above the body" in out
    assert "  pip install -e '.[test]'\n" in out
