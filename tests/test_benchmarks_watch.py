from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))  # pytest itself does not find the benchmarks

from benchmarks.scale import parts, runs

on_linux = pytest.mark.skipif(not runs.can_watch(), reason="only Linux tells what all processes took")

BURN = """
def burn(seconds):
    from time import process_time
    start = process_time()
    while process_time() - start < seconds:
        pass
"""
ORPHAN = f"""{BURN}
import os, sys
if not os.fork():
    if not os.fork():
        os.setsid()
        burn(0.4)
    os._exit(0)
os.wait()
"""
"""Leaves a process behind that has no parent and works on, as a fork server's workers may."""
SERVED = f"""{BURN}
import multiprocessing, sys
if __name__ == "__main__":
    workers = [multiprocessing.get_context("forkserver").Process(target=burn, args=[0.4]) for _ in range(2)]
    for worker in workers: worker.start()
    for worker in workers: worker.join()
"""
LARGE = """
import subprocess, sys, time
room = b"x" * (120 << 20)
del room
subprocess.run([sys.executable, "-c", "import time; room = b'x' * (60 << 20); time.sleep(0.5)"], check=True)
"""


def _script(folder: Path, text: str) -> list[str]:
    path = folder / "script.py"
    path.write_text(text, "utf-8")
    return [sys.executable, str(path)]


@on_linux
@pytest.mark.parametrize(("text", "least", "most"), [("pass", 0.0, 0.3), (ORPHAN, 0.4, 0.8), (SERVED, 0.8, 1.7)])
def test_the_time_of_all_processes_is_counted(text: str, least: float, most: float, tmp_path: Path) -> None:
    """What an orphan takes, and what the workers of a fork server take, is counted, and once."""
    assert least <= runs.run(_script(tmp_path, text)).cpu <= most


@on_linux
def test_the_clock_runs_until_the_command_ends(tmp_path: Path) -> None:
    """Processes that a command leaves behind are waited for, but not counted into its time by the clock."""
    text = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(2)'])"
    start = time.perf_counter()
    usage = runs.run(_script(tmp_path, text))

    assert usage.wall + 1 < time.perf_counter() - start


@on_linux
def test_the_highest_memory_is_told_of_each_process(tmp_path: Path) -> None:
    """The highest size counts, also where it has fallen since, of the command's own process and of any other."""
    usage = runs.run(_script(tmp_path, LARGE), peaks=True)

    assert 120 <= usage.parent / 2**20 < 170
    assert 60 <= usage.worker / 2**20 < 110


@on_linux
def test_without_looking_no_memory_is_told(tmp_path: Path) -> None:
    """Nobody looks at memory where only time is asked for."""
    usage = runs.run(_script(tmp_path, "pass"))

    assert (0, 0) == (usage.parent, usage.worker)


@on_linux
def test_a_command_that_fails_has_no_time(tmp_path: Path) -> None:
    """A run that ended otherwise than it should is an error that says what it said."""
    with pytest.raises(runs.RunError, match=r"exit code 3: (.|\n)*no such thing"):
        runs.run(_script(tmp_path, "import sys; print('no such thing', file=sys.stderr); sys.exit(3)"))


@on_linux
def test_a_document_that_is_not_written_is_no_run(tmp_path: Path) -> None:
    """A run of which fewer files came than there are documents is an error, however quick it was."""
    with parts.corpus(tmp_path / "corpus", "text", 2) as built, pytest.raises(runs.RunError, match="2 files came of 3"):
        runs.converted(built.path, tmp_path / "out", 3, *parts.IN_ONE)


def test_what_is_hidden_or_empty_is_no_document(tmp_path: Path) -> None:
    """Files are counted all the way down, without those that a run keeps for itself."""
    for name, text in {"a/b/c.md": "c", "d.md": "d", "e.md": "", ".f": "f", "a/.g/h.md": "h"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")

    assert 2 == runs.files_in(tmp_path)
