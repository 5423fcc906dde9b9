"""What a plugin that is made up in a test consists of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from copydesk.desk.installed import EntryPoint
from copydesk.plugin import PARAGRAPH, Layout, Source, hookimpl, line, some

Make = Callable[..., EntryPoint]


def source(id: str, label: str = "") -> Source:
    """Return a source with a label."""
    return Source(id, f"The {id} agency", labels=(label or id,))


def layout(id: str) -> Layout:
    """Return a layout with a landmark of its own."""
    return Layout(id, page=(line("head", f"Head of {id}"), some(PARAGRAPH)))


def sources(*values: Any) -> Any:
    """Return a hook that hands over sources."""

    @hookimpl
    def copydesk_sources() -> Any:
        return values

    return copydesk_sources


def layouts(*values: Any) -> Any:
    """Return a hook that hands over layouts."""

    @hookimpl
    def copydesk_layouts() -> Any:
        return values

    return copydesk_layouts
