"""The Markdown engines that run in this process, each set up as people use it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple

from tests.consumers.consumer import Consumer, of_python

Render = Callable[[str], str]

_PYTHON_MARKDOWN = ("extra", "admonition", "sane_lists", "toc", "wikilinks", "meta", "legacy_attrs", "legacy_em")
_MKDOCS = ("toc", "tables", "fenced_code", "meta")
_OWN = (*_PYTHON_MARKDOWN, *_MKDOCS, "abbr", "attr_list", "def_list", "footnotes", "md_in_html")
_MATERIAL = (
    *("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "meta", "toc", "tables"),
    *("arithmatex", "betterem", "caret", "critic", "details", "emoji", "highlight", "inlinehilite", "keys", "mark"),
    *("magiclink", "progressbar", "saneheaders", "snippets", "superfences", "tabbed", "tasklist", "tilde"),
    *("blocks.admonition", "blocks.caption", "blocks.definition", "blocks.details", "blocks.html", "blocks.tab"),
)
_MISTUNE = (
    *("strikethrough", "footnotes", "table", "url", "task_lists", "def_list", "abbr"),
    *("mark", "insert", "superscript", "subscript", "math", "ruby", "spoiler"),
)


class Engine(NamedTuple):
    """An engine with its name, the distribution that it comes from, and what sets it up afresh.

    Not all know tables, and one shows the asterisks of emphasis beside `=` and `+`, which are marks to it.
    """

    name: str
    distribution: str
    make: Callable[[], Render]
    tables: bool = True
    emphasis: bool = True


def _cmark(flavour: str) -> Callable[[], Render]:
    def make() -> Render:
        engine = import_module("cmarkgfm")
        options = engine.cmark.Options.CMARK_OPT_UNSAFE
        return lambda text: str(getattr(engine, flavour)(text, options=options))

    return make


def _markdown_it(preset: str, **options: Any) -> Callable[[], Render]:
    return lambda: import_module("markdown_it").MarkdownIt(preset, {"html": True, **options}).render


def _python_markdown(*names: str) -> Callable[[], Render]:
    def make() -> Render:
        engine = import_module("markdown").Markdown(extensions=[_dotted(name) for name in names])
        return lambda text: str(engine.reset().convert(text))

    return make


def _dotted(name: str) -> str:
    return name if name in _OWN else f"pymdownx.{name}"


def _mistune(*plugins: str) -> Callable[[], Render]:
    def make() -> Render:
        render = import_module("mistune").create_markdown(escape=False, plugins=list(plugins))
        return lambda text: str(render(text))

    return make


def _marko(extension: str) -> Callable[[], Render]:
    def make() -> Render:
        render = import_module(extension).gfm if extension.endswith("gfm") else import_module(extension)
        return lambda text: str(render.convert(text))

    return make


def _pyromark(*options: str) -> Callable[[], Render]:
    def make() -> Render:
        engine = import_module("pyromark")
        chosen = engine.Options(0)
        for name in options:
            chosen |= getattr(engine.Options, f"ENABLE_{name}")
        return lambda text: str(engine.html(text, options=chosen))

    return make


def _comrak(*extensions: str) -> Callable[[], Render]:
    def make() -> Render:
        engine = import_module("comrak")
        chosen, rendered = engine.ExtensionOptions(), engine.RenderOptions()
        for name in extensions:
            setattr(chosen, name, True)
        rendered.unsafe_ = True
        return lambda text: str(engine.render_markdown(text, extension_options=chosen, render_options=rendered))

    return make


_PYROMARK = (
    *("DEFINITION_LIST", "FOOTNOTES", "GFM", "HEADING_ATTRIBUTES", "MATH", "PLUSES_DELIMITED_METADATA_BLOCKS"),
    *("STRIKETHROUGH", "SUBSCRIPT", "SUPERSCRIPT", "TABLES", "TASKLISTS", "WIKILINKS", "YAML_STYLE_METADATA_BLOCKS"),
)
_COMRAK_GFM = ("alerts", "autolink", "footnotes", "strikethrough", "table", "tasklist")
_COMRAK_ALL = (
    *("block_directive", "cjk_friendly_emphasis", "description_lists", "greentext", "highlight", "inline_footnotes"),
    *("insert", "math_code", "math_dollars", "math_latex", "multiline_block_quotes", "shortcodes", "spoiler"),
    *("subscript", "subtext", "superscript", "underline", "wikilinks_title_after_pipe"),
)

ENGINES = (
    Engine("cmark", "cmarkgfm", _cmark("markdown_to_html"), tables=False),
    Engine("cmark-gfm", "cmarkgfm", _cmark("github_flavored_markdown_to_html")),
    Engine("comrak", "comrak", _comrak(), tables=False),
    Engine("comrak, as GFM", "comrak", _comrak(*_COMRAK_GFM)),
    Engine("comrak, all extensions", "comrak", _comrak(*_COMRAK_GFM, *_COMRAK_ALL), emphasis=False),
    Engine("markdown-it-py", "markdown-it-py", _markdown_it("commonmark"), tables=False),
    Engine("markdown-it-py, gfm-like", "markdown-it-py", _markdown_it("gfm-like")),
    Engine("markdown-it-py, all rules", "markdown-it-py", _markdown_it("default", linkify=True)),
    Engine("marko", "marko", _marko("marko"), tables=False),
    Engine("marko, gfm", "marko", _marko("marko.ext.gfm")),
    Engine("mistune", "mistune", _mistune(), tables=False),
    Engine("mistune, all plugins", "mistune", _mistune(*_MISTUNE)),
    Engine("pyromark", "pyromark", _pyromark(), tables=False),
    Engine("pyromark, all extensions", "pyromark", _pyromark(*_PYROMARK)),
    Engine("Python-Markdown, as MkDocs", "Markdown", _python_markdown(*_MKDOCS)),
    Engine("Python-Markdown, all extensions", "Markdown", _python_markdown(*_PYTHON_MARKDOWN)),
    Engine(
        "Python-Markdown, as Material",
        "pymdown-extensions",
        _python_markdown(*_MATERIAL),
    ),
)


def consumers() -> list[Consumer]:
    """Return the engines as consumers."""
    return [of_python(engine.name, engine.distribution, engine.make) for engine in ENGINES]
