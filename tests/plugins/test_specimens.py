from __future__ import annotations

import pytest

from copydesk import Capture, normalize
from copydesk.desk.choose import choose
from copydesk.desk.routing import Desk
from copydesk.desk.sheet import Sheet
from copydesk.errors import Rejection
from copydesk.page import paginate
from copydesk.plugin import Layout, Source
from tests.plugins.installed import HOST, LAYOUTS, OWN_PLUGINS, documents, layout_of, refused
from tests.support.specimens import Specimen

SOURCES = [pytest.param(source, id=name) for name, source in HOST.desk.sources.items()]
OWN_LAYOUTS = [param for param in LAYOUTS if HOST.desk.layouts[str(param.id)].plugin in OWN_PLUGINS]
OF_ARTICLES = [param for param in OWN_LAYOUTS if not HOST.desk.layouts[str(param.id)].refuse]
OF_OTHERS = [param for param in OWN_LAYOUTS if HOST.desk.layouts[str(param.id)].refuse]
OWN_SOURCES = [param for param in SOURCES if HOST.desk.sources[str(param.id)].plugin in OWN_PLUGINS]


@pytest.mark.parametrize("layout", OF_ARTICLES)
def test_each_layout_has_a_specimen(layout: Layout) -> None:
    """A layout converts at least one specimen, and reads every line of it."""
    of_it = [document for _, document in documents().values() if document.account.layout == layout.id]

    assert of_it
    assert [document for document in of_it if not document.account.unread()]


@pytest.mark.parametrize("layout", OF_OTHERS)
def test_each_layout_of_no_articles_has_a_specimen(layout: Layout) -> None:
    """A layout of pages that are no articles refuses at least one specimen, with its reason."""
    of_it = [problem for case, (_, problem) in refused().items() if layout_of(case) == layout.id]

    assert of_it
    assert {f"{layout.refuse} (it fits {layout.id})"} == {problem.message for problem in of_it}


@pytest.mark.parametrize("source", OWN_SOURCES)
def test_each_source_has_a_specimen(source: Source) -> None:
    """A source has a specimen in each language of its habits."""
    mine = [document for _, document in documents().values() if document.account.source == source.id]

    assert source.habits.keys() <= {document.frontmatter["lang"] for document in mine}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_fits_its_specimens_and_no_others(layout: Layout) -> None:
    """All and only: alone on the desk, a layout fits its own specimens and none that another one reads.

    What a layout of no articles refuses may fit another one too: refusals go first.
    """
    alone = Desk([layout])
    known = {case: specimen for case, (specimen, _) in documents().items()}
    known |= {case: specimen for case, (specimen, _) in refused().items() if layout.refuse}
    fits = [case for case, specimen in known.items() if fits_alone(alone, specimen)]

    assert [case for case in known if layout_of(case) == layout.id] == fits


def fits_alone(desk: Desk, specimen: Specimen) -> bool:
    """Tell whether a specimen fits the layout of a desk, be it to refuse it."""
    try:
        choose(desk, Sheet(paginate(specimen.capture)), specimen.capture)
    except Rejection as problem:
        return problem.code == "no-article"
    return True


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
