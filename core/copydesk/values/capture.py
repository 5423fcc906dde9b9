"""A capture as it was saved, and the page it decodes to."""

from bisect import bisect_right
from typing import NamedTuple

from copydesk.values.findings import Flag, Note
from copydesk.values.markup import Markup


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

    A block of a text capture is a line without the white space at its ends; blank lines are no blocks. A block of an
    HTML page is the text of a paragraph, cell or heading, or a run of text between such; ``node`` is its element in
    ``page.markup``, and ``line`` the line of that element's tag.
    """

    start: int
    end: int
    line: int
    node: int = -1


def _start(block: Block) -> int:
    return block.start


class Page(NamedTuple):
    """A capture decoded (line ends as line feeds) and cut into blocks, in reading order.

    ``encoding`` is the character set by which the bytes were decoded. ``markup`` has the elements of an HTML page;
    the text of such a page is what a browser shows, a line feed in a block is a line break of the page, and what its
    head says of it stands in ``notes``, each with its place. ``flags`` say what was odd about the bytes.
    """

    text: str
    blocks: tuple[Block, ...]
    encoding: str
    markup: Markup | None = None
    notes: tuple[Note, ...] = ()
    flags: tuple[Flag, ...] = ()

    @property
    def shown(self) -> int:
        """How many of the blocks are shown; those behind them are what the head of an HTML page says, one a note."""
        return len(self.blocks) - len(self.notes)

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column, both from 1, of an offset in ``text``.

        On an HTML page the line is that of the block's element, and the column counts from the start of the block.
        """
        at = bisect_right(self.blocks, offset, key=_start) - 1
        if self.markup is not None:
            return (self.blocks[at].line, offset - self.blocks[at].start + 1) if at >= 0 else (1, 1)
        known, start = (self.blocks[at].line, self.blocks[at].start) if at >= 0 else (1, 0)
        line = known + self.text.count("\n", start, offset)
        return line, offset - self.text.rfind("\n", 0, offset)
