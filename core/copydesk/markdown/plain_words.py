"""The words of a body whose Markdown is plain enough to be undone by a few patterns."""

from __future__ import annotations

import re

_MARKERS = r"(?m)^ *(?:(?:-|>|\d+\.) +)*(?:#{1,6} +|>$)?"
_ESCAPED = r"\\(.)|&(?:#(\d{1,7})|(amp|lt|gt|quot));"
_MARKUP = r"[\\`*_\[{<|]"  # where it is not escaped, it is no text
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"'}


def plain_words(body: str) -> str | None:
    """Return the visible characters of a body, without white space, or None where it has markup within its lines.

    Marks at the start of a line are taken off: where they are text, the escaper has written them otherwise.
    """
    unmarked = re.sub(_MARKERS, "", body)
    if re.search(_MARKUP, re.sub(_ESCAPED, "", unmarked)):
        return None
    return "".join(re.sub(_ESCAPED, _character, unmarked).split())


def _character(match: re.Match[str]) -> str:
    escaped, number, name = match.groups()
    if number:
        return chr(int(number)) if int(number) < 0x110000 else match[0]
    return str(escaped or _NAMED[name])
