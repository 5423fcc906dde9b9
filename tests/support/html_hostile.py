"""Pages that are hostile in one way, under the name by which the benchmarks know them."""

from __future__ import annotations

from copydesk.testing.html_hostile import hostile_families

__all__ = ["hostile_families"]
