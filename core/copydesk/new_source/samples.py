"""Samples: captures from which a source is proposed, and what is known of them already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from copydesk import inputs
from copydesk.desk import labels
from copydesk.desk.load import Host
from copydesk.errors import CopydeskError, Rejection
from copydesk.page import paginate
from copydesk.pipeline import normalize
from copydesk.values.capture import Capture, Page
from copydesk.values.document import Document


class SampleError(CopydeskError):
    """Samples from which no source can be proposed; the message names the sample, the fact and the remedy."""


class Hints(NamedTuple):
    """What is known of the saving of samples: one value for each of them, or one for all, or none."""

    urls: tuple[str, ...] = ()
    captured: tuple[str, ...] = ()
    encoding: str = ""


class Sample(NamedTuple):
    """A capture with its page, and the document that the installed plugins make of it, where a layout is known."""

    capture: Capture
    page: Page
    document: Document | None
    nearest: str = ""

    @property
    def name(self) -> str:
        """The path as it was given."""
        return self.capture.name

    @property
    def is_html(self) -> bool:
        """Whether it was saved as HTML."""
        return self.page.markup is not None

    @property
    def label(self) -> str:
        """The label that a known layout has read, without the language."""
        return labels.parse(self.document.account.reading.value("label")).name if self.document else ""


UNKNOWN = ("no-layout", "no-body")
"""Rejections of a page that no layout reads: what a new one is for."""

UNKNOWN_SOURCE = "unknown"


def samples_of(paths: Sequence[str], hints: Hints, host: Host) -> list[Sample]:
    """Read samples, in the order in which they are named. Raises SampleError for one that is no page of an article."""
    found = list(inputs.find(paths).inputs)
    captures = [_capture(item, number, hints, len(found)) for number, item in enumerate(found)]
    _check_different(captures)
    return [_sample(capture, host) for capture in captures]


def _capture(item: inputs.Input, number: int, hints: Hints, count: int) -> Capture:
    url = _hint("--url", hints.urls, number, count)
    captured = _hint("--captured", hints.captured, number, count, for_all=True)
    return Capture(inputs.read(item), item.path, url, captured, hints.encoding)


def _hint(option: str, values: Sequence[str], number: int, count: int, *, for_all: bool = False) -> str:
    if not values:
        return ""
    if for_all and len(values) == 1:
        return values[0]
    if len(values) != count:
        raise SampleError(f"{option} is given {len(values)} times, and there are {count} samples; "
                          "give it once for each sample, in their order")  # fmt: skip
    return values[number]


def _check_different(captures: Sequence[Capture]) -> None:
    seen: dict[bytes, str] = {}
    for capture in captures:
        other = seen.setdefault(capture.data, capture.name)
        if other != capture.name:
            raise SampleError(f"{capture.name!r} has the same bytes as {other!r}; give the page of another article")


def _sample(capture: Capture, host: Host) -> Sample:
    try:
        page = paginate(capture)
        document = normalize(capture, host=host)
    except Rejection as problem:
        if problem.code not in UNKNOWN:
            raise SampleError(f"{capture.name!r} is no sample of an article: {problem.code}: {problem}") from None
        return Sample(capture, page, None, problem.nearest)
    if document.account.source != UNKNOWN_SOURCE:
        source = host.desk.sources[document.account.source]
        raise SampleError(f"{capture.name!r} is a page of the source {source.id!r} ({source.name}) already, in the "
                          f"layout {document.account.layout}; see it with `copydesk explain`, and mend that source "
                          "instead")  # fmt: skip
    return Sample(capture, page, document)
