"""Shapes: the one schema in the words of other tools."""

from __future__ import annotations

from importlib import import_module

SHAPES = {
    "yaml": "as it is written",
    "json": "JSON Schema 2020-12 in one piece, for validators and editors",
    "markdown": "a page to read",
    "obsidian": "the types of properties, .obsidian/types.json",
    "astro": "a content collection, src/content.config.ts",
    "hugo": "an archetype, archetypes/NAME.md",
    "python": "a TypedDict",
}
"""Each shape, and what it is; the module of its name makes it."""


def shaped(name: str, shape: str) -> str:
    """Return a schema in a shape, as text that ends with a line feed; ``name`` is as in `copydesk.schema.load`."""
    if shape == "yaml":
        from copydesk.schema import text

        return text(name)
    return str(import_module(f"copydesk.shapes.{shape}").shaped(name))
