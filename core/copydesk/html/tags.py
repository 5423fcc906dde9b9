"""What tags mean for the text of a page: after the rendering section of the HTML standard."""

from __future__ import annotations

BLOCK = 1
"""Begins and ends a block."""
HIDDEN = 2
"""Its content is no text of the page."""
BREAK = 3
"""Breaks a line."""
MARKING = 4
"""Marks up a stretch of text within a block."""
PREFORMATTED = 5
"""A block whose line ends are line breaks."""

SAYING = 6
"""Says something of the page, and shows nothing."""

_KINDS = {
    BLOCK: "address article aside blockquote body button caption center col colgroup dd details dialog dir div dl dt "
           "fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li "
           "main menu nav noscript object ol optgroup option p search section select summary table tbody td "
           "tfoot th thead tr ul video audio canvas",
    HIDDEN: "iframe noembed noframes script style template title",
    BREAK: "br",
    MARKING: "a b cite code del dfn em i img kbd s samp strike strong tt var",
    SAYING: "link meta",
    PREFORMATTED: "pre textarea listing plaintext xmp",
}  # fmt: skip

KINDS = {tag: kind for kind, tags in _KINDS.items() for tag in tags.split()}
"""The kind of each tag; all others stand within a line and mean nothing, such as `span`, `nobr` and unknown ones.

A head is shown, since the parser leaves parts of a body in it where no `<body>` is written.
"""
