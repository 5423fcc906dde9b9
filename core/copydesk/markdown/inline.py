"""The stretches of a line that can be marked up so that every engine reads them the same."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from copydesk.markdown.ranges import CODE, EM, LINK, STRONG

Stretch = tuple[int, int]

# In code nothing can be escaped: it holds no sign that ends it, or that a template or a table would see; nor those
# behind which PyMdown looks for the name of a language.
_NOT_IN_CODE = re.compile(r"[`{}<>|\\$&\[\]^~]|:::|#!")
# Beside these no emphasis or code begins or ends; the strikethrough of GFM makes `~` invisible to emphasis.
_DELIMITERS = frozenset("*_`~\\")
_RANKS = {LINK: 0, STRONG: 1, EM: 2, CODE: 3}


class Run(NamedTuple):
    """A stretch with its kind; ``url`` is the target of a link."""

    start: int
    end: int
    kind: str
    url: str = ""


def chosen(text: str, runs: Iterable[Run], breaks: list[int], images: list[int]) -> list[Run]:
    """Return the runs that can stand, one within the other or apart, the outer before the inner.

    ``images`` are the places of images in the line. What could be misread is left out.
    """
    kinds: dict[str, list[Run]] = {LINK: [], STRONG: [], EM: [], CODE: []}
    for run in runs:
        kinds[run.kind].append(run)
    links = list(_trimmed(text, kinds[LINK]))
    code = [run for run in _trimmed(text, _joined(kinds[CODE])) if _is_code(text, run, links, breaks, images)]
    if "`" in text:  # some engines count escaped backticks
        code = []
    kept = sorted([*links, *code])
    for kind in (STRONG, EM):
        fits = _fitting(text, kept, images)
        kept = sorted([*kept, *(run for run in _apart(_parts(text, _joined(kinds[kind]), breaks)) if fits(run))])
    return sorted(kept, key=_order)


def _order(run: Run) -> tuple[int, int, int]:
    return run.start, -run.end, _RANKS[run.kind]


def _joined(runs: list[Run]) -> list[Run]:
    """Join neighbours that touch: a rule has cut between them."""
    joined: list[Run] = []
    for run in runs:
        if joined and run.start <= joined[-1].end:
            joined[-1] = joined[-1]._replace(end=max(run.end, joined[-1].end))
        else:
            joined.append(run)
    return joined


def _trimmed(text: str, runs: Iterable[Run]) -> Iterator[Run]:
    """Move the white space at the ends of runs out of them; what is empty then goes."""
    for run in runs:
        said = text[run.start : run.end]
        start = run.start + len(said) - len(said.lstrip())
        end = run.end - len(said) + len(said.rstrip())
        if start < end:
            yield run._replace(start=start, end=end)


def _parts(text: str, runs: list[Run], breaks: list[int]) -> Iterator[Run]:
    """Give the runs line by line."""
    for run in runs:
        within = breaks[bisect_left(breaks, run.start) : bisect_left(breaks, run.end)]
        ends = zip((run.start, *within), (*within, run.end), strict=True)
        yield from _trimmed(text, (run._replace(start=start, end=end) for start, end in ends))


def _apart(runs: Iterable[Run]) -> Iterator[Run]:
    end = -1
    for run in runs:
        if run.start > end:
            yield run
            end = run.end


def _is_code(text: str, run: Run, links: list[Run], breaks: list[int], images: list[int]) -> bool:
    edges = text[max(run.start - 1, 0) : run.start] + text[run.end : run.end + 1]
    return (
        not _NOT_IN_CODE.search(text, run.start, run.end)
        and _DELIMITERS.isdisjoint(edges)
        and not _any_within(breaks, run)
        and not _any_within(images, run)
        and all(_lies_in(run, link) for link in _near(links, run))
    )


def _any_within(places: list[int], run: Run) -> bool:
    return bisect_left(places, run.start) < bisect_right(places, run.end)


def _near(runs: list[Run], run: Run) -> list[Run]:
    """Return the runs, sorted and laminar, that touch another; those around an edge may be far to the left."""
    first = bisect_left(runs, run.start, key=_end)
    return runs[first : bisect_right(runs, run.end, key=_start)]


def _start(run: Run) -> int:
    return run.start


def _end(run: Run) -> int:
    return run.end


def _lies_in(run: Run, link: Run) -> bool:
    """Tell whether code does not share text with a link, or lies in it."""
    apart = run.end <= link.start or link.end <= run.start
    return apart or (link.start <= run.start and run.end <= link.end)


def _fitting(text: str, kept: list[Run], images: list[int]) -> Callable[[Run], bool]:
    """Return a test whether emphasis can stand among the runs that are kept already."""
    by_kind = {kind: [run for run in kept if run.kind == kind] for kind in (LINK, CODE, STRONG)}

    def fits(run: Run) -> bool:
        others = [other for runs in by_kind.values() for other in _near(runs, run)]
        return all(_goes_with(run, other) for other in others) and _flanks(text, run, others, images)

    return fits


def _goes_with(run: Run, other: Run) -> bool:
    """Tell whether emphasis can stand with another run that it touches or overlaps."""
    same = (run.start, run.end) == (other.start, other.end)
    strictly_within = other.start < run.start and run.end < other.end
    strictly_around = run.start < other.start and other.end < run.end
    if other.kind == LINK:
        return (other.start <= run.start and run.end <= other.end) or strictly_around
    if other.kind == CODE:
        return same or strictly_around
    return same or strictly_within or strictly_around


def _flanks(text: str, run: Run, others: list[Run], images: list[int]) -> bool:
    """Tell whether engines see where emphasis begins and ends: at a letter or digit within, or a space outside."""
    first, last = text[run.start], text[run.end - 1]
    before = text[run.start - 1] if run.start else " "
    behind = text[run.end] if run.end < len(text) else " "
    if not _DELIMITERS.isdisjoint((first, last, before, behind)) or _touches(images, run):
        return False
    coded = any(other.kind == CODE and other.start == run.start for other in others)
    return ((_is_inner(first) and not coded) or before == " ") and ((_is_inner(last) and not coded) or behind == " ")


def _touches(images: list[int], run: Run) -> bool:
    return any(images[at : at + 1] == [place] for place in (run.start, run.end) for at in (bisect_left(images, place),))


def _is_inner(character: str) -> bool:
    return character.isalnum()
