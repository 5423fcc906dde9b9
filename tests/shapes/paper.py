"""A plugin's schema with a key of each kind, as a package that can be installed for a test."""

from __future__ import annotations

from pathlib import Path

NAME = "acme_shapes:paper.yaml"

PAPER = """\
$schema: "https://json-schema.org/draft/2020-12/schema"
$id: acme/paper/1
title: Acme's paper
description: The frontmatter of an article of Acme's "paper".
$ref: copydesk/article/1
required: [edition, pages]
properties:
  source_id: {const: acme-paper}
  edition: {type: string, enum: [early, late], description: its edition, examples: [late]}
  pages: {type: integer, minimum: 1, maximum: 99, description: how many pages it has}
  weight: {type: number, description: its weight in kilograms}
  printed: {type: boolean, description: whether it was printed}
  seen: {$ref: "copydesk/article/1#/$defs/day", description: the day on which it was seen}
  topics: {type: array, maxItems: 3, items: {$ref: "#/$defs/topic"}, description: its topics, examples: [[sport]]}
  numbers: {type: array, items: {type: integer}, description: its numbers}
  free: true
  never: false
  extra: {description: whatever there is}
  archive: {not: {}, description: nobody keeps Acme's paper}
dependentRequired: {printed: [weight]}
$defs:
  topic: {title: a topic in small letters, type: string, pattern: "^[a-z]+$"}
"""


def install(site: Path) -> None:
    """Put the package into a folder of packages."""
    package = site / "acme_shapes"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", "utf-8")
    (package / "paper.yaml").write_text(PAPER, "utf-8")
