from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.markdown.fold import fold
from copydesk.markdown.writer import write
from copydesk.values.document import Element
from copydesk.values.roles import Role
from tests.markdown.hostile import CASES, ELEMENTS, ROLES
from tests.markdown.html import read
from tests.markdown.rendering import KINDS

Render = Callable[[str], str]

MISTUNE_PLUGINS = (
    *("strikethrough", "footnotes", "table", "url", "task_lists", "def_list", "abbr"),
    *("mark", "insert", "superscript", "subscript", "math", "ruby", "spoiler"),
)
PYTHON_MARKDOWN_EXTENSIONS = ("extra", "admonition", "sane_lists", "toc", "wikilinks")


def _python_markdown() -> Render:
    markdown = pytest.importorskip("markdown")
    return lambda text: str(markdown.markdown(text, extensions=list(PYTHON_MARKDOWN_EXTENSIONS)))


def _mistune() -> Render:
    render = pytest.importorskip("mistune").create_markdown(escape=False, plugins=list(MISTUNE_PLUGINS))
    return lambda text: str(render(text))


def _cmark_gfm() -> Render:
    engine = pytest.importorskip("cmarkgfm")
    return lambda text: str(
        engine.github_flavored_markdown_to_html(text, options=engine.cmark.Options.CMARK_OPT_UNSAFE)
    )


def _marko() -> Render:
    pytest.importorskip("marko")
    convert = pytest.importorskip("marko.ext.gfm").gfm.convert
    return lambda text: str(convert(text))


@pytest.fixture(
    params=[_python_markdown, _mistune, _cmark_gfm, _marko], ids=lambda engine: engine.__name__, scope="module"
)
def render(request: pytest.FixtureRequest) -> Render:
    """Return the function of an engine that is installed, by chance or for this test."""
    engine: Callable[[], Render] = request.param
    return engine()


def _shows(render: Render, elements: list[Element]) -> None:
    expected = [(KINDS[element.role], element.text) for element in elements]

    assert expected == read(render(write(elements)))


@given(elements=st.lists(ELEMENTS, max_size=5))
def test_faithful_markdown_elsewhere(render: Render, elements: list[Element]) -> None:
    """The other engines show exactly the texts too, block by block."""
    _shows(render, elements)


@pytest.mark.parametrize("role", ROLES)
def test_hostile_corpus_elsewhere(render: Render, role: Role) -> None:
    """Every case of the corpus is shown as it is by the other engines."""
    for _, text in CASES:
        _shows(render, [Element(role, fold(text), ())])
