from __future__ import annotations

import pytest
from hypothesis import settings


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flag that records what the specimens become, for review as a diff."""
    parser.addoption("--record", action="store_true", help="record the expectations of the specimens anew")


@pytest.fixture
def record(request: pytest.FixtureRequest) -> bool:
    """Whether expectations are recorded and not compared."""
    return bool(request.config.getoption("--record"))


settings.register_profile("copydesk", deadline=None, derandomize=True, max_examples=100)
settings.register_profile("long", deadline=None, max_examples=2000)
settings.load_profile("copydesk")
