from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from copydesk.markdown.writer import write
from copydesk.values.document import Element
from copydesk.values.roles import Role
from tests.consumers.engines import ENGINES, Render
from tests.markdown.hostile import ELEMENTS
from tests.markdown.html import read
from tests.markdown.rendering import KINDS


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.name, scope="module")
def render(request: pytest.FixtureRequest) -> Render:
    """Return the function of an engine of this process."""
    found: Render = request.param.make()
    return found


@given(elements=st.lists(ELEMENTS, max_size=5))
@example(elements=[Element(Role.PARAGRAPH, "Title: x", ()), Element(Role.PARAGRAPH, "Title: x", ())])
@example(elements=[Element(Role.PARAGRAPH, "...", ())])
def test_faithful_markdown_elsewhere(render: Render, elements: list[Element]) -> None:
    """The other engines show exactly the texts too, block by block."""
    expected = [(KINDS[element.role], element.text) for element in elements]

    assert expected == read(render(write(elements)))
