"""The hooks by which a plugin hands over what it has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pluggy

from copydesk.contract.layouts import Layout
from copydesk.contract.sources import Source

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    F = TypeVar("F", bound=Callable[..., object])

PROJECT = "copydesk"
_hookspec = pluggy.HookspecMarker(PROJECT)
_hookimpl = pluggy.HookimplMarker(PROJECT)


def hookimpl(function: F) -> F:
    """Mark a plugin's function as the implementation of the hook of that name."""
    return _hookimpl(function)


@_hookspec
def copydesk_sources() -> Iterable[Source]:  # type: ignore[empty-body]  # a hook spec has no body
    """Return the sources that this plugin knows. Called once, when plugins are loaded."""


@_hookspec
def copydesk_layouts() -> Iterable[Layout]:  # type: ignore[empty-body]  # a hook spec has no body
    """Return the layouts that this plugin knows. Called once, when plugins are loaded."""
