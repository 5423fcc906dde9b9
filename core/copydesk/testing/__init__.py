"""The kit for authors of plugins: cases, checks of the laws, and strategies.

`suite` makes the tests of a plugin, for pytest; it and the strategies need the extra `testing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copydesk.testing.suites import suite

__all__ = ["suite"]


def __getattr__(name: str) -> object:
    if name != "suite":
        raise AttributeError(f"module 'copydesk.testing' has no attribute {name!r}")
    from copydesk.testing.suites import suite  # imports pytest

    return suite
