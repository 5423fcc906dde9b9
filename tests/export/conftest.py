from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.specimens import specimens


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with all specimens that are articles."""
    folder = tmp_path_factory.mktemp("corpus")
    for specimen in specimens():
        page = specimen.folder / "expected.md"
        if page.exists():
            (folder / f"{specimen.name}.md").parent.mkdir(parents=True, exist_ok=True)
            (folder / f"{specimen.name}.md").write_bytes(page.read_bytes())
    return folder
