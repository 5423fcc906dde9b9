"""Articles: what a Markdown file of Copydesk holds, read back."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

from copydesk.errors import FrontmatterError
from copydesk.frontmatter.reading import parse


class Article(NamedTuple):
    """A Markdown file: its frontmatter, with the keys that a person added, and its body."""

    frontmatter: dict[str, Any]
    body: str
    path: str

    @property
    def id(self) -> str:
        """The identity that all captures of one article share, or the empty string."""
        return str(self.frontmatter.get("id", ""))

    @property
    def title(self) -> str:
        """The headline, or the empty string."""
        return str(self.frontmatter.get("title", ""))


def read(path: str | PathLike[str]) -> Article:
    """Read a Markdown file that Copydesk wrote.

    Raises FrontmatterError (line, fact, remedy) where its frontmatter cannot be read, and OSError as `open` does.
    """
    data = Path(path).read_bytes()
    try:
        parsed = parse(data.decode("utf-8"))
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise FrontmatterError(f"byte 0x{data[problem.start]:02x} is not UTF-8", line=line,
                               remedy="save the file as UTF-8") from None
    return Article(parsed.data, parsed.body, Path(path).as_posix())
