"""The stretches of a page that its tags mark up: emphasis, code, links, images."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from copydesk.markdown.urls import source, target
from copydesk.values.markup import Markup

EM, STRONG, CODE, LINK = "em", "strong", "code", "a"

_MEANINGS = {
    STRONG: ("b", "strong"),
    EM: ("em", "i", "cite", "dfn", "var"),
    CODE: ("code", "kbd", "samp", "tt"),
}
MEANING = {tag: kind for kind, tags in _MEANINGS.items() for tag in tags}
"""What a tag makes of its text; all others but links and images leave it as it is."""

_NEAR = 16  # a link around an image is not farther up than this

Place = tuple[int, int, str]
"""Start, end, and the target of a link or nothing."""


class Image(NamedTuple):
    """An image that can be shown: where it stands on the page, its address, and the target of a link around it."""

    at: int
    node: int
    alt: str
    source: str
    title: str
    target: str


class Ranges(NamedTuple):
    """Places without overlap, in order."""

    places: list[Place]

    def within(self, start: int, end: int) -> Iterator[Place]:
        """Give the parts of the places that lie in a stretch."""
        at = bisect_right(self.places, start, key=_end)
        while at < len(self.places) and self.places[at][0] < end:
            first, last, url = self.places[at]
            yield max(first, start), min(last, end), url
            at += 1


class Marked(NamedTuple):
    """All that a page marks up, by kind; images are in order."""

    kinds: dict[str, Ranges]
    images: list[Image]

    def images_in(self, start: int, end: int) -> list[Image]:
        """Return the images that stand in a stretch or at its ends."""
        return self.images[bisect_left(self.images, start, key=_at) : bisect_right(self.images, end, key=_at)]


def _end(place: Place) -> int:
    return place[1]


def _at(image: Image) -> int:
    return image.at


def marked(markup: Markup, base: str, but: Iterable[int], first: int, last: int) -> Marked:
    """Return what a page marks up between two offsets; the images ``but`` are left out."""
    kinds: dict[str, list[Place]] = {STRONG: [], EM: [], CODE: [], LINK: []}
    images: list[Image] = []
    others = frozenset(but)
    for node in markup.inline:
        tag, start, end = markup.tags[node], markup.starts[node], markup.ends[node]
        if end < first or start > last:
            continue
        if tag == "img":
            if node not in others and (image := image_of(markup, node, base)):
                images.append(image)
        elif start < end:
            _take(kinds, markup, node, base)
    return Marked({kind: Ranges(places) for kind, places in kinds.items()}, images)


def _take(kinds: dict[str, list[Place]], markup: Markup, node: int, base: str) -> None:
    """Add an element to the places of its kind: within or behind the last one, so that they never overlap."""
    start, end = markup.starts[node], markup.ends[node]
    kind = MEANING.get(markup.tags[node], "")
    if markup.tags[node] == LINK:
        url = target(markup.attribute(node, "href"), base)
        if url and (not kinds[LINK] or start >= kinds[LINK][-1][1]):
            kinds[LINK].append((start, end, url))
    elif kind:
        places = kinds[kind]
        if places and start <= places[-1][1]:
            places[-1] = (places[-1][0], max(end, places[-1][1]), "")
        else:
            places.append((start, end, ""))


def image_of(markup: Markup, node: int, base: str) -> Image | None:
    """Return the image of an element, if its address can be used."""
    url = source(markup.attribute(node, "src"), base)
    if not url:
        return None
    said = (markup.attribute(node, name) for name in ("alt", "title"))
    alt, title = (" ".join(text.split()) for text in said)
    near = (n for n in islice(markup.ancestors(node), _NEAR) if markup.tags[n] == LINK)
    around = next(near, -1)
    link = target(markup.attribute(around, "href"), base) if around >= 0 else ""
    return Image(markup.starts[node], node, alt, url, title, link)
