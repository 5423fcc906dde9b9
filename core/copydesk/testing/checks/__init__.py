"""The checks of a plugin, in the order in which they are run: what breaks most comes first, and names the cause."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from copydesk.testing.kit import Kit

Check = Callable[[Kit], Iterator[str]]
"""Gives what is wrong with a plugin, each as a line with the place and the remedy; nothing where all is well."""

NAMES = ("loads", "code", "schema", "cases", "ends", "memory", "rules", "purity", "determinism", "linear", "claims",
         "laws", "settled", "shown", "totality", "changes", "furniture", "days", "budget")  # fmt: skip
"""The checks; each is the function of that name in the module of that name."""


def check_of(name: str) -> Check:
    """Return a check by its name."""
    from importlib import import_module

    found: Check = getattr(import_module(f"copydesk.testing.checks.{name}"), name)
    return found
