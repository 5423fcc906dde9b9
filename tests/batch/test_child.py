from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from copydesk.batch.child import Load, Order, do
from copydesk.batch.values import Outcome, Settings, Task
from copydesk.batch.work import convert_one
from copydesk.desk.selection import Selection, host_of
from copydesk.fingerprint import fingerprint, parts
from copydesk.inputs import Input
from tests.support.specimens import SEEDS
from tests.support.trouble import plugin

KEEPER = """
import pickle, sys
from copydesk.batch.child import Order, do

if __name__ == "__main__":
    do(Order(*pickle.load(sys.stdin.buffer)), 0)
"""


def order_of(folder: Path, code: str, name: str = "Trouble", timeout: float = 30) -> Order:
    """Return the order to convert a capture of a source that makes trouble, by the plugin as it is now."""
    (folder / "plugins").mkdir(exist_ok=True)
    (folder / "plugins" / "trouble.py").write_text(plugin(code, name), "utf-8")
    page = (SEEDS / "kcna" / "layout-a" / "capture.txt").read_bytes().replace(b"KCNA.kp", b"Trouble")
    host_of.cache_clear()
    parts.cache_clear()
    selection = Selection(folders=(str(folder / "plugins"),))
    task = Task(Input("a.txt", "a.txt"), Settings(plugins=selection), data=page)
    payload = pickle.dumps(Load(convert_one, (task,), 0))
    return Order(tuple(selection), fingerprint(selection), payload, 1, timeout=timeout)


def source_of(order: Order) -> tuple[str, int]:
    """Have an order done, and return the name of the document's source and the process that made the document."""
    (result,) = do(order, 0).results
    assert isinstance(result, bytes)
    outcome: Outcome = pickle.loads(result)
    assert outcome.document is not None
    return str(outcome.document.frontmatter["source_name"]), int(Path("pid").read_text("utf-8"))


def test_a_process_is_kept_and_replaced_when_its_plugins_have_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next order finds the process of the last one, or a new one where this one has an older plugin."""
    monkeypatch.chdir(tmp_path)
    code = "open('pid', 'w').write(str(os.getpid()))"
    first = source_of(order_of(tmp_path, code))
    again = source_of(order_of(tmp_path, code))
    changed = source_of(order_of(tmp_path, code, "Other"))

    assert first == again
    assert (first[0], changed[0]) == ("Trouble", "Other")
    assert first[1] != changed[1]


def test_another_fingerprint_is_refused(tmp_path: Path) -> None:
    """What is not of the installation that is asked for does nothing, and says what it is of."""
    order = order_of(tmp_path, "pass")
    answer = do(order._replace(fingerprint="other"), 0)

    assert answer.results == ()
    assert answer.parts == parts(Selection(*order.selection))


@pytest.mark.parametrize(("code", "timeout"), [("re.match('(a|a)*b', 'a' * 60)", 1), ("time.sleep(60)", 60)])
def test_law_a_process_ends_with_its_keeper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, timeout: float
) -> None:
    """Law: a process whose keeper was killed ends at once, and in a pattern that never ends soon after the limit."""
    monkeypatch.chdir(tmp_path)
    order = order_of(tmp_path, f"open('pid', 'w').write(str(os.getpid())); {code}", timeout=timeout)
    Path("keeper.py").write_text(KEEPER, "utf-8")
    Path("order").write_bytes(pickle.dumps(tuple(order)))
    with open("order", "rb") as stdin:
        keeper = subprocess.Popen([sys.executable, "keeper.py"], stdin=stdin)
    end = time.monotonic() + 30
    while not (Path("pid").exists() and Path("pid").read_text("utf-8")):
        assert time.monotonic() < end
        time.sleep(0.01)
    keeper.kill()
    keeper.wait()
    process = int(Path("pid").read_text("utf-8"))
    while is_there(process):
        if time.monotonic() > end:
            os.kill(process, signal.SIGKILL)
            pytest.fail("the process goes on")
        time.sleep(0.01)


def is_there(process: int) -> bool:
    """Tell whether a process has not ended; one that nobody has waited for has."""
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
