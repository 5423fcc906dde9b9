"""Site generators: each builds a real site from a folder of articles, with a theme or a layout of a few lines."""

from __future__ import annotations

import html
import re
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.consumers.articles import HOSTILE, Article, seen
from tests.consumers.consumer import Difference, Result
from tests.consumers.generators import HUGOS, hugo_version, jekyll_version
from tests.consumers.programs import by_apt, node_folder, node_version, of_pip, run
from tests.markdown.rendering import Block

KINDS_OF_ARTICLES = ("specimens", "hostile articles")

_SITES = Path(__file__).with_name("sites")
_TITLE = re.compile("<title>(.*?)</title>", re.DOTALL)
_BODY = re.compile('<meta name="body"[^>]*>(.*)<meta name="end"[^>]*>', re.DOTALL)


class Site(NamedTuple):
    """A generator: what builds the site in a folder, and where the page of an article then stands."""

    name: str
    folder: str
    version: Callable[[], str]
    build: Callable[[Path], object]
    page: str
    content: str = "content"
    suffix: str = ""
    known: str = ""


TITLE_AS_HTML = "the themes put the title of the frontmatter on the page as HTML, so that `&lt;` shows as `<` in it"


class Page(NamedTuple):
    """What a built page shows: the title in the window, and the HTML of the body."""

    title: str
    body: str


def built(site: Site, articles: Sequence[Article], folder: Path) -> list[Page]:
    """Build a site of articles in a folder, and return the page of each."""
    site.version()
    shutil.copytree(_SITES / site.folder, folder, dirs_exist_ok=True)
    for article in articles:
        file = folder / site.content / f"{article.name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(article.markdown.encode())
    site.build(folder)
    return [_page(folder / site.page.format(name=article.name), site.suffix) for article in articles]


def result(site: Site, articles: Sequence[Article], folder: Path) -> Result:
    """Build a site of articles in a folder, and hold title and blocks of each page against what was written."""
    differences, known = [], 0
    for article, page in zip(articles, built(site, articles, folder), strict=True):
        expected, actual = (article.title or page.title, article.blocks), (page.title, _blocks(page.body))
        if site.known and expected[0] != actual[0]:
            known += 1
            expected = (_as_html(article.title), article.blocks)
        if expected != actual:
            differences.append(Difference(article.name, expected, actual))
    hostile = sum(article.name.startswith(HOSTILE) for article in articles)
    return Result(dict(zip(KINDS_OF_ARTICLES, (len(articles) - hostile, hostile), strict=True)), differences, known)


def _blocks(body: str) -> list[Block]:
    try:
        return seen(body)
    except ValueError as error:  # tags that are closed and were never opened
        return [("error", str(error))]


def _as_html(title: str) -> str:
    return html.unescape(title.partition("</title>")[0])


def _page(file: Path, suffix: str) -> Page:
    text = file.read_text("utf-8")
    title, body = _TITLE.search(text), _BODY.search(text)
    assert title, f"{file} has no title"
    assert body, f"{file} has no body"
    return Page(html.unescape(title[1]).removesuffix(suffix), body[1])


def _hugo(find: Callable[[], str]) -> Callable[[Path], object]:
    return lambda folder: run(find(), "--quiet", folder=folder)


def _jekyll(folder: Path) -> object:
    return run(by_apt("jekyll"), "build", "--quiet", "--disable-disk-cache", folder=folder)


def _mkdocs(folder: Path) -> object:
    return run(sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", folder=folder, NO_MKDOCS_2_WARNING="1")


def _eleventy(folder: Path) -> object:
    return run("node", node_folder() / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs", "--quiet", folder=folder)


def _astro(folder: Path) -> object:
    modules = node_folder() / "node_modules"
    (folder / "node_modules").symlink_to(modules)
    script = modules / "astro" / "astro.js"
    return run("node", script, "build", "--silent", folder=folder, ASTRO_TELEMETRY_DISABLED="1")


SITES = (
    *(Site(name, "hugo", hugo_version(find), _hugo(find), "public/{name}.html") for name, find in HUGOS.items()),
    Site("Jekyll", "jekyll", jekyll_version, _jekyll, "_site/{name}.html", content="."),
    Site("MkDocs", "mkdocs", of_pip("mkdocs"), _mkdocs, "public/{name}.html",
         suffix=" - A site", known=TITLE_AS_HTML),
    Site("Material for MkDocs", "material", of_pip("mkdocs-material"), _mkdocs, "public/{name}.html",
         suffix=" - A site", known=TITLE_AS_HTML),
    Site("Eleventy", "eleventy", lambda: node_version("@11ty/eleventy"), _eleventy, "public/{name}/index.html"),
    Site("Astro", "astro", lambda: node_version("astro"), _astro, "dist/{name}.html"),
)  # fmt: skip
