"""Recording a run: its report and its quarantine, where somebody asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO

from copydesk import inputs
from copydesk.batch.values import Outcome, Settings
from copydesk.desk.load import Host
from copydesk.errors import CopydeskError
from copydesk.inputs import Input
from copydesk.page import MAX_BYTES

if TYPE_CHECKING:
    from copydesk.inputs.containers import Reader


class Recorder:
    """Writes an outcome down as soon as it is known; both paths may be empty."""

    def __init__(self, report: str, quarantine: str, settings: Settings, host: Host) -> None:
        self._quarantine = quarantine
        self._reader: Reader | None = None
        self._stream = _opened(report) if report else None
        if self._stream:
            from copydesk.batch.report import opening, write

            try:
                write(self._stream, opening(settings, host))
            except CopydeskError:
                self._close()
                raise

    def __enter__(self) -> Recorder:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def _close(self) -> None:
        if self._stream:
            with suppress(OSError):  # each line was flushed: one that could not be written has been told of
                self._stream.close()

    def add(self, outcome: Outcome) -> None:
        """Keep an outcome. Raises CopydeskError where that cannot be."""
        if self._stream:
            from copydesk.batch.report import line, write

            write(self._stream, line(outcome))
        if self._quarantine:
            from copydesk.batch.quarantine import settle

            settle(self._quarantine, outcome, self._read)

    def write(self, row: Mapping[str, Any]) -> None:
        """Write a line of the report that is of no input."""
        if self._stream:
            from copydesk.batch.report import write

            write(self._stream, row)

    def _read(self, item: Input) -> bytes:
        """Read an input once more; outcomes come in the order of their container, so it is read once at most."""
        if not item.inside or item.where:
            return inputs.read(item)
        from copydesk.inputs.containers import Reader

        self._reader = self._reader or Reader()
        return self._reader.read(item, MAX_BYTES)

    def end(self, counts: Mapping[str, int], passed_over: Mapping[str, int]) -> None:
        """Write the counts: without them a report is that of an interrupted run."""
        if self._stream:
            from copydesk.batch.report import closing, write

            write(self._stream, closing(counts, passed_over))


def _opened(path: str) -> TextIO:
    try:
        return open(path, "w", encoding="utf-8")
    except OSError as problem:
        raise CopydeskError(f"{path!r}: the report cannot be written: {problem.strerror}; name another file") from None
