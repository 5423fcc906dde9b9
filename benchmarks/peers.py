"""Other programs that make text of HTML pages: how each is asked for what comes nearest to a document of ours."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from types import ModuleType
from typing import NamedTuple

Reader = Callable[[bytes], str]
"""Turns the bytes of a page into text."""


class Peer(NamedTuple):
    """A program: its name, the module it is imported by, how a reader is made of that, and the goal against it.

    The goal is how many times as long as Copydesk it should take at least.
    """

    name: str
    module: str
    reader: Callable[[ModuleType], Reader]
    goal: float | None = None

    def load(self) -> Reader | None:
        """Return the program's reader, or None where it is not installed."""
        try:
            return self.reader(import_module(self.module))
        except ImportError:
            return None


def _trafilatura(module: ModuleType) -> Reader:
    return lambda data: str(module.extract(data, with_metadata=True, output_format="markdown") or "")


def _markitdown(module: ModuleType) -> Reader:
    program = module.MarkItDown(enable_plugins=False)
    return lambda data: str(program.convert_stream(BytesIO(data), file_extension=".html").markdown)


def _newspaper(module: ModuleType) -> Reader:
    def read(data: bytes) -> str:
        article = module.Article("https://archive.example.org/")
        article.download(input_html=data.decode())
        article.parse()
        return f"{article.title}\n\n{article.text}"

    return read


def _readability(module: ModuleType) -> Reader:
    def read(data: bytes) -> str:
        document = module.Document(data.decode())
        return f"{document.title()}\n\n{document.summary()}"

    return read


def _justext(module: ModuleType) -> Reader:
    words = module.get_stoplist("English")

    def read(data: bytes) -> str:
        return "\n\n".join(part.text for part in module.justext(data, words) if not part.is_boilerplate)

    return read


def _html2text(module: ModuleType) -> Reader:
    return lambda data: str(module.html2text(data.decode()))


def _markdownify(module: ModuleType) -> Reader:
    return lambda data: str(module.markdownify(data.decode()))


def _resiliparse(module: ModuleType) -> Reader:
    # in version 2 it is an attribute, and no module that can be imported by its name
    html2text = getattr(module, "html2text", None) or import_module("resiliparse.extract.html2text")
    return lambda data: str(html2text.extract_plain_text(data.decode(), main_content=True))


PEERS = (
    Peer("trafilatura, Markdown with metadata", "trafilatura", _trafilatura, 15.0),
    Peer("MarkItDown, the whole page", "markitdown", _markitdown),
    Peer("newspaper4k, title and text", "newspaper", _newspaper),
    Peer("readability-lxml, title and HTML", "readability", _readability),
    Peer("jusText, text", "justext", _justext),
    Peer("html2text, the whole page", "html2text", _html2text),
    Peer("markdownify, the whole page", "markdownify", _markdownify),
    Peer("Resiliparse, text", "resiliparse.extract", _resiliparse),
)
"""The programs, with what is made by them; the first two are those that people name."""
