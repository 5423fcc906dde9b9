"""One element of a body as a passage of our own HTML: its text as Markdown, its markup as tags."""

from collections.abc import Iterator
from html import escape as as_html
from typing import NamedTuple

from copydesk.markdown.forms import Forms, alternative, forms, title, written
from copydesk.markdown.inline import Run, chosen
from copydesk.markdown.lines import Line, line_of
from copydesk.markdown.ranges import CODE, EM, LINK, STRONG, Image, Marked
from copydesk.values.capture import Page
from copydesk.values.document import Element
from copydesk.values.roles import Role

ON_ONE_LINE = frozenset((Role.HEADING, Role.CELL))

Placed = tuple[int, Image]


class Passage(NamedTuple):
    """A line, what stands in it, and how it is written; ``spaced`` are the places on the page where a space follows."""

    line: str
    runs: list[Run]
    images: list[Placed]
    breaks: list[int]
    forms: Forms
    spaced: frozenset[int]


def passage_of(element: Element, page: Page, marked: Marked, images: list[Image]) -> str:
    """Return an element as HTML; ``images`` are those that stand in it."""
    line = line_of(element, page, set(_cuts(element, page, marked, images)))
    placed = sorted(((_place(line, image.at), image) for image in images), key=_at)
    breaks = [] if element.role in ON_ONE_LINE else line.breaks
    places = [at for at, _ in placed]
    runs = chosen(line.text, _runs(element, line, marked), breaks, places)
    links = [(run.start, run.end) for run in runs if run.kind == LINK]
    breaks = _outside(breaks, links)
    touched = sorted({*places, *(run.start for run in runs), *(run.end for run in runs)})
    found = forms(
        line.text, heading=element.role is Role.HEADING, breaks=breaks, touched=touched, links=links
    )
    for at in (*places, *(start for start, _ in links)):
        if line.text[at - 1 : at] == "!":  # would make an image of the link
            found[at - 1] = "\\!"
    spaced = frozenset(image.at for image in images if page.text[image.at : image.at + 1].isspace())
    return "".join(_html(Passage(line.text, runs, placed, breaks, found, spaced)))


def is_marked(element: Element, page: Page, marked: Marked) -> bool:
    """Tell whether tags mark up any of an element, or break its lines."""
    return next(_cuts(element, page, marked, []), None) is not None


def image_html(image: Image, *, titled: bool) -> str:
    """Return an image as HTML, with the link around it."""
    said = f' title="{as_html(title(image.title))}"' if titled and image.title else ""
    shown = f'<img alt="{as_html(alternative(image.alt))}" src="{as_html(image.source)}"{said}>'
    return f'<a href="{as_html(image.target)}">{shown}</a>' if image.target else shown


def _cuts(element: Element, page: Page, marked: Marked, images: list[Image]) -> Iterator[int]:
    for span in element.spans:
        for ranges in marked.kinds.values():
            for start, end, _ in ranges.within(span.start, span.end):
                yield from (start, end)
        at = page.text.find("\n", span.start, span.end)
        while at >= 0:
            yield from (at, at + 1)
            at = page.text.find("\n", at + 1, span.end)
    yield from (image.at for image in images)


def _place(line: Line, at: int) -> int:
    """Return where an image stands in a line; at its end, if folding has hidden the place."""
    return line.begins.get(at, line.ends.get(at, len(line.text)))


def _at(placed: Placed) -> int:
    return placed[0]


def _runs(element: Element, line: Line, marked: Marked) -> Iterator[Run]:
    """Give the runs of a line, by kind and in order."""
    for kind, ranges in marked.kinds.items():
        for span in element.spans:
            for start, end, url in ranges.within(span.start, span.end):
                if start in line.begins and end in line.ends:
                    run = Run(line.begins[start], line.ends[end], kind, url)
                    if not (element.role is Role.HEADING and _is_bold_as_such(run, line)):
                        yield run


def _is_bold_as_such(run: Run, line: Line) -> bool:
    """Tell whether a run is emphasis of a whole heading, which is bold anyhow."""
    return run.kind in (EM, STRONG) and run.start == 0 and run.end == len(line.text)


def _outside(breaks: list[int], links: list[tuple[int, int]]) -> list[int]:
    """Return the breaks that are not within a link: there they are spaces."""
    covered = {at for at in breaks for start, end in _around(at, links) if start <= at < end}
    return [at for at in breaks if at not in covered]


def _around(at: int, links: list[tuple[int, int]]) -> list[tuple[int, int]]:
    from bisect import bisect_right

    last = bisect_right(links, (at, at + 1))
    return links[max(last - 1, 0) : last + 1]


def _html(passage: Passage) -> Iterator[str]:
    """Give the pieces of a passage: between the places where something begins, ends or stands, its text."""
    order = sorted(passage.forms)
    breaks = set(passage.breaks)
    images = _by_place(passage)
    opening = list(reversed(passage.runs))
    open_runs: list[Run] = []
    done = 0
    for at in _stops(passage):
        yield _text(passage, order, open_runs, done, at)
        while open_runs and open_runs[-1].end == at:
            yield f"</{open_runs.pop().kind}>"
        yield from (_image(image, open_runs) for image in images.get(at, ()))
        if at in images and passage.line[at - 1 : at] == " " and images[at][-1].at in passage.spaced:
            yield " "  # the one that folding has made one with that before the image
        while opening and opening[-1].start == at:
            open_runs.append(opening.pop())
            yield _tag(open_runs[-1])
        if at in breaks:
            yield "<br>"
        done = at + 1 if at in breaks else at


def _stops(passage: Passage) -> list[int]:
    edges = (edge for run in passage.runs for edge in (run.start, run.end))
    return sorted({*edges, *passage.breaks, *(at for at, _ in passage.images), len(passage.line)})


def _by_place(passage: Passage) -> dict[int, list[Image]]:
    found: dict[int, list[Image]] = {}
    for at, image in passage.images:
        found.setdefault(at, []).append(image)
    return found


def _text(passage: Passage, order: list[int], open_runs: list[Run], start: int, end: int) -> str:
    if open_runs and open_runs[-1].kind == CODE:
        return as_html(passage.line[start:end])
    return as_html(written(passage.line, passage.forms, order, start, end))


def _tag(run: Run) -> str:
    return f'<a href="{as_html(run.url)}">' if run.kind == LINK else f"<{run.kind}>"


def _image(image: Image, open_runs: list[Run]) -> str:
    linked = any(run.kind == LINK for run in open_runs)
    return image_html(image._replace(target="") if linked else image, titled=False)
