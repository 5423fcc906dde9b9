"""The display of a run on a terminal: two lines that are drawn over and over, below the messages."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.segment import Segment, Segments
from rich.table import Table
from rich.text import Text

from copydesk.cli.progress import Far, became, reached, remaining, speed

BAR = (8, 40)
"""Columns that the bar takes: below the first there is none."""


class Display:
    """Draws how far a run is at the bottom of standard error's terminal, as long as it is not closed."""

    def __init__(self) -> None:
        self._console = Console(file=sys.stderr, force_terminal=True, force_interactive=True, force_jupyter=False)
        self._live = Live(console=self._console, auto_refresh=False, transient=True, redirect_stdout=False,
                          redirect_stderr=False)  # fmt: skip
        self._live.start()

    def draw(self, far: Far, lines: Sequence[str]) -> None:
        """Put lines above the display, as they are and whole, and draw it anew. Raises OSError."""
        if lines:
            said = "".join(f"{text}\n" for text in lines)
            self._console.print(Segments([Segment(said)]), soft_wrap=True, end="")
        self._live.update(_picture(far, self._console.width), refresh=True)

    def close(self) -> None:
        """Take the display away, and show the cursor again. Raises OSError."""
        self._live.stop()


def _picture(far: Far, width: int) -> RenderableType:
    said = next((text for text in _sayings(far) if len(text) <= width), "")
    return Group(_with_bar(far, said, width - len(said) - 1), _line(became(far)))


def _sayings(far: Far) -> Iterator[str]:
    """Give how far a run is in fewer and fewer words."""
    start = f"{far.command}: {reached(far)}"
    yield ", ".join(filter(None, (start, speed(far), remaining(far))))
    yield ", ".join(filter(None, (start, remaining(far))))
    yield start
    yield reached(far)
    yield f"{far.done:,}"


def _with_bar(far: Far, said: str, room: int) -> RenderableType:
    least, most = BAR
    if far.total is None or room < least:
        return _line(said)
    row = Table.grid(padding=(0, 1, 0, 0))
    row.add_row(ProgressBar(total=max(far.total, 1), completed=far.done, width=min(room, most)), _line(said))
    return row


def _line(said: str) -> Text:
    return Text(said, no_wrap=True, overflow="ellipsis")
