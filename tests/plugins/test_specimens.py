from __future__ import annotations

import pytest

from copydesk import Capture, normalize
from copydesk.desk.choose import choose
from copydesk.desk.routing import Desk
from copydesk.desk.sheet import Sheet
from copydesk.errors import Rejection
from copydesk.page import paginate
from copydesk.plugin import Layout, Source
from tests.plugins.installed import HOST, LAYOUTS, OWN_PLUGINS, documents

SOURCES = [pytest.param(source, id=name) for name, source in HOST.desk.sources.items()]
OWN_LAYOUTS = [param for param in LAYOUTS if HOST.desk.layouts[str(param.id)].plugin in OWN_PLUGINS]
OWN_SOURCES = [param for param in SOURCES if HOST.desk.sources[str(param.id)].plugin in OWN_PLUGINS]


@pytest.mark.parametrize("layout", OWN_LAYOUTS)
def test_each_layout_has_a_specimen(layout: Layout) -> None:
    """A layout converts at least one specimen, and reads every line of it."""
    of_it = [document for _, document in documents().values() if document.account.layout == layout.id]

    assert of_it
    assert [document for document in of_it if not document.account.unread()]


@pytest.mark.parametrize("source", OWN_SOURCES)
def test_each_source_has_a_specimen(source: Source) -> None:
    """A source has a specimen in each language of its habits."""
    mine = [document for _, document in documents().values() if document.account.source == source.id]

    assert source.habits.keys() <= {document.frontmatter["lang"] for document in mine}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_fits_its_specimens_and_no_others(layout: Layout) -> None:
    """All and only: alone on the desk, a layout takes its own specimens and refuses all that another one reads."""
    alone = Desk([layout])
    fits = []
    for case, (specimen, _) in documents().items():
        try:
            choose(alone, Sheet(paginate(specimen.capture)))
        except Rejection:
            continue
        fits.append(case)

    assert fits == [case for case, (_, document) in documents().items() if document.account.layout == layout.id]


CUT_OFF = "More From KCNA.kp (En)\nOther\nOther\nA teaser\nMay 09, 2023\nA teaser\nNext\nNext\nA te"
BROKEN_OFF = {
    "kcnawatch-d": f"A Title\nDate: 09/05/2023\nPyongyang, May 9 (KCNA) -- Text. -0-\n{CUT_OFF}",
    "kcnawatch-e": f"A Title\nPyongyang, May 9, 2023 16:22 KST (KCNA) -- Text. -0-\n{CUT_OFF}",
}


@pytest.mark.parametrize("page", BROKEN_OFF.values(), ids=BROKEN_OFF)
def test_a_list_that_breaks_off_is_no_body(page: str) -> None:
    """The items of a capture that ends in its list are refused or unread, and never text of the article."""
    try:
        document = normalize(Capture(page.encode()), host=HOST)
    except Rejection:
        return

    assert document.paragraphs == ["Text."]
