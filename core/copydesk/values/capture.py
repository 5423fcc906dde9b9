"""A capture as it was saved, and the page it decodes to."""

from bisect import bisect_right
from typing import NamedTuple


class Capture(NamedTuple):
    """The bytes of one document as it was saved, with what is known of the saving.

    ``name`` is the path as the user gave it, with ``/`` on every system. ``url`` is where the page was captured,
    ``captured`` the ISO day of the capture, ``encoding`` a declared character set; all three may be empty.
    """

    data: bytes
    name: str = ""
    url: str = ""
    captured: str = ""
    encoding: str = ""


class Block(NamedTuple):
    """A run of text with its place: ``page.text[start:end]`` on line ``line`` (from 1) of the capture.

    A block of a text capture is a line without the white space at its ends; blank lines are no blocks.
    """

    start: int
    end: int
    line: int


def _start(block: Block) -> int:
    return block.start


class Page(NamedTuple):
    """A capture decoded (line ends as line feeds) and cut into blocks, in reading order.

    ``encoding`` is the character set by which the bytes were decoded.
    """

    text: str
    blocks: tuple[Block, ...]
    encoding: str

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column, both from 1, of an offset in ``text``."""
        at = bisect_right(self.blocks, offset, key=_start) - 1
        known, start = (self.blocks[at].line, self.blocks[at].start) if at >= 0 else (1, 0)
        line = known + self.text.count("\n", start, offset)
        return line, offset - self.text.rfind("\n", 0, offset)
