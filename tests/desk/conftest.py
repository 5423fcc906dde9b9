from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import pytest

from copydesk.desk.installed import EntryPoint
from tests.desk.made_up import Make


@pytest.fixture
def make(monkeypatch: pytest.MonkeyPatch) -> Make:
    """Make a plugin out of functions: a module that can be imported, and its entry point."""

    def make(name: str, *hooks: Any, version: str = "1.0", distribution: str = "") -> EntryPoint:
        module = ModuleType(f"made_up_{name}")
        for hook in hooks:
            setattr(module, hook.__name__, hook)
        monkeypatch.setitem(sys.modules, module.__name__, module)
        return EntryPoint(name, module.__name__, distribution or f"acme-{name}", version)

    return make
