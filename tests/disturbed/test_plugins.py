from __future__ import annotations

from pathlib import Path

import pytest

from tests.disturbed import planted
from tests.disturbed.captures import page
from tests.disturbed.runs import HERE, run
from tests.disturbed.sums import check_accounted, leftovers, outcomes, tree

TROUBLES = {
    "loop": ("while True: pass", "timeout", "it took longer than 1 s"),
    "sleep": ("time.sleep(600)", "timeout", "it took longer than 1 s"),
    "pattern": ("re.match('(a|a)*b', 'a' * 60)", "timeout", "it took longer than 1 s"),
    "deaf": ("signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)", "timeout", "it took longer than 1 s"),
    "stopped": ("os.kill(os.getpid(), signal.SIGSTOP)", "timeout", "it took longer than 1 s"),
    "exit": ("os._exit(0)", "crashed", "ended with exit code 0"),
    "error": ("os._exit(7)", "crashed", "ended with exit code 7"),
    "kill": ("os.kill(os.getpid(), signal.SIGKILL)", "crashed", "ended with signal SIGKILL"),
    "term": ("os.kill(os.getpid(), signal.SIGTERM); time.sleep(600)", "timeout", "it took longer than 1 s"),
    "fault": ("os.kill(os.getpid(), signal.SIGSEGV)", "crashed", "ended with signal SIGSEGV"),
    "flood": ("hoard = [bytes(1 << 24) for _ in range(1 << 20)]", "rule", "MemoryError"),
    "leave": ("raise SystemExit(3)", "rule", "SystemExit"),
    "interrupt": ("os.kill(os.getpid(), signal.SIGINT)", "", ""),
}
"""What a plugin does to its process, with the code of the outcome and what its message says; no code: no harm."""

ARGUMENTS = ("convert", "in", "--plugins-dir", "plugins", "--report", "report.jsonl", "--timeout", "1",
             "--memory", "400")  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with captures of which each kind of trouble has one, with a good one before and behind it."""
    (tmp_path / "in").mkdir()
    for number, name in enumerate(TROUBLES):
        (tmp_path / "in" / f"{number:02}-{name}.txt").write_bytes(page(f"Trouble {name} (En)"))
        (tmp_path / "in" / f"{number:02}-zgood.txt").write_bytes(page(f"KCNA.kp {number} (En)"))
    (tmp_path / "in" / "00.txt").write_bytes(page())
    return tmp_path


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
def test_law_a_plugin_costs_what_it_was_given(folder: Path, jobs: str) -> None:
    """Law: whatever a plugin does to its process costs the document that it had, by its own reason, and no other.

    Nothing of it outlives the run. Once the plugins are mended the rerun makes the tree, and so does retrying.
    """
    for name, (code, *_) in TROUBLES.items():
        planted.plant(folder / "plugins", name, code)
    inputs = 2 * len(TROUBLES) + 1
    ended = run(*ARGUMENTS, "-o", "out", jobs, cwd=folder)
    check_accounted(folder / "report.jsonl", folder / "out", inputs)
    found = outcomes(folder / "report.jsonl")
    failed = {name: row for name, row in found.items() if row["status"] != "written"}
    wanted = {f"in/{number:02}-{name}.txt": (code, said)
              for number, (name, (_, code, said)) in enumerate(TROUBLES.items()) if code}  # fmt: skip

    assert ended.code == 1
    assert {name: row["code"] for name, row in failed.items()} == {name: code for name, (code, _) in wanted.items()}
    assert [row["message"] for name, row in failed.items() if wanted[name][1] not in row["message"]] == []
    assert leftovers(folder / "out") == []

    for name in TROUBLES:
        planted.plant(folder / "plugins", name)
    report = (folder / "report.jsonl").read_bytes()
    again = [run(*ARGUMENTS, "-o", out, *HERE, cwd=folder).code for out in ("out", "anew")]
    whole = tree(folder / "anew")

    assert again == [0, 0]
    assert len(whole) == inputs
    assert tree(folder / "out") == whole

    for name in failed:
        (folder / "out" / Path(name).with_suffix(".md").name).unlink()
    (folder / "report.jsonl").write_bytes(report)
    assert run("retry", "report.jsonl", *HERE, cwd=folder).code == 0
    check_accounted(folder / "report.jsonl", folder / "out", inputs)
    assert tree(folder / "out") == whole
