from __future__ import annotations

import pytest

from copydesk.desk.load import Plugin
from copydesk.errors import PluginError
from copydesk.new_source.code import SourceDraft, module_code
from copydesk.new_source.drafts import Argument, Constant, Entry, LayoutDraft
from copydesk.new_source.samples import Sample
from copydesk.new_source.trial import failure, host_with
from copydesk.page import paginate
from copydesk.values.capture import Capture
from tests.new_source.made_up import HOST, NAME

PAGE = "A Title\nThe body of it.\nMore of it.\nThe end of the page\n"
ENTRIES = tuple(Entry(code, "", "") for code in ("one(TITLE)", "some(PARAGRAPH)", "END"))
DRAFT = LayoutDraft(
    f"{NAME}-page", (Constant("END", 'line("end", r"The end of the page")'),), ENTRIES,
    (Argument("source", f'"{NAME}"'),), titles=(1,), bodies=((2, 3),),
)  # fmt: skip


def why(page: str, draft: LayoutDraft = DRAFT) -> str:
    """Return why a layout does not read a page."""
    capture = Capture(page.encode(), "page.txt")
    code = module_code(SourceDraft(NAME, "Harbour Post"), [draft])
    return failure([Sample(capture, paginate(capture), None)], draft, host_with(HOST, code, Plugin(NAME, "1", NAME)))


@pytest.mark.parametrize(("page", "said"), [
    (PAGE, ""), (PAGE + "What nobody reads\n", "page.txt: line 5 stays unread"),
    (PAGE.replace("end", "start"), "page.txt: this is no page of a known layout"),
    (f"Over it\n{PAGE}", "page.txt: the body is lines [2, 3, 4], not [2, 3]"),
    (PAGE.replace("More of it.\n", ""), "page.txt: the body is lines [2], not [2, 3]"),
])  # fmt: skip
def test_a_layout_that_does_not_read_a_page_is_found_out(page: str, said: str) -> None:
    """A layout is refused that does not fit, leaves a line unread, or takes other lines for the body than it should."""
    assert said == why(page)[: len(said)] if said else not why(page)


def test_another_title_is_found_out() -> None:
    """A layout is refused that takes another line for the title."""
    assert "page.txt: the title is line [1], not 2" == why(PAGE, DRAFT._replace(titles=(2,)))


def test_a_claim_of_another_plugin_is_told() -> None:
    """A label that another source has already is refused, and both owners are named."""
    code = module_code(SourceDraft(NAME, "Harbour Post", labels=("KCNA.kp",)), [])

    with pytest.raises(PluginError, match=r"'kcna\.kp' of Source\('harbour-post'\) .* belongs to Source\('kcna'\)"):
        host_with(HOST, code, Plugin(NAME, "1", NAME))
