"""The frontmatter of a document: written so that every YAML reader reads it alike, and read back with its places."""

from copydesk.frontmatter.reading import Parsed, parse, split, untouched
from copydesk.frontmatter.writing import KEYS, Sealed, Writable, body_hash, compose, dump, frontmatter_hash, seal

__all__ = [
    "KEYS",
    "Parsed",
    "Sealed",
    "Writable",
    "body_hash",
    "compose",
    "dump",
    "frontmatter_hash",
    "parse",
    "seal",
    "split",
    "untouched",
]
