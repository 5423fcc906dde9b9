"""Articles: what a Markdown file of Copydesk holds, read back, and written again with a person's edits kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from copydesk.errors import CopydeskError, FrontmatterError
from copydesk.frontmatter.reading import Parsed, parse


@dataclass(frozen=True, slots=True)
class Article:
    """A Markdown file: its frontmatter, with the keys that a person added, and its body.

    ``path`` has ``/`` on every system. ``text`` is the file as it was read, which `write` goes by; it is empty for an
    article that was read from no file, and two articles are equal whatever it is.
    """

    frontmatter: dict[str, Any]
    body: str
    path: str
    text: str = field(default="", repr=False, compare=False)

    @property
    def id(self) -> str:
        """The identity that all captures of one article share, or the empty string."""
        return str(self.frontmatter.get("id", ""))

    @property
    def title(self) -> str:
        """The headline, or the empty string."""
        return str(self.frontmatter.get("title", ""))

    @property
    def paragraphs(self) -> list[str]:
        """The text of each paragraph of the body, without markup."""
        from copydesk.markdown.paragraphs import paragraphs

        return [paragraph.text for paragraph in paragraphs(self.body)]


def read(path: str | PathLike[str]) -> Article:
    """Read a Markdown file that Copydesk wrote, or that a person edited since.

    Raises FrontmatterError (file, line, fact, remedy) where its frontmatter cannot be read, and OSError as `open` does.
    """
    article, _ = read_parsed(path)
    return article


def read_parsed(path: str | PathLike[str]) -> tuple[Article, Parsed]:
    """Read a file as `read` does, and return with it the lines of its keys."""
    name = Path(path).as_posix()
    with open(fspath(path), "rb") as stream:
        data = stream.read()
    try:
        text = data.decode("utf-8")
        parsed = parse(text)
    except UnicodeDecodeError as problem:
        raise FrontmatterError(f"byte 0x{data[problem.start]:02x} is not UTF-8", path=name, remedy="save it as UTF-8",
                               line=data.count(b"\n", 0, problem.start) + 1) from None  # fmt: skip
    except FrontmatterError as problem:
        problem.path = name
        raise
    return Article(parsed.data, parsed.body, name, text), parsed


def write(article: Article, *, seal: bool = False, force: bool = False) -> str:
    """Write an article to its path, whole or not at all, and return `written` or `unchanged`.

    Lines of the frontmatter whose values did not change stay as they are, with the comments beside them, and keys keep
    their order. The two hashes stay too, so that Copydesk goes on to see the edit: `check` tells of it, and a new run
    of `convert` does not overwrite it. With ``seal`` the hashes are made anew, and the file counts as Copydesk's own
    writing, which a new run may replace; so it must hold no key but Copydesk's.

    Raises CopydeskError for a key or a value that frontmatter cannot have and for a key of a person's in a sealed
    file; EditedOutput, unless ``force`` is given, where the file has changed since the article was read, or another
    file is in its place that is not Copydesk's own writing; OutputError where it cannot be written.
    """
    from copydesk import outputs
    from copydesk.frontmatter.rewriting import rewritten, sealed

    try:
        text = (sealed if seal else rewritten)(article.text, article.frontmatter, article.body)
    except CopydeskError as problem:
        raise CopydeskError(f"{article.path!r}: {problem}") from problem
    path = Path(article.path)
    if not article.text or force:
        return outputs.write(path, text, force=force)
    return outputs.rewrite(path, text, article.text)
