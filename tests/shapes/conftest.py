from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from copydesk import schema
from tests.shapes import paper


@pytest.fixture
def acme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Install the package with the schema and give the schema's name."""
    paper.install(tmp_path / "site")
    monkeypatch.syspath_prepend(tmp_path / "site")
    yield paper.NAME
    sys.modules.pop("acme_shapes", None)
    for cached in (schema.load, schema.validator, schema._about):
        cached.cache_clear()
