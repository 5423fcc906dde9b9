from __future__ import annotations

import sys
from pathlib import Path

import pytest

from copydesk.testing.checks.purity import watched

ASKS = {
    "time.time": "import time; time.time()",
    "datetime.now": "from datetime import datetime as d; d.now()",
    "date.today": "from datetime import date; date.today()",
    "getrandbits": "import random; random.randint(1, 6)",
    "urandom": "import uuid; uuid.uuid4()",
    "os.environ": "import os; os.environ.get('HOME')",
    "open": "open(__file__).close()",
    "os.listdir": "import os; os.listdir('.')",
    "socket": "import socket; socket.socket().close()",
    "subprocess": "import subprocess, sys; subprocess.run([sys.executable, '-c', ''])",
    "FileIO": "import io; io.FileIO(__file__).close()",
}


def seen(folder: Path, code: str) -> list[str]:
    """Run a plugin's code under watch, and return what it was seen to ask for."""
    path = folder / "made_up.py"
    path.write_text(f"def work():\n    {code}\n", "utf-8")
    names = {"__file__": str(path), "__name__": "made_up"}
    exec(compile(path.read_text("utf-8"), str(path), "exec"), names)
    names["work"]()  # type: ignore[operator]  # so that all is imported
    with watched(frozenset([str(path)])) as found:
        names["work"]()  # type: ignore[operator]
    return list(found)


@pytest.mark.parametrize("what", ASKS)
def test_what_asks_the_system_is_seen(what: str, tmp_path: Path) -> None:
    """Files, clocks, dice, the network, other programs and the environment: each is told with its line."""
    found = seen(tmp_path, ASKS[what])

    assert found
    assert all("/made_up.py:2: asks for " in said for said in found)


@pytest.mark.parametrize("code", [
    "import re; re.compile('a+').match('aaa')", "from datetime import date; date(2024, 5, 1).isoformat()",
    "sorted({'b': 1}.items()); hash('a'); len('abc')", "from functools import lru_cache; lru_cache(len)('a')",
    "import html; html.unescape('&amp;')", "from decimal import Decimal; Decimal('1') + 1", "id(object())",
])  # fmt: skip
def test_what_computes_is_not(code: str, tmp_path: Path) -> None:
    """The pure part of the library may be used."""
    assert seen(tmp_path, code) == []


def test_nothing_is_watched_afterwards(tmp_path: Path) -> None:
    """The watch ends with its block, and leaves the profiler that was there."""
    before = sys.getprofile()
    seen(tmp_path, "open(__file__).close()")

    assert sys.getprofile() is before


def test_the_core_may_read_what_it_needs(tmp_path: Path) -> None:
    """What the core opens for a plugin, such as a schema, is not the plugin's."""
    assert seen(tmp_path, "from copydesk.schema import text; text()") == []
