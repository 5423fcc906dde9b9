from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_convert import LAYOUT_A, run
from tests.support.specimens import SEEDS

SOURCE = """
from copydesk.plugin import Source, ends, hookimpl, last

@hookimpl
def copydesk_sources():
    end = ends("end mark", r"(?P<end_mark>{mark})")
    return (Source("acme", "Acme", labels=("Acme",), habits={{"en": (last(end),)}}),)
"""


def test_explain_shows_what_a_plugin_did(capsys: pytest.CaptureFixture[str]) -> None:
    """The layouts that were tried are shown, and each rule of the plugin with its place and what it found."""
    code, out, err = run(capsys, "explain", "--plugin", "kcna", LAYOUT_A)

    assert (code, err) == (0, "")
    assert " * kcnawatch-a (kcnawatch): fits, and leaves 0 blocks unread" in out
    assert "   kcnawatch-a1 (kcnawatch): misses the capture date (at the top)" in out
    assert "  kcna: end mark  (copydesk_kcna/habits.py:" in out
    assert "    12:148 end_mark: '-0-'" in out
    assert "'Rodong Sinmun', with which each match begins, stands nowhere on the page" in out
    assert "kcnawatch-a: stray space" not in out


def test_explain_says_why_no_rule_was_asked(capsys: pytest.CaptureFixture[str]) -> None:
    """A plugin that has no part in a page says so."""
    assert "no rule of naenara was asked: the page is of kcnawatch-a and kcna" in run(
        capsys, "explain", "--plugin", "naenara", LAYOUT_A
    )[1]


def test_explain_shows_a_plugin_on_a_rejected_page(capsys: pytest.CaptureFixture[str]) -> None:
    """Where no layout fits, the candidates are shown with what they miss."""
    page = SEEDS / "rejected" / "truncated-in-list" / "capture.txt"
    code, out, err = run(capsys, "explain", "--plugin", "kcna", page)

    assert code == 3
    assert "kcnawatch-a (kcnawatch): misses the More Articles line (behind line 36)" in out
    assert "nearest: kcnawatch-a misses the More Articles line" in err


def test_a_rehearsal_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """The same as JSON: candidates, and the steps with their places."""
    code, out, _ = run(capsys, "explain", "--plugin", "kcna", "--json", LAYOUT_A)
    found = json.loads(out)
    (step,) = (step for step in found["steps"] if step["rule"] == "kcna: end mark")

    assert code == 0
    assert step["spans"] == [{"place": "12:148", "role": "end_mark", "text": "-0-"}]
    assert {candidate["layout"] for candidate in found["candidates"]} >= {"kcnawatch-a", "kcnawatch-b"}


def test_a_plugin_that_takes_no_part_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt name is told with the names that there are."""
    code, out, err = run(capsys, "explain", "--plugin", "kcn", LAYOUT_A)

    assert (code, out) == (1, "")
    assert "no plugin 'kcn' takes part; there are dprk-today, kcna, kcnawatch, naenara, " in err


def test_standard_input_cannot_be_watched(capsys: pytest.CaptureFixture[str]) -> None:
    """What can be read once cannot be watched."""
    with pytest.raises(SystemExit) as left:
        run(capsys, "explain", "--watch", "-")

    assert left.value.code == 2


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Start `explain --watch` on a page of a plugin in a folder, and stop it afterwards."""
    (tmp_path / "acme.py").write_text(SOURCE.format(mark="never"), "utf-8")
    page = LAYOUT_A.read_bytes().replace(b"KCNA.kp", b"Acme").replace(b"-0-", b"(end)")
    (tmp_path / "page.txt").write_bytes(page.replace(b"\nwww.kcna.kp (Juche112.5.9.)\n", b""))
    command = [sys.executable, "-m", "copydesk", "explain", "page.txt", "--plugin", "acme", "--watch",
               "--plugins-dir", "."]  # fmt: skip
    process = subprocess.Popen(command, cwd=tmp_path, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               env=os.environ | {"PYTHONUNBUFFERED": "1"})  # fmt: skip
    yield process
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)


def shown(process: subprocess.Popen[str]) -> str:
    """Return what is shown up to the next pause."""
    assert process.stdout is not None
    said = ""
    for row in process.stdout:
        if row.startswith("--- watching"):
            return said
        said += row
    return said


def test_watch_shows_each_change(watching: subprocess.Popen[str], tmp_path: Path) -> None:
    """A change of the plugin or of the capture is shown, also where the plugin is broken for a while."""
    assert "found nothing: 'never'" in shown(watching)

    (tmp_path / "acme.py").write_text(SOURCE.format(mark=r"\(end\)"), "utf-8")
    assert "end_mark: '(end)'" in shown(watching)

    (tmp_path / "acme.py").write_text("x = (", "utf-8")
    assert "acme.py:1: SyntaxError" in shown(watching)

    (tmp_path / "acme.py").write_text(SOURCE.format(mark=r"\(END\)"), "utf-8")
    assert "found nothing: '(END)'" in shown(watching)

    page = tmp_path / "page.txt"
    page.write_bytes(page.read_bytes().replace(b"(end)", b"(END)"))
    assert "end_mark: '(END)'" in shown(watching)
