from __future__ import annotations

from pathlib import Path

import pytest

from tests.ledger.folders import OTHER, PAGE, Folder


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Folder:
    """Return a folder with two captures and one that is rejected."""
    made = Folder(tmp_path, capsys)
    made.put(one=PAGE, two=OTHER, empty=b"")
    return made
