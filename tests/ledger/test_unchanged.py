from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from copydesk import fingerprint, inputs, pipeline
from copydesk.batch import work
from copydesk.batch.unchanged import key_of
from copydesk.batch.values import Settings
from copydesk.convert import Run
from copydesk.desk.selection import host_of
from copydesk.inputs import Input
from copydesk.ledger import Ledger
from copydesk.values.capture import Capture
from copydesk.values.document import Document
from tests.cli.test_convert import run
from tests.ledger.folders import OTHER, PAGE, Folder

PLUGIN = """
from copydesk.plugin import Source, hookimpl

@hookimpl
def copydesk_sources():
    return (Source("example", "Example", labels=("Example",)),)
"""

FIRST = {"empty.txt": "rejected", "one.txt": "written", "two.txt": "written"}
SECOND = {"empty.txt": "rejected", "one.txt": "unchanged", "two.txt": "unchanged"}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the inputs that are normalized from now on, as they come."""
    found: list[str] = []

    def told(capture: Capture, **options: Any) -> Document:
        found.append(Path(capture.name).name)
        return pipeline.normalize(capture, **options)

    monkeypatch.setattr(work, "normalize", told)
    return found


@pytest.mark.parametrize("name", ["mirror", "dated"])
def test_a_second_run_makes_and_writes_nothing(folder: Folder, made: list[str], name: str) -> None:
    """What has not changed is neither made nor written again, and has the outcome that it had."""
    assert folder.convert("--name", name) == FIRST
    tree, first = folder.tree(), folder.rows()
    made.clear()

    assert folder.convert("--name", name) == SECOND
    assert made == []
    assert folder.tree() == tree
    for before, now in zip(first[1:4], folder.rows()[1:4], strict=True):
        for key in ("seconds", "status"):
            before.pop(key)
            now.pop(key)
        assert before == now


@pytest.mark.parametrize("name", ["mirror", "dated"])
def test_each_input_is_known_for_itself(folder: Folder, made: list[str], name: str) -> None:
    """Inputs that become no document, and one whose name met another's and is not what it was, are known too."""
    folder.convert("--name", name)
    folder.put(nothing=b" ")
    (folder.captures / "one.html").write_bytes(PAGE)
    folder.convert("--name", name)
    made.clear()

    found = folder.convert("--name", name)

    assert made == []
    assert [found[relative] for relative in ("empty.txt", "nothing.txt", "one.txt")] == [
        "rejected", "rejected", "unchanged"]  # fmt: skip


def test_what_was_done_is_known_after_an_interruption(folder: Folder, made: list[str]) -> None:
    """A run that ends before its time has written down what it did."""
    with Ledger.of(os.fspath(folder.out)) as ledger, suppress(KeyboardInterrupt):
        begun = Run(Settings(os.fspath(folder.out)), ledger)
        begun.list(inputs.sightings([os.fspath(folder.captures)]))
        for outcome in begun.outcomes():
            if outcome.relative == "one.txt":
                raise KeyboardInterrupt
    made.clear()

    assert folder.convert() == FIRST | {"one.txt": "unchanged"}
    assert made == ["two.txt"]


def test_the_bytes_count_and_not_the_date(folder: Folder, made: list[str]) -> None:
    """A new date does not make an input new, and an old date and the old size do not hide other bytes."""
    folder.convert()
    one, two = folder.captures / "one.txt", folder.captures / "two.txt"
    times = two.stat()
    one.touch()
    two.write_bytes(OTHER.replace(b"Pyongyang", b"Gyongpyan", 1))
    os.utime(two, ns=(times.st_atime_ns, times.st_mtime_ns))
    made.clear()

    assert folder.convert()["one.txt"] == "unchanged"
    assert made == ["two.txt"]
    assert two.stat().st_mtime_ns == times.st_mtime_ns
    assert two.stat().st_size == times.st_size


def test_an_output_that_is_gone_is_made_again(folder: Folder) -> None:
    """An output is as it was only where its bytes are there."""
    folder.convert()
    tree = {name: data for name, (data, _) in folder.tree().items()}
    (folder.out / "one.md").unlink()

    assert folder.convert() == SECOND | {"one.txt": "written"}
    assert {name: data for name, (data, _) in folder.tree().items()} == tree


def test_an_output_that_a_person_edited_is_kept(folder: Folder) -> None:
    """An edited output is no unchanged one: it is reported, run after run, and stays."""
    folder.convert()
    edited = folder.out / "one.md"
    edited.write_bytes(edited.read_bytes() + b"\nA note.\n")

    for _ in range(2):
        assert folder.convert() == SECOND | {"one.txt": "failed"}
        assert [row["code"] for row in folder.rows() if row.get("status") == "failed"] == ["edited-output"]
        assert edited.read_bytes().endswith(b"A note.\n")


@pytest.mark.parametrize("change", ["--related", "--encoding=utf-8", "--strict", "--name={slug}", "--anew"])
def test_other_options_convert_again(folder: Folder, made: list[str], change: str) -> None:
    """What is converted otherwise is converted again."""
    folder.convert()
    made.clear()

    folder.convert(change)
    assert list(dict.fromkeys(made)) == ["empty.txt", "one.txt", "two.txt"]


@pytest.mark.parametrize(("option", "one", "other"), [
    ("--url", "https://example.org/a", "https://example.org/b"), ("--captured", "2026-01-01", "2026-01-02"),
])  # fmt: skip
def test_what_the_command_line_says_of_a_capture_counts(folder: Folder, option: str, one: str, other: str) -> None:
    """An address or a day that is another makes another document."""
    said = [folder.convert(option, value, inputs=(folder.captures / "one.txt",)) for value in (one, one, other)]

    assert said == [{"one.txt": "written"}, {"one.txt": "unchanged"}, {"one.txt": "written"}]


@pytest.mark.parametrize("name", ["dated", "{stem}"])
def test_another_way_to_name_gives_the_names_of_a_first_run(folder: Folder, name: str) -> None:
    """What was named in one way has no part in the names of another way."""
    folder.convert("--name", name)
    fresh = list(folder.tree())
    shutil.rmtree(folder.out)
    folder.convert()
    folder.convert("--name", name, "--prune")

    assert list(folder.tree()) == fresh


def test_a_name_is_made_from_the_path_of_this_run(folder: Folder) -> None:
    """A name has the hash of the path below the folder that is given, and not of that of an earlier run."""
    (folder.captures / "deep").mkdir()
    (folder.captures / "deep" / "a?.txt").write_bytes(PAGE)
    options = ("--name", "{stem}")
    folder.convert(*options, inputs=(folder.captures / "deep",))
    folder.convert(*options, "--prune")
    names = list(folder.tree())
    shutil.rmtree(folder.out)

    folder.convert(*options)

    assert list(folder.tree()) == names


def test_what_is_said_of_a_capture_stays_apart() -> None:
    """No sign in an address or a character set makes two captures one."""
    one = Input("a", "a", url="u", captured="v", encoding="w\0x")
    other = Input("a", "a", url="u\0v", captured="w", encoding="x")

    assert key_of("", one, "") != key_of("", other, "")


@pytest.mark.parametrize("field", ["path", "relative", "inside", "url", "captured", "encoding"])
def test_all_that_is_said_of_a_capture_counts(field: str) -> None:
    """Each part that shapes a document or its name is in what must be as it was, also with signs that are no UTF-8."""
    one = Input("a", "a", "a", url="a", captured="a", encoding="a")

    assert key_of("", one, "") != key_of("", Input(**{**one._asdict(), field: "\udcff"}), "")
    assert key_of("x", one, "") != key_of("", one, "") != key_of("", one, "x")


def test_a_plugin_that_has_changed_converts_again(folder: Folder, made: list[str]) -> None:
    """A plugin counts by the bytes of its files, for in the making its version does not change."""
    plugins = folder.root / "plugins"
    plugins.mkdir()
    plugin = plugins / "example.py"
    plugin.write_text(PLUGIN, "utf-8")
    folder.convert("--plugins-dir", plugins)
    made.clear()
    folder.convert("--plugins-dir", plugins)
    assert made == []

    plugin.write_text(PLUGIN + "# a line more\n", "utf-8")
    host_of.cache_clear()
    fingerprint.parts.cache_clear()

    assert folder.convert("--plugins-dir", plugins) == SECOND
    assert len(made) == 3


def test_another_way_to_say_where_converts_again(
    folder: Folder, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The path as given stands in the document, so another spelling of it is another document."""
    folder.convert()
    made.clear()
    monkeypatch.chdir(folder.root)

    assert folder.convert(inputs=("in",)) == FIRST
    assert len(made) == 3


def test_what_failed_is_tried_again(folder: Folder) -> None:
    """A failure is no knowledge: it may have been the disk."""
    (folder.out / "one.md").mkdir(parents=True)
    assert folder.convert()["one.txt"] == "failed"
    (folder.out / "one.md").rmdir()

    assert folder.convert() == SECOND | {"one.txt": "written"}


def test_a_document_that_failed_is_made_again(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a plugin could not do once, it is asked for again with the same bytes."""

    def broken(*_: Any, **__: Any) -> Document:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(work, "normalize", broken)
        assert set(folder.convert().values()) == {"failed"}

    assert folder.convert() == FIRST


def test_what_a_container_says_counts(folder: Folder) -> None:
    """A line of JSON whose text is the same and whose address is another is another capture."""
    lines = folder.root / "pages.jsonl"

    def say(url: str) -> None:
        lines.write_text("".join(f"{json.dumps({'text': text.decode(), 'url': url, 'name': str(n)})}\n"
                                 for n, text in enumerate((PAGE, OTHER))), "utf-8")  # fmt: skip

    say("https://example.org/a")
    assert set(folder.convert(inputs=(lines,)).values()) == {"written"}
    assert set(folder.convert(inputs=(lines,)).values()) == {"unchanged"}
    say("https://example.org/b")

    assert set(folder.convert(inputs=(lines,)).values()) == {"written"}


def test_a_ledger_that_is_lost_loses_nothing(folder: Folder, made: list[str]) -> None:
    """Without a ledger all is made again, and found to be there."""
    folder.convert()
    tree = folder.tree()
    for path in (folder.out / ".copydesk").iterdir():
        path.unlink()
    made.clear()

    assert folder.convert() == SECOND
    assert len(made) == 3
    assert folder.tree() == tree


@pytest.mark.parametrize("damage", [lambda data: data[::-1], lambda data: data[:100] + b"\0" * 5000])
def test_a_damaged_ledger_is_told(folder: Folder, damage: Callable[[bytes], bytes]) -> None:
    """What is no ledger is named, with the remedy, and nothing is written."""
    folder.convert()
    ledger = folder.out / ".copydesk" / "ledger.sqlite"
    ledger.write_bytes(damage(ledger.read_bytes()))
    tree = folder.tree()

    code, _, err = run(folder.capsys, "convert", folder.captures, "-o", folder.out)

    assert code == 1
    assert "ledger.sqlite': the ledger cannot be used" in err
    assert "remove it, and all is converted again; nothing is lost by that" in err
    assert folder.tree() == tree


def test_a_ledger_stands_where_it_is_told_to(folder: Folder) -> None:
    """`--ledger` names another file, and then the folder of the documents has documents alone."""
    elsewhere = folder.root / "elsewhere" / "l.sqlite"

    folder.convert("--ledger", elsewhere)

    assert elsewhere.exists()
    assert not (folder.out / ".copydesk").exists()
    assert folder.convert("--ledger", elsewhere) == SECOND
