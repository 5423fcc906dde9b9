"""The elements of an HTML page, as plain values beside its text."""

from collections.abc import Iterator
from typing import NamedTuple

Attributes = tuple[tuple[str, str], ...]


class Markup(NamedTuple):
    """The elements of an HTML page in document order; an element is known by its index.

    ``tags`` are lower case. ``parents`` holds the index of each parent, -1 for a root. The text of element ``n`` is
    ``page.text[starts[n]:ends[n]]``: empty for one without visible text, such as an image, and for scripts.
    ``attributes`` holds the pairs of each element as they stand in its tag, names in lower case.
    ``inline`` are the indices of the elements that mark up text (emphasis, links, images), in order.
    """

    tags: tuple[str, ...]
    parents: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    attributes: tuple[Attributes, ...]
    inline: tuple[int, ...]

    def attribute(self, node: int, name: str) -> str:
        """Return the value of an element's attribute, or the empty string."""
        for key, value in self.attributes[node]:
            if key == name:
                return value
        return ""

    def ancestors(self, node: int) -> Iterator[int]:
        """Give an element and the elements around it, from the inside out."""
        while node >= 0:
            yield node
            node = self.parents[node]

    def positions(self) -> list[int]:
        """Return for each element which of its parent's children with the same tag it is, from 1."""
        counts: dict[tuple[int, str], int] = {}
        found = []
        for key in zip(self.parents, self.tags, strict=True):
            counts[key] = counts.get(key, 0) + 1
            found.append(counts[key])
        return found

    def path(self, node: int, positions: list[int]) -> str:
        """Return the XPath of an element, `/html[1]/body[1]/p[2]`; ``positions`` are those of all elements."""
        steps = [f"{self.tags[n]}[{positions[n]}]" for n in self.ancestors(node)]
        return "/" + "/".join(reversed(steps))
